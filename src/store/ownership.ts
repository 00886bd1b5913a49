import {
  closeSync,
  constants,
  copyFileSync,
  ftruncateSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { milliseconds } from '../clock.ts';
import { TfcacheError } from '../error.ts';
import { newDraft } from './drafts.ts';
import { errorCode, fileError, isFull } from './file-error.ts';
import { makeFolders } from './make-folders.ts';
import { mayLive } from './owned-file.ts';
import {
  currentProcess,
  describeProcess,
  livenessOf,
  type ProcessIdentity,
} from './process-identity.ts';

/** Something that one live process owns at a time. */
export interface Ownership {
  release(): void;
  /** Releases it, and removes the folder when no other has begun a turn: for what nobody may ever ask for again. */
  discard(): void;
}

export interface OwnershipOptions {
  /** How often one that waits looks again. */
  pollMs?: number;
  /** An owner that cannot be seen from here (another machine, another container) shows this often that it lives. */
  heartbeatMs?: number;
  /** One that showed nothing for this long, by the clock of the one that waits, is dead. */
  staleMs?: number;
  /** So long is waited for one that lives: for turns that take milliseconds. Without end when absent. */
  patienceMs?: number;
}

const DEFAULTS = {
  pollMs: 50,
  heartbeatMs: 5_000,
  staleMs: 60_000,
  patienceMs: Number.POSITIVE_INFINITY,
};

const RELEASED = 'released\n';

/**
 * Waits until this process owns `folder`.
 *
 * The folder holds a file a turn, `1`, `2`, …, naming the process whose turn it is; the highest counts. Whoever finds it
 * released, or its process dead, makes the next number by link(2), which only one can. The highest is never removed, so
 * nobody can take away a turn that is not the one it looked at: the flaw of locks that are removed when they are stale.
 * A folder that is removed as a whole ({@link Ownership.discard}) begins again with 1; whoever looked at the old one finds the
 * turn gone that it was to follow, and looks again.
 * A dead process is known by its pid, start and boot at once; only one that cannot be seen from here takes `staleMs`, and
 * clocks of several machines are never compared.
 *
 * @param onWait called once when another owns it.
 * @throws TfcacheError `failed` when it cannot be taken, or another keeps it for longer than `patienceMs`.
 */
export async function takeOwnership(
  folder: string,
  onWait: () => void = () => undefined,
  options: OwnershipOptions = {},
): Promise<Ownership> {
  const { pollMs, heartbeatMs, staleMs, patienceMs } = { ...DEFAULTS, ...options };
  const self = currentProcess();
  const isStale = createStaleness(staleMs);
  let waitingSince: number | undefined;
  try {
    for (;;) {
      const last = highest(turnsIn(folder));
      if (last === 0 || isOver(join(folder, String(last)), isStale)) {
        if (claim(folder, last, self)) return hold(folder, last + 1, heartbeatMs);
        continue;
      }
      if (waitingSince === undefined) onWait();
      waitingSince ??= milliseconds();
      if (milliseconds() - waitingSince > patienceMs) throw keptByAnother(folder);
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
    for (;;) {
      const last = highest(turnsIn(folder));
      if (last !== 0 && !isOver(join(folder, String(last)), (file) => !mayLive(file, undefined)))
        return undefined;
      if (claim(folder, last, self)) return hold(folder, last + 1, DEFAULTS.heartbeatMs);
    }
  } catch (error) {
    throw fileError('take a turn in the store', folder, error);
  }
}

/** Makes the folder when it is not there, or no longer. */
function turnsIn(folder: string): number[] {
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

function highest(turns: readonly number[]): number {
  return turns.reduce((most, turn) => Math.max(most, turn), 0);
}

/** Who has the turn now, for people. */
export function describeOwner(folder: string): string {
  try {
    const text = readFileSync(join(folder, String(highest(turnsIn(folder)))), 'utf8');
    const owner = parseOwner(text);
    return owner === undefined ? 'a process that does not say which' : describeProcess(owner);
  } catch (error) {
    if (error instanceof Error) return 'a process that has just ended';
    throw error;
  }
}

/** For a turn that takes milliseconds and goes on and on. */
export function keptByAnother(folder: string): TfcacheError {
  return new TfcacheError('failed', 'Another process keeps the others out of the store.', {
    where: folder,
    found: describeOwner(folder),
    hint: 'Look whether that process hangs (ps -o pid,stat,etime,args -p PID; stat T: it was stopped), and end it or let it go on. Nothing is lost: what it has fetched is gone on from.',
  });
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

/** True when the turn after `last` is ours. */
function claim(folder: string, last: number, self: ProcessIdentity): boolean {
  const turn = last + 1;
  const file = join(folder, String(turn));
  const draft = newDraft(file);
  try {
    writeFileSync(draft, `${self.pid}\n${self.started}\n${self.realm}\n`, { flag: 'wx' });
    linkOrCopy(draft, file);
  } catch (error) {
    // Another was first, or the folder was removed by whoever owned it last.
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  // Ours may be a turn that was taken, released and swept away since we looked: a higher one tells. Or the folder is
  // another one by now, with turns of its own: then the turn that we looked at is not there.
  const turns = turnsIn(folder);
  if (highest(turns) !== turn || (last !== 0 && !turns.includes(last))) {
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
  const end = (how: () => void) => {
    process.removeListener('exit', release);
    clearInterval(heartbeat);
    try {
      how();
    } catch (error) {
      // A folder that is gone has no owner; on a full disk our end frees it.
      if (errorCode(error) === 'ENOENT' || isFull(error)) return;
      throw fileError('give up a turn in the store', folder, error);
    }
  };
  const release = () => end(() => markReleased(file));
  process.once('exit', release);
  return { release, discard: () => end(() => removeFolder(folder, file)) };
}

/** A turn that was taken over and swept away meanwhile is not brought back. */
function markReleased(file: string): void {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return;
  const draft = newDraft(file);
  try {
    writeFileSync(draft, RELEASED);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    if (!isFull(error)) throw error;
    overwrite(file, RELEASED);
  }
}

/** Takes no room: the file has it already. Whoever reads it half way takes it for one that does not say whose it is. */
function overwrite(file: string, text: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    writeSync(descriptor, text, 0);
    ftruncateSync(descriptor, text.length);
  } finally {
    closeSync(descriptor);
  }
}

/** Never more than our own turn: one that begins now stays, and the folder with it. */
function removeFolder(folder: string, file: string): void {
  rmSync(file, { force: true });
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
  }
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
      since = milliseconds();
    }
    return milliseconds() - since > staleMs;
  };
}
