import type { DigestAlgorithm } from '../../bucket/file.ts';
import type { HashedFile } from './hash-file.ts';

/** To a worker: files to hash, in order. Several small ones share a message, which is most of what they cost. */
export interface HashJob {
  batch: number;
  files: readonly { file: string; algorithms: readonly DigestAlgorithm[] }[];
}

/** From a worker: one answer a file, in the order of the order. */
export interface HashResult {
  batch: number;
  results: readonly (HashedFile | HashFailure)[];
}

export interface HashFailure {
  message: string;
  code: string | undefined;
}

/** To a worker: follow a file that is being written; later, what it has become. */
export type FollowMessage =
  | { follow: number; draft: string; algorithms: readonly DigestAlgorithm[] }
  | { follow: number; file: string };

/** From a worker: the digest, or none when the file must be hashed from its beginning. */
export interface FollowResult {
  follow: number;
  digest: HashedFile | undefined;
}
