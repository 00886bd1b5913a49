import { lstatSync } from 'node:fs';
import { TfcacheError } from '../platform/error.ts';
import {
  acquireLock,
  type LockOptions,
  type ProcessLock,
  removeAbandonedLock,
} from '../platform/lock/process-lock.ts';

/** The lock is held for milliseconds: as long as it takes to read and write the lockfile once. */
const OPTIONS = {
  pollMs: 20,
  staleMs: 15_000,
  timeoutMs: 60_000,
  folderOnRelease: 'removed',
} as const;

/**
 * Waits until this process may write the lockfile. The lock is a folder next to the lockfile, because every user, container and
 * machine that shares the lockfile shares its folder. It is removed on release: nothing is left in the user's repository.
 *
 * @param lockFile its real path; its folder exists.
 * @throws TfcacheError as {@link acquireLock} does; `lockfile-invalid` if the place is taken; the signal's reason.
 */
export async function acquireLockfileLock(
  lockFile: string,
  signal: AbortSignal,
  options: LockOptions = {},
): Promise<ProcessLock> {
  return acquireLock(findLockFolder(lockFile), { ...OPTIONS, ...options, signal });
}

/** Removes the lock of a process that was killed. */
export function removeStaleLockfileLock(lockFile: string): void {
  removeAbandonedLock(findLockFolder(lockFile));
}

function findLockFolder(lockFile: string): string {
  const folder = `${lockFile}.write-lock`;
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return folder;
  // A checkout may hold anything by this name, also a link that leads out of it.
  throw new TfcacheError('lockfile-invalid', 'The lock of the lockfile is not a folder.', {
    where: folder,
    expected: 'a folder, or nothing',
    found: stats.isSymbolicLink() ? 'a symbolic link' : 'a file',
    hint: 'Remove it and run again.',
  });
}
