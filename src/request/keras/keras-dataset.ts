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

/** `keras-dataset:mnist`: all files of one of `keras.datasets`, with the digests by which Keras verifies them. */
export const kerasDatasetKind: RequestKind = {
  name: 'keras-dataset',
  qualifiers: [],
  check(request) {
    refuseVersion(request);
    listBucketFiles(request);
  },
  async identify(request) {
    return `keras-dataset:${listBucketFiles(request)[0]?.dataset ?? request.name}`;
  },
  getBucket: (request) => listBucketFiles(request)[0]?.bucket ?? MAIN_BUCKET,
  resolve,
};

/** A file of a data set that is in one of Google's buckets. */
type BucketFile = DatasetFile & { bucket: string; path: string };

function listBucketFiles(request: Request): BucketFile[] {
  const wanted = normalizeKerasName(request.name);
  const files = DATASET_FILES.filter(({ dataset }) => normalizeKerasName(dataset) === wanted);
  if (files.length === 0) {
    const nearest = findNearestNames(
      request.name,
      DATASET_FILES.map(({ dataset }) => dataset),
    );
    throw createRequestUsageError(request, `Keras has no data set "${request.name}".`, {
      found: `similar data sets: ${nearest.join(', ')}`,
      hint: `Write ${suggestRequest(request, { name: nearest[0] ?? '' })}\nFor your own data write path:FOLDER/FILE`,
    });
  }
  return files.map((file) => requireBucket(request, file));
}

function requireBucket(request: Request, file: DatasetFile): BucketFile {
  const { bucket, path } = file;
  if (bucket !== null && path !== null) return { ...file, bucket, path };
  const origin = file.origin ?? '';
  const name = baseName(origin);
  throw createRequestUsageError(
    request,
    `${file.dataset} is in none of Google's buckets. Keras downloads it from ${file.origin === undefined ? 'another host' : new URL(origin).host} (University of Toronto).`,
    {
      hint: [
        `Put ${origin} on your own mirror, for example as tf-keras-datasets/${name},`,
        `and write path:tf-keras-datasets/${name}`,
        ...(file.sha256 === undefined ? [] : [`Its sha256 in Keras is ${file.sha256}`]),
      ].join('\n'),
    },
  );
}

async function resolve(
  request: Request,
  id: string,
  { lister }: ResolveContext,
): Promise<Artifact> {
  const wanted = listBucketFiles(request);
  const bucket = wanted[0]?.bucket ?? MAIN_BUCKET;
  const folders = [...new Set(wanted.map(({ path }) => folderOf(path)))];
  const listed = await lister.listFolders(bucket, folders);
  const held = new Map(listed.flatMap(({ files }) => files).map((file) => [file.path, file]));
  const missing = wanted.filter(({ path }) => !held.has(path));
  if (missing.length > 0) {
    const names = [...held.keys()].map(baseName);
    const nearest = findNearestNames(baseName(missing[0]?.path ?? ''), names, 8);
    throw createNothingMatchedError(
      request,
      missing.length === wanted.length
        ? 'the mirror has no file of the data set.'
        : `the mirror does not have ${missing.length} of the data set's ${wanted.length} files.`,
      {
        where: `${lister.describeLocation(bucket)} (in ${folders.map((folder) => `${folder}/`).join(', ')})`,
        expected: formatShortList(missing.map(({ path }) => baseName(path))),
        found: nearest.length === 0 ? 'no files in that folder' : nearest.join(', '),
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
      const found = held.get(file.path);
      return found === undefined ? [] : [toWantedFile(bucket, found, findCatalogueDigests(file))];
    }),
  };
}
