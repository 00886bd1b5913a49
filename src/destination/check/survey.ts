import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../../bucket/bucket-path.ts';
import { fileError } from '../../platform/files/file-error.ts';
import type { PublishFile, RecordEntry } from '../destination-file.ts';
import {
  getFileStatus,
  isSurelyAsRecorded,
  statIfExists,
  withCurrentStats,
} from '../record/file-status.ts';
import { listParentFolders, placeInDestination } from '../record/layout.ts';
import type { DestinationRecord } from '../record/record.ts';
import { foldCase, isCaseInsensitive } from './case-insensitivity.ts';
import {
  collisionError,
  describeFileStatus,
  notAFolderError,
  userFilesError,
} from './destination-errors.ts';

/** A file that must be put at its place. */
export interface Placement {
  file: PublishFile;
  place: string;
  /** What stands there now: nothing, a file of ours, or one of ours that was changed and is to be kept aside. */
  over: 'nothing' | 'ours' | 'changed';
  /** The file of ours, as it was seen. */
  replaced?: RecordEntry;
}

/** What must be done to a destination. Nothing has been touched when it is known. */
export interface DestinationSurvey {
  placements: readonly Placement[];
  /** What is there already, as it is to be recorded, by place. */
  inPlace: ReadonlyMap<string, RecordEntry>;
  /** What an earlier step of the same job put there: it still belongs. */
  kept: readonly RecordEntry[];
  /** Files of ours that no longer belong and are unchanged. */
  obsolete: ReadonlyMap<string, RecordEntry>;
  /**
   * Files of ours that are wanted under names that differ from theirs only in case, where that is one name: they make way before
   * anything is placed.
   */
  respelled: ReadonlyMap<string, RecordEntry>;
  /** Files of ours that no longer belong and were changed: the user's now. */
  abandoned: readonly string[];
  /** Folders to make, outermost first. */
  missingFolders: readonly string[];
}

/**
 * Compares what is wanted with what stands in a destination.
 *
 * @throws TfcacheError `usage` when names collide; `failed` when something of the user's is in the way.
 */
export function surveyDestination(
  destination: string,
  files: readonly PublishFile[],
  record: DestinationRecord,
  job: string | undefined,
): DestinationSurvey {
  const wanted = placeWantedFiles(files);
  const sameJob = job !== undefined && record.job === job;
  const kept = sameJob ? otherEntries(wanted, record) : [];
  const folds = isCaseInsensitive(destination);
  if (folds) rejectCaseTwins([...wanted.keys(), ...kept.map(placeInDestination)]);
  const twins = folds ? findCaseTwins(wanted, record) : NO_TWINS;
  const { obsolete, abandoned } = sameJob
    ? { obsolete: new Map<string, RecordEntry>(), abandoned: [] }
    : findObsolete(destination, wanted, record, new Set(twins.values()));
  const respelled = new Map<string, RecordEntry>();
  const missingFolders = checkFolders(destination, wanted, obsolete);
  const missing = new Set(missingFolders);
  const placements: Placement[] = [];
  const inPlace = new Map<string, RecordEntry>();
  const inTheWay: string[] = [];
  for (const [place, file] of wanted) {
    if (missing.has(folderOf(place))) {
      placements.push({ file, place, over: 'nothing' });
      continue;
    }
    const path = `${destination}/${place}`;
    const twin = twins.get(place);
    const recorded = [
      ...(record.entries.get(place) ?? []),
      ...(twin === undefined ? [] : (record.entries.get(twin) ?? [])),
    ];
    const [only] = recorded;
    if (
      twin === undefined &&
      recorded.length === 1 &&
      only !== undefined &&
      isSameFile(only, file) &&
      isSurelyAsRecorded(path, only)
    ) {
      inPlace.set(place, only);
      continue;
    }
    const entry = toRecordEntry(file);
    const standing = getFileStatus(path, recorded, entry);
    const isOurs = standing.kind === 'known' && standing.entry.adopted !== true;
    if (twin !== undefined && isOurs && file.object !== undefined) {
      respelled.set(twin, withCurrentStats(standing.entry, standing.stats));
      placements.push({ file, place, over: 'nothing' });
    } else if (standing.kind === 'known' && standing.entry.sha256 === file.sha256) {
      inPlace.set(place, {
        ...withCurrentStats(entry, standing.stats),
        ...(standing.entry.adopted === true ? { adopted: true } : {}),
      });
    } else if (standing.kind === 'nothing') {
      placements.push({ file, place, over: 'nothing' });
    } else if (standing.kind === 'known' && standing.entry.adopted !== true) {
      const replaced = withCurrentStats(standing.entry, standing.stats);
      placements.push({ file, place, over: 'ours', replaced });
    } else if (standing.kind === 'changed') {
      placements.push({ file, place, over: 'changed' });
    } else if (
      standing.kind === 'folder' &&
      hasOnlyManagedFiles(destination, place, obsolete, record.folders)
    ) {
      placements.push({ file, place, over: 'nothing' });
    } else {
      inTheWay.push(`${path} (${describeFileStatus(standing)})`);
    }
  }
  if (inTheWay.length > 0) throw userFilesError(inTheWay);
  return { placements, inPlace, kept, obsolete, respelled, abandoned, missingFolders };
}

export function toRecordEntry(file: PublishFile): RecordEntry {
  const { bucket, path, size, mtime, etag, sha256 } = file;
  return { bucket, path, size, mtime, ...(etag === undefined ? {} : { etag }), sha256 };
}

