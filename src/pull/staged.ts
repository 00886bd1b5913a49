import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { WantedFile } from '../file.ts';
import { partialFilePath } from '../mirror/partial/partial-file.ts';
import { partialPath, temporaryFor } from '../mirror/rsync/growth.ts';
import { flightFolders } from '../store/flights.ts';
import { namesIn } from '../store/names-in.ts';
import { VERSION } from '../store/open-store.ts';
import { flightsOf } from './sync.ts';

/**
 * Bytes of these files that are in staging already, complete or in part: what a run that was cancelled or killed, or whose disk
 * was full, left for the next, and what a run that is at work now has so far. They need no more room.
 *
 * @param store the store's folder; nothing need be there yet.
 */
export function bytesStaged(store: string, files: readonly WantedFile[]): number {
  let bytes = 0;
  for (const bucket of new Set(files.map((file) => file.bucket))) {
    const wanted = files.filter((file) => file.bucket === bucket);
    const looks = flightFolders(join(store, VERSION), flightsOf(bucket)).map(lookInto);
    for (const file of wanted) {
      // Two flights may have left the same file; one of the two is gone on from.
      const most = looks.reduce((best, look) => Math.max(best, look(file)), 0);
      bytes += Math.min(file.size, most);
    }
  }
  return bytes;
}

/** How much of a file is in a flight's folder, in any of the ways in which transports keep it there. */
function lookInto(folder: string): (file: WantedFile) => number {
  const drafts = new Map<string, ReadonlyMap<string, number>>();
  /** What rsyncs that were killed outright left in a folder, by the name it would have got. */
  const draftsIn = (place: string): ReadonlyMap<string, number> => {
    const known = drafts.get(place) ?? readDrafts(join(folder, place));
    drafts.set(place, known);
    return known;
  };
  return ({ path }) => {
    const slash = path.lastIndexOf('/') + 1;
    return Math.max(
      bytesOf(join(folder, path)),
      bytesOf(join(folder, partialPath(path))),
      bytesOf(partialFilePath(folder, path)),
      draftsIn(path.slice(0, slash)).get(path.slice(slash)) ?? 0,
    );
  };
}

function readDrafts(folder: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const entry of namesIn(folder)) {
    const name = temporaryFor(entry);
    if (name !== undefined) {
      sizes.set(name, Math.max(sizes.get(name) ?? 0, bytesOf(join(folder, entry))));
    }
  }
  return sizes;
}

/** Bytes of a regular file that take up room: a file that comes in ranges has holes. */
function bytesOf(file: string): number {
  try {
    const stats = lstatSync(file);
    return stats.isFile() ? Math.min(stats.size, stats.blocks * 512) : 0;
  } catch {
    // Not there, or gone since: it saves no room.
    return 0;
  }
}
