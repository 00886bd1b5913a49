import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileKey, type WantedFile } from '../../bucket/file.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { readSteadyClockMs } from '../../platform/clock.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { HashPool } from '../../platform/hashing/hash-pool.ts';
import type { Log, Progress } from '../../platform/log.ts';
import type { Claim, Store } from '../../store/store.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { pickMoreSevere } from '../resolve/mirror-failure.ts';
import { findChangedFiles } from './changed.ts';
import { type FetchResult, fetchAndHash, type StagedFile } from './fetch-and-hash.ts';
import { addToStore, type FetchedFile, toVerifiedFile } from './fetched.ts';
import { getStagingFolder } from './staging-folder.ts';

export interface SyncContext {
  mirror: Mirror;
  bucket: string;
  store: Store;
  hashPool: HashPool;
  log: Log;
  progress: Progress;
  signal: AbortSignal;
  /** Told of each file that arrived and fits what is known of it. */
  onStaged?: (arrival: StagedFile) => void;
  /** Called for each file with wrong bytes. */
  onRefused?: (file: WantedFile, error: TfcacheError) => void;
}

/** What one mirror gave. What it did not give is for the next one. */
export interface SyncResult {
  fetched: readonly FetchedFile[];
  unfetched: readonly PlannedFile[];
  /** Why `left` is not empty: `integrity` when it served wrong bytes, `nothing-matched` when it lacks files, … */
  error: TfcacheError | undefined;
}

/** Files are taken in without a pause for so many; then what else is going on gets its turn. */
const FILES_PER_TICK = 64;

/** How often a file may change under the copy before we give up. */
const MAX_CHANGING_FILE_TRIES = 2;

/** How often jobs that wait are told of files that came: each looks through all it waits for. */
const ANNOUNCE_INTERVAL_MS = 1_000;

/**
 * Brings files of one bucket from a mirror: staged, hashed as they arrive, held to what is known of them, taken into the
 * store. Wrong bytes are not kept, not even in staging; what is sound stays, in the store or in staging, so that the next
 * mirror or the next run goes on from it.
 *
 * Of all jobs that share the store one fetches a file, and the others wait for it; what it could not get they try themselves.
 *
 * @throws TfcacheError when the store cannot be written (`no-space`, …): then no other mirror would help.
 */
export async function syncFiles(
  planned: readonly PlannedFile[],
  context: SyncContext,
): Promise<SyncResult> {
  const { bucket, store, log, signal } = context;
  const synced: {
    fetched: FetchedFile[];
    unfetched: PlannedFile[];
    error: TfcacheError | undefined;
  } = {
    fetched: [],
    unfetched: [],
    error: undefined,
  };
  let open: readonly PlannedFile[] = planned;
  let isWaitLogged = false;
  for (;;) {
    const paths = open.map(({ file }) => file.path);
    const { claim: flight, waitForChange: changed } = await store.claim(
      formatClaimGroup(bucket),
      paths,
    );
    if (flight !== undefined) {
      const mine = open.filter(({ file }) => flight.keys.has(file.path));
      open = open.filter(({ file }) => !flight.keys.has(file.path));
      const result = await fetchClaimed(mine, flight, context);
      synced.fetched = synced.fetched.concat(result.fetched);
      synced.unfetched = synced.unfetched.concat(result.unfetched);
      synced.error = pickMoreSevere(synced.error, result.error);
    }
    if (open.length === 0) return synced;
    if (!isWaitLogged) log.info(`Waiting for another job, which fetches ${describeFiles(open)}.`);
    isWaitLogged = true;
    await changed(signal);
    const { here, missing } = splitByStore(open, store);
    synced.fetched = synced.fetched.concat(here);
    open = missing;
    if (open.length === 0) return synced;
  }
}

/** What the flights are called that fetch files of a bucket; their keys are paths. */
export function formatClaimGroup(bucket: string): string {
  return `mirror-${encodeURIComponent(bucket)}`;
}

