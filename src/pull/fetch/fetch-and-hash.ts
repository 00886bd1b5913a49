import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { WantedFile } from '../../bucket/file.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { FileDigest, HashPool } from '../../platform/hashing/hash-pool.ts';
import type { Progress } from '../../platform/log.ts';
import type { Store } from '../../store/store.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { hashDuringTransfer } from './hash-during-transfer.ts';
import { measureStagedFiles } from './staging-folder.ts';
import { findMismatch, listNeededAlgorithms } from './verify.ts';

/** Smaller files are downloaded whole: a delta to an older version would save next to nothing. */
const MIN_DELTA_BYTES = 1024 * 1024;

export interface FetchAndHashContext {
  mirror: Mirror;
  bucket: string;
  store: Store;
  hashPool: HashPool;
  progress: Progress;
  signal: AbortSignal;
  /** Called for each file that was downloaded and has every known digest. */
  onStaged?: (file: StagedFile) => void;
  /** Called for each file with a checksum mismatch. */
  onRefused?: (file: WantedFile, error: TfcacheError) => void;
}

/** A file in the staging folder that was hashed and has every digest known beforehand. */
export interface StagedFile {
  planned: PlannedFile;
  /** Absolute path in the staging folder. */
  staged: string;
  digest: FileDigest;
}

export interface HashedTransfer {
  stagedFiles: readonly StagedFile[];
  /**
   * Files that were resumed and have a checksum mismatch; they are deleted. The partial download may have been of another mirror
   * or version, so the whole file is downloaded again before the mirror is blamed.
   */
  mismatchedResumed: readonly PlannedFile[];
  /** True if the mirror answered for every file; false if the transfer failed before. */
  isComplete: boolean;
  error: TfcacheError | undefined;
}

/**
 * Downloads files into a staging folder, and hashes each file while the others are transferred. A file with a checksum mismatch
 * is deleted immediately, so that a retry does not take it for a complete download.
 *
 * @throws TfcacheError `no-space` and other errors of this machine
 */
export async function fetchAndHash(
  files: readonly PlannedFile[],
  staging: string,
  { mirror, bucket, store, hashPool, progress, signal, onStaged, onRefused }: FetchAndHashContext,
): Promise<HashedTransfer> {
  const origin = mirror.url.replaceAll('{bucket}', bucket);
  const pending = new Map(files.map((planned) => [planned.file.path, planned]));
  const stagedFiles: StagedFile[] = [];
  const mismatches: TfcacheError[] = [];
  const mismatchedResumed: PlannedFile[] = [];
  const hashErrors: unknown[] = [];
  const hashing: Promise<void>[] = [];
  const hasher = hashDuringTransfer(files, staging, mirror);
  const getStagedBytes = measureStagedFiles(staging);
  const resumed = new Set(files.filter(({ file }) => getStagedBytes(file.path) > 0));

  async function hash(planned: PlannedFile): Promise<void> {
    const staged = join(staging, planned.file.path);
    try {
      const digest =
        (await hasher.takeDigest(planned)) ??
        (await hashPool.digest(staged, listNeededAlgorithms(planned.file.digests)));
      const mismatch = findMismatch(planned.file, digest, origin);
      if (mismatch === undefined) {
        const file = { planned, staged, digest };
        onStaged?.(file);
        stagedFiles.push(file);
        return;
      }
      rmSync(staged, { force: true });
      if (resumed.has(planned)) {
        mismatchedResumed.push(planned);
        return;
      }
      mismatches.push(mismatch);
      onRefused?.(planned.file, mismatch);
    } catch (error) {
      hashErrors.push(error);
    }
  }

  const wanted = files.map(({ file: { path, size, mtime, digests } }) => {
    const basis = size < MIN_DELTA_BYTES ? undefined : store.previous(bucket, path);
    const hasDigest = digests.length > 0;
    return { path, size, mtime, hasDigest, ...(basis === undefined ? {} : { basis }) };
  });
  const events = {
    onFile(path: string) {
      const planned = pending.get(path);
      if (planned === undefined) return;
      pending.delete(path);
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
  if (hashErrors.length > 0) throw hashErrors[0];
  if (failure !== undefined && !(failure instanceof TfcacheError && isMirrorError(failure))) {
    throw failure;
  }
  const missingError = missing.length > 0 ? createMissingFilesError(missing, origin) : undefined;
  return {
    stagedFiles,
    mismatchedResumed,
    isComplete: failure === undefined,
    error: mismatches[0] ?? failure ?? missingError,
  };
}

/** Returns true if another mirror may succeed. A full disk or an invalid option fails with every mirror. */
function isMirrorError(error: TfcacheError): boolean {
  return error.code !== 'no-space' && error.code !== 'usage';
}

function createMissingFilesError(paths: readonly string[], origin: string): TfcacheError {
  const names = `${paths.slice(0, 5).join(', ')}${paths.length > 5 ? ', …' : ''}`;
  const what = paths.length === 1 ? 'a required file' : `${paths.length} required files`;
  return new TfcacheError('file-missing', `The mirror does not have ${what}: ${names}`, {
    where: origin,
    hint: 'Add a mirror that has the files, or lock the request again (tfcache lock).',
  });
}
