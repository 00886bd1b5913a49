import { suggestName } from '../../platform/text/similar-names.ts';
import type { Request } from '../request.ts';
import { createRequestUsageError } from '../request-error.ts';
import type { WeightFile } from './keras-catalogue.ts';

/** What tells the files of one model apart, in the order in which Keras' constructors decide it. */
export const KERAS_DIMENSIONS = [
  'variant',
  'alpha',
  // Before the input size, which follows from them.
  'weights',
  'input_size',
  'minimalistic',
  'legacy',
] as const;
type Dimension = (typeof KERAS_DIMENSIONS)[number];

/** What Keras' constructors take when an argument is left out (`include_top=True`, a 224 pixel input, …). */
const DEFAULTS: Readonly<Partial<Record<Dimension, string>>> = {
  variant: 'top',
  alpha: '1.0',
  input_size: '224',
  minimalistic: 'false',
  legacy: 'false',
};

/**
 * The file of a model that a request means.
 * @param files all files of the model
 * @throws TfcacheError `usage` when a qualifier does not fit the model, with what does
 */
export function chooseKerasVariant(request: Request, files: readonly WeightFile[]): WeightFile {
  let left = files;
  for (const dimension of KERAS_DIMENSIONS) {
    const written = request.qualifiers[dimension];
    if (written === undefined) continue;
    const value = normalize(dimension, written);
    // Every model takes weights=imagenet in Keras; where there are several, the largest is meant.
    if (dimension === 'weights' && value === 'imagenet') continue;
    const fitting = left.filter((file) => spelled(file, dimension) === value);
    if (fitting.length === 0) throw noSuchVariant(request, dimension, files, left);
    left = fitting;
  }
  for (const dimension of KERAS_DIMENSIONS) {
    if (request.qualifiers[dimension] !== undefined && dimension !== 'weights') continue;
    left = takeDefault(dimension, left);
  }
  const [file] = left;
  if (file === undefined) throw new Error('a catalogue model without files');
  return file;
}

function takeDefault(dimension: Dimension, files: readonly WeightFile[]): readonly WeightFile[] {
  const values = distinct(files, dimension);
  if (values.length < 2) return files;
  const preset = DEFAULTS[dimension];
  // `weights="imagenet"` means the variant trained on the largest images: imagenet-i192 rather than imagenet-i160.
  const fallback = values.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  const value = preset !== undefined && values.includes(preset) ? preset : fallback;
  return files.filter((file) => spelled(file, dimension) === value);
}

/** What of a file must be said to tell it from the model's other files. */
export function listKerasDimensions(
  file: WeightFile,
  files: readonly WeightFile[],
): Partial<Record<Dimension, string>> {
  const said: Partial<Record<Dimension, string>> = {};
  for (const dimension of KERAS_DIMENSIONS) {
    // The input size of a ResNetRS follows from its weights.
    if (dimension === 'input_size' && file.weights !== undefined) continue;
    const value = spelled(file, dimension);
    if (value !== undefined && distinct(files, dimension).length > 1) said[dimension] = value;
  }
  return said;
}

function spelled(file: WeightFile, dimension: Dimension): string | undefined {
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

function distinct(files: readonly WeightFile[], dimension: Dimension): string[] {
  const values = files.map((file) => spelled(file, dimension));
  return [...new Set(values.filter((value) => value !== undefined))];
}

function noSuchVariant(
  request: Request,
  dimension: Dimension,
  files: readonly WeightFile[],
  left: readonly WeightFile[],
): Error {
  const [first] = files;
  const model = first?.model ?? request.name;
  const written = request.qualifiers[dimension] ?? '';
  const values = distinct(left, dimension);
  if (values.length === 0 && distinct(files, dimension).length === 0) {
    const known = KERAS_DIMENSIONS.filter((other) => distinct(files, other).length > 1);
    return createRequestUsageError(request, `${model} has no ${dimension}.`, {
      expected: known.length === 0 ? 'no qualifiers' : `one of ${known.join(', ')}`,
      hint: `Leave ${dimension}= out.`,
    });
  }
  const slip = suggestName(written, values) ?? values[0] ?? '';
  return createRequestUsageError(
    request,
    `${model} has no ${dimension} "${written}"${together(request, dimension)}.`,
    {
      expected: values.join(', '),
      hint: `Write ${dimension}=${slip}`,
    },
  );
}

/** ` with alpha=0.75`: the other qualifiers, which may be what rules the value out. */
function together(request: Request, dimension: Dimension): string {
  const others = Object.entries(request.qualifiers).filter(([key]) => key !== dimension);
  if (others.length === 0) return '';
  return ` with ${others.map(([key, value]) => `${key}=${value}`).join(' and ')}`;
}
