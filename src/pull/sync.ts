import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { TfcacheError } from '../error.ts';
import { fileKey } from '../file.ts';
import type { Log, Progress } from '../log.ts';
import type { Mirror } from '../mirror/mirror.ts';
import type { HashPool, Store } from '../store/types.ts';
import { type Arrival, fetchAndHash } from './arrival.ts';
import { findChanged } from './changed.ts';
import { type Fetched, takeIn, verifiedFile } from './fetched.ts';
import type { PlannedFile } from './plan.ts';

export interface SyncWith {
  mirror: Mirror;
  bucket: string;
  store: Store;
  hashPool: HashPool;
  log: Log;
  progress: Progress;
  signal: AbortSignal;
}

/** What one mirror gave. What it did not give is for the next one. */
export interface Synced {
  fetched: readonly Fetched[];
  left: readonly PlannedFile[];
  /** Why `left` is not empty: `integrity` when it served wrong bytes, `nothing-matched` when it lacks files, … */
  error: TfcacheError | undefined;
}

/** How often a file may change under the copy before we give up. */
const TRIES_FOR_CHANGING_FILES = 2;

/**
 * Brings files of one bucket from a mirror: staged, hashed as they arrive, held to what is known of them, taken into the
 * store. Wrong bytes are not kept, not even in staging; what is sound stays, in the store or in staging, so that the next
 * mirror or the next run goes on from it.
 *
 * @throws TfcacheError when the store cannot be written (`no-space`, …): then no other mirror would help.
 */
export async function sync(planned: readonly PlannedFile[], context: SyncWith): Promise<Synced> {
  const { mirror, bucket, store, log, progress } = context;
  const staging = await store.stage(`mirror-${encodeURIComponent(bucket)}`, () =>
    log.info('Waiting for another job that syncs into the same store.'),
  );
  try {
    const { here, missing } = splitByStore(planned, store);
    progress.begin(`Syncing from ${mirror.url}`, {
      files: missing.length,
      bytes: missing.reduce((sum, { file }) => sum + file.size, 0),
    });
    const fetched = [...here];
    let asked = missing;
    const failed: PlannedFile[] = [];
    let error: TfcacheError | undefined;
    for (let round = 1; asked.length > 0; round += 1) {
      const brought = await fetchAndHash(asked, staging.folder, context);
      const { changed, taken } = await takeUnchanged(brought.arrivals, brought.complete, context);
      fetched.push(...taken);
      error = worse(error, brought.error);
      const again = new Set(changed.map(({ file }) => fileKey(file)));
      const arrived = new Set(taken.map(({ verified }) => fileKey(verified)));
      failed.push(
        ...asked.filter(({ file }) => !arrived.has(fileKey(file)) && !again.has(fileKey(file))),
      );
      if (changed.length > 0 && round >= TRIES_FOR_CHANGING_FILES) {
        error = worse(error, keepsChanging(changed, mirror));
        failed.push(...changed);
        asked = [];
      } else {
        asked = changed;
      }
      for (const { file } of changed) {
        log.warning(`${file.path} changed on the mirror while it was copied.`);
        rmSync(join(staging.folder, file.path), { force: true });
      }
    }
    if (failed.length === 0) rmSync(staging.folder, { recursive: true, force: true });
    return { fetched, left: failed, error };
  } finally {
    progress.end();
    await staging.release();
  }
}

/** Another job may have brought some of it while this one waited for its turn. */
function splitByStore(
  planned: readonly PlannedFile[],
  store: Store,
): { here: Fetched[]; missing: PlannedFile[] } {
  const here: Fetched[] = [];
  const missing: PlannedFile[] = [];
  for (const file of planned) {
    const { bucket, path, size, mtime } = file.file;
    const sha256 =
      file.sha256 ??
      (mtime === undefined ? undefined : store.find(bucket, path, size, mtime)?.sha256);
    if (sha256 === undefined || store.objectPath(sha256, size) === undefined) {
      missing.push(file);
    } else {
      const verified = verifiedFile(file, sha256, size);
      here.push({ planned: file, verified, source: 'store', origin: undefined });
    }
  }
  return { here, missing };
}

/**
 * Takes in what did not change under the copy; at first sight nothing else could tell (rsync exits 0). When the mirror
 * failed half way that cannot be asked: what nobody vouches for stays in staging, where the next try finds it.
 */
async function takeUnchanged(
  arrivals: readonly Arrival[],
  complete: boolean,
  { mirror, bucket, store, signal }: SyncWith,
): Promise<{ changed: PlannedFile[]; taken: Fetched[] }> {
  const firstSight = arrivals.filter(({ planned }) => planned.file.digests.length === 0);
  const usable = complete ? arrivals : arrivals.filter((arrival) => !firstSight.includes(arrival));
  const listedAgain = complete
    ? findChanged(
        firstSight.map(({ planned }) => planned),
        new Map(firstSight.map(({ planned, digest }) => [planned.file.path, digest.size])),
        mirror,
        bucket,
        signal,
      )
    : Promise.resolve([]);
  // The mirror answers meanwhile.
  for (const { planned, staged, digest } of usable) takeIn(store, planned, staged, digest);
  const changed = await listedAgain;
  const changedKeys = new Set(changed.map(({ file }) => fileKey(file)));
  const taken = usable
    .filter(({ planned }) => !changedKeys.has(fileKey(planned.file)))
    .map(({ planned, digest }) => ({
      planned,
      verified: verifiedFile(planned, digest.sha256, digest.size),
      source: 'mirror' as const,
      origin: mirror.url.replaceAll('{bucket}', bucket),
    }));
  store.remember(taken.map(({ verified }) => verified));
  return { changed, taken };
}

/** The one to tell of two: wrong bytes before all, else the first. */
export function worse(
  one: TfcacheError | undefined,
  other: TfcacheError | undefined,
): TfcacheError | undefined {
  if (one === undefined || other?.code === 'integrity') return other ?? one;
  return one;
}

function keepsChanging(files: readonly PlannedFile[], mirror: Mirror): TfcacheError {
  return new TfcacheError(
    'integrity',
    `${files.map(({ file }) => file.path).join(', ')} changed on the mirror while it was copied, ${TRIES_FOR_CHANGING_FILES} times in a row.`,
    {
      where: mirror.url,
      hint: 'The mirror is probably being updated: try again in some minutes.',
    },
  );
}
