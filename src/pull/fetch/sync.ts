import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileKey } from '../../bucket/file.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import type { Claim, Store } from '../../store/store.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { pickMoreSevere } from '../resolve/mirror-failure.ts';
import { type FetchAndHashContext, fetchAndHash, type HashedTransfer } from './fetch-and-hash.ts';
import { type FetchedFile, toVerifiedFile } from './fetched.ts';
import { getStagingFolder } from './staging-folder.ts';
import { createEarlyStorer, storeUnchanged } from './store-staged.ts';

export interface SyncContext extends FetchAndHashContext {
  log: Log;
}

/** What one mirror provided. The caller asks the next mirror for the rest. */
export interface SyncResult {
  fetched: readonly FetchedFile[];
  unfetched: readonly PlannedFile[];
  /** Why `unfetched` is not empty: `integrity` for a checksum mismatch, `nothing-matched` for missing files, … */
  error: TfcacheError | undefined;
}

/** Downloads of a file that changes on the mirror during each of them. */
const MAX_CHANGING_FILE_TRIES = 2;

/**
 * Downloads files of one bucket from a mirror: stages them, hashes them during the transfer, verifies them and adds them to the
 * store. A file with a checksum mismatch is deleted. Verified files and partial downloads stay, so that the next mirror or
 * the next run resumes.
 *
 * Of all jobs that share the store, one downloads a file and the others wait. They download themselves what it could not get.
 *
 * @throws TfcacheError if the store cannot be written (`no-space`, …): another mirror would not help
 */
export async function syncFiles(
  planned: readonly PlannedFile[],
  context: SyncContext,
): Promise<SyncResult> {
  const { bucket, store, log, signal } = context;
  let fetched: readonly FetchedFile[] = [];
  let unfetched: readonly PlannedFile[] = [];
  let error: TfcacheError | undefined;
  let pending: readonly PlannedFile[] = planned;
  let isWaitLogged = false;
  for (;;) {
    const paths = pending.map(({ file }) => file.path);
    const { claim, waitForChange } = await store.claim(formatClaimGroup(bucket), paths);
    if (claim !== undefined) {
      const claimed = pending.filter(({ file }) => claim.keys.has(file.path));
      pending = pending.filter(({ file }) => !claim.keys.has(file.path));
      const result = await fetchClaimed(claimed, claim, context);
      fetched = fetched.concat(result.fetched);
      unfetched = unfetched.concat(result.unfetched);
      error = pickMoreSevere(error, result.error);
    }
    if (pending.length === 0) return { fetched, unfetched, error };
    if (!isWaitLogged) {
      log.info(`Waiting for another job that downloads ${describeFiles(pending)}.`);
    }
    isWaitLogged = true;
    await waitForChange(signal);
    const { stored, missing } = splitByStore(pending, store);
    fetched = fetched.concat(stored);
    pending = missing;
    if (pending.length === 0) return { fetched, unfetched, error };
  }
}

/** Returns the name of the claims on files of a bucket. Their keys are paths. */
export function formatClaimGroup(bucket: string): string {
  return `mirror-${encodeURIComponent(bucket)}`;
}

async function fetchClaimed(
  claimed: readonly PlannedFile[],
  claim: Claim,
  context: SyncContext,
): Promise<SyncResult> {
  const { progress, mirror } = context;
  try {
    // Another job may have stored some of the files before they were claimed.
    const { stored, missing } = splitByStore(claimed, context.store);
    progress.begin(`Syncing from ${mirror.url}`, {
      files: missing.length,
      bytes: missing.reduce((sum, { file }) => sum + file.size, 0),
    });
    const result = await fetchInRounds(missing, claim, context);
    if (result.unfetched.length === 0) claim.complete();
    return { ...result, fetched: [...stored, ...result.fetched] };
  } finally {
    progress.end();
    claim.abandon();
  }
}

