import { baseName, folderOf } from '../../bucket/bucket-path.ts';
import { contents, wantedFile } from '../bucket.ts';
import { identifier } from '../identifier.ts';
import { nearest, shortList } from '../nearest.ts';
import type { Artifact, Kind, Request, ResolveContext } from '../request.ts';
import { nothingMatched, usageError } from '../request-error.ts';
import { suggestRequest } from '../suggestion.ts';
import { refuseVersion } from '../version/request-specifier.ts';
import { catalogueDigests, looseName, WEIGHT_FILES, type WeightFile } from './keras-catalogue.ts';
import { chooseVariant, DIMENSIONS, dimensionsOf } from './keras-variant.ts';

/**
 * `keras-weights:ResNet50?variant=notop`: one file of `keras.applications`, held to the hash that Keras checks. What is
 * left out is what Keras' constructor takes when it is left out there: `include_top=True` (variant top), `alpha=1.0`, …
 */
export const kerasWeights: Kind = {
  name: 'keras-weights',
  qualifiers: DIMENSIONS,
  check(request) {
    refuseVersion(request);
    chooseVariant(request, filesOf(request));
  },
  async identify(request) {
    const file = chooseVariant(request, filesOf(request));
    return identifier(`keras-weights:${file.model}`, dimensionsOf(file, filesOf(request)));
  },
  bucket: (request) => chooseVariant(request, filesOf(request)).bucket,
  resolve,
};

function filesOf(request: Request): WeightFile[] {
  const wanted = looseName(request.name);
  const files = WEIGHT_FILES.filter(({ model }) => looseName(model) === wanted);
  if (files.length > 0) return files;
  const near = nearest(
    request.name,
    WEIGHT_FILES.map(({ model }) => model),
  );
  throw usageError(request, `Keras has no model "${request.name}".`, {
    found: `models with names like it: ${near.join(', ')}`,
    hint: `Did you mean ${suggestRequest(request, { name: near[0] ?? '' })} ? For weights of your own write path:FOLDER/FILE`,
  });
}

async function resolve(
  request: Request,
  id: string,
  { listing }: ResolveContext,
): Promise<Artifact> {
  const files = filesOf(request);
  const wanted = chooseVariant(request, files);
  const folder = folderOf(wanted.path);
  const [listed] = await listing.folders(wanted.bucket, [folder]);
  const file = listed?.files.find(({ path }) => path === wanted.path);
  if (listed === undefined || file === undefined) {
    const names = listed?.files.map(({ path }) => baseName(path)) ?? [];
    const near = nearest(baseName(wanted.path), names);
    throw nothingMatched(request, `the mirror does not have ${wanted.path}.`, {
      where: `${listing.where(wanted.bucket)} (in ${folder === '' ? 'its root' : `${folder}/`}, bucket ${wanted.bucket})`,
      expected: baseName(wanted.path),
      found:
        listed === undefined || near.length === 0
          ? 'no files in that folder'
          : nearNames(near, names),
      hint:
        listed?.exists === true && listed.folders.length > 0 && names.length === 0
          ? `The folder holds ${contents(listed)}; if the mirror keeps weights elsewhere, write path:FOLDER/FILE`
          : 'Add the file to the mirror, use a mirror that has it, or ask for another variant.',
    });
  }
  const details = Object.entries(dimensionsOf(wanted, files)).map(([key, value]) =>
    key === 'variant' ? value : `${key} ${value}`,
  );
  return {
    request,
    id,
    title: details.length === 0 ? wanted.model : `${wanted.model} (${details.join(', ')})`,
    version: undefined,
    files: [wantedFile(wanted.bucket, file, catalogueDigests(wanted))],
  };
}

function nearNames(near: readonly string[], all: readonly string[]): string {
  return `${shortList(near)}${all.length > near.length ? ` (of ${all.length} files)` : ''}`;
}
