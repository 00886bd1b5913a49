import { readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import type { RecordEntry } from '../destination-file.ts';
import { isAsRecorded, statIfExists } from '../record/file-status.ts';
import { listParentFolders } from '../record/layout.ts';

/** Removes a file that is still the one that was looked at. */
export function removeManagedFile(
  folder: string,
  place: string,
  entry: RecordEntry | undefined,
): void {
  const path = join(folder, place);
  try {
    const stats = statIfExists(path);
    if (stats === undefined || entry === undefined || !isAsRecorded(entry, stats)) return;
    unlinkSync(path);
  } catch (error) {
    throw fileError('remove a file that no longer belongs into the destination', path, error);
  }
}

/** A place where a file is needed may be a folder that held nothing but files of ours. */
export function removeManagedFoldersAt(folder: string, place: string, ours: Set<string>): void {
  if (!ours.has(place)) return;
  const path = join(folder, place);
  try {
    for (const entry of readdirSync(path))
      removeManagedFoldersAt(folder, `${place}/${entry}`, ours);
    rmdirSync(path);
    ours.delete(place);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return;
    throw fileError('put a file in place of a folder', path, error);
  }
}

/** Folders that tfcache made go when they are empty, deepest first; the others stay. */
export function removeManagedFoldersOf(
  folder: string,
  places: Iterable<string>,
  ours: Set<string>,
): void {
  const candidates = new Set(
    [...places].flatMap(listParentFolders).filter((place) => ours.has(place)),
  );
  for (const place of [...candidates].sort((one, other) => other.length - one.length)) {
    try {
      rmdirSync(join(folder, place));
      ours.delete(place);
    } catch (error) {
      const code = errorCode(error) ?? '';
      if (code === 'ENOENT' || code === 'ENOTDIR') ours.delete(place);
      else if (!['ENOTEMPTY', 'EEXIST', 'EBUSY'].includes(code)) {
        throw fileError('remove an empty folder of the destination', join(folder, place), error);
      }
    }
  }
}
