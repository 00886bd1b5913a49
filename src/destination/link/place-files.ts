import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { folderOf } from '../../bucket/bucket-path.ts';
import { TfcacheError } from '../../platform/error.ts';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import type { Log } from '../../platform/log.ts';
import { parseObjectTimes } from '../../store/objects/object-name.ts';
import { type DestinationSurvey, type Placement, toRecordEntry } from '../check/survey.ts';
import type { PublishFile, RecordEntry } from '../destination-file.ts';
import type { FilePlacer } from '../publish/file-placer.ts';
import { keepModifiedFile } from '../publish/keep-modified-file.ts';
import { statIfExists, withCurrentStats } from '../record/file-status.ts';
import { makeHardLinks } from './hard-links.ts';

/** Files are placed without a pause for so many; then signals, timers and progress get their turn. */
const FILES_PER_TURN = 256;

/** The destination that is filled. */
export interface PlaceFilesOptions {
  folder: string;
  log: Log;
}

/**
 * Puts files at their places, and makes the folders for them.
 *
 * @returns what is to be recorded of files that did not get there in the way that was expected.
 */
export async function placeFiles(
  found: DestinationSurvey,
  placing: FilePlacer | undefined,
  options: PlaceFilesOptions,
): Promise<Map<string, RecordEntry>> {
  const { folder, log } = options;
  const unexpected = new Map<string, RecordEntry>();
  if (placing === undefined) return unexpected;
  const noteWhatIs = ({ file, place }: Placement) => {
    const stats = statIfExists(`${folder}/${place}`);
    if (stats !== undefined) unexpected.set(place, withCurrentStats(toRecordEntry(file), stats));
  };
  const { linked, left } = await linkFresh(found, placing, options);
  if (!tellsTimes(linked[0])) for (const placement of linked) noteWhatIs(placement);
  if (left.length > 0) for (const place of found.missingFolders) makeFolder(folder, place);
  let turn = 0;
  for (const placement of left) {
    const { file, place, over, replaced } = placement;
    if (over === 'changed') keepModifiedFile(folder, place, log);
    const { size, mtime } = file;
    const target = `${folder}/${place}`;
    const method = await placing.place(
      { object: requireObject(file), target, size, mtime },
      replaced,
    );
    if (method !== 'hardlink' || !tellsTimes(placement)) noteWhatIs(placement);
    turn += 1;
    if (turn % FILES_PER_TURN === 0) await nextTurn();
  }
  return unexpected;
}

/**
 * Hard links what has nothing in its way, and makes the folders for it. What is not linked then is left: trying it alone tells
 * why.
 */
async function linkFresh(
  { placements, missingFolders }: DestinationSurvey,
  placing: FilePlacer,
  { folder, log }: PlaceFilesOptions,
): Promise<{ linked: readonly Placement[]; left: readonly Placement[] }> {
  if (placing.method !== 'hardlink') return { linked: [], left: placements };
  const isFresh = ({ over }: Placement) => over === 'nothing';
  const fresh = placements.every(isFresh) ? placements : placements.filter(isFresh);
  // Folders with folders in them first; the innermost are made by whoever links into them.
  const innermost = new Set(missingFolders);
  for (const place of missingFolders) innermost.delete(folderOf(place));
  for (const place of missingFolders) if (!innermost.has(place)) makeFolder(folder, place);
  const links = {
    count: fresh.length,
    object: (number: number) => requireObject(at(fresh, number).file),
    target: (number: number) => `${folder}/${at(fresh, number).place}`,
    folder: (number: number) => {
      const place = folderOf(at(fresh, number).place);
      return innermost.has(place) ? `${folder}/${place}` : undefined;
    },
  };
  const failed = await makeHardLinks(links, { log });
  if (failed.length === 0 && fresh === placements) return { linked: fresh, left: [] };
  const left = new Set(placements.filter((placement) => !isFresh(placement)));
  for (const number of failed) left.add(at(fresh, number));
  return { linked: fresh.filter((placement) => !left.has(placement)), left: [...left] };
}

/** What the object is called tells what is to be recorded of a hard link to it: so it is for all of a store, or for none. */
function tellsTimes(placement: Placement | undefined): boolean {
  return placement !== undefined && parseObjectTimes(requireObject(placement.file)) !== undefined;
}

function at(placements: readonly Placement[], number: number): Placement {
  const placement = placements[number];
  if (placement === undefined) throw new RangeError(`no placement ${number}`);
  return placement;
}

/** @throws TfcacheError `failed` for a file that stood in place and does so no more. */
export function requireObject(file: PublishFile): string {
  if (file.object !== undefined) return file.object;
  throw new TfcacheError(
    'destination-modified',
    'A file of the destination changed while tfcache ran.',
    {
      where: `${file.path} (bucket ${file.bucket})`,
      hint: 'Something else writes there: let one thing at a time fill a folder, then run again.',
    },
  );
}

function makeFolder(folder: string, place: string): void {
  const path = join(folder, place);
  try {
    mkdirSync(path);
  } catch (error) {
    if (errorCode(error) === 'EEXIST' && statIfExists(path)?.isDirectory() === true) return;
    throw fileError('make a folder in the destination', path, error);
  }
}
