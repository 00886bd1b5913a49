import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TfcacheError } from '../error.ts';
import { formatBytes } from '../report/units.ts';
import type { LinkMode } from '../store/types.ts';
import type { PlannedFile } from './plan.ts';

export interface Room {
  /** Bytes that will be written below the store: staged once and moved in, packs twice (archive and content). */
  store: number;
  /** Bytes that will be written at the destination: nothing when it can be linked. */
  destination: number;
}

/** Bytes a pull writes on each side. Links across file systems are copies. */
export function roomNeeded(
  planned: readonly PlannedFile[],
  { link, sameFileSystem }: { link: LinkMode; sameFileSystem: boolean },
): Room {
  let [store, destination] = [0, 0];
  for (const { source, file } of planned) {
    if (source === 'cache') store += 2 * file.size;
    if (source === 'mirror') store += file.size;
    if (source !== 'in-place' && (link === 'copy' || !sameFileSystem)) destination += file.size;
  }
  return { store, destination };
}

/**
 * Looks before the first byte whether there is room for all. A file system that does not say how much is free is trusted.
 *
 * @throws TfcacheError `no-space`, with what is needed and what is there.
 */
export function checkRoom(
  planned: readonly PlannedFile[],
  folders: { store: string; destination: string },
  link: LinkMode,
): void {
  const store = nearest(folders.store);
  const destination = nearest(folders.destination);
  const sameFileSystem = store.device === destination.device;
  const needed = roomNeeded(planned, { link, sameFileSystem });
  if (sameFileSystem) {
    refuseTooLittle(needed.store + needed.destination, store.folder);
  } else {
    refuseTooLittle(needed.store, store.folder);
    refuseTooLittle(needed.destination, destination.folder);
  }
}

function refuseTooLittle(needed: number, folder: string): void {
  const { bavail, bsize, blocks } = statfsSync(folder);
  const free = bavail * bsize;
  if (blocks === 0 || needed <= free) return;
  throw new TfcacheError('no-space', 'There is not enough room on the disk; nothing was fetched.', {
    where: folder,
    expected: `${formatBytes(needed)} free (staging, store and destination together)`,
    found: `${formatBytes(free)} free`,
    hint: 'Free some space, put store and path on one file system so that files are linked, or name a store on a larger disk.',
  });
}

/** The folder, or the closest one above it that is there already. */
function nearest(folder: string): { folder: string; device: number } {
  for (let at = folder; ; at = dirname(at)) {
    const stats = statSync(at, { throwIfNoEntry: false });
    if (stats !== undefined) return { folder: at, device: stats.dev };
  }
}