function isSameFile(entry: RecordEntry, file: PublishFile): boolean {
  return (
    entry.sha256 === file.sha256 &&
    entry.size === file.size &&
    entry.mtime === file.mtime &&
    entry.etag === file.etag
  );
}

function placeWantedFiles(files: readonly PublishFile[]): Map<string, PublishFile> {
  const wanted = new Map<string, PublishFile>();
  for (const file of files) {
    const place = placeInDestination(file);
    const known = wanted.get(place);
    if (known !== undefined && known.sha256 !== file.sha256) {
      throw collisionError(
        `two contents for ${place}`,
        `sha256 ${known.sha256}`,
        `sha256 ${file.sha256}`,
      );
    }
    wanted.set(place, file);
  }
  return wanted;
}

function otherEntries(
  wanted: ReadonlyMap<string, PublishFile>,
  record: DestinationRecord,
): RecordEntry[] {
  const beside: RecordEntry[] = [];
  for (const [place, entries] of record.entries) if (!wanted.has(place)) beside.push(...entries);
  return beside;
}

function findObsolete(
  destination: string,
  wanted: ReadonlyMap<string, PublishFile>,
  record: DestinationRecord,
  twins: ReadonlySet<string>,
): { obsolete: Map<string, RecordEntry>; abandoned: string[] } {
  const obsolete = new Map<string, RecordEntry>();
  const abandoned: string[] = [];
  const links = new Map<string, boolean>();
  /** A folder of ours that was replaced by a symbolic link leads to files that are not ours. */
  const isLink = (folder: string): boolean => {
    const known = links.get(folder);
    if (known !== undefined) return known;
    const found = statIfExists(join(destination, folder))?.isSymbolicLink() === true;
    links.set(folder, found);
    return found;
  };
  for (const [place, entries] of record.entries) {
    if (wanted.has(place) || twins.has(place) || listParentFolders(place).some(isLink)) continue;
    const standing = getFileStatus(join(destination, place), entries);
    if (standing.kind === 'changed') abandoned.push(place);
    if (standing.kind === 'known' && standing.entry.adopted !== true) {
      obsolete.set(place, withCurrentStats(standing.entry, standing.stats));
    }
  }
  return { obsolete, abandoned };
}

/**
 * One stat a folder; those below one that is missing are missing too.
 *
 * @param obsolete places of ours that may be cleared for a folder.
 * @returns folders that are not there, outermost first.
 * @throws TfcacheError `usage` for a name that is wanted twice, `failed` for what is no folder.
 */
export function checkFolders(
  destination: string,
  wanted: ReadonlyMap<string, unknown>,
  obsolete: Pick<ReadonlyMap<string, unknown>, 'has'>,
): string[] {
  const folders = new Set<string>();
  for (const place of wanted.keys()) {
    if (folders.has(folderOf(place))) continue;
    for (const folder of listParentFolders(place)) folders.add(folder);
  }
  for (const folder of folders) {
    if (wanted.has(folder)) {
      throw collisionError(`${folder} is wanted as a file and as a folder`, undefined, undefined);
    }
  }
  const missing = new Set<string>();
  for (const folder of folders) {
    if (missing.has(folderOf(folder))) {
      missing.add(folder);
      continue;
    }
    const stats = statIfExists(join(destination, folder));
    if (stats === undefined || obsolete.has(folder)) missing.add(folder);
    else if (!stats.isDirectory()) {
      throw notAFolderError(join(destination, folder), stats.isSymbolicLink());
    }
  }
  return [...missing];
}

/** Whether a folder, and all in it, was made by tfcache and no longer belongs. */
function hasOnlyManagedFiles(
  destination: string,
  folder: string,
  obsolete: ReadonlyMap<string, RecordEntry>,
  ours: ReadonlySet<string>,
): boolean {
  if (!ours.has(folder)) return false;
  try {
    return readdirSync(join(destination, folder), { withFileTypes: true }).every((entry) => {
      const place = `${folder}/${entry.name}`;
      return entry.isDirectory()
        ? hasOnlyManagedFiles(destination, place, obsolete, ours)
        : obsolete.has(place);
    });
  } catch (error) {
    throw fileError('look into the destination', join(destination, folder), error);
  }
}

const NO_TWINS: ReadonlyMap<string, string> = new Map();

/**
 * Returns the places of the record that are wanted in another case only, by the wanted place: where a file system folds case,
 * both are one name.
 */
export function findCaseTwins(
  wanted: ReadonlyMap<string, unknown>,
  record: DestinationRecord,
): ReadonlyMap<string, string> {
  const others = [...record.entries.keys()].filter((place) => !wanted.has(place));
  if (others.length === 0) return NO_TWINS;
  const byFolded = new Map(others.map((place) => [foldCase(place), place]));
  const twins = new Map<string, string>();
  for (const place of wanted.keys()) {
    const twin = byFolded.get(foldCase(place));
    if (twin !== undefined) twins.set(place, twin);
  }
  return twins;
}

/**
 * Refuses names that differ only in case, or in the way accents are written.
 *
 * @throws TfcacheError `usage`
 */
export function rejectCaseTwins(places: Iterable<string>): void {
  const seen = new Map<string, string>();
  for (const place of places) {
    const folded = foldCase(place);
    const other = seen.get(folded);
    if (other !== undefined && other !== place) {
      throw collisionError(
        'two names that are one on this file system, which ignores case',
        other,
        place,
      );
    }
    seen.set(folded, place);
  }
}
