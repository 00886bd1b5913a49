import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, fileError } from '../store/file-error.ts';
import { makeFolders } from '../store/make-folders.ts';
import { TEMPORARY_FOLDER } from './layout.ts';

/** Names below the temporary folder of a destination, which is made with the first. */
export interface Drafts {
  /** A path that nobody else writes to. @throws TfcacheError when the folder cannot be made. */
  next(): string;
}

export function createDrafts(destination: string): Drafts {
  const temporary = join(destination, TEMPORARY_FOLDER);
  let count = 0;
  return {
    next() {
      try {
        if (count === 0) makeFolders(temporary);
      } catch (error) {
        throw fileError('write into the destination', temporary, error);
      }
      count += 1;
      return join(temporary, `${process.pid}.${count}`);
    },
  };
}

/** Removes what killed runs left in the temporary folder, and the folder itself when nothing else is in it. */
export function removeTemporary(destination: string): void {
  const temporary = join(destination, TEMPORARY_FOLDER);
  try {
    for (const name of readdirSync(temporary)) {
      if (!isAnothers(name)) rmSync(join(temporary, name), { force: true });
    }
    rmdirSync(temporary);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code)) {
      throw fileError('tidy the destination', temporary, error);
    }
  }
}

/** Whether the process that made this temporary file still runs. */
function isAnothers(name: string): boolean {
  const pid = Number(name.split('.')[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
