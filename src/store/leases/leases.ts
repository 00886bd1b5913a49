import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { milliseconds } from '../../platform/clock.ts';
import { TfcacheError } from '../../platform/error.ts';
import { fileError, isFull } from '../../platform/files/file-error.ts';
import { namesIn } from '../../platform/files/list-names.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import { overwrite } from '../../platform/files/overwrite.ts';
import { keptByAnother } from '../../platform/lock/lock-entry.ts';
import {
  fileSystemNow,
  formatOwned,
  keepAlive,
  readOwned,
  writeOwned,
} from '../../platform/lock/owned-file.ts';
import { type Ownership, tryOwnership } from '../../platform/lock/process-lock.ts';
import { keepReserve } from '../maintenance/reserve.ts';
import { sweepKilled } from '../maintenance/sweep.ts';
import type { Lease } from '../store.ts';
import { DIGITS } from './lease-reader.ts';

/** A store's clock has steps: ext4 dates a file up to 10 ms before the moment it is written. */
const CLOCK_STEP_MS = 50;

/**
 * Tells whoever cleans up what this job uses. Whoever removes objects does it in the same turns in which leases begin, and
 * reads all leases first: what this process finds in the store once it has its lease stays there. In the same turn goes what
 * killed jobs left in the store.
 *
 * @param version the store's `v1` folder.
 */
export function takeLease(version: string): Lease {
  const folder = join(version, 'leases');
  const name = `${process.pid}-${Math.random().toString(36).slice(2)}`;
  const file = join(folder, name);
  const turn = takeLeaseTurn(version);
  try {
    makeFolders(folder);
    const since = fileSystemNow(version) - CLOCK_STEP_MS;
    writeOwned(file, 'this process', { since });
    sweepLeases(folder);
    sweepKilled(version);
    keepReserve(version);
    return createLease(version, file, since);
  } catch (error) {
    throw fileError('note what this job uses of the store', file, error);
  } finally {
    turn.release();
  }
}

/** The lease whose file is written: it holds everything. */
function createLease(version: string, file: string, since: number): Lease {
  const life = keepAlive(file);
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
      const full = isFull(error) || (error instanceof TfcacheError && error.code === 'no-space');
      if (!full) throw fileError('note what this job uses of the store', file, error);
      held = undefined;
      overwrite(file, formatOwned('this process', { since }));
    }
  };
  return {
    narrow(sha256s) {
      if (over) return;
      tell(() => {
        held = digitsOf(sha256s);
        writeOwned(file, 'this process', { since, held });
      });
    },
    add(sha256s) {
      if (over || held === undefined) return;
      const all = held + digitsOf(sha256s);
      tell(() => {
        // Whoever cleans up has read the leases before this turn, and has done what it does by them.
        const turn = takeLeaseTurn(version);
        try {
          held = all;
          writeOwned(file, 'this process', { since, held });
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
  const digits = Buffer.alloc(all.length * DIGITS, '0');
  for (const [index, sha256] of all.entries()) digits.write(sha256, index * DIGITS, DIGITS);
  return digits.toString('latin1');
}

/** So long is waited for others that have the turn; one takes it for some milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * The turn in which leases begin and objects are removed. Waits with the process standing still: whoever has it keeps it
 * for some milliseconds.
 *
 * @throws TfcacheError `failed` when the process that has it hangs.
 */
export function takeLeaseTurn(version: string, patienceMs = PATIENCE_MS): Ownership {
  const folder = join(version, 'owners', 'leases');
  const since = milliseconds();
  for (;;) {
    const turn = tryOwnership(folder);
    if (turn !== undefined) return turn;
    if (milliseconds() - since > patienceMs) throw keptByAnother(folder);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
  }
}

/** What killed jobs left. In a turn of ours only: a lease is written whole within one. */
function sweepLeases(folder: string): void {
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    if (readOwned(file)?.alive === false) rmSync(file, { force: true });
  }
}
