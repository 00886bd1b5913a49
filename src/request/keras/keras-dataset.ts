import { baseName, folderOf } from '../../bucket/bucket-path.ts';
import { MAIN_BUCKET } from '../../bucket/buckets.ts';
import { toWantedFile } from '../../bucket/file.ts';
import { findNearestNames, formatShortList } from '../../platform/text/similar-names.ts';
import type { Artifact, Request, RequestKind, ResolveContext } from '../request.ts';
import {
  createNothingMatchedError,
  createRequestUsageError,
  suggestRequest,
} from '../request-error.ts';
import { refuseVersion } from '../version/request-specifier.ts';
import {
  DATASET_FILES,
  type DatasetFile,
  findCatalogueDigests,
  normalizeKerasName,
} from './keras-catalogue.ts';

/** `keras-dataset:mnist`: all files of one of `keras.datasets`, held to the hashes that Keras checks. */
export const kerasDatasetKind: RequestKind = {
  name: 'keras-dataset',
  qualifiers: [],
  check(request) {
    refuseVersion(request);
    filesOf(request);
  },
  async identify(request) {
    return `keras-dataset:${filesOf(request)[0]?.dataset ?? request.name}`;
  },
  getBucket: (request) => filesOf(request)[0]?.bucket ?? MAIN_BUCKET,
  resolve,
};

/** A data set's file that a bucket holds. */
type BucketFile = DatasetFile & { bucket: string; path: string };

function filesOf(request: Request): BucketFile[] {
  const wanted = normalizeKerasName(request.name);
  const files = DATASET_FILES.filter(({ dataset }) => normalizeKerasName(dataset) === wanted);
  if (files.length === 0) {
    const near = findNearestNames(
      request.name,
      DATASET_FILES.map(({ dataset }) => dataset),
    );
    throw createRequestUsageError(request, `Keras has no data set "${request.name}".`, {
      found: `data sets with names like it: ${near.join(', ')}`,
      hint: `Did you mean ${suggestRequest(request, { name: near[0] ?? '' })} ? For data of your own write path:FOLDER/FILE`,
    });
  }
  return files.map((file) => inBucket(request, file));
}

function inBucket(request: Request, file: DatasetFile): BucketFile {
  const { bucket, path } = file;
  if (bucket !== null && path !== null) return { ...file, bucket, path };
  const origin = file.origin ?? '';
  const name = baseName(origin);
  throw createRequestUsageError(
    request,
    `${file.dataset} is in none of Google's buckets: Keras takes it from ${file.origin === undefined ? 'elsewhere' : new URL(origin).host} (University of Toronto).`,
    {
      hint: [
        `Put ${origin} into a mirror of your own, for example as tf-keras-datasets/${name},`,
        `and ask for path:tf-keras-datasets/${name}`,
        ...(file.sha256 === undefined ? [] : [`Keras holds it to the sha256 ${file.sha256}`]),
      ].join('\n'),
    },
  );
}

async function resolve(
  request: Request,
  id: string,
  { lister }: ResolveContext,
): Promise<Artifact> {
  const wanted = filesOf(request);
  const bucket = wanted[0]?.bucket ?? MAIN_BUCKET;
  const folders = [...new Set(wanted.map(({ path }) => folderOf(path)))];
  const listed = await lister.listFolders(bucket, folders);
  const there = new Map(listed.flatMap(({ files }) => files).map((file) => [file.path, file]));
  const missing = wanted.filter(({ path }) => !there.has(path));
  if (missing.length > 0) {
    const names = [...there.keys()].map(baseName);
    const near = findNearestNames(baseName(missing[0]?.path ?? ''), names, 8);
    throw createNothingMatchedError(
      request,
      `the mirror lacks ${missing.length} of the data set's ${wanted.length} files.`,
      {
        where: `${lister.describeLocation(bucket)} (in ${folders.map((folder) => `${folder}/`).join(', ')})`,
        expected: formatShortList(missing.map(({ path }) => baseName(path))),
        found: near.length === 0 ? 'no files in that folder' : near.join(', '),
        hint: 'Add the files to the mirror, or use a mirror that has them.',
      },
    );
  }
  return {
    request,
    id,
    title: `${wanted[0]?.dataset ?? request.name} (${wanted.length} file${wanted.length === 1 ? '' : 's'})`,
    version: undefined,
    files: wanted.flatMap((file) => {
      const found = there.get(file.path);
      return found === undefined ? [] : [toWantedFile(bucket, found, findCatalogueDigests(file))];
    }),
  };
}
