import { chmodSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readSteadyClockMs } from '../clock.ts';
import { TfcacheError } from '../error.ts';
import { errorCode, isPermissionError } from '../files/file-error.ts';
import { makeFolders } from '../files/make-folders.ts';
import { readRegularFile } from '../files/read-regular-file.ts';
import { describeProcess, getLiveness, type ProcessIdentity } from '../process/process-identity.ts';

/** The content of the entry of a released lock. */
export const RELEASED_ENTRY = 'released\n';

/** Above a process, start, realm and random digits. A checkout may hold any file. */
const MAX_ENTRY_BYTES = 4096;

/** Returns the numbers of the entries in the folder of a lock. Makes the folder if it does not exist. */
export function listLockEntries(folder: string): number[] {
  for (;;) {
    try {
      return readdirSync(folder)
        .filter((name) => /^[1-9]\d{0,14}$/.test(name))
        .map(Number);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      makeFolders(folder);
      copyPermissions(dirname(folder), folder);
    }
  }
}

/** Whoever may write to the parent folder may acquire the lock, whatever the umask of the process that makes its folder. */
function copyPermissions(parent: string, folder: string): void {
  try {
    const mode = statSync(parent).mode & 0o777;
    if ((statSync(folder).mode & 0o777) !== mode) chmodSync(folder, mode);
  } catch (error) {
    // Another process removed the folder, or made it and owns it.
    if (errorCode(error) !== 'ENOENT' && !isPermissionError(error)) throw error;
  }
}

/** Returns the number of the entry that counts; 0 if there is none. */
export function findHighestEntry(entries: readonly number[]): number {
  return entries.reduce((highest, entry) => Math.max(highest, entry), 0);
}

/** Returns the text of an entry; undefined if it does not exist. @throws TfcacheError `usage` if it is not a regular file. */
export function readLockEntry(file: string): string | undefined {
  return readRegularFile(file, {
    what: 'lock entry',
    maxBytes: MAX_ENTRY_BYTES,
    links: 'refused',
  })?.toString();
}

/**
 * Returns true if the lock was released or its owner is dead.
 *
 * @param isStale decides about an owner that cannot be seen from here.
 */
export function isEntryFree(file: string, isStale: (file: string) => boolean): boolean {
  // tfcache makes no folders here.
  if (lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true) return true;
  const text = readLockEntry(file);
  // Deleted since the folder was listed: there is a higher entry.
  if (text === undefined) return false;
  if (text === RELEASED_ENTRY) return true;
  const owner = parseLockOwner(text);
  const liveness = owner === undefined ? 'unknown' : getLiveness(owner);
  return liveness === 'dead' || (liveness === 'unknown' && isStale(file));
}

/** Describes the lock owner for people. */
export function describeLockOwner(folder: string): string {
  try {
    const text = readLockEntry(join(folder, String(findHighestEntry(listLockEntries(folder)))));
    if (text === undefined) return 'a process that has just ended';
    const owner = parseLockOwner(text);
    return owner === undefined ? 'an unknown process' : describeProcess(owner);
  } catch (error) {
    if (error instanceof Error) return 'an unknown process';
    throw error;
  }
}

/** The highest number of an entry. No lock is acquired that often: a higher number was not written by tfcache. */
export const MAX_LOCK_ENTRY = 1e12;

/** Creates the error for a lock folder with a number that tfcache cannot count up. */
export function createEntryLimitError(folder: string): TfcacheError {
  return new TfcacheError(
    'file-error',
    'The folder of a lock contains a number that is too high.',
    {
      where: folder,
      expected: `at most ${MAX_LOCK_ENTRY}`,
      hint: 'Delete this folder if no tfcache runs here. If it came with a checkout, remove it from the repository.',
    },
  );
}

/**
 * Creates the error for a lock that another process holds for too long.
 *
 * @param silenceMs time since the last heartbeat of the lock owner; undefined if it is not known.
 */
export function createLockTimeoutError(folder: string, silenceMs?: number): TfcacheError {
  const owner = describeLockOwner(folder);
  const silence =
    silenceMs === undefined ? '' : `, without a sign of life for ${Math.round(silenceMs / 1000)} s`;
  return new TfcacheError('lock-timeout', `Timed out waiting for a lock held by ${owner}.`, {
    where: folder,
    found: owner + silence,
    hint: 'Check whether that process hangs (ps -o pid,stat,etime,args -p PID; stat T: it was stopped). End it or let it continue: nothing is lost, and the next run resumes its downloads.',
  });
}

/** Returns the text of an entry: pid, start, realm and `token`, one per line. */
export function formatLockEntry({ pid, started, realm }: ProcessIdentity, token: string): string {
  return `${pid}\n${started}\n${realm}\n${token}\n`;
}

/** Returns undefined for an entry that is incomplete. */
function parseLockOwner(text: string): ProcessIdentity | undefined {
  const [pid, started, realm, rest] = text.split('\n');
  if (pid === undefined || !/^\d{1,10}$/.test(pid)) return undefined;
  return started === undefined || realm === undefined || rest === undefined
    ? undefined
    : { pid: Number(pid), started, realm };
}

/** Returns a function that returns true if a file's time did not change for `staleMs`, by this process's steady clock. */
export function createStaleCheck(staleMs: number): (file: string) => boolean {
  let seen = '';
  let since = 0;
  return (file) => {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    const now = `${file} ${stats?.mtimeNs}`;
    if (now !== seen) {
      seen = now;
      since = readSteadyClockMs();
    }
    return readSteadyClockMs() - since > staleMs;
  };
}
