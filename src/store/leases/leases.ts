import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readSteadyClockMs } from '../../platform/clock.ts';
import { TfcacheError } from '../../platform/error.ts';
import { fileError, isDiskFullError } from '../../platform/files/file-error.ts';
import { listNames } from '../../platform/files/list-names.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import { overwriteFile } from '../../platform/files/overwrite.ts';
import { createLockTimeoutError } from '../../platform/lock/lock-entry.ts';
import {
  formatOwnedFile,
  readFileSystemTime,
  readOwnedFile,
  startHeartbeat,
  writeOwnedFile,
} from '../../platform/lock/owned-file.ts';
import { type ProcessLock, tryAcquireLock } from '../../platform/lock/process-lock.ts';
import { createDiskReserve } from '../maintenance/disk-reserve.ts';
import { removeAbandonedFiles } from '../maintenance/remove-abandoned-files.ts';
import type { Lease } from '../store.ts';
import { LEASE_DIGEST_DIGITS } from './lease-reader.ts';

/** A store's clock has steps: ext4 dates a file up to 10 ms before the moment it is written. */
const CLOCK_STEP_MS = 50;

/**
 * Tells whoever cleans up what this job uses. Whoever removes objects does it in the same turns in which leases begin, and
 * reads all leases first: what this process finds in the store once it has its lease stays there. In the same turn goes what
 * killed jobs left in the store.
 *
 * @param version the store's `v1` folder.
 */
export function acquireLease(version: string): Lease {
  const folder = join(version, 'leases');
  const name = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const file = join(folder, name);
  const turn = acquireLeaseLock(version);
  try {
    makeFolders(folder);
    const since = readFileSystemTime(version) - CLOCK_STEP_MS;
    writeOwnedFile(file, 'this process', { since });
    removeDeadLeases(folder);
    removeAbandonedFiles(version);
    createDiskReserve(version);
    return createLease(version, file, since);
  } catch (error) {
    throw fileError('note what this job uses of the store', file, error);
  } finally {
    turn.release();
  }
}

/** The lease whose file is written: it holds everything. */
function createLease(version: string, file: string, since: number): Lease {
  const life = startHeartbeat(file);
  /** The first digits of each sha256 that is held, one after the other; undefined: everything is. */
  let held: string | undefined;
  let over = false;
  const release = () => {
    over = true;
    process.removeListener('exit', release);
    life.stop();
    rmSync(file, { force: true });
  };
  process.once('exit', release);
  /** On a full disk all is held: more than must be, never less. */
  const tell = (work: () => void) => {
    try {
      work();
    } catch (error) {
      const full =
        isDiskFullError(error) || (error instanceof TfcacheError && error.code === 'no-space');
      if (!full) throw fileError('note what this job uses of the store', file, error);
      held = undefined;
      overwriteFile(file, formatOwnedFile('this process', { since }));
    }
  };
  return {
    narrow(sha256s) {
      if (over) return;
      tell(() => {
        held = digitsOf(sha256s);
        writeOwnedFile(file, 'this process', { since, held });
      });
    },
    add(sha256s) {
      if (over || held === undefined) return;
      const all = held + digitsOf(sha256s);
      tell(() => {
        // Whoever cleans up has read the leases before this turn, and has done what it does by them.
        const turn = acquireLeaseLock(version);
        try {
          held = all;
          writeOwnedFile(file, 'this process', { since, held });
        } finally {
          turn.release();
        }
      });
    },
    release,
  };
}

function digitsOf(sha256s: Iterable<string>): string {
  const all = [...sha256s];
  // One buffer: a hundred thousand pieces of a string would be there twice.
  const digits = Buffer.alloc(all.length * LEASE_DIGEST_DIGITS, '0');
  for (const [index, sha256] of all.entries())
    digits.write(sha256, index * LEASE_DIGEST_DIGITS, LEASE_DIGEST_DIGITS);
  return digits.toString('latin1');
}

/** So long is waited for others that have the turn; one takes it for some milliseconds. */
const LOCK_TIMEOUT_MS = 60_000;

/**
 * The turn in which leases begin and objects are removed. Waits with the process standing still: whoever has it keeps it
 * for some milliseconds.
 *
 * @throws TfcacheError `failed` when the process that has it hangs.
 */
export function acquireLeaseLock(version: string, patienceMs = LOCK_TIMEOUT_MS): ProcessLock {
  const folder = join(version, 'locks', 'leases');
  const since = readSteadyClockMs();
  for (;;) {
    const turn = tryAcquireLock(folder);
    if (turn !== undefined) return turn;
    if (readSteadyClockMs() - since > patienceMs) throw createLockTimeoutError(folder);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
}

/** What killed jobs left. In a turn of ours only: a lease is written whole within one. */
function removeDeadLeases(folder: string): void {
  for (const name of listNames(folder)) {
    const file = join(folder, name);
    if (readOwnedFile(file)?.alive === false) rmSync(file, { force: true });
  }
}
