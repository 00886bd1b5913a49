import { randomUUID } from 'node:crypto';
import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { TfcacheError } from '../platform/error.ts';
import { errorCode, fileError } from '../platform/files/file-error.ts';
import { readRegularFile } from '../platform/files/read-regular-file.ts';
import { createTemporaryPathBeside } from '../platform/files/temporary-file.ts';
import {
  currentProcess,
  getLiveness,
  type ProcessIdentity,
} from '../platform/process/process-identity.ts';

/** The right to write a lock file: one run at a time has it, for as long as it takes to read and write the file once. */
export interface LockfileLock {
  /** False when another run took this one for dead: then nothing may be written any more. */
  isHeld(): boolean;
  release(): void;
}

export interface LockfileLockOptions {
  /** How often one that waits looks again. */
  pollMs?: number;
  /** An owner that cannot be seen from here (another machine, another container) is dead after so long. */
  staleMs?: number;
  /** So long is waited for an owner that lives; a turn takes milliseconds. */
  timeoutMs?: number;
}

const TURN = '.turn';

/** Process, start, realm and a UUID. A checkout may hold any file of this name. */
const MAX_TURN_BYTES = 4096;

const DEFAULTS: Required<LockfileLockOptions> = { pollMs: 20, staleMs: 15_000, timeoutMs: 60_000 };

/**
 * Waits until this run may write `lockFile`.
 *
 * A file `LOCK.turn` beside it, made exclusively (open(2), `O_EXCL`, which follows no link), names the process whose turn it
 * is; it is gone afterwards, so that nothing is left in the user's repository. It stands beside the lock and not in a folder
 * for temporary files, because whoever shares the lock shares its folder: other users, containers and machines too. The turn
 * of a run that was killed is taken away at once when its process can be seen to be gone.
 *
 * @param lockFile where the lock really is; its folder is there.
 * @throws TfcacheError `failed` when it cannot be made, or another run keeps it; the signal's reason when it is aborted.
 */
export async function acquireLockfileLock(
  lockFile: string,
  signal: AbortSignal,
  options: LockfileLockOptions = {},
): Promise<LockfileLock> {
  const { pollMs, staleMs, timeoutMs } = { ...DEFAULTS, ...options };
  const file = lockFile + TURN;
  const { pid, started, realm } = currentProcess();
  const mine = `${[pid, started, realm, randomUUID()].join('\n')}\n`;
  const began = performance.now();
  let seen = '';
  let since = began;
  try {
    while (!claim(file, mine)) {
      const owner = read(file);
      if (owner === undefined) continue;
      const now = performance.now();
      if (owner !== seen) [seen, since] = [owner, now];
      const liveness = livenessOfOwner(owner);
      if (liveness === 'dead' || (liveness === 'unknown' && now - since > staleMs)) {
        takeAway(file, owner);
        continue;
      }
      if (now - began > timeoutMs) throw keptByAnother(file, owner);
      await sleep(pollMs, undefined, { signal });
    }
  } catch (error) {
    signal.throwIfAborted();
    throw fileError('take a turn at writing the lock file', file, error);
  }
  const isHeld = () => read(file) === mine;
  return {
    isHeld,
    release() {
      if (isHeld()) rmSync(file, { force: true });
    },
  };
}

function claim(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when nobody has a turn. */
function read(file: string): string | undefined {
  const limits = { what: 'file of a turn', maxBytes: MAX_TURN_BYTES, links: 'refused' } as const;
  return readRegularFile(file, limits)?.toString();
}

/** Pid, start and realm on a line each; half written it belongs to someone who cannot be told. */
function livenessOfOwner(text: string): ReturnType<typeof getLiveness> {
  const owner = parseOwner(text);
  return owner === undefined ? 'unknown' : getLiveness(owner);
}

function parseOwner(text: string): ProcessIdentity | undefined {
  const [pid = '', started, realm, turn] = text.split('\n');
  if (!/^[1-9]\d{0,9}$/.test(pid) || turn === undefined) return undefined;
  return started === undefined || realm === undefined
    ? undefined
    : { pid: Number(pid), started, realm };
}

/** The turn of a run that was killed, when nobody has taken it away since. */
export function removeStaleLockfileLock(lockFile: string): void {
  const file = lockFile + TURN;
  const owner = read(file);
  if (owner !== undefined && livenessOfOwner(owner) === 'dead') takeAway(file, owner);
}

/** Renaming it aside tells whose turn was taken: one that began since we looked is given back. */
function takeAway(file: string, dead: string): void {
  const aside = createTemporaryPathBeside(file.slice(0, -TURN.length));
  try {
    renameSync(file, aside);
    if (read(aside) !== dead) linkSync(aside, file);
  } catch (error) {
    // Gone: another run took it away first. Taken again: its owner sees that it is not held any more, and starts over.
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function keptByAnother(file: string, owner: string): TfcacheError {
  const process = parseOwner(owner);
  return new TfcacheError('failed', 'Another run keeps the lock file to itself.', {
    where: file,
    found:
      process === undefined ? 'a file that does not say whose it is' : `process ${process.pid}`,
    hint: 'Look whether that process hangs, and end it. If it is no run of tfcache, remove the file and run again.',
  });
}
