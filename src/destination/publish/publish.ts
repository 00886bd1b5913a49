import { TfcacheError } from '../../platform/error.ts';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import type { Log } from '../../platform/log.ts';
import { parseObjectTimes } from '../../store/objects/object-name.ts';
import type { LinkMethod, LinkMethodMemory, LinkMode } from '../../store/store.ts';
import { destinationNotFolderError } from '../check/destination-errors.ts';
import {
  type DestinationSurvey,
  type Placement,
  surveyDestination,
  toRecordEntry,
} from '../check/survey.ts';
import type { PublishFile, RecordEntry } from '../destination-file.ts';
import { placeFiles, requireObject } from '../link/place-files.ts';
import { listParentFolders } from '../record/layout.ts';
import { type DestinationRecord, writeDestinationRecord } from '../record/record.ts';
import { removeLeftoverTemporaryFiles } from '../record/temporary-files.ts';
import { createFilePlacer, type FilePlacer } from './file-placer.ts';
import { removeManagedFile, removeManagedFoldersAt, removeManagedFoldersOf } from './removal.ts';

/** The result of publishing. */
export interface PublishResult {
  /** Files published by this run. */
  linked: number;
  /** Files that were in place already. */
  already: number;
  /** Managed files that were deleted because no request names them. */
  removed: number;
  /** The link method; undefined if no file was published. */
  method: LinkMethod | undefined;
}

export interface PublishOptions {
  /** The destination, absolute. */
  folder: string;
  files: readonly PublishFile[];
  record: DestinationRecord;
  link: LinkMode;
  linkMethods?: LinkMethodMemory | undefined;
  /** The job this run belongs to: what its earlier steps put here still belongs. */
  job?: string | undefined;
  log: Log;
}

/**
 * What publishing would say when there is nothing to do, and nothing to write down: then no other run must be kept out. Looks
 * only, but for what killed runs left.
 *
 * @returns undefined when something is to be done, or is in the way: another run may be at it just now.
 */
export function findFinishedPublish(options: PublishOptions): PublishResult | undefined {
  const found = trySurvey(options);
  if (found === undefined || !isDone(found) || mustBeRecorded(found, options)) return undefined;
  makeDestination(options.folder);
  removeLeftoverTemporaryFiles(options.folder);
  return finishedResult(found);
}

function trySurvey({ folder, files, record, job }: PublishOptions): DestinationSurvey | undefined {
  try {
    return surveyDestination(folder, files, record, job);
  } catch (error) {
    if (error instanceof TfcacheError) return undefined;
    throw error;
  }
}

/** See `Destination.publish`: looks, writes down what is to come, does it, writes down what is. */
export async function publishFiles(options: PublishOptions): Promise<PublishResult> {
  const { folder, files, record, job, log } = options;
  const found = surveyDestination(folder, files, record, job);
  if (found.abandoned.length > 0) log.info(describeAbandoned(folder, found.abandoned));
  makeDestination(folder);
  removeLeftoverTemporaryFiles(folder);
  if (isDone(found)) {
    if (mustBeRecorded(found, options)) {
      const entries = [...found.kept, ...found.inPlace.values()];
      writeDestinationRecord(folder, { entries, folders: record.folders, job });
    }
    return finishedResult(found);
  }

  try {
    return await carryOut(found, options);
  } finally {
    removeLeftoverTemporaryFiles(folder);
  }
}

function isDone({ placements, obsolete }: DestinationSurvey): boolean {
  return placements.length === 0 && obsolete.size === 0;
}

function mustBeRecorded(found: DestinationSurvey, { record, job }: PublishOptions): boolean {
  return differs(found, record) || job !== record.job;
}

function finishedResult({ inPlace }: DestinationSurvey): PublishResult {
  return { linked: 0, already: inPlace.size, removed: 0, method: undefined };
}