/** Fetches what this job has claimed. */
async function fetchClaimed(
  claimed: readonly PlannedFile[],
  flight: Claim,
  context: SyncContext,
): Promise<SyncResult> {
  const { progress, mirror } = context;
  try {
    // Another job may have brought some of it before it was claimed.
    const { here, missing } = splitByStore(claimed, context.store);
    progress.begin(`Syncing from ${mirror.url}`, {
      files: missing.length,
      bytes: missing.reduce((sum, { file }) => sum + file.size, 0),
    });
    const result = await fetchInRounds(missing, flight, context);
    if (result.unfetched.length === 0) flight.complete();
    return { ...result, fetched: [...here, ...result.fetched] };
  } finally {
    progress.end();
    flight.abandon();
  }
}

async function fetchInRounds(
  missing: readonly PlannedFile[],
  flight: Claim,
  context: SyncContext,
): Promise<SyncResult> {
  const { mirror, log } = context;
  let fetched: readonly FetchedFile[] = [];
  let left: readonly PlannedFile[] = [];
  let asked = missing;
  let error: TfcacheError | undefined;
  for (let round = 1; asked.length > 0; round += 1) {
    const early = createEarlyStorer(flight, context);
    const result = await fetchByDigest(asked, flight, { ...context, onStaged: early.take });
    const others = result.stagedFiles.filter(({ planned }) => planned.file.digests.length === 0);
    const sure = await storeUnchanged(others, result.isComplete, context);
    const { changed } = sure;
    const { mismatchedResumed: suspect } = result;
    const here = early.taken.concat(sure.taken);
    fetched = fetched.concat(here);
    error = pickMoreSevere(pickMoreSevere(error, result.error), sure.error);
    const again = new Set([...changed, ...suspect].map(({ file }) => fileKey(file)));
    const arrived = new Set(here.map(({ verified }) => fileKey(verified)));
    left = left.concat(
      asked.filter(({ file }) => !arrived.has(fileKey(file)) && !again.has(fileKey(file))),
    );
    if (changed.length > 0 && round >= MAX_CHANGING_FILE_TRIES) {
      error = pickMoreSevere(error, createKeepsChangingError(changed, mirror));
      left = left.concat(changed);
      asked = suspect;
    } else {
      asked = [...changed, ...suspect];
    }
    const staging = getStaging('no-digest', flight, context);
    for (const { file } of changed) {
      log.warning(`${file.path} changed on the mirror while it was copied.`);
      rmSync(join(staging, file.path), { force: true });
    }
    for (const { file } of suspect) {
      log.info(`${file.path} was resumed and does not have its digest: fetching it as a whole.`);
    }
  }
  return { fetched, unfetched: left, error };
}

/** Fetches files with a digest known beforehand first, then the others, each into the folder for them. */
async function fetchByDigest(
  asked: readonly PlannedFile[],
  flight: Claim,
  context: SyncContext,
): Promise<FetchResult> {
  const known = asked.filter(({ file }) => file.digests.length > 0);
  const unknown = asked.filter(({ file }) => file.digests.length === 0);
  if (known.length === 0) {
    return fetchAndHash(unknown, getStaging('no-digest', flight, context), context);
  }
  const first = await fetchAndHash(known, getStaging('digest', flight, context), context);
  // A mirror that cannot be reached is not asked a second time.
  if (unknown.length === 0 || first.error?.code === 'no-mirror') return first;
  const second = await fetchAndHash(unknown, getStaging('no-digest', flight, context), context);
  return {
    stagedFiles: [...first.stagedFiles, ...second.stagedFiles],
    mismatchedResumed: [...first.mismatchedResumed, ...second.mismatchedResumed],
    isComplete: second.isComplete,
    error: pickMoreSevere(first.error, second.error),
  };
}

function getStaging(
  files: 'digest' | 'no-digest',
  flight: Claim,
  { mirror, bucket }: SyncContext,
): string {
  return getStagingFolder(flight.folder, mirror.url.replaceAll('{bucket}', bucket), files);
}

/**
 * Takes a file in as soon as it is here when its digest was known beforehand: a run that is killed later has it, and jobs
 * that wait for it go on.
 */
