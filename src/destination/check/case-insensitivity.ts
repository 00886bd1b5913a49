import { lstatSync, mkdtempSync, opendirSync, rmdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Entries of a folder that are tried. */
const MAX_ENTRIES = 20;

/**
 * Returns true if names that differ only in case are one name in a folder, or will be once it is made. macOS and Windows do
 * that by default; on Linux a mounted file system may, and a single folder (`chattr +F`). So a folder's own name, which is in
 * the folder above, says nothing: an entry of the folder is looked up in the other case. In an empty one a folder is made for a
 * moment.
 */
export function isCaseInsensitive(folder: string): boolean {
  let at = folder;
  while (dirname(at) !== at && !isFolder(at)) at = dirname(at);
  return entriesFold(at) ?? newEntryFolds(at) ?? ownNameFolds(at);
}

/** Names that are one on a file system that folds case, and in the ways in which accents are written, give one text. */
export function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** Undefined if no entry tells. */
function entriesFold(folder: string): boolean | undefined {
  try {
    const entries = opendirSync(folder);
    try {
      for (let count = 0; count < MAX_ENTRIES; count += 1) {
        const entry = entries.readSync();
        if (entry === null) return undefined;
        const folds = isFoundInOtherCase(join(folder, entry.name));
        if (folds !== undefined) return folds;
      }
    } finally {
      entries.closeSync();
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  return undefined;
}

/** Undefined where nothing can be made. */
function newEntryFolds(folder: string): boolean | undefined {
  try {
    const made = mkdtempSync(join(folder, '.tfcache-case-'));
    try {
      return isFoundInOtherCase(made);
    } finally {
      rmdirSync(made);
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

/** What is left where a folder is empty and may not be written to. */
function ownNameFolds(folder: string): boolean {
  return (
    isFoundInOtherCase(folder) ?? (process.platform === 'win32' || process.platform === 'darwin')
  );
}

/** Undefined for a name without letters, and for one that is gone. */
function isFoundInOtherCase(path: string): boolean | undefined {
  const name = basename(path);
  const other = swapCase(name);
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined || other === name) return undefined;
  const twin = lstatSync(join(dirname(path), other), { bigint: true, throwIfNoEntry: false });
  return twin !== undefined && twin.ino === stats.ino && twin.dev === stats.dev;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return false;
  }
}

function swapCase(name: string): string {
  const upper = name.toUpperCase();
  return upper === name ? name.toLowerCase() : upper;
}
