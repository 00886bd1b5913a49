import {
  constants,
  copyFileSync,
  linkSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LockWaitOptions } from '../../store/store.ts';
import { errorCode, fileError, isDiskFullError } from '../files/file-error.ts';
import { overwriteFile } from '../files/overwrite.ts';
import { createTemporaryPath, writeFileAtomically } from '../files/temporary-file.ts';
import { currentProcess, type ProcessIdentity } from '../process/process-identity.ts';
import {
  createStaleCheck,
  findHighestEntry,
  formatLockOwner,
  isEntryFree,
  listLockEntries,
  RELEASED_ENTRY,
} from './lock-entry.ts';
import { createLockWait } from './lock-wait.ts';
import { isPossiblyAlive, startHeartbeat } from './owned-file.ts';

/** Something that one live process owns at a time. */
export interface ProcessLock {
  release(): void;
  /** Releases it, and removes the folder when no other has begun a turn: for what nobody may ever ask for again. */
  releaseAndRemove(): void;
}

export interface LockOptions extends LockWaitOptions {
  /** How often one that waits looks again. */
  pollMs?: number;
  /** An owner that cannot be seen from here (another machine, another container) shows this often that it lives. */
  heartbeatMs?: number;
  /** One that showed nothing for this long, by the clock of the one that waits, is dead. */
  staleMs?: number;
  /** So long is waited for one that lives: for turns that take milliseconds. Without end when absent. */
  timeoutMs?: number;
  /** One that lives and shows nothing for so long is not waited for. */
  hungMs?: number;
  /** Who waits says so after this long, */
  firstNoticeMs?: number;
  /** and again after this long. */
  noticeEveryMs?: number;
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
};

/**
 * Waits until this process owns `folder`.
 *
 * The folder holds a file a turn, `1`, `2`, …, naming the process whose turn it is; the highest counts. Whoever finds it
 * released, or its process dead, makes the next number by link(2), which only one can. The highest is never removed, so
 * nobody can take away a turn that is not the one it looked at: the flaw of locks that are removed when they are stale.
 * A folder that is removed as a whole ({@link ProcessLock.releaseAndRemove}) begins again with 1; whoever looked at the old one finds the
 * turn gone that it was to follow, and looks again.
 * A dead process is known by its pid, start and boot at once; only one that cannot be seen from here takes `staleMs`, and
 * clocks of several machines are never compared.
 *
 * @throws TfcacheError `failed` when it cannot be taken, another keeps it for longer than `patienceMs`, or hangs; the signal's
 *   reason when it is aborted.
 */
export async function acquireLock(folder: string, options: LockOptions = {}): Promise<ProcessLock> {
  const { signal } = options;
  const settings = { ...DEFAULTS, ...options };
  const self = currentProcess();
  const isStale = createStaleCheck(settings.staleMs);
  const patience = createLockWait(folder, settings);
  try {
    for (;;) {
      signal?.throwIfAborted();
      const last = findHighestEntry(listLockEntries(folder));
      if (last === 0 || isEntryFree(join(folder, String(last)), isStale)) {
        if (createEntry(folder, last, self))
          return createProcessLock(folder, last + 1, settings.heartbeatMs);
        continue;
      }
      patience.wait();
      await sleep(settings.pollMs, undefined, signal === undefined ? {} : { signal });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw fileError('take a turn in the store', folder, error);
  }
}

/**
 * As {@link acquireLock}, but does not wait: whether an owner that cannot be seen from here lives is told by the time its
 * turn was last touched.
 *
 * @returns undefined when another owns it, or may own it.
 */
export function tryAcquireLock(folder: string): ProcessLock | undefined {
  const self = currentProcess();
  try {
    for (;;) {
      const last = findHighestEntry(listLockEntries(folder));
      if (
        last !== 0 &&
        !isEntryFree(join(folder, String(last)), (file) => !isPossiblyAlive(file, undefined))
      )
        return undefined;
      if (createEntry(folder, last, self))
        return createProcessLock(folder, last + 1, DEFAULTS.heartbeatMs);
    }
  } catch (error) {
    throw fileError('take a turn in the store', folder, error);
  }
}

/** True when the turn after `last` is ours. */
function createEntry(folder: string, last: number, self: ProcessIdentity): boolean {
  const turn = last + 1;
  const file = join(folder, String(turn));
  const draft = createTemporaryPath(file);
  try {
    writeFileSync(draft, formatLockOwner(self), { flag: 'wx' });
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
  const turns = listLockEntries(folder);
  if (findHighestEntry(turns) !== turn || (last !== 0 && !turns.includes(last))) {
    rmSync(file, { force: true });
    return false;
  }
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === String(turn) || entry.isDirectory()) continue;
    rmSync(join(folder, entry.name), { force: true });
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

function createProcessLock(folder: string, turn: number, heartbeatMs: number): ProcessLock {
  const file = join(folder, String(turn));
  const life = startHeartbeat(file, heartbeatMs);
  const end = (how: () => void) => {
    process.removeListener('exit', release);
    life.stop();
    try {
      how();
    } catch (error) {
      // A folder that is gone has no owner; on a full disk our end frees it.
      if (errorCode(error) === 'ENOENT' || isDiskFullError(error)) return;
      throw fileError('give up a turn in the store', folder, error);
    }
  };
  const release = () => end(() => markReleased(file));
  process.once('exit', release);
  return { release, releaseAndRemove: () => end(() => removeFolder(folder, file)) };
}

/** A turn that was taken over and swept away meanwhile is not brought back. */
function markReleased(file: string): void {
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return;
  try {
    writeFileAtomically(file, RELEASED_ENTRY);
  } catch (error) {
    if (!isDiskFullError(error)) throw error;
    overwriteFile(file, RELEASED_ENTRY);
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
