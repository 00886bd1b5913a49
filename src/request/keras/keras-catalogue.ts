import type { ExpectedDigest } from '../../bucket/file.ts';
import applications from './keras-applications.json' with { type: 'json' };
import datasets from './keras-datasets.json' with { type: 'json' };

/**
 * Digests by which Keras verifies a download; a file that Keras does not verify has none. The four files of `fashion_mnist`,
 * which Keras does not verify, have the digests that their author's repository and TensorFlow Datasets publish.
 * `npm run catalogue` compares all of them with the newest Keras.
 */
interface CatalogueDigests {
  md5?: string | undefined;
  sha256?: string | undefined;
}

/** One weight file of `keras.applications`. Fields that vary within a model distinguish its files. */
export interface WeightFile extends CatalogueDigests {
  /** As Keras spells it: `ResNet50`. */
  model: string;
  /** `top` with the classifier, `notop` without; `json` and `jpg` for the two files that are not weights. */
  variant: string;
  alpha?: number | undefined;
  input_size?: number | undefined;
  minimalistic?: boolean | undefined;
  /** Value of Keras' argument `weights`, for models with several. */
  weights?: string | undefined;
  /** True for a file of Keras up to 2.7 that later versions replace. */
  legacy?: boolean | undefined;
  bucket: string;
  path: string;
}

/** One file of `keras.datasets`. */
export interface DatasetFile extends CatalogueDigests {
  dataset: string;
  /** Null for a file that is in none of Google's buckets. */
  bucket: string | null;
  path: string | null;
  /** URL of a file that is in none of Google's buckets. */
  origin?: string | undefined;
}

export const WEIGHT_FILES: readonly WeightFile[] = applications;
export const DATASET_FILES: readonly DatasetFile[] = datasets;

/** Returns a name in lower case, without `-` and `_`, so that spellings of the same name are equal. */
export function normalizeKerasName(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

/** Returns the digests by which Keras verifies a file. */
export function findCatalogueDigests({ md5, sha256 }: CatalogueDigests): ExpectedDigest[] {
  const digests: ExpectedDigest[] = [];
  if (sha256 !== undefined)
    digests.push({ algorithm: 'sha256', value: sha256, source: 'catalogue' });
  if (md5 !== undefined) digests.push({ algorithm: 'md5', value: md5, source: 'catalogue' });
  return digests;
}
