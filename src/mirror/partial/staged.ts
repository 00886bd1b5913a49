import { statSync } from 'node:fs';
import { join } from 'node:path';
import { TfcacheError } from '../../error.ts';
import { findPathProblem } from '../../safe-path.ts';
import type { FetchFile } from '../mirror.ts';
import { PARTIAL_FOLDER } from './partial-file.ts';

/**
 * Whether an earlier run completed a file: its size, and its time as it was listed. A file without a listed time is one
 * whose digest is known, so its size is enough.
 */
export function isStaged(staging: string, file: FetchFile): boolean {
  const found = statSync(join(staging, file.path), { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size !== file.size) return false;
  return file.mtime === undefined || Math.floor(found.mtimeMs / 1000) === file.mtime;
}

/**
 * Holds a path that is to be fetched to what a path may be: it may come from a lock file or another mirror.
 *
 * @throws TfcacheError `failed` for one that could lead out of staging, or into what is kept there for resuming.
 */
export function checkFetchPath(path: string, where: string): void {
  const problem =
    path.split('/')[0] === PARTIAL_FOLDER
      ? `${PARTIAL_FOLDER} is where partial files are kept`
      : findPathProblem(path);
  if (problem === undefined) return;
  throw new TfcacheError('failed', 'A path cannot be fetched from the mirror.', {
    where,
    found: `${JSON.stringify(path)}: ${problem}`,
    hint: 'Correct the lock file or the request that names it.',
  });
}
