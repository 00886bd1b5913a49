import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readSteadyClockMs } from '../clock.ts';
import { TfcacheError } from '../error.ts';
import { errorCode } from '../files/file-error.ts';
import { makeFolders } from '../files/make-folders.ts';
import { describeProcess, getLiveness, type ProcessIdentity } from '../process/process-identity.ts';

/** What the file of a turn says that is over. */
export const RELEASED_ENTRY = 'released\n';

/** The numbers of the turns in a folder, which is made when it is not there, or no longer. */
export function listLockEntries(folder: string): number[] {
  for (;;) {
    try {
      return readdirSync(folder)
        .filter((name) => /^[1-9]\d{0,14}$/.test(name))
        .map(Number);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
      makeFolders(folder);
    }
  }
}

/** The turn that counts; 0 when there was none. */
export function findHighestEntry(turns: readonly number[]): number {
  return turns.reduce((most, turn) => Math.max(most, turn), 0);
}

/** Whether a turn was released, or its owner is dead; `isStale` decides of one that cannot be seen from here. */
export function isEntryFree(file: string, isStale: (file: string) => boolean): boolean {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    // A later turn has begun and swept this one away: look again, there is a higher one.
    if (errorCode(error) === 'ENOENT') return false;
    // A folder with the name of a turn is nobody's turn.
    if (errorCode(error) === 'EISDIR') return true;
    throw error;
  }
  if (text === RELEASED_ENTRY) return true;
  const owner = parseOwner(text);
  const liveness = owner === undefined ? 'unknown' : getLiveness(owner);
  return liveness === 'dead' || (liveness === 'unknown' && isStale(file));
}

/** Who has the turn now, for people. */
export function describeLockOwner(folder: string): string {
  try {
    const text = readFileSync(
      join(folder, String(findHighestEntry(listLockEntries(folder)))),
      'utf8',
    );
    const owner = parseOwner(text);
    return owner === undefined ? 'a process that does not say which' : describeProcess(owner);
  } catch (error) {
    if (error instanceof Error) return 'a process that has just ended';
    throw error;
  }
}

/**
 * For a turn that goes on and on.
 *
 * @param silence since when its owner has not shown that it lives, milliseconds; absent when that is not known.
 */
export function lockTimeoutError(folder: string, silence?: number): TfcacheError {
  const since =
    silence === undefined ? '' : `, without a sign of life for ${Math.round(silence / 1000)} s`;
  return new TfcacheError('failed', 'Another process keeps the others out of the store.', {
    where: folder,
    found: describeLockOwner(folder) + since,
    hint: 'Look whether that process hangs (ps -o pid,stat,etime,args -p PID; stat T: it was stopped), and end it or let it go on. Nothing is lost: what it has fetched is gone on from.',
  });
}

/** Pid, start and realm on a line each. */
export function formatLockOwner({ pid, started, realm }: ProcessIdentity): string {
  return `${pid}\n${started}\n${realm}\n`;
}

function parseOwner(text: string): ProcessIdentity | undefined {
  const [pid, started, realm] = text.split('\n');
  if (pid === undefined || !/^\d{1,10}$/.test(pid)) return undefined;
  return started === undefined || realm === undefined
    ? undefined
    : { pid: Number(pid), started, realm };
}

/** Whether a file's time stood still for `staleMs` while we watched it, by our own steady clock. */
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