/** Repeats the download of files that changed on the mirror, and of resumed files with a checksum mismatch. */
async function fetchInRounds(
  missing: readonly PlannedFile[],
  claim: Claim,
  context: SyncContext,
): Promise<SyncResult> {
  const { mirror, log } = context;
  let fetched: readonly FetchedFile[] = [];
  let unfetched: readonly PlannedFile[] = [];
  let error: TfcacheError | undefined;
  let requested = missing;
  for (let round = 1; requested.length > 0; round += 1) {
    const { stored: storedEarly, storeEarly } = createEarlyStorer(claim, context);
    const transfer = await fetchByDigest(requested, claim, { ...context, onStaged: storeEarly });
    const { mismatchedResumed } = transfer;
    const withoutDigest = transfer.stagedFiles.filter(
      ({ planned }) => planned.file.digests.length === 0,
    );
    const completeness = transfer.isComplete ? 'complete' : 'incomplete';
    const unchanged = await storeUnchanged(withoutDigest, completeness, context);
    const { changed } = unchanged;
    const stored = storedEarly.concat(unchanged.stored);
    fetched = fetched.concat(stored);
    error = pickMoreSevere(pickMoreSevere(error, transfer.error), unchanged.error);
    const handled = new Set([
      ...stored.map(({ verified }) => fileKey(verified)),
      ...[...changed, ...mismatchedResumed].map(({ file }) => fileKey(file)),
    ]);
    unfetched = unfetched.concat(requested.filter(({ file }) => !handled.has(fileKey(file))));
    if (changed.length > 0 && round >= MAX_CHANGING_FILE_TRIES) {
      error = pickMoreSevere(error, createKeepsChangingError(changed, mirror));
      unfetched = unfetched.concat(changed);
      requested = mismatchedResumed;
    } else {
      requested = [...changed, ...mismatchedResumed];
    }
    const staging = getStaging('no-digest', claim, context);
    for (const { file } of changed) {
      log.warning(`${file.path} changed on the mirror during the download.`);
      rmSync(join(staging, file.path), { force: true });
    }
    for (const { file } of mismatchedResumed) {
      log.info(`${file.path} has a checksum mismatch after a resume: downloading the whole file.`);
    }
  }
  return { fetched, unfetched, error };
}

/** Downloads files with a known digest first, then the others, each group into its own staging folder. */
async function fetchByDigest(
  requested: readonly PlannedFile[],
  claim: Claim,
  context: SyncContext,
): Promise<HashedTransfer> {
  const withDigest = requested.filter(({ file }) => file.digests.length > 0);
  const withoutDigest = requested.filter(({ file }) => file.digests.length === 0);
  const fetchWithoutDigest = () =>
    fetchAndHash(withoutDigest, getStaging('no-digest', claim, context), context);
  if (withDigest.length === 0) return fetchWithoutDigest();
  const first = await fetchAndHash(withDigest, getStaging('digest', claim, context), context);
  // An unreachable mirror is not contacted again.
  if (withoutDigest.length === 0 || first.error?.code === 'no-mirror') return first;
  const second = await fetchWithoutDigest();
  return {
    stagedFiles: [...first.stagedFiles, ...second.stagedFiles],
    mismatchedResumed: [...first.mismatchedResumed, ...second.mismatchedResumed],
    isComplete: second.isComplete,
    error: pickMoreSevere(first.error, second.error),
  };
}

function getStaging(
  files: 'digest' | 'no-digest',
  claim: Claim,
  { mirror, bucket }: SyncContext,
): string {
  return getStagingFolder(claim.folder, mirror.url.replaceAll('{bucket}', bucket), files);
}

function describeFiles(files: readonly PlannedFile[]): string {
  const [first] = files;
  return files.length === 1 && first !== undefined ? first.file.path : `${files.length} files`;
}

/** Separates the files that another job stored in the meantime. */
function splitByStore(
  planned: readonly PlannedFile[],
  store: Store,
): { stored: FetchedFile[]; missing: PlannedFile[] } {
  const known = planned.flatMap((file) => {
    const sha256 = file.sha256 ?? store.find(file.file)?.sha256;
    return sha256 === undefined ? [] : [{ planned: file, sha256, size: file.file.size }];
  });
  const stored = store.keepInLease(known).map(({ planned, sha256, size }): FetchedFile => {
    const verified = toVerifiedFile(planned, sha256, size);
    return { planned, verified, source: 'store', origin: undefined };
  });
  const found = new Set(stored.map(({ planned }) => planned));
  return { stored, missing: planned.filter((file) => !found.has(file)) };
}

function createKeepsChangingError(files: readonly PlannedFile[], mirror: Mirror): TfcacheError {
  const names = files.map(({ file }) => file.path).join(', ');
  return new TfcacheError(
    'file-changed',
    `Could not download ${names}: its content on the mirror changed during each of ${MAX_CHANGING_FILE_TRIES} downloads.`,
    { where: mirror.url, hint: 'Wait until the mirror is updated, then run again.' },
  );
}
