import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../platform/files/file-error.ts';
import { reservedNameError } from '../check/destination-errors.ts';
import { statIfExists } from './file-status.ts';
import { CHANGED_FOLDER, TEMPORARY_FOLDER } from './layout.ts';

// A link can be committed to a repository: through one, a name of tfcache's own would lead to files anywhere on the machine.

/**
 * Whether a folder of tfcache's own is there.
 *
 * @throws TfcacheError `failed` when something else has its name; the system's error.
 */
export function hasReservedFolder(path: string): boolean {
  const stats = statIfExists(path);
  if (stats === undefined) return false;
  if (!stats.isDirectory()) throw reservedNameError(path, 'a folder', stats);
  return true;
}

/** Makes one, unless it is there. @throws as {@link hasReservedFolder}. */
export function makeReservedFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    hasReservedFolder(path);
  }
}

/** Looks before anything is touched. @throws as {@link hasReservedFolder}. */
export function checkReservedFolders(destination: string): void {
  for (const name of [TEMPORARY_FOLDER, CHANGED_FOLDER]) hasReservedFolder(join(destination, name));
}
