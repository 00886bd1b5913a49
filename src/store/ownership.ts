import {
  constants,
  copyFileSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, fileError } from './file-error.ts';
import { makeFolders } from './make-folders.ts';
import { mayLive } from './owned-file.ts';
import { currentProcess, livenessOf, type ProcessIdentity } from './process-identity.ts';

/** Something that one live process owns at a time. */
export interface Ownership {
  release(): void;
}

export interface OwnershipOptions {
  /** How often one that waits looks again. */
  pollMs?: number;
  /** An owner that cannot be seen from here (another machine, another container) shows this often that it lives. */
  heartbeatMs?: number;
  /** One that showed nothing for this long, by the clock of the one that waits, is dead. */
  staleMs?: number;
}

const DEFAULTS: Required<OwnershipOptions> = { pollMs: 50, heartbeatMs: 5_000, staleMs: 60_000 };

const RELEASED = 'released\n';

/**
 * Waits until this process owns `folder`.
 *
 * The folder holds a file a turn, `1`, `2`, …, naming the process whose turn it is; the highest counts. Whoever finds it
 * released, or its process dead, makes the next number by link(2), which only one can. The highest is never removed, so
 * nobody can take away a turn that is not the one it looked at: the flaw of locks that are removed when they are stale.
 * A dead process is known by its pid, start and boot at once; only one that cannot be seen from here takes `staleMs`, and
 * clocks of several machines are never compared.
 *
 * @param onWait called once when another owns it.
 */
export async function takeOwnership(
  folder: string,
  onWait: () => void = () => undefined,
  options: OwnershipOptions = {},
): Promise<Ownership> {
  const { pollMs, heartbeatMs, staleMs } = { ...DEFAULTS, ...options };
  const self = currentProcess();
  const isStale = createStaleness(staleMs);
  let waited = false;
  try {
    makeFolders(folder);
    for (;;) {
      const last = highestTurn(folder);
      if (last === 0 || isOver(join(folder, String(last)), isStale)) {
        const turn = last + 1;
        if (claim(folder, turn, self)) return hold(folder, turn, heartbeatMs);
        continue;
      }
      if (!waited) onWait();
      waited = true;
      await sleep(pollMs);
    }
  } catch (error) {
    throw fileError('take a turn in the store', folder, error);
  }
}

/**
 * As {@link takeOwnership}, but does not wait: whether an owner that cannot be seen from here lives is told by the time its
 * turn was last touched.
 *
 * @returns undefined when another owns it, or may own it.
 */
export function tryOwnership(folder: string): Ownership | undefined {
  const self = currentProcess();
  try {
    makeFolders(folder);
    for (;;) {
      const last = highestTurn(folder);
      if (last !== 0 && !isOver(join(folder, String(last)), (file) => !mayLive(file, undefined)))
        return undefined;
      if (claim(folder, last + 1, self)) return hold(folder, last + 1, DEFAULTS.heartbeatMs);
    }
  } catch (error) {
    throw fileError('take a turn in the store', folder, error);
  }
}

function highestTurn(folder: string): number {
  return readdirSync(folder)
    .filter((name) => /^[1-9]\d{0,14}$/.test(name))
    .reduce((highest, name) => Math.max(highest, Number(name)), 0);
}

function isOver(file: string, isStale: (file: string) => boolean): boolean {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    // A later turn has begun and swept this one away: look again, there is a higher one.
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
  if (text === RELEASED) return true;
  const owner = parseOwner(text);
  const liveness = owner === undefined ? 'unknown' : livenessOf(owner);
  return liveness === 'dead' || (liveness === 'unknown' && isStale(file));
}

/** Pid, start and realm on a line each. */
function parseOwner(text: string): ProcessIdentity | undefined {
  const [pid, started, realm] = text.split('\n');
  if (pid === undefined || !/^\d{1,10}$/.test(pid)) return undefined;
  return started === undefined || realm === undefined
    ? undefined
    : { pid: Number(pid), started, realm };
}

/** True when this turn is ours. */
function claim(folder: string, turn: number, self: ProcessIdentity): boolean {
  const draft = join(folder, `${self.pid}-${Math.random().toString(36).slice(2)}.draft`);
  const file = join(folder, String(turn));
  writeFileSync(draft, `${self.pid}\n${self.started}\n${self.realm}\n`, { flag: 'wx' });
  try {
    linkOrCopy(draft, file);
  } catch (error) {
    // Another was first, or it is the owner already and has swept our draft away.
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  // Ours may be a turn that was taken, released and swept away since we looked: a higher one tells.
  if (highestTurn(folder) !== turn) {
    rmSync(file, { force: true });
    return false;
  }
  for (const name of readdirSync(folder)) {
    if (name !== String(turn)) rmSync(join(folder, name), { force: true });
  }
  return true;
}

function linkOrCopy(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    // File systems without hard links. A copy is not made at once, but what is half written counts as not known.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(errorCode(error) ?? '')) throw error;
    copyFileSync(draft, file, constants.COPYFILE_EXCL);
  }
}

function hold(folder: string, turn: number, heartbeatMs: number): Ownership {
  const file = join(folder, String(turn));
  const heartbeat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      // Taken over by one that thought us dead, or removed by hand: nothing is left to keep.
      clearInterval(heartbeat);
    }
  }, heartbeatMs);
  heartbeat.unref();
  const release = () => {
    process.removeListener('exit', release);
    clearInterval(heartbeat);
    const draft = `${file}.draft`;
    try {
      writeFileSync(draft, RELEASED);
      renameSync(draft, file);
    } catch (error) {
      // A folder that is gone has no owner; on a full disk our end frees it.
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOSPC') return;
      throw fileError('give up a turn in the store', folder, error);
    }
  };
  process.once('exit', release);
  return { release };
}

/** Whether a file's time stood still for `staleMs` while we watched it, by our own steady clock. */
function createStaleness(staleMs: number): (file: string) => boolean {
  let seen = '';
  let since = 0;
  return (file) => {
    const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
    const now = `${file} ${stats?.mtimeNs}`;
    if (now !== seen) {
      seen = now;
      since = performance.now();
    }
    return performance.now() - since > staleMs;
  };
}
