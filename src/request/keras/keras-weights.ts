import { baseName, folderOf } from '../../bucket/bucket-path.ts';
import { toWantedFile } from '../../bucket/file.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
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
 * `keras-weights:ResNet50?variant=notop`: one file of `keras.applications`, with the digest by which Keras verifies it. The
 * defaults of the qualifiers are those of Keras' constructors: `include_top=True` (variant top), `alpha=1.0`, …
 */
export const kerasWeightsKind: RequestKind = {
  name: 'keras-weights',
  qualifiers: KERAS_DIMENSIONS,
  check(request) {
    refuseVersion(request);
    chooseKerasVariant(request, listModelFiles(request));
  },
  async identify(request) {
    const file = chooseKerasVariant(request, listModelFiles(request));
    return formatIdentifier(
      `keras-weights:${file.model}`,
      listKerasDimensions(file, listModelFiles(request)),
    );
  },
  getBucket: (request) => chooseKerasVariant(request, listModelFiles(request)).bucket,
  resolve,
};

function listModelFiles(request: Request): WeightFile[] {
  const wanted = normalizeKerasName(request.name);
  const files = WEIGHT_FILES.filter(({ model }) => normalizeKerasName(model) === wanted);
  if (files.length > 0) return files;
  const nearest = findNearestNames(
    request.name,
    WEIGHT_FILES.map(({ model }) => model),
  );
  throw createRequestUsageError(request, `Keras has no model "${request.name}".`, {
    found: `similar models: ${nearest.join(', ')}`,
    hint: `Write ${suggestRequest(request, { name: nearest[0] ?? '' })}\nFor your own weights write path:FOLDER/FILE`,
  });
}

async function resolve(
  request: Request,
  id: string,
  { lister }: ResolveContext,
): Promise<Artifact> {
  const files = listModelFiles(request);
  const wanted = chooseKerasVariant(request, files);
  const folder = folderOf(wanted.path);
  const [listed] = await lister.listFolders(wanted.bucket, [folder]);
  const file = listed?.files.find(({ path }) => path === wanted.path);
  if (listed === undefined || file === undefined) {
    const names = listed?.files.map(({ path }) => baseName(path)) ?? [];
    const nearest = findNearestNames(baseName(wanted.path), names);
    throw createNothingMatchedError(request, `the mirror does not have ${wanted.path}.`, {
      where: `${lister.describeLocation(wanted.bucket)} (in ${folder === '' ? 'its root' : `${folder}/`}, bucket ${wanted.bucket})`,
      expected: baseName(wanted.path),
      found:
        listed === undefined || nearest.length === 0
          ? 'no files in that folder'
          : formatNames(nearest, names),
      hint:
        listed?.exists === true && listed.folders.length > 0 && names.length === 0
          ? `If the mirror has weights in another folder, write path:FOLDER/FILE (this folder has ${escapeControlCharacters(describeFolder(listed))}).`
          : 'Add the file to the mirror, use a mirror that has it, or request another variant.',
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

function formatNames(nearest: readonly string[], all: readonly string[]): string {
  return `${formatShortList(nearest)}${all.length > nearest.length ? ` (of ${all.length} files)` : ''}`;
}
