import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileError } from '../store/file-error.ts';
import { resolveLink } from './replace-file.ts';

/**
 * That a lock can be written at the end, asked before anything is fetched: a file is made beside it and removed, for the
 * permission bits do not tell of quotas, root on a network file system, or a read-only mount. Where the lock's folder is yet
 * to be made, the nearest one above it is asked.
 *
 * @throws TfcacheError `failed` or `no-space`.
 */
export function requireWritable(file: string): void {
  let draft: string | undefined;
  try {
    draft = join(nearestFolder(dirname(resolveLink(file))), `.tfcache.lock.${process.pid}.tmp`);
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
