import type { ExpectedDigest } from '../../bucket/file.ts';
import applications from './keras-applications.json' with { type: 'json' };
import datasets from './keras-datasets.json' with { type: 'json' };

/**
 * What Keras itself checks a download by; a file that it does not check has neither. The four files of `fashion_mnist`, which
 * Keras downloads unchecked, have the digests that their author's repository and TensorFlow Datasets name.
 * `npm run catalogue` compares all with the newest Keras.
 */
interface Hashes {
  md5?: string | undefined;
  sha256?: string | undefined;
}

/** One weight file of `keras.applications`. What varies within a model tells its files apart. */
export interface WeightFile extends Hashes {
  /** As Keras spells it: `ResNet50`. */
  model: string;
  /** `top` with the classifier, `notop` without; `json` and `jpg` for the two files that are no weights. */
  variant: string;
  alpha?: number | undefined;
  input_size?: number | undefined;
  minimalistic?: boolean | undefined;
  /** Value of Keras' own argument `weights`, where a model has several. */
  weights?: string | undefined;
  /** True for the file of Keras up to 2.7, where a later one replaced it. */
  legacy?: boolean | undefined;
  bucket: string;
  path: string;
}

/** One file of `keras.datasets`. */
export interface DatasetFile extends Hashes {
  dataset: string;
  /** Null for a file that is in no bucket of Google's. */
  bucket: string | null;
  path: string | null;
  /** Where a file that is in no bucket comes from. */
  origin?: string | undefined;
}

export const WEIGHT_FILES: readonly WeightFile[] = applications;
export const DATASET_FILES: readonly DatasetFile[] = datasets;

/** A name as Keras' users vary it: any case, with or without `-` and `_`. */
export function normalizeKerasName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

/** The digests that Keras holds a file to. */
export function findCatalogueDigests({ md5, sha256 }: Hashes): ExpectedDigest[] {
  const digests: ExpectedDigest[] = [];
  if (sha256 !== undefined)
    digests.push({ algorithm: 'sha256', value: sha256, source: 'catalogue' });
  if (md5 !== undefined) digests.push({ algorithm: 'md5', value: md5, source: 'catalogue' });
  return digests;
}
