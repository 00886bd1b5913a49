import type { Cache } from '../cache/types.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Surroundings } from './types.ts';

/** The cache of a run, loaded only when something is to be read from or written to one. */
export async function openCache(
  choice: Pick<Inputs, 'cache' | 'cacheKeyPrefix'>,
  surroundings: Surroundings,
): Promise<Cache | undefined> {
  if (choice.cache === 'none') return undefined;
  const { createGithubCache } = await import('../cache/github.ts');
  return createGithubCache({
    keyPrefix: choice.cacheKeyPrefix,
    environment: surroundings.environment,
    log: surroundings.log,
  });
}
