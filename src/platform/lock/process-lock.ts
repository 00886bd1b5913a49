import {
  constants,
  copyFileSync,
  linkSync,
  lstatSync,
  readdirSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, fileError, isDiskFullError } from '../files/file-error.ts';
import { overwriteFile } from '../files/overwrite.ts';
import { createTemporaryPath, writeFileAtomically } from '../files/temporary-file.ts';
import { getCurrentProcess } from '../process/process-identity.ts';
import { createRandomDigits } from '../short-hash.ts';
import {
  createEntryLimitError,
  createStaleCheck,
  findHighestEntry,
  formatLockEntry,
  isEntryFree,
  listLockEntries,
  MAX_LOCK_ENTRY,
  RELEASED_ENTRY,
  readLockEntry,
} from './lock-entry.ts';
import { createLockWait, type LockWaitOptions } from './lock-wait.ts';
import { isPossiblyAlive, startHeartbeat } from './owned-file.ts';

/** A lock that one process holds at a time. */
export interface ProcessLock {
  /** Returns false if another process took this one for dead and took the lock over. */
  isHeld(): boolean;
  release(): void;
  /** Releases the lock, and removes its folder unless another process has begun to acquire it. */
  releaseAndRemove(): void;
}

export interface LockOptions extends LockWaitOptions {
  /** Time between two attempts to acquire the lock. */
  pollMs?: number;
  heartbeatMs?: number;
  /**
   * An owner that cannot be seen from here (another machine, another container) is dead if it shows no heartbeat for this time,
   * by the clock of the waiting process.
   */
  staleMs?: number;
  /** Longest wait for an owner that is alive. Default: unlimited. */
  timeoutMs?: number;
  /** An owner that is alive and shows no heartbeat for this time is not waited for. Default: unlimited. */
  hungMs?: number;
  /** Time until the first call of `onWait`, */
  firstNoticeMs?: number;
  /** and between further calls. */
  noticeEveryMs?: number;
  /** What happens to the folder on release. Default: kept. */
  folderOnRelease?: 'kept' | 'removed';
}

const DEFAULTS = {
  pollMs: 50,
  heartbeatMs: 5_000,
  staleMs: 60_000,
  timeoutMs: Number.POSITIVE_INFINITY,
  hungMs: Number.POSITIVE_INFINITY,
  firstNoticeMs: 3_000,
  noticeEveryMs: 60_000,
  onWait: () => undefined,
  folderOnRelease: 'kept' as const,
};

type HeldLockOptions = Pick<typeof DEFAULTS, 'heartbeatMs'> & {
  folderOnRelease: 'kept' | 'removed';
};

/**
 * Waits until this process holds the lock.
 *
 * The folder of a lock holds numbered entries, each with the process that acquired the lock. The highest counts. If it is released
 * or its owner is dead, a process acquires the lock by making the next number with link(2), which succeeds for one process only.
 * The highest entry is never deleted, so that no process can delete an entry other than the one it examined: the flaw of lock
 * files that are deleted when they are stale. If the folder is removed ({@link ProcessLock.releaseAndRemove}), the numbers begin
 * with 1 again; a process that examined an entry of the old folder does not find it and examines the folder again.
 *
 * A dead owner is detected at once by pid, start and boot. Only an owner that cannot be seen from here takes `staleMs`. The clocks
 * of two machines are never compared.
 *
 * @throws TfcacheError `lock-timeout` if another process holds the lock for longer than `timeoutMs`, or hangs; `failed` if the lock
 *   cannot be made; the signal's reason if it is aborted.
 */
export async function acquireLock(folder: string, options: LockOptions = {}): Promise<ProcessLock> {
  const { signal } = options;
  const settings = { ...DEFAULTS, ...options };
  const isStale = createStaleCheck(settings.staleMs);
  const wait = createLockWait(folder, settings);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const last = findHighestEntry(listLockEntries(folder));
      if (last === 0 || isEntryFree(join(folder, String(last)), isStale)) {
        const lock = createEntry(folder, last, settings);
        if (lock !== undefined) return lock;
        continue;
      }
      wait.check();
      await sleep(settings.pollMs, undefined, signal === undefined ? {} : { signal });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError('acquire a lock', folder, error);
  }
}

