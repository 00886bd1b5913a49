import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Mirror } from '../../mirror/mirror.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { FileDigest } from '../../platform/hashing/hash-pool.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { hashDuringTransfer } from './hash-during-transfer.ts';
import { measureStagedFiles } from './staging-folder.ts';
import type { SyncContext } from './sync.ts';
import { findMismatch, listNeededAlgorithms } from './verify.ts';

/** Bytes below which no older content is looked for: a delta would save next to nothing. */
const MIN_DELTA_BYTES = 1024 * 1024;

/** A file that has arrived in staging, was hashed, and fits whatever is known of it. */
export interface StagedFile {
  planned: PlannedFile;
  staged: string;
  digest: FileDigest;
}

export interface FetchResult {
  stagedFiles: readonly StagedFile[];
  /**
   * Files that were resumed and do not have their digest. Their bytes are removed. What was there before may have come from
   * another mirror or another version, so the mirror must be asked for the whole file before it is blamed.
   */
  mismatchedResumed: readonly PlannedFile[];
  /** True when the mirror went through all that was asked for; false when it failed on the way. */
  isComplete: boolean;
  error: TfcacheError | undefined;
}

/**
 * Fetches into staging and hashes each file as soon as it is there, beside the transfer. Bytes that do not fit are removed
 * at once: a second try must not take them for what it wants.
 *
 * @throws TfcacheError `no-space` and other errors of this machine.
 */
export async function fetchAndHash(
  files: readonly PlannedFile[],
  staging: string,
  {
    mirror,
    bucket,
    store,
    hashPool,
    progress,
    signal,
    onStaged: onArrival,
    onRefused,
  }: SyncContext,
): Promise<FetchResult> {
  const byPath = new Map(files.map((planned) => [planned.file.path, planned]));
  const arrivals: StagedFile[] = [];
  const hashing: Promise<void>[] = [];
  const hasher = hashDuringTransfer(files, staging, mirror);
  const wrong: TfcacheError[] = [];
  const suspect: PlannedFile[] = [];
  const broken: unknown[] = [];
  const bytesBefore = measureStagedFiles(staging);
  const resumed = new Set(files.filter(({ file }) => bytesBefore(file.path) > 0));

  async function hash(planned: PlannedFile): Promise<void> {
    const staged = join(staging, planned.file.path);
    try {
      const digest =
        (await hasher.takeDigest(planned)) ??
        (await hashPool.digest(staged, listNeededAlgorithms(planned.file.digests)));
      const mismatch = findMismatch(
        planned.file,
        digest,
        mirror.url.replaceAll('{bucket}', bucket),
      );
      if (mismatch === undefined) {
        const arrival = { planned, staged, digest };
        onArrival?.(arrival);
        arrivals.push(arrival);
        return;
      }
      rmSync(staged, { force: true });
      if (resumed.has(planned)) {
        suspect.push(planned);
        return;
      }
      wrong.push(mismatch);
      onRefused?.(planned.file, mismatch);
    } catch (error) {
      broken.push(error);
    }
  }

  const wanted = files.map(({ file: { path, size, mtime, digests } }) => {
    const basis = size < MIN_DELTA_BYTES ? undefined : store.previous(bucket, path);
    const hasDigest = digests.length > 0;
    return { path, size, mtime, hasDigest, ...(basis === undefined ? {} : { basis }) };
  });
  const events = {
    onFile(path: string) {
      const planned = byPath.get(path);
      if (planned === undefined) return;
      byPath.delete(path);
      progress.advance({ files: 1 });
      hashing.push(hash(planned));
    },
    onBytes: (bytes: number) => progress.advance({ bytes }),
  };
  let missing: readonly string[] = [];
  let failure: unknown;
  try {
    ({ missing } = await mirror.fetch(bucket, wanted, staging, events, signal));
  } catch (error) {
    failure = error;
  }
  await Promise.all(hashing);
  await hasher.close();
  if (broken.length > 0) throw broken[0];
  if (failure !== undefined && !(failure instanceof TfcacheError && isMirrorError(failure))) {
    throw failure;
  }
  return {
    stagedFiles: arrivals,
    mismatchedResumed: suspect,
    isComplete: failure === undefined,
    error:
      wrong[0] ??
      failure ??
      (missing.length > 0 ? createMissingFilesError(missing, mirror, bucket) : undefined),
  };
}

/** Whether another mirror may do better: a full disk or a wrong option stays what it is. */
function isMirrorError(error: TfcacheError): boolean {
  return error.code !== 'no-space' && error.code !== 'usage';
}

function createMissingFilesError(
  paths: readonly string[],
  mirror: Mirror,
  bucket: string,
): TfcacheError {
  const names = `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ', …' : ''}`;
  const what =
    paths.length === 1 ? 'a file that is needed' : `${paths.length} files that are needed`;
  return new TfcacheError('file-missing', `The mirror does not have ${what}: ${names}`, {
    where: mirror.url.replaceAll('{bucket}', bucket),
    hint: 'It was removed or never mirrored: name a mirror that has it, or lock the request anew (tfcache lock).',
  });
}
