import type { Cache } from '../../cache/cache.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { RunContext } from '../types.ts';

/** Seconds without progress. A cache is given up sooner than a mirror; a shorter timeout applies to both. */
const MAX_TIMEOUT_SECONDS = 30;

/** The cache of a run, loaded only when something is to be read from or written to one. `timeout` is in seconds. */
export async function openCache(
  {
    cache,
    cacheKeyPrefix: keyPrefix,
    timeout,
  }: Pick<Inputs, 'cache' | 'cacheKeyPrefix'> & { timeout?: number | undefined },
  { environment, log }: RunContext,
): Promise<Cache | undefined> {
  if (cache === 'none') return undefined;
  const idleTimeoutMs = Math.min(timeout ?? MAX_TIMEOUT_SECONDS, MAX_TIMEOUT_SECONDS) * 1000;
  if (cache === 'github') {
    const { createGithubCache } = await import('../../cache/github/github-cache.ts');
    return createGithubCache({ keyPrefix, environment, log, idleTimeoutMs });
  }
  const [{ createS3Cache }, { parseS3Location }] = await Promise.all([
    import('../../cache/s3/s3-cache.ts'),
    import('../../cache/s3/location/location.ts'),
  ]);
  return createS3Cache({
    location: parseS3Location(cache),
    keyPrefix,
    environment,
    log,
    idleTimeoutMs,
  });
}
