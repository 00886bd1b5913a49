import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';

/** Enough for some files of one block each. */
const RESERVE_BYTES = 64 * 1024;
/** Enough for the files and folders that a clean-up makes: whose turn it is, and what is written before it is renamed. */
const RESERVE_INODES = 8;

/**
 * Puts a little room aside while there is some: bytes and inodes. On a full disk not even a lock can be written, and whoever
 * cleans the store needs some.
 *
 * @param version the store's `v1` folder.
 */
export function createDiskReserve(version: string): void {
  const folder = join(version, 'reserve');
  // Written last: a reserve that was given up in part, or not finished, is completed.
  const last = join(folder, 'room');
  if (existsSync(last)) return;
  try {
    makeFolders(folder);
    for (let inode = 1; inode < RESERVE_INODES; inode += 1) {
      writeFileSync(join(folder, String(inode)), '');
    }
    // Random, so that no file system makes less of it.
    writeFileSync(last, randomBytes(RESERVE_BYTES));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    // Too late for it, or not ours to write: a run that needs no reserve goes on.
    tryRemove(folder);
  }
}

/** What stays after all is completed by the next job, or given up by the next clean-up. */
function tryRemove(folder: string): void {
  try {
    remove(folder);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

/** Not by `rmSync`, whose errors do not tell a read-only file system by their codes. */
function remove(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile()) unlinkSync(join(folder, entry.name));
  }
  rmdirSync(folder);
}

/** Gives it up, for whoever is going to make more room than that. */
export function releaseDiskReserve(version: string): void {
  const folder = join(version, 'reserve');
  try {
    remove(folder);
  } catch (error) {
    // There is none, or another process gives it up or puts room aside at this moment.
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) return;
    throw fileError('give up the room that is put aside in the store', folder, error);
  }
}
