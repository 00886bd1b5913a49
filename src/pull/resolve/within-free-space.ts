import { fileKey } from '../../bucket/file.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import { formatBytes } from '../../platform/text/units.ts';
import { findFilesBeyondFreeSpace } from '../plan/disk-space.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { ExcludedMirrors } from './mirror-choice.ts';
import type { ResolvedRequests } from './resolve.ts';

export interface ResolveWithinFreeSpaceContext<R, P> {
  /** Resolves the requests without some mirrors. */
  resolve(excluded: ExcludedMirrors): Promise<R>;
  /** Plans what was resolved: `far` are the files that this machine does not have. */
  plan(resolved: R): Promise<P>;
  /** The store's folder. */
  store: string;
  log: Log;
}

/**
 * Resolves and plans. A request for which a mirror lists a file that is larger than the free space is resolved again without
 * that mirror: a wrong size must not keep the next mirror from being asked. If no other mirror has it, the first result stays,
 * and the check for room ends the run.
 */
export async function resolveWithinFreeSpace<
  R extends ResolvedRequests,
  P extends { remote: readonly PlannedFile[] },
>({
  resolve,
  plan,
  store,
  log,
}: ResolveWithinFreeSpaceContext<R, P>): Promise<{ resolved: R; plan: P }> {
  const excluded = new ExcludedMirrors();
  let resolved = await resolve(excluded);
  for (;;) {
    const planned = await plan(resolved);
    const large = await findFilesBeyondFreeSpace(planned.remote, store);
    const keys = new Set(large.map(({ file }) => fileKey(file)));
    const before = excluded.size;
    for (const { artifact, mirror } of resolved.resolutions) {
      if (mirror === undefined || !artifact.files.some((file) => keys.has(fileKey(file)))) continue;
      excluded.add(artifact.id, mirror);
    }
    if (excluded.size === before) return { resolved, plan: planned };
    try {
      resolved = await resolve(excluded);
    } catch (error) {
      if (!(error instanceof TfcacheError)) throw error;
      log.debug(`No other mirror: ${error.message}`);
      return { resolved, plan: planned };
    }
    for (const { file } of large) {
      log.warning(
        `A mirror lists ${file.path} with ${formatBytes(file.size)}, more than is free in ${store}; taking the next mirror.`,
      );
    }
  }
}
