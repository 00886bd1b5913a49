import { lstatSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { TfcacheError } from '../error.ts';
import type { Log, Progress } from '../log.ts';
import type { Mirror } from '../mirror/mirror.ts';
import type { FileDigest, HashPool, Store } from '../store/types.ts';
import { findChanged } from './changed.ts';
import { type Fetched, takeIn, verifiedFile } from './fetched.ts';
import type { PlannedFile } from './plan.ts';
import { findMismatch, neededAlgorithms } from './verify.ts';

export interface SyncWith {
  mirror: Mirror;
  bucket: string;
  store: Store;
  hashPool: HashPool;
  log: Log;
  progress: Progress;
  signal: AbortSignal;
}

/** A file that has arrived in staging and was hashed. */
interface Arrival {
  planned: PlannedFile;
  staged: string;
  digest: FileDigest;
}

/** How often a file may change under the copy before we give up. */
const TRIES_FOR_CHANGING_FILES = 2;

/**
 * Brings files of one bucket from a mirror: staged, hashed as they arrive, held to what is known of them, taken into the
 * store. What is complete in staging stays there when it throws, so the next run goes on from it.
 *
 * @throws TfcacheError `integrity` for wrong bytes (never kept, not even in staging), `nothing-matched` for files the
 *   mirror does not have, and what the mirror itself throws.
 */
export async function sync(
  planned: readonly PlannedFile[],
  context: SyncWith,
): Promise<readonly Fetched[]> {
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
    let left = missing;
    for (let round = 1; left.length > 0; round += 1) {
      const arrivals = await fetchAndHash(left, staging.folder, context);
      const { changed, taken } = await takeUnchanged(arrivals, left, context);
      fetched.push(...taken);
      if (changed.length > 0 && round >= TRIES_FOR_CHANGING_FILES)
        throw keepsChanging(changed, mirror);
      for (const { file } of changed) {
        log.warning(`${file.path} changed on the mirror while it was copied; fetching it again.`);
        rmSync(join(staging.folder, file.path), { force: true });
      }
      left = changed;
    }
    rmSync(staging.folder, { recursive: true, force: true });
    return fetched;
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

async function fetchAndHash(
  files: readonly PlannedFile[],
  staging: string,
  context: SyncWith,
): Promise<Arrival[]> {
  const { mirror, bucket, hashPool, progress, signal } = context;
  const byPath = new Map(files.map((planned) => [planned.file.path, planned]));
  const arrivals: Arrival[] = [];
  const hashing: Promise<void>[] = [];
  const problems: unknown[] = [];

  async function hash(planned: PlannedFile): Promise<void> {
    const staged = join(staging, planned.file.path);
    try {
      if (!lstatSync(staged).isFile()) {
        throw new TfcacheError('integrity', `${planned.file.path} is not a regular file.`, {
          where: mirror.url,
        });
      }
      const digest = await hashPool.digest(staged, neededAlgorithms(planned.file.digests));
      const mismatch = findMismatch(planned.file, digest, mirror.url);
      if (mismatch !== undefined) {
        rmSync(staged, { force: true });
        throw mismatch;
      }
      arrivals.push({ planned, staged, digest });
    } catch (error) {
      problems.push(error);
    }
  }

  try {
    const result = await mirror.fetch(
      bucket,
      files.map(({ file }) => ({ path: file.path, size: file.size, mtime: file.mtime })),
      staging,
      {
        onFile(path) {
          const planned = byPath.get(path);
          if (planned === undefined) return;
          byPath.delete(path);
          progress.advance({ files: 1 });
          hashing.push(hash(planned));
        },
        onBytes: (bytes) => progress.advance({ bytes }),
      },
      signal,
    );
    await Promise.all(hashing);
    if (problems.length > 0) throw problems[0];
    if (result.missing.length > 0) throw gone(result.missing, mirror, bucket);
    return arrivals;
  } catch (error) {
    // What a lock or a catalogue vouches for is sound whatever became of the rest: keep it for the next run.
    await Promise.all(hashing);
    for (const arrival of arrivals) {
      if (arrival.planned.file.digests.length > 0) take(arrival, context.store);
    }
    throw (
      problems.find((problem) => problem instanceof TfcacheError && problem.code === 'integrity') ??
      error
    );
  }
}

/** Takes in what did not change under the copy; at first sight nothing else could tell (rsync exits 0). */
async function takeUnchanged(
  arrivals: readonly Arrival[],
  asked: readonly PlannedFile[],
  context: SyncWith,
): Promise<{ changed: PlannedFile[]; taken: Fetched[] }> {
  const { mirror, bucket, store, signal } = context;
  const firstSight = asked.filter(({ file }) => file.digests.length === 0);
  const sizes = new Map(arrivals.map(({ planned, digest }) => [planned.file.path, digest.size]));
  const listedAgain = findChanged(firstSight, sizes, mirror, bucket, signal);
  for (const arrival of arrivals) take(arrival, store);
  const changed = await listedAgain;
  const changedPaths = new Set(changed.map(({ file }) => file.path));
  const taken = arrivals
    .filter(({ planned }) => !changedPaths.has(planned.file.path))
    .map(({ planned, digest }) => ({
      planned,
      verified: verifiedFile(planned, digest.sha256, digest.size),
      source: 'mirror' as const,
      origin: mirror.url,
    }));
  store.remember(taken.map(({ verified }) => verified));
  return { changed, taken };
}

function take({ planned, staged, digest }: Arrival, store: Store): void {
  takeIn(store, planned, staged, digest);
}

function gone(paths: readonly string[], mirror: Mirror, bucket: string): TfcacheError {
  return new TfcacheError(
    'nothing-matched',
    `The mirror does not have ${paths.length === 1 ? 'a file' : `${paths.length} files`} that ${paths.length === 1 ? 'is' : 'are'} needed: ${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ', …' : ''}`,
    {
      where: mirror.url.replaceAll('{bucket}', bucket),
      hint: 'It was removed or never mirrored: name a mirror that has it, or lock the request anew (tfcache lock).',
    },
  );
}

function keepsChanging(files: readonly PlannedFile[], mirror: Mirror): TfcacheError {
  return new TfcacheError(
    'integrity',
    `${files.map(({ file }) => file.path).join(', ')} changed on the mirror while it was copied, ${TRIES_FOR_CHANGING_FILES} times in a row.`,
    { where: mirror.url, hint: 'The mirror is probably being updated: try again in some minutes.' },
  );
}
