import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './file-error.ts';

/**
 * Makes a folder and its parents, as `mkdir -p` does. Node's recursive mkdir reports ENOENT on a read-only file system, which is
 * misleading.
 *
 * @throws the system's error.
 */
export function makeFolders(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' && dirname(folder) !== folder) {
      makeFolders(dirname(folder));
      makeFolder(folder);
    } else if (!isFolder(folder)) throw error;
  }
}

/** Accepts a folder that another process makes at the same moment. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isFolder(folder)) throw error;
  }
}

/** Checked after any error: mkdir fails for an existing folder on a read-only file system and for the root of a drive. */
function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