async function carryOut(found: DestinationSurvey, options: PublishOptions): Promise<PublishResult> {
  const { folder, record, job } = options;
  const placing = openPlacingFor(found.placements, options);
  const folders = new Set([...record.folders, ...found.missingFolders]);
  writeDestinationRecord(folder, { entries: intended(record, found, placing), folders, job });

  const blocking = blockingPlaces(found);
  for (const place of blocking) removeManagedFile(folder, place, found.obsolete.get(place));
  for (const [place, entry] of found.respelled) removeManagedFile(folder, place, entry);
  for (const { place } of found.placements) removeManagedFoldersAt(folder, place, folders);
  const unexpected = await placeFiles(found, placing, options);
  for (const [place, entry] of found.obsolete) removeManagedFile(folder, place, entry);
  removeManagedFoldersOf(folder, found.obsolete.keys(), folders);

  // Into an empty destination, what was written down beforehand is what is there now.
  if (unexpected.size > 0 || record.entries.size > 0) {
    writeDestinationRecord(folder, { entries: achieved(found, placing, unexpected), folders, job });
  }
  return {
    linked: found.placements.length,
    already: found.inPlace.size,
    removed: found.obsolete.size,
    method: placing?.method,
  };
}

function makeDestination(folder: string): void {
  try {
    makeFolders(folder);
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOTDIR') {
      throw destinationNotFolderError(folder, error);
    }
    throw fileError('make the destination', folder, error);
  }
}

function openPlacingFor(
  placements: readonly Placement[],
  { folder, link, linkMethods: methods }: PublishOptions,
): FilePlacer | undefined {
  let smallest: PublishFile | undefined;
  for (const { file } of placements) {
    if (smallest === undefined || file.size < smallest.size) smallest = file;
  }
  // Trying may copy, so it is tried with the smallest.
  return smallest === undefined
    ? undefined
    : createFilePlacer({
        destination: folder,
        mode: link,
        sample: requireObject(smallest),
        linkMethods: methods,
      });
}

/** What the record will say of a file that is to be placed. A hard link's times and inode are known before it is made. */
function expected({ file }: Placement, placing: FilePlacer | undefined): RecordEntry {
  const entry = toRecordEntry(file);
  const object = placing?.method === 'hardlink' ? parseObjectTimes(requireObject(file)) : undefined;
  return object === undefined ? entry : { ...entry, mtimeNs: object.mtimeNs, ino: object.ino };
}

/** Both what is there and what is to come: whichever a killed run leaves is known as ours. */
function* intended(
  record: DestinationRecord,
  found: DestinationSurvey,
  placing: FilePlacer | undefined,
): Generator<RecordEntry> {
  yield* found.kept;
  yield* found.inPlace.values();
  yield* found.obsolete.values();
  yield* found.respelled.values();
  for (const placement of found.placements) {
    yield* record.entries.get(placement.place) ?? [];
    yield expected(placement, placing);
  }
}

/** What is there when all is done. */
function* achieved(
  found: DestinationSurvey,
  placing: FilePlacer | undefined,
  unexpected: ReadonlyMap<string, RecordEntry>,
): Generator<RecordEntry> {
  yield* found.kept;
  yield* found.inPlace.values();
  for (const placement of found.placements) {
    yield unexpected.get(placement.place) ?? expected(placement, placing);
  }
}

function differs(
  { inPlace: now, kept }: Pick<DestinationSurvey, 'inPlace' | 'kept'>,
  before: DestinationRecord,
): boolean {
  if (now.size + kept.length !== before.entries.size) return true;
  for (const [place, entry] of now) {
    const [known, ...others] = before.entries.get(place) ?? [];
    if (known === undefined || others.length > 0) return true;
    if (entry === known) continue;
    const names = ['sha256', 'size', 'mtime', 'etag', 'mtimeNs', 'ino', 'adopted'] as const;
    if (names.some((name) => entry[name] !== known[name])) return true;
  }
  return false;
}

/** Files of ours that stand where a folder is needed, or in a folder where a file is needed. */
function blockingPlaces({ placements, obsolete, missingFolders }: DestinationSurvey): Set<string> {
  if (obsolete.size === 0) return new Set();
  const blocking = new Set(missingFolders.filter((place) => obsolete.has(place)));
  const places = new Set(placements.map(({ place }) => place));
  for (const place of obsolete.keys()) {
    if (listParentFolders(place).some((folder) => places.has(folder))) blocking.add(place);
  }
  return blocking;
}

function describeAbandoned(folder: string, places: readonly string[]): string {
  const names = places.slice(0, 5).join(', ');
  return `${places.length === 1 ? 'A file' : `${places.length} files`} in ${folder} no longer belong there, but changed since tfcache put them there; they are yours now: ${names}${places.length > 5 ? ', …' : ''}`;
}
