import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileError } from '../platform/files/file-error.ts';
import { requireRegularFile } from '../platform/files/read-regular-file.ts';
import { resolveSymlink } from '../platform/files/replace-file.ts';
import { createTemporaryPathBeside } from '../platform/files/temporary-file.ts';
import { removeStaleLockfileFiles } from './stale-files.ts';

/**
 * Checks before anything is fetched that the lockfile can be written at the end. Makes and deletes a file next to it, because
 * permission bits show neither quotas, nor root on a network file system, nor a read-only mount. If the folder of the lockfile does
 * not exist, checks the nearest one above it.
 *
 * @throws TfcacheError if it cannot be written; `usage` if the lockfile is not a regular file.
 */
export function requireWritableLockfile(file: string): void {
  let temporary: string | undefined;
  try {
    requireRegularFile(file, 'lockfile');
    const target = resolveSymlink(file);
    const probed = join(findExistingFolder(dirname(target)), basename(target));
    // An earlier run may have been killed during this check.
    removeStaleLockfileFiles(probed);
    temporary = createTemporaryPathBeside(probed);
    closeSync(openSync(temporary, 'wx'));
  } catch (error) {
    throw fileError('write the lockfile there (nothing was fetched)', file, error);
  } finally {
    if (temporary !== undefined) rmSync(temporary, { force: true });
  }
}

function findExistingFolder(folder: string): string {
  const parent = dirname(folder);
  if (parent === folder || statSync(folder, { throwIfNoEntry: false }) !== undefined) return folder;
  return findExistingFolder(parent);
}
