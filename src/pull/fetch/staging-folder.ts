import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { partialFilePath, STAGING_PARTIAL_FOLDER } from '../../mirror/partial/partial-file.ts';
import { parseTemporaryName, partialDataPath } from '../../mirror/rsync/transfer/growth.ts';
import { listNames } from '../../platform/files/list-names.ts';
import { shortHash } from '../../platform/short-hash.ts';

const MIRROR_PREFIX = 'from-';

/**
 * Returns the folder into which one mirror's bytes go. Files without a digest known beforehand get a folder for each mirror:
 * bytes of two mirrors never meet there, neither in one file nor as a file that another mirror is believed to have sent.
 * Nothing else could detect it, because two versions of a file may have equal size, time and ETag.
 *
 * Files with such a digest share one folder, so that any mirror can resume what another one began; the digest decides.
 *
 * @param folder of the flight.
 * @param url of the mirror, `{bucket}` replaced.
 * @param files whether a digest of each file is known beforehand.
 */
export function getStagingFolder(
  folder: string,
  url: string,
  files: 'digest' | 'no-digest',
): string {
  if (files === 'digest') return folder;
  // No path of a bucket may begin with this name.
  return join(folder, STAGING_PARTIAL_FOLDER, `${MIRROR_PREFIX}${shortHash(url)}`);
}

/** Returns every folder of a flight into which mirrors may have put bytes. */
export function listStagingFolders(folder: string): string[] {
  const partial = join(folder, STAGING_PARTIAL_FOLDER);
  return [
    folder,
    ...listNames(partial)
      .filter((name) => name.startsWith(MIRROR_PREFIX))
      .map((name) => join(partial, name)),
  ];
}

/**
 * Returns a function that gives the bytes of a file that are in a staging folder, complete or partial, in any of the ways in
 * which transports keep them there.
 */
export function measureStagedFiles(folder: string): (path: string) => number {
  // Most folders are new.
  if (listNames(folder).length === 0) return () => 0;
  const temporaryFiles = new Map<string, ReadonlyMap<string, number>>();
  /** What rsyncs that were killed outright left in a folder, by the name it would have got. */
  const getTemporaryFiles = (place: string): ReadonlyMap<string, number> => {
    const known = temporaryFiles.get(place) ?? measureTemporaryFiles(join(folder, place));
    temporaryFiles.set(place, known);
    return known;
  };
  return (path) => {
    const slash = path.lastIndexOf('/') + 1;
    return Math.max(
      countAllocatedBytes(join(folder, path)),
      countAllocatedBytes(join(folder, partialDataPath(path))),
      countAllocatedBytes(partialFilePath(folder, path)),
      getTemporaryFiles(path.slice(0, slash)).get(path.slice(slash)) ?? 0,
    );
  };
}

function measureTemporaryFiles(folder: string): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const entry of listNames(folder)) {
    const name = parseTemporaryName(entry);
    if (name !== undefined) {
      sizes.set(name, Math.max(sizes.get(name) ?? 0, countAllocatedBytes(join(folder, entry))));
    }
  }
  return sizes;
}

/** Bytes of a regular file that take up room: a file that comes in ranges has holes. */
function countAllocatedBytes(file: string): number {
  try {
    const stats = lstatSync(file);
    return stats.isFile() ? Math.min(stats.size, stats.blocks * 512) : 0;
  } catch {
    // Not there, or gone since: it saves no room.
    return 0;
  }
}
