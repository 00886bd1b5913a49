import type { Inputs } from '../../inputs/inputs.ts';
import { TfcacheError } from '../../platform/error.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
import { formatShortList } from '../../platform/text/similar-names.ts';
import { formatCount } from '../../platform/text/units.ts';
import { joinReasons } from '../../report/totals.ts';
import type { PlannedFile } from '../plan/plan.ts';

/** Names shown in one message. */
const MAX_NAMES_SHOWN = 10;

/**
 * Returns the error of an offline run whose requests are not in the lockfile, so that a mirror would be needed to resolve them.
 *
 * @param found what an existing lockfile lacks, with what it has instead; undefined if there is no lockfile
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
    hint: `Run tfcache lock with the same artifacts and --lock-file ${example} on a machine that can use a mirror (or this job once with offline: false and lock-file: ${example}), and commit the file.`,
  });
}

/** Returns the error of an offline run whose files are neither in the store nor in the cache. */
export function createMissingOfflineError(
  missing: readonly PlannedFile[],
  inputs: Pick<Inputs, 'cache' | 'cacheKeyPrefix' | 'store'>,
): TfcacheError {
  const files = `${formatCount(missing.length, 'file')} ${missing.length === 1 ? 'is' : 'are'}`;
  const names = missing.map(({ file }) => file.path);
  const reasons = [...new Set(missing.map(({ skipped }) => joinReasons(skipped)))].slice(0, 3);
  const store = inputs.store.lifetime === 'persistent' ? `store ${inputs.store.folder}` : undefined;
  // Without parameters.
  const address = inputs.cache.replace(/\?.*$/s, '');
  const cache =
    inputs.cache === 'none'
      ? 'no cache (cache: none)'
      : `cache ${address} with the key prefix ${inputs.cacheKeyPrefix}`;
  return new TfcacheError(
    'not-cached',
    `Offline: ${files} neither on this machine nor in the cache: ${formatNames(names)}`,
    {
      where: [store, cache].filter((place) => place !== undefined).join(', then '),
      found: reasons.join('\n            '),
      hint: suggestRemedy(inputs),
    },
  );
}

function suggestRemedy({
  cache,
  cacheKeyPrefix,
}: Pick<Inputs, 'cache' | 'cacheKeyPrefix'>): string {
  if (cache === 'none') {
    return 'Set cache or store to where an earlier job saved the files, or run this job once with offline: false.';
  }
  const scope =
    cache === 'github'
      ? '\nJobs can read what their branch, its base branch and the default branch saved, so run it on the default branch. GitHub deletes entries that were not used for 7 days, and the oldest ones if the limit of the repository is reached.'
      : '\nJobs can read what their branch, its base branch and the default branch saved.';
  return `Run this job once with offline: false and the same lockfile, cache and cache-key-prefix (${cacheKeyPrefix}), so that it saves the files.${scope}`;
}

function formatNames(names: readonly string[]): string {
  return escapeControlCharacters(formatShortList(names, MAX_NAMES_SHOWN));
}
