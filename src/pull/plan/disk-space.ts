import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TfcacheError } from '../../platform/error.ts';
import { formatBytes } from '../../platform/text/units.ts';
import type { LinkMode } from '../../store/store.ts';
import type { PlannedFile } from './plan.ts';

export interface NeededSpace {
  /** Bytes that will be written below the store: staged once and moved in, packs twice (archive and content). */
  storeBytes: number;
  /** Bytes that will be written at the destination: nothing when it can be linked. */
  destinationBytes: number;
}

/** Bytes a pull writes on each side. Links across file systems are copies. */
export function calculateNeededSpace(
  planned: readonly PlannedFile[],
  { link, sameFileSystem }: { link: LinkMode; sameFileSystem: boolean },
): NeededSpace {
  let [store, destination] = [0, 0];
  for (const { source, file } of planned) {
    if (source === 'cache') store += 2 * file.size;
    if (source === 'mirror') store += file.size;
    if (source !== 'in-place' && (link === 'copy' || !sameFileSystem)) destination += file.size;
  }
  return { storeBytes: store, destinationBytes: destination };
}

/**
 * Looks before the first byte whether there is room for all. What an earlier run left in staging needs none; it is looked for
 * only when there seems to be too little. A file system that does not say how much is free is trusted.
 *
 * @throws TfcacheError `no-space`, with what is needed and what is there.
 */
export async function requireFreeSpace(
  planned: readonly PlannedFile[],
  folders: { store: string; destination: string },
  link: LinkMode,
): Promise<void> {
  const store = findExistingFolder(folders.store);
  const destination = findExistingFolder(folders.destination);
  const sameFileSystem = store.device === destination.device;
  const needed = calculateNeededSpace(planned, { link, sameFileSystem });
  const sides = sameFileSystem
    ? [{ folder: store.folder, needed: needed.storeBytes + needed.destinationBytes, staging: true }]
    : [
        { folder: store.folder, needed: needed.storeBytes, staging: true },
        { folder: destination.folder, needed: needed.destinationBytes, staging: false },
      ];
  for (const side of sides) {
    const free = getFreeBytes(side.folder);
    if (side.needed <= free) continue;
    const staged = side.staging ? await countStagedBytesOf(planned, folders.store) : 0;
    if (side.needed - staged > free)
      throw createNoSpaceError(side.folder, side.needed - staged, free);
  }
}

/**
 * Returns the files that alone need more room than the store's file system has: what a mirror lists of them cannot be true,
 * or another mirror may list smaller ones.
 */
export async function findFilesBeyondFreeSpace(
  planned: readonly PlannedFile[],
  store: string,
): Promise<readonly PlannedFile[]> {
  const free = getFreeBytes(findExistingFolder(store).folder);
  const large = planned.filter(({ file }) => file.size > free);
  const staged = await Promise.all(large.map((file) => countStagedBytesOf([file], store)));
  return large.filter(({ file }, index) => file.size - (staged[index] ?? 0) > free);
}

async function countStagedBytesOf(planned: readonly PlannedFile[], store: string): Promise<number> {
  // Loaded when it is asked for, which is seldom.
  const { countStagedBytes } = await import('./staged-bytes.ts');
  const fetched = planned.filter(({ source }) => source === 'mirror');
  return countStagedBytes(
    store,
    fetched.map(({ file }) => file),
  );
}

/** Bytes; without end when the file system does not say. */
function getFreeBytes(folder: string): number {
  const { bavail, bsize, blocks } = statfsSync(folder);
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}

function createNoSpaceError(folder: string, needed: number, free: number): TfcacheError {
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
function findExistingFolder(folder: string): { folder: string; device: number } {
  for (let at = folder; ; at = dirname(at)) {
    const stats = statSync(at, { throwIfNoEntry: false });
    if (stats !== undefined) return { folder: at, device: stats.dev };
  }
}
