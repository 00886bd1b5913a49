import type { DigestAlgorithm } from '../file.ts';
import type { HashedFile } from './hash-file.ts';

/** To a worker: files to hash, in order. Several small ones share a message, which is most of what they cost. */
export interface HashOrder {
  batch: number;
  files: readonly { file: string; algorithms: readonly DigestAlgorithm[] }[];
}

/** From a worker: one answer a file, in the order of the order. */
export interface HashAnswer {
  batch: number;
  results: readonly (HashedFile | HashFailure)[];
}

export interface HashFailure {
  message: string;
  code: string | undefined;
}
