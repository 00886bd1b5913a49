import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from './file-error.ts';

/**
 * Makes a folder and those above it, as `mkdir -p` does. Node's own recursive mkdir says "no such file or directory" on a
 * read-only file system, which sends people looking for the wrong thing.
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

/** Another process may make it at the same moment. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!isFolder(folder)) throw error;
  }
}

/** Whatever mkdir said of it: a read-only file system or a drive's root refuses even what is there. */
function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
