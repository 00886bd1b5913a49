import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileError } from '../platform/files/file-error.ts';
import { requireRegularFile } from '../platform/files/read-regular-file.ts';
import { resolveSymlink } from '../platform/files/replace-file.ts';
import { createTemporaryPathBeside } from '../platform/files/temporary-file.ts';
import { removeStaleLockfileFiles } from './stale-files.ts';

/**
 * That a lock can be written at the end, asked before anything is fetched: a file is made beside it and removed, for the
 * permission bits do not tell of quotas, root on a network file system, or a read-only mount. Where the lock's folder is yet
 * to be made, the nearest one above it is asked.
 *
 * @throws TfcacheError `failed` or `no-space`; `usage` if something else than a regular file is there.
 */
export function requireWritableLockfile(file: string): void {
  let draft: string | undefined;
  try {
    requireRegularFile(file, 'lockfile');
    const target = resolveSymlink(file);
    const beside = join(nearestFolder(dirname(target)), basename(target));
    // What a run left that was killed here while it asked the same.
    removeStaleLockfileFiles(beside);
    draft = createTemporaryPathBeside(beside);
    closeSync(openSync(draft, 'wx'));
  } catch (error) {
    throw fileError('write the lock file there (nothing was fetched)', file, error);
  } finally {
    if (draft !== undefined) rmSync(draft, { force: true });
  }
}

function nearestFolder(folder: string): string {
  const above = dirname(folder);
  if (above === folder || statSync(folder, { throwIfNoEntry: false }) !== undefined) return folder;
  return nearestFolder(above);
}
