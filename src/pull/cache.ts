import type { Cache } from '../cache/types.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Surroundings } from './types.ts';

/** The cache of a run, loaded only when something is to be read from or written to one. */
export async function openCache(
  { cache, cacheKeyPrefix: keyPrefix }: Pick<Inputs, 'cache' | 'cacheKeyPrefix'>,
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
  return createS3Cache({ location: parseS3Location(cache), keyPrefix, environment, log });
}
