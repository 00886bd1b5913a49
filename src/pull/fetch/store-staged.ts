import { setImmediate as nextTick } from 'node:timers/promises';
import { folderOf } from '../../bucket/bucket-path.ts';
import { fileKey, type ListedFile } from '../../bucket/file.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { readSteadyClockMs } from '../../platform/clock.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { Claim, Store } from '../../store/store.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { StagedFile } from './fetch-and-hash.ts';
import { addToStore, type FetchedFile, toVerifiedFile } from './fetched.ts';

export interface StoreStagedContext {
  mirror: Mirror;
  bucket: string;
  store: Store;
  signal: AbortSignal;
}

/** Files that are added to the store before other work gets a turn. */
const FILES_PER_TICK = 64;

/** How often waiting jobs are notified of new files: each job then checks everything it waits for. */
const ANNOUNCE_INTERVAL_MS = 1_000;

/**
 * Adds files with a digest known beforehand to the store as soon as they are downloaded. If the run is killed later, the store
 * has them, and jobs that wait for them continue.
 */
export function createEarlyStorer(
  claim: Claim,
  context: StoreStagedContext,
): { stored: readonly FetchedFile[]; storeEarly(file: StagedFile): void } {
  const { store } = context;
  const stored: FetchedFile[] = [];
  let announcedAtMs = readSteadyClockMs();
  return {
    stored,
    storeEarly({ planned, staged, digest }) {
      if (planned.file.digests.length === 0) return;
      addToStore(store, planned, staged, digest);
      const fetched = toFetchedFile(planned, digest, context);
      stored.push(fetched);
      store.remember([fetched.verified]);
      if (readSteadyClockMs() - announcedAtMs < ANNOUNCE_INTERVAL_MS) return;
      claim.announce();
      announcedAtMs = readSteadyClockMs();
    },
  };
}

export interface UnchangedResult {
  /** Files that changed on the mirror during the download, with size and time as they are listed now. */
  changed: readonly PlannedFile[];
  stored: readonly FetchedFile[];
  /** Why the mirror could not be asked which files changed. */
  error: TfcacheError | undefined;
}

/**
 * Adds files without a known digest to the store if they did not change on the mirror during the download. rsync does not
 * report such a change: it exits with 0. If the transfer was incomplete or the listing fails, the files stay in staging for
 * the next attempt.
 *
 * @throws TfcacheError if the store cannot be written; the reason of the signal
 */
export async function storeUnchanged(
  files: readonly StagedFile[],
  transfer: 'complete' | 'incomplete',
  context: StoreStagedContext,
): Promise<UnchangedResult> {
  if (transfer === 'incomplete' || files.length === 0) {
    return { changed: [], stored: [], error: undefined };
  }
  const { store, signal } = context;
  let changed: readonly PlannedFile[];
  try {
    changed = await findChangedFiles(files, context);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TfcacheError)) throw error;
    return { changed: [], stored: [], error };
  }
  const changedKeys = new Set(changed.map(({ file }) => fileKey(file)));
  const stored: FetchedFile[] = [];
  for (const [index, { planned, staged, digest }] of files.entries()) {
    if (index % FILES_PER_TICK === 0) await nextTick();
    if (changedKeys.has(fileKey(planned.file))) continue;
    addToStore(store, planned, staged, digest);
    stored.push(toFetchedFile(planned, digest, context));
  }
  store.remember(stored.map(({ verified }) => verified));
  return { changed, stored, error: undefined };
}

/** Returns the files whose size, time or ETag in the listing is another one than before the download. */
async function findChangedFiles(
  files: readonly StagedFile[],
  { mirror, bucket, signal }: StoreStagedContext,
): Promise<PlannedFile[]> {
  const folders = [...new Set(files.map(({ planned }) => folderOf(planned.file.path)))];
  const listings = await mirror.listFolders(bucket, folders, signal);
  const listedFiles = new Map<string, ListedFile>();
  for (const listing of listings)
    for (const file of listing.files) listedFiles.set(file.path, file);
  return files.flatMap(({ planned, digest }) => {
    const { path, size, mtime, etag } = planned.file;
    const listed = listedFiles.get(path);
    const isSame =
      listed !== undefined &&
      listed.size === size &&
      listed.mtime === mtime &&
      listed.etag === etag;
    if (isSame && digest.size === size) return [];
    const current =
      listed === undefined ? {} : { size: listed.size, mtime: listed.mtime, etag: listed.etag };
    return [{ ...planned, file: { ...planned.file, ...current } }];
  });
}

function toFetchedFile(
  planned: PlannedFile,
  { sha256, size }: StagedFile['digest'],
  { mirror, bucket }: StoreStagedContext,
): FetchedFile {
  const origin = mirror.url.replaceAll('{bucket}', bucket);
  return { planned, verified: toVerifiedFile(planned, sha256, size), source: 'mirror', origin };
}
