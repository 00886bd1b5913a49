import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import type { Log } from '../../platform/log.ts';
import { statIfExists } from '../record/file-status.ts';
import { CHANGED_FOLDER, listParentFolders } from '../record/layout.ts';
import { makeReservedFolder } from '../record/reserved-folders.ts';
import { moveWithoutOverwriting } from './move-without-overwriting.ts';

/**
 * A file of ours that someone wrote into holds their work, or damage worth looking at: it is not thrown away, and neither is
 * what was kept before. The first stands under its own name below `@tfcache.changed`, the second below `@tfcache.changed/2`.
 *
 * @throws TfcacheError when it cannot be kept; then it stands where it stood.
 */
export function keepModifiedFile(folder: string, place: string, log: Log): void {
  const path = join(folder, place);
  let kept: string;
  try {
    kept = moveAside(folder, place);
  } catch (error) {
    throw fileError('keep a changed file aside', path, error);
  }
  log.warning(
    `${path} was changed since tfcache put it there. It is replaced by the right file; the changed one is kept as ${kept}.`,
  );
}

function moveAside(folder: string, place: string): string {
  const changed = join(folder, CHANGED_FOLDER);
  makeReservedFolder(changed);
  for (let time = 1; ; time += 1) {
    const below = time === 1 ? place : `${time}/${place}`;
    const kept = join(changed, below);
    if (makeFoldersFor(changed, below) && moveIfFree(join(folder, place), kept)) return kept;
  }
}

/** False when something that is no folder is in the way: a file that was kept, a link that leads anywhere. */
function makeFoldersFor(changed: string, below: string): boolean {
  return listParentFolders(below).every((folder) => {
    const path = join(changed, folder);
    try {
      mkdirSync(path);
      return true;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      return statIfExists(path)?.isDirectory() === true;
    }
  });
}

function moveIfFree(file: string, place: string): boolean {
  try {
    moveWithoutOverwriting(file, place);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}