function createEarlyStorer(
  flight: Claim,
  context: SyncContext,
): { taken: readonly FetchedFile[]; take(arrival: StagedFile): void } {
  const { store } = context;
  const taken: FetchedFile[] = [];
  let announced = readSteadyClockMs();
  return {
    taken,
    take({ planned, staged, digest }) {
      if (planned.file.digests.length === 0) return;
      addToStore(store, planned, staged, digest);
      const fetched = toFetchedFile(planned, digest, context);
      taken.push(fetched);
      store.remember([fetched.verified]);
      if (readSteadyClockMs() - announced < ANNOUNCE_INTERVAL_MS) return;
      flight.announce();
      announced = readSteadyClockMs();
    },
  };
}

function toFetchedFile(
  planned: PlannedFile,
  { sha256, size }: StagedFile['digest'],
  { mirror, bucket }: SyncContext,
): FetchedFile {
  const origin = mirror.url.replaceAll('{bucket}', bucket);
  return { planned, verified: toVerifiedFile(planned, sha256, size), source: 'mirror', origin };
}

function describeFiles(files: readonly PlannedFile[]): string {
  const [first] = files;
  return files.length === 1 && first !== undefined ? first.file.path : `${files.length} files`;
}

/** Another job may have brought some of it while this one waited for its turn. */
function splitByStore(
  planned: readonly PlannedFile[],
  store: Store,
): { here: FetchedFile[]; missing: PlannedFile[] } {
  const known = planned.flatMap((file) => {
    const sha256 = file.sha256 ?? store.find(file.file)?.sha256;
    return sha256 === undefined ? [] : [{ planned: file, sha256, size: file.file.size }];
  });
  const here = store.keepInLease(known).map(({ planned, sha256, size }): FetchedFile => {
    const verified = toVerifiedFile(planned, sha256, size);
    return { planned, verified, source: 'store', origin: undefined };
  });
  const found = new Set(here.map(({ planned }) => planned));
  const missing = planned.filter((file) => !found.has(file));
  return { here, missing };
}

interface UnchangedResult {
  changed: readonly PlannedFile[];
  taken: readonly FetchedFile[];
  /** Why it could not be asked what had changed. */
  error: TfcacheError | undefined;
}

/**
 * Takes in what nobody vouched for beforehand and what did not change under the copy; nothing else could tell (rsync exits
 * 0). When the mirror failed half way, or does not answer that, the files stay in staging, where the next try finds them.
 *
 * @throws whatever the store throws, and the signal's reason.
 */
async function storeUnchanged(
  arrivals: readonly StagedFile[],
  complete: boolean,
  context: SyncContext,
): Promise<UnchangedResult> {
  if (!complete || arrivals.length === 0) return { changed: [], taken: [], error: undefined };
  const { mirror, bucket, store, signal } = context;
  let changed: readonly PlannedFile[];
  try {
    changed = await findChangedFiles(
      arrivals.map(({ planned }) => planned),
      new Map(arrivals.map(({ planned, digest }) => [planned.file.path, digest.size])),
      mirror,
      bucket,
      signal,
    );
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof TfcacheError)) throw error;
    return { changed: [], taken: [], error };
  }
  const changedKeys = new Set(changed.map(({ file }) => fileKey(file)));
  const taken: FetchedFile[] = [];
  for (const [index, { planned, staged, digest }] of arrivals.entries()) {
    if (index % FILES_PER_TICK === 0) await nextTurn();
    if (changedKeys.has(fileKey(planned.file))) continue;
    addToStore(store, planned, staged, digest);
    taken.push(toFetchedFile(planned, digest, context));
  }
  store.remember(taken.map(({ verified }) => verified));
  return { changed, taken, error: undefined };
}

function createKeepsChangingError(files: readonly PlannedFile[], mirror: Mirror): TfcacheError {
  return new TfcacheError(
    'file-changed',
    `${files.map(({ file }) => file.path).join(', ')} changed on the mirror while it was copied, ${MAX_CHANGING_FILE_TRIES} times in a row.`,
    {
      where: mirror.url,
      hint: 'The mirror is probably being updated: try again in some minutes.',
    },
  );
}
