import type { Inputs } from '../../inputs/inputs.ts';
import { TfcacheError } from '../../platform/error.ts';
import { joinReasons } from '../../report/totals.ts';
import type { PlannedFile } from '../plan/plan.ts';

/** Names shown in one message. */
const MAX_NAMES = 10;

/**
 * Requests that no lockfile answers: to resolve them, a mirror would have to be asked.
 *
 * @param found what an existing lockfile lacks, with what it has instead; undefined if there is no lockfile.
 */
export function createNotLockedOfflineError(
  inputs: Pick<Inputs, 'lockFile'>,
  requests: readonly string[],
  found?: readonly string[],
): TfcacheError {
  const { lockFile } = inputs;
  const example = lockFile ?? 'tfcache.lock';
  const message =
    lockFile === undefined
      ? 'Offline runs need a lockfile, and lock-file is not set.'
      : found !== undefined
        ? `Offline: the lockfile does not have ${formatNames(requests)}.`
        : `Offline runs need a lockfile, and ${lockFile} does not exist.`;
  return new TfcacheError('not-locked', message, {
    where: lockFile ?? 'input lock-file (empty)',
    ...(requests.length === 0 ? {} : { found: `not locked: ${formatNames(found ?? requests)}` }),
    hint: `Run tfcache lock with the same artifacts and --lock-file ${example} where a mirror may be asked (or this job once with offline: false and lock-file: ${example}), commit the file, then run offline with it.`,
  });
}

/** Files that are locked, or were listed before, and are neither in the store nor in the cache. */
export function createMissingOfflineError(
  missing: readonly PlannedFile[],
  inputs: Pick<Inputs, 'cache' | 'cacheKeyPrefix' | 'store'>,
): TfcacheError {
  const files = missing.length === 1 ? '1 file is' : `${missing.length} files are`;
  const names = missing.map(({ file }) => file.path);
  const reasons = [...new Set(missing.map(({ skipped }) => joinReasons(skipped)))].slice(0, 3);
  const store = inputs.store.lifetime === 'persistent' ? `store ${inputs.store.folder}` : undefined;
  // Without the parameters of an address.
  const address = inputs.cache.replace(/\?.*$/s, '');
  const cache =
    inputs.cache === 'none'
      ? 'no cache (cache: none)'
      : `cache ${address} with the key prefix ${inputs.cacheKeyPrefix}`;
  return new TfcacheError(
    'not-cached',
    `Offline: ${files} not on this machine and did not come from the cache: ${formatNames(names)}`,
    {
      where: [store, cache].filter((place) => place !== undefined).join(', then '),
      found: reasons.join('\n            '),
      hint: describeRemedy(inputs),
    },
  );
}

function describeRemedy({
  cache,
  cacheKeyPrefix,
}: Pick<Inputs, 'cache' | 'cacheKeyPrefix'>): string {
  if (cache === 'none') {
    return 'Set cache (or store) to where an earlier job saved the files, or run once with offline: false.';
  }
  const scope =
    cache === 'github'
      ? " GitHub shows a job what its own branch, its base branch and the default branch saved: run it on the default branch to serve all. It deletes what was not used for 7 days, and older entries when the repository's limit is reached."
      : ' A job reads what its own branch, its base branch and the default branch saved.';
  return `Run the same job once with offline: false, the same lockfile, cache and cache-key-prefix (${cacheKeyPrefix}), and let it save.${scope}`;
}

function formatNames(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  return `${names.slice(0, MAX_NAMES).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
