import type { Mirror } from './mirror.ts';

/** @param own the one bucket that a mirror serves; undefined: every bucket, `{bucket}` in its URL standing for the name. */
export function createBucketPredicate(own: string | undefined): Mirror['serves'] {
  return (bucket) => own === undefined || own === bucket;
}
