import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, fileError } from './file-error.ts';

/** Enough for some files of one block each. */
const RESERVE_BYTES = 64 * 1024;

/**
 * Puts a little room aside while there is some: on a full disk not even a lock can be written, and who cleans the store needs
 * some.
 *
 * @param version the store's `v1` folder.
 */
export function keepReserve(version: string): void {
  const file = join(version, 'reserve');
  if (existsSync(file)) return;
  try {
    // Random, so that no file system makes less of it.
    writeFileSync(file, randomBytes(RESERVE_BYTES));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    // Too late for it, or not ours to write: a run that needs no reserve goes on.
    rmSync(file, { force: true });
  }
}

/** Gives it up, for whoever is going to make more room than that. */
export function giveUpReserve(version: string): void {
  const file = join(version, 'reserve');
  try {
    unlinkSync(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw fileError('give up the room that is put aside in the store', file, error);
  }
}