/**
 * Acquires a lock without waiting. An owner that cannot be seen from here counts as alive by the time of its last heartbeat.
 *
 * @returns undefined if another process holds the lock, or may hold it.
 */
export function tryAcquireLock(folder: string): ProcessLock | undefined {
  return acquireIfFree(folder, (file) => !isPossiblyAlive(file, undefined));
}

/** Removes the folder that a killed process left. Does nothing if another process holds the lock, or may hold it. */
export function removeAbandonedLock(folder: string): void {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return;
  acquireIfFree(folder, () => false)?.releaseAndRemove();
}

function acquireIfFree(
  folder: string,
  isStale: (file: string) => boolean,
): ProcessLock | undefined {
  try {
    for (;;) {
      const last = findHighestEntry(listLockEntries(folder));
      if (last !== 0 && !isEntryFree(join(folder, String(last)), isStale)) return undefined;
      const lock = createEntry(folder, last, DEFAULTS);
      if (lock !== undefined) return lock;
    }
  } catch (error) {
    throw fileError('acquire a lock', folder, error);
  }
}

/** Makes the entry after `last`. Returns undefined if another process was faster. */
function createEntry(
  folder: string,
  last: number,
  options: HeldLockOptions,
): ProcessLock | undefined {
  const entry = last + 1;
  if (entry > MAX_LOCK_ENTRY) throw createEntryLimitError(folder);
  const file = join(folder, String(entry));
  const text = formatLockEntry(getCurrentProcess(), createRandomDigits());
  const temporary = createTemporaryPath(file);
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    linkOrCopy(temporary, file);
  } catch (error) {
    // Another process was faster, or removed the folder.
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') return undefined;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  // Since the folder was listed, the same number may have been acquired, released and deleted: then a higher one exists. Or the
  // folder is a new one with new numbers: then the entry that was examined is missing.
  const entries = listLockEntries(folder);
  if (findHighestEntry(entries) !== entry || (last !== 0 && !entries.includes(last))) {
    rmSync(file, { force: true });
    return undefined;
  }
  for (const other of readdirSync(folder, { withFileTypes: true })) {
    if (other.name === String(entry) || other.isDirectory()) continue;
    rmSync(join(folder, other.name), { force: true });
  }
  return createHeldLock(folder, entry, text, options);
}

function linkOrCopy(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    // The file system has no hard links. A copy is not atomic, but the owner of an incomplete entry counts as unknown.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(errorCode(error) ?? '')) throw error;
    copyFileSync(temporary, file, constants.COPYFILE_EXCL);
  }
}

function createHeldLock(
  folder: string,
  entry: number,
  text: string,
  { heartbeatMs, folderOnRelease }: HeldLockOptions,
): ProcessLock {
  const file = join(folder, String(entry));
  const heartbeat = startHeartbeat(file, heartbeatMs);
  const isHeld = () => readLockEntry(file) === text;
  const end = (freeLock: () => void) => {
    process.removeListener('exit', release);
    heartbeat.stop();
    try {
      // An entry of another process that took the lock over is not touched.
      if (isHeld()) freeLock();
    } catch (error) {
      // A folder that does not exist has no owner. On a full disk, the end of this process frees the lock.
      if (errorCode(error) === 'ENOENT' || isDiskFullError(error)) return;
      throw fileError('release a lock', folder, error);
    }
  };
  const releaseAndRemove = () => end(() => removeFolder(folder, file));
  const release =
    folderOnRelease === 'removed' ? releaseAndRemove : () => end(() => markReleased(file));
  process.once('exit', release);
  return { isHeld, release, releaseAndRemove };
}

function markReleased(file: string): void {
  try {
    writeFileAtomically(file, RELEASED_ENTRY);
  } catch (error) {
    if (!isDiskFullError(error)) throw error;
    overwriteFile(file, RELEASED_ENTRY);
  }
}

/** Deletes only this process's entry: if another process makes one now, the folder stays. */
function removeFolder(folder: string, file: string): void {
  rmSync(file, { force: true });
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
  }
}
