import { join } from 'node:path';
import type { Inputs } from '../../inputs/inputs.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import { isPermissionError } from '../../platform/files/file-error.ts';
import { listNames } from '../../platform/files/list-names.ts';
import { formatBytes } from '../../platform/text/units.ts';
import { STORE_VERSION } from '../../store/open-store.ts';
import type { FetchedFile } from '../fetch/fetched.ts';
import { formatClaimGroup } from '../fetch/sync.ts';
import type { LocalSources } from '../plan/local-sources.ts';
import type { RunContext } from '../types.ts';

/**
 * Leaves the store as it should be: what killed runs left of these files is gone, and it is no larger than it may be.
 * Never fails a pull that has done its work.
 */
export async function cleanUpStore(
  sources: LocalSources,
  fetched: readonly FetchedFile[],
  inputs: Inputs,
  { log, progress, signal }: RunContext,
): Promise<void> {
  try {
    if (inputs.store.lifetime === 'persistent' && hasLeases(inputs.store.folder))
      sources.getStore();
    const store = sources.openedStore;
    if (store === undefined) return;
    for (const bucket of new Set(fetched.map(({ verified }) => verified.bucket))) {
      await store.removeFinishedClaims(formatClaimGroup(bucket), () => listPaths(bucket, fetched));
    }
    const maxSize = inputs.storeMaxSize;
    if (maxSize === undefined || inputs.store.lifetime !== 'persistent') return;
    const { collectGarbage } = await import('../../store/maintenance/collect-garbage.ts');
    const { busy, removed, kept } = await collectGarbage(store.folder, {
      maxSize,
      maxAge: undefined,
      pruneIndex: 'after-removal',
      progress,
      signal,
    });
    if (busy) log.debug('Another job cleans the store.');
    if (removed.objects > 0) {
      log.info(
        `Store: ${removed.objects} objects (${formatBytes(removed.bytes)}) that were not used for longest were removed; ${formatBytes(kept.bytes)} are left.`,
      );
    }
    if (kept.bytes > maxSize && !busy) {
      log.info(
        `Store: ${formatBytes(kept.bytes)}, more than store-max-size (${formatBytes(maxSize)}): jobs that run now use the rest.`,
      );
    }
  } catch (error) {
    const said = `The store could not be tidied: ${describeError(error)}`;
    // Who may write to it tidies it.
    if (error instanceof TfcacheError && isPermissionError(error.cause)) log.debug(said);
    else log.warning(said);
  }
}

/**
 * Whether jobs use the store, or were killed while they did: whoever opens it then sweeps it. One look is all that a run
 * pays that finds everything in place.
 */
function hasLeases(folder: string): boolean {
  return listNames(join(folder, STORE_VERSION, 'leases')).length > 0;
}

function listPaths(bucket: string, fetched: readonly FetchedFile[]): Set<string> {
  const paths = new Set<string>();
  for (const { verified } of fetched) if (verified.bucket === bucket) paths.add(verified.path);
  return paths;
}
