import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TfcacheError } from '../../platform/error.ts';
import { formatBytes } from '../../platform/text/units.ts';
import type { LinkMode } from '../../store/store.ts';
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
 * Looks before the first byte whether there is room for all. What an earlier run left in staging needs none; it is looked for
 * only when there seems to be too little. A file system that does not say how much is free is trusted.
 *
 * @throws TfcacheError `no-space`, with what is needed and what is there.
 */
export async function checkRoom(
  planned: readonly PlannedFile[],
  folders: { store: string; destination: string },
  link: LinkMode,
): Promise<void> {
  const store = nearest(folders.store);
  const destination = nearest(folders.destination);
  const sameFileSystem = store.device === destination.device;
  const needed = roomNeeded(planned, { link, sameFileSystem });
  const sides = sameFileSystem
    ? [{ folder: store.folder, needed: needed.store + needed.destination, staging: true }]
    : [
        { folder: store.folder, needed: needed.store, staging: true },
        { folder: destination.folder, needed: needed.destination, staging: false },
      ];
  for (const side of sides) {
    const free = freeIn(side.folder);
    if (side.needed <= free) continue;
    const staged = side.staging ? await stagedOf(planned, folders.store) : 0;
    if (side.needed - staged > free) throw tooLittle(side.folder, side.needed - staged, free);
  }
}

/**
 * Returns the files that alone need more room than the store's file system has: what a mirror lists of them cannot be true,
 * or another mirror may list smaller ones.
 */
export async function filesBeyondRoom(
  planned: readonly PlannedFile[],
  store: string,
): Promise<readonly PlannedFile[]> {
  const free = freeIn(nearest(store).folder);
  const large = planned.filter(({ file }) => file.size > free);
  const staged = await Promise.all(large.map((file) => stagedOf([file], store)));
  return large.filter(({ file }, index) => file.size - (staged[index] ?? 0) > free);
}

async function stagedOf(planned: readonly PlannedFile[], store: string): Promise<number> {
  // Loaded when it is asked for, which is seldom.
  const { bytesStaged } = await import('./staged.ts');
  const fetched = planned.filter(({ source }) => source === 'mirror');
  return bytesStaged(
    store,
    fetched.map(({ file }) => file),
  );
}

/** Bytes; without end when the file system does not say. */
function freeIn(folder: string): number {
  const { bavail, bsize, blocks } = statfsSync(folder);
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}

function tooLittle(folder: string, needed: number, free: number): TfcacheError {
  return new TfcacheError(
    'no-space',
    'There is not enough room on the disk; nothing was fetched.',
    {
      where: folder,
      expected: `${formatBytes(needed)} free (staging, store and destination together)`,
      found: `${formatBytes(free)} free`,
      hint: 'Free some space, put store and path on one file system so that files are linked, or name a store on a larger disk.',
    },
  );
}

/** The folder, or the closest one above it that is there already. */
function nearest(folder: string): { folder: string; device: number } {
  for (let at = folder; ; at = dirname(at)) {
    const stats = statSync(at, { throwIfNoEntry: false });
    if (stats !== undefined) return { folder: at, device: stats.dev };
  }
}
