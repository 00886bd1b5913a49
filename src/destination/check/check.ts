import { accessSync, type BigIntStats, constants, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { folderOf } from '../../bucket/bucket-path.ts';
import { fileError } from '../../platform/files/file-error.ts';
import type { RecordEntry } from '../destination-file.ts';
import { type FileStatus, isAsRecorded, statIfExists } from '../record/file-status.ts';
import { placeInDestination } from '../record/layout.ts';
import type { DestinationRecord } from '../record/record.ts';
import { checkReservedFolders } from '../record/reserved-folders.ts';
import { isCaseInsensitive } from './case-insensitivity.ts';
import {
  describeFileStatus,
  destinationNotFolderError,
  userFilesError,
} from './destination-errors.ts';
import { checkFolders, findCaseTwins, rejectCaseTwins } from './survey.ts';

/** A file that is to stand in a destination; its bytes are not here yet. */
export interface ExpectedFile {
  bucket: string;
  path: string;
  size: number;
}

/**
 * Looks for what would be in the way of files, as far as names, kinds and sizes tell: publishing finds the rest. One stat a
 * file and a folder; nothing is read.
 *
 * @throws TfcacheError as publishing does.
 */
export function checkDestination(
  destination: string,
  files: readonly ExpectedFile[],
  record: DestinationRecord,
): void {
  requireFolder(destination);
  checkReservedFolders(destination);
  const wanted = new Map(files.map((file) => [placeInDestination(file), file]));
  const folds = isCaseInsensitive(destination);
  if (folds) rejectCaseTwins(wanted.keys());
  const twins = folds ? findCaseTwins(wanted, record) : undefined;
  const cleared = {
    has: (place: string) =>
      record.entries.has(place) && statIfExists(`${destination}/${place}`)?.isFile() === true,
  };
  const missing = new Set(checkFolders(destination, wanted, cleared));
  const writtenTo = new Set<string>();
  for (const folder of missing) {
    if (!missing.has(folderOf(folder))) writtenTo.add(folderOf(folder));
  }
  const inTheWay: string[] = [];
  for (const [place, file] of wanted) {
    const folder = folderOf(place);
    if (missing.has(folder)) continue;
    const path = `${destination}/${place}`;
    const stats = statIfExists(path);
    if (stats === undefined) {
      writtenTo.add(folder);
      continue;
    }
    const recorded = [place, twins?.get(place) ?? []].flat();
    const entries = recorded.flatMap((name) => record.entries.get(name) ?? []);
    const obstacle = findObstacle(stats, place, file, { entries, folders: record.folders });
    if (obstacle !== undefined) inTheWay.push(`${path} (${describeFileStatus(obstacle)})`);
  }
  if (inTheWay.length > 0) throw userFilesError(inTheWay);
  // The destination itself was looked at already.
  writtenTo.delete('');
  for (const folder of writtenTo) requireWritable(`${destination}/${folder}`);
}

/** The user's file, unless it may turn out to have the right bytes; a file of ours is replaced or kept aside. */
function findObstacle(
  stats: BigIntStats,
  place: string,
  { size }: ExpectedFile,
  { entries: recorded, folders }: { entries: readonly RecordEntry[]; folders: ReadonlySet<string> },
): FileStatus | undefined {
  if (stats.isDirectory()) return folders.has(place) ? undefined : { kind: 'folder' };
  if (!stats.isFile()) {
    return { kind: 'other', what: stats.isSymbolicLink() ? 'a symbolic link' : 'a special file' };
  }
  if (stats.size === BigInt(size)) return undefined;
  const standing = recorded.find((entry) => isAsRecorded(entry, stats));
  const isTheirs = recorded.length === 0 || standing?.adopted === true;
  return isTheirs ? { kind: 'foreign', stats } : undefined;
}

/** The destination, or the folder in which it will be made, is a folder that may be written to. */
function requireFolder(destination: string): void {
  for (let at = destination; ; at = dirname(at)) {
    const stats = statIfThere(at);
    if (stats === undefined) continue;
    if (!stats.isDirectory()) throw destinationNotFolderError(destination);
    requireWritable(at);
    return;
  }
}

/** Undefined also below something that is no folder: that is found next. */
function statIfThere(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw fileError('look at the destination', path, error);
  }
}

function requireWritable(folder: string): void {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw fileError('write into the destination', folder, error);
  }
}
