import type { DigestAlgorithm } from '../../bucket/file.ts';
import type { HashedFile } from './hash-file.ts';

/** To a worker: files to hash, in order. Small files share a message, because a message costs more than hashing one. */
export interface HashJob {
  batch: number;
  files: readonly { file: string; algorithms: readonly DigestAlgorithm[] }[];
}

/** From a worker: one result per file, in the order of the job. */
export interface HashResult {
  batch: number;
  results: readonly (HashedFile | HashFailure)[];
}

export interface HashFailure {
  message: string;
  code: string | undefined;
}

/** To a worker: follow a temporary file; later, finish with the file that it was renamed to. */
export type FollowMessage =
  | { follow: number; temporaryFile: string; algorithms: readonly DigestAlgorithm[] }
  | { follow: number; file: string };

/** From a worker: the digest; undefined if the file must be hashed from the beginning. */
export interface FollowResult {
  follow: number;
  digest: HashedFile | undefined;
}
