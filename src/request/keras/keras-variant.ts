import { suggestName } from '../../platform/text/similar-names.ts';
import type { Request } from '../request.ts';
import { createRequestUsageError } from '../request-error.ts';
import type { WeightFile } from './keras-catalogue.ts';

/** The fields that distinguish the files of a model, in the order in which Keras' constructors decide them. */
export const KERAS_DIMENSIONS = [
  'variant',
  'alpha',
  // Before the input size, which the weights determine.
  'weights',
  'input_size',
  'minimalistic',
  'legacy',
] as const;
type Dimension = (typeof KERAS_DIMENSIONS)[number];

/** The defaults of Keras' constructors (`include_top=True`, a 224 pixel input, …). */
const DEFAULTS: Readonly<Partial<Record<Dimension, string>>> = {
  variant: 'top',
  alpha: '1.0',
  input_size: '224',
  minimalistic: 'false',
  legacy: 'false',
};

/**
 * Chooses the file of a model for a request.
 *
 * @param files all files of the model
 * @throws TfcacheError `request-invalid` if the model has no file with these qualifiers, with the values it has
 */
export function chooseKerasVariant(request: Request, files: readonly WeightFile[]): WeightFile {
  let candidates = files;
  for (const dimension of KERAS_DIMENSIONS) {
    const written = request.qualifiers[dimension];
    if (written === undefined) continue;
    const value = normalize(dimension, written);
    // Every model in Keras accepts weights=imagenet. It means the largest variant.
    if (dimension === 'weights' && value === 'imagenet') continue;
    const matching = candidates.filter((file) => formatField(file, dimension) === value);
    if (matching.length === 0) throw createNoVariantError(request, dimension, files, candidates);
    candidates = matching;
  }
  for (const dimension of KERAS_DIMENSIONS) {
    if (request.qualifiers[dimension] !== undefined && dimension !== 'weights') continue;
    candidates = selectDefault(dimension, candidates);
  }
  const [file] = candidates;
  if (file === undefined) throw new Error('The catalogue has a model without files.');
  return file;
}

/** Returns the files with the default value of a field, if the files differ in it. */
function selectDefault(dimension: Dimension, files: readonly WeightFile[]): readonly WeightFile[] {
  const values = listValues(files, dimension);
  if (values.length < 2) return files;
  const preset = DEFAULTS[dimension];
  // `weights="imagenet"` means the variant trained on the largest images: imagenet-i192 before imagenet-i160.
  const fallback = values.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  const value = preset !== undefined && values.includes(preset) ? preset : fallback;
  return files.filter((file) => formatField(file, dimension) === value);
}

/** Returns the fields that distinguish a file from the other files of its model. */
export function listKerasDimensions(
  file: WeightFile,
  files: readonly WeightFile[],
): Partial<Record<Dimension, string>> {
  const fields: Partial<Record<Dimension, string>> = {};
  for (const dimension of KERAS_DIMENSIONS) {
    // The weights of a ResNetRS determine its input size.
    if (dimension === 'input_size' && file.weights !== undefined) continue;
    const value = formatField(file, dimension);
    if (value !== undefined && listValues(files, dimension).length > 1) fields[dimension] = value;
  }
  return fields;
}

function formatField(file: WeightFile, dimension: Dimension): string | undefined {
  const value = file[dimension];
  return value === undefined ? undefined : normalize(dimension, String(value));
}

function normalize(dimension: Dimension, written: string): string {
  if (dimension === 'alpha' && /^\d*\.?\d+$/.test(written)) {
    const text = String(Number(written));
    return text.includes('.') ? text : `${text}.0`;
  }
  return written.toLowerCase();
}

function listValues(files: readonly WeightFile[], dimension: Dimension): string[] {
  const values = files.map((file) => formatField(file, dimension));
  return [...new Set(values.filter((value) => value !== undefined))];
}

function createNoVariantError(
  request: Request,
  dimension: Dimension,
  files: readonly WeightFile[],
  candidates: readonly WeightFile[],
): Error {
  const [first] = files;
  const model = first?.model ?? request.name;
  const written = request.qualifiers[dimension] ?? '';
  const values = listValues(candidates, dimension);
  if (values.length === 0 && listValues(files, dimension).length === 0) {
    const known = KERAS_DIMENSIONS.filter((other) => listValues(files, other).length > 1);
    return createRequestUsageError(request, `${model} has no ${dimension}.`, {
      expected: known.length === 0 ? 'no qualifiers' : `one of ${known.join(', ')}`,
      hint: `Remove ${dimension}=`,
    });
  }
  const nearest = suggestName(written, values) ?? values[0] ?? '';
  return createRequestUsageError(
    request,
    `${model} has no ${dimension} "${written}"${describeOtherQualifiers(request, dimension)}.`,
    {
      expected: values.join(', '),
      hint: `Write ${dimension}=${nearest}`,
    },
  );
}

/** Returns ` with alpha=0.75`: the other qualifiers, which may exclude the value. */
function describeOtherQualifiers(request: Request, dimension: Dimension): string {
  const others = Object.entries(request.qualifiers).filter(([key]) => key !== dimension);
  if (others.length === 0) return '';
  return ` with ${others.map(([key, value]) => `${key}=${value}`).join(' and ')}`;
}
