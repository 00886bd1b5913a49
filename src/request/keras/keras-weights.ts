import { baseName, folderOf } from '../../bucket/bucket-path.ts';
import { toWantedFile } from '../../bucket/file.ts';
import { findNearestNames, formatShortList } from '../../platform/text/similar-names.ts';
import { formatIdentifier } from '../identifier.ts';
import type { Artifact, Request, RequestKind, ResolveContext } from '../request.ts';
import {
  createNothingMatchedError,
  createRequestUsageError,
  describeFolder,
  suggestRequest,
} from '../request-error.ts';
import { refuseVersion } from '../version/request-specifier.ts';
import {
  findCatalogueDigests,
  normalizeKerasName,
  WEIGHT_FILES,
  type WeightFile,
} from './keras-catalogue.ts';
import { chooseKerasVariant, KERAS_DIMENSIONS, listKerasDimensions } from './keras-variant.ts';

/**
 * `keras-weights:ResNet50?variant=notop`: one file of `keras.applications`, held to the hash that Keras checks. What is
 * left out is what Keras' constructor takes when it is left out there: `include_top=True` (variant top), `alpha=1.0`, …
 */
export const kerasWeightsKind: RequestKind = {
  name: 'keras-weights',
  qualifiers: KERAS_DIMENSIONS,
  check(request) {
    refuseVersion(request);
    chooseKerasVariant(request, filesOf(request));
  },
  async identify(request) {
    const file = chooseKerasVariant(request, filesOf(request));
    return formatIdentifier(
      `keras-weights:${file.model}`,
      listKerasDimensions(file, filesOf(request)),
    );
  },
  getBucket: (request) => chooseKerasVariant(request, filesOf(request)).bucket,
  resolve,
};

function filesOf(request: Request): WeightFile[] {
  const wanted = normalizeKerasName(request.name);
  const files = WEIGHT_FILES.filter(({ model }) => normalizeKerasName(model) === wanted);
  if (files.length > 0) return files;
  const near = findNearestNames(
    request.name,
    WEIGHT_FILES.map(({ model }) => model),
  );
  throw createRequestUsageError(request, `Keras has no model "${request.name}".`, {
    found: `models with names like it: ${near.join(', ')}`,
    hint: `Did you mean ${suggestRequest(request, { name: near[0] ?? '' })} ? For weights of your own write path:FOLDER/FILE`,
  });
}

async function resolve(
  request: Request,
  id: string,
  { lister }: ResolveContext,
): Promise<Artifact> {
  const files = filesOf(request);
  const wanted = chooseKerasVariant(request, files);
  const folder = folderOf(wanted.path);
  const [listed] = await lister.listFolders(wanted.bucket, [folder]);
  const file = listed?.files.find(({ path }) => path === wanted.path);
  if (listed === undefined || file === undefined) {
    const names = listed?.files.map(({ path }) => baseName(path)) ?? [];
    const near = findNearestNames(baseName(wanted.path), names);
    throw createNothingMatchedError(request, `the mirror does not have ${wanted.path}.`, {
      where: `${lister.describeLocation(wanted.bucket)} (in ${folder === '' ? 'its root' : `${folder}/`}, bucket ${wanted.bucket})`,
      expected: baseName(wanted.path),
      found:
        listed === undefined || near.length === 0
          ? 'no files in that folder'
          : nearNames(near, names),
      hint:
        listed?.exists === true && listed.folders.length > 0 && names.length === 0
          ? `The folder holds ${describeFolder(listed)}; if the mirror keeps weights elsewhere, write path:FOLDER/FILE`
          : 'Add the file to the mirror, use a mirror that has it, or ask for another variant.',
    });
  }
  const details = Object.entries(listKerasDimensions(wanted, files)).map(([key, value]) =>
    key === 'variant' ? value : `${key} ${value}`,
  );
  return {
    request,
    id,
    title: details.length === 0 ? wanted.model : `${wanted.model} (${details.join(', ')})`,
    version: undefined,
    files: [toWantedFile(wanted.bucket, file, findCatalogueDigests(wanted))],
  };
}

function nearNames(near: readonly string[], all: readonly string[]): string {
  return `${formatShortList(near)}${all.length > near.length ? ` (of ${all.length} files)` : ''}`;
}
