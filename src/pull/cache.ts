import type { Cache } from '../cache/types.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Surroundings } from './types.ts';

/** Seconds without progress. */
const MAX_S3_PATIENCE = 30;

/** The cache of a run, loaded only when something is to be read from or written to one. */
export async function openCache(
  {
    cache,
    cacheKeyPrefix: keyPrefix,
    timeout,
  }: Pick<Inputs, 'cache' | 'cacheKeyPrefix'> & { timeout?: number | undefined },
  { environment, log }: Surroundings,
): Promise<Cache | undefined> {
  if (cache === 'none') return undefined;
  if (cache === 'github') {
    const { createGithubCache } = await import('../cache/github.ts');
    return createGithubCache({ keyPrefix, environment, log });
  }
  const [{ createS3Cache }, { parseS3Location }] = await Promise.all([
    import('../cache/s3/s3-cache.ts'),
    import('../cache/s3/location.ts'),
  ]);
  const location = parseS3Location(cache);
  // A store is given up sooner than a mirror; a shorter timeout applies to both.
  const patience = Math.min((timeout ?? MAX_S3_PATIENCE) * 1000, MAX_S3_PATIENCE * 1000);
  return createS3Cache({ location, keyPrefix, environment, log, patience });
}
