import { type Dirent, lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import {
  createTemporaryName,
  isAbandoned,
  parseProcessName,
} from '../../platform/files/temporary-file.ts';
import { formatProcessName } from '../../platform/process/process-identity.ts';
import { TEMPORARY_FOLDER } from './layout.ts';
import { hasReservedFolder, makeReservedFolder } from './reserved-folders.ts';

/** Drafts of a process that cannot be seen from here are left after so long without a change. */
const FOREIGN_MS = 3_600_000;
/** Another run may remove the temporary folder, which is empty then, at the moment this one wants to use it. */
const ATTEMPTS = 100;

/** Names in a folder of their own below the temporary folder of a destination; both are made with the first. */
export interface TemporaryFiles {
  /** A path that nobody else writes to. @throws TfcacheError when the folder cannot be made. */
  next(): string;
  /** Removes what is left of them. @throws TfcacheError */
  remove(): void;
}

export function createTemporaryFiles(destination: string): TemporaryFiles {
  const temporary = join(destination, TEMPORARY_FOLDER);
  let folder: string | undefined;
  let count = 0;
  return {
    next() {
      folder ??= makeProcessFolder(temporary);
      count += 1;
      return join(folder, String(count));
    },
    remove() {
      if (folder === undefined) return;
      try {
        removeProcessFolder(folder);
        removeIfEmpty(temporary);
      } catch (error) {
        throw fileError('tidy the destination', folder, error);
      }
      folder = undefined;
    },
  };
}

/**
 * Removes what killed runs left in the temporary folder, and the folder itself when nothing else is in it. What does not have
 * the form of tfcache's own drafts is the user's.
 *
 * @throws TfcacheError `failed` when the folder is none, or cannot be tidied.
 */
export function removeLeftoverTemporaryFiles(destination: string): void {
  const temporary = join(destination, TEMPORARY_FOLDER);
  try {
    if (!hasReservedFolder(temporary)) return;
    for (const entry of entriesOf(temporary)) {
      if (isAbandonedFolder(temporary, entry)) removeProcessFolder(join(temporary, entry.name));
    }
    removeIfEmpty(temporary);
  } catch (error) {
    throw fileError('tidy the destination', temporary, error);
  }
}

/** Its name tells whose it is, should that process be killed. */
function makeProcessFolder(temporary: string): string {
  const folder = join(temporary, createTemporaryName());
  for (let attempt = 1; ; attempt += 1) {
    try {
      makeReservedFolder(temporary);
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' || attempt === ATTEMPTS) {
        throw fileError('write into the destination', temporary, error);
      }
    }
  }
}

function isAbandonedFolder(temporary: string, entry: Dirent): boolean {
  const owner = parseProcessName(entry.name);
  if (owner === undefined || !entry.isDirectory()) return false;
  if (owner === formatProcessName()) return true;
  const folder = join(temporary, entry.name);
  return isAbandoned(owner, FOREIGN_MS, () => Date.now() - lastChange(folder));
}

/** Milliseconds since the epoch; a large file may be copied for longer than its folder is left as it is. */
function lastChange(folder: string): number {
  const paths = [folder, ...entriesOf(folder).map(({ name }) => join(folder, name))];
  return Math.max(...paths.map((path) => lstatSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0));
}

function removeProcessFolder(folder: string): void {
  for (const entry of entriesOf(folder)) {
    if (/^\d+$/.test(entry.name) && entry.isFile())
      rmSync(join(folder, entry.name), { force: true });
  }
  removeIfEmpty(folder);
}

/** None when another run has removed the folder meanwhile. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
  }
}
