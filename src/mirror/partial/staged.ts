import { statSync } from 'node:fs';
import { join } from 'node:path';
import { findPathProblem } from '../../bucket/safe-path.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { FetchFile } from '../mirror.ts';
import { STAGING_PARTIAL_FOLDER } from './partial-file.ts';

/**
 * Returns true if an earlier run completed a file: its size, and its time as it was listed. Without a listed time the size is
 * enough only if the caller verifies a digest.
 */
export function isStaged(staging: string, file: FetchFile): boolean {
  const found = statSync(join(staging, file.path), { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size !== file.size) return false;
  if (file.mtime === undefined) return file.hasDigest === true;
  return Math.floor(found.mtimeMs / 1000) === file.mtime;
}

/**
 * Holds paths that are to be fetched to what a path may be: they may come from a lock file or another mirror.
 *
 * @throws TfcacheError `failed` for one that could lead out of staging, or into what is kept there for resuming.
 */
export function checkFilePaths(files: Iterable<{ path: string }>, where: string): void {
  for (const { path } of files) checkPath(path, where);
}

/** The same for folders that are to be listed; `''` is the root. @throws TfcacheError `failed` */
export function checkFolderPaths(folders: Iterable<string>, where: string): void {
  for (const folder of folders) if (folder !== '') checkPath(folder, where);
}

function checkPath(path: string, where: string): void {
  const problem =
    path.split('/')[0] === STAGING_PARTIAL_FOLDER
      ? `${STAGING_PARTIAL_FOLDER} is where partial files are kept`
      : findPathProblem(path);
  if (problem === undefined) return;
  throw new TfcacheError('file-error', 'A path cannot be fetched from the mirror.', {
    where,
    found: `${JSON.stringify(path)}: ${problem}`,
    hint: 'Correct the lockfile or the request that names it.',
  });
}
