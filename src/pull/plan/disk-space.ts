import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { TfcacheError } from '../../platform/error.ts';
import { formatBytes } from '../../platform/text/units.ts';
import type { LinkMode } from '../../store/store.ts';
import type { PlannedFile } from './plan.ts';

export interface NeededSpace {
  /** Bytes that the run writes to the store: files once, packs twice (archive and content). */
  storeBytes: number;
  /** Bytes that the run writes to the destination: none if files are linked. */
  destinationBytes: number;
}

/** Returns the bytes that a pull writes to the store and to the destination. Links across file systems are copies. */
export function calculateNeededSpace(
  planned: readonly PlannedFile[],
  { link, sameFileSystem }: { link: LinkMode; sameFileSystem: boolean },
): NeededSpace {
  let [storeBytes, destinationBytes] = [0, 0];
  for (const { source, file } of planned) {
    if (source === 'cache') storeBytes += 2 * file.size;
    if (source === 'mirror') storeBytes += file.size;
    if (source !== 'in-place' && (link === 'copy' || !sameFileSystem))
      destinationBytes += file.size;
  }
  return { storeBytes, destinationBytes };
}

/**
 * Checks before the first download that there is enough free space. Files that an earlier run left in staging need none. They
 * are counted only if the free space seems too small. A file system that does not report free space passes the check.
 *
 * @throws TfcacheError `disk-full`, with the needed and the free bytes
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
    ? [{ folder: store.folder, needed: needed.storeBytes + needed.destinationBytes, isStore: true }]
    : [
        { folder: store.folder, needed: needed.storeBytes, isStore: true },
        { folder: destination.folder, needed: needed.destinationBytes, isStore: false },
      ];
  for (const side of sides) {
    const free = getFreeBytes(side.folder);
    if (side.needed <= free) continue;
    const staged = side.isStore ? await countStagedBytesOf(planned, folders.store) : 0;
    if (side.needed - staged > free)
      throw createNoSpaceError(side.folder, side.needed - staged, free);
  }
}

/**
 * Returns the files that are larger than the free space of the store's file system: the listed size may be wrong, or another
 * mirror may list a smaller file.
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
  // Loaded on demand, because it is rarely needed.
  const { countStagedBytes } = await import('./staged-bytes.ts');
  const fetched = planned.filter(({ source }) => source === 'mirror');
  return countStagedBytes(
    store,
    fetched.map(({ file }) => file),
  );
}

/** Returns infinity if the file system does not report its size. */
function getFreeBytes(folder: string): number {
  const { bavail, bsize, blocks } = statfsSync(folder);
  return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
}

function createNoSpaceError(folder: string, needed: number, free: number): TfcacheError {
  return new TfcacheError(
    'disk-full',
    'There is not enough free disk space. Nothing was downloaded.',
    {
      where: folder,
      expected: `${formatBytes(needed)} free (staging, store and destination together)`,
      found: `${formatBytes(free)} free`,
      hint: 'Free some space, put store and path on one file system so that files are linked, or set store to a folder on a larger disk.',
    },
  );
}

/** Returns the folder, or the closest existing folder above it. */
function findExistingFolder(folder: string): { folder: string; device: number } {
  for (let current = folder; ; current = dirname(current)) {
    const stats = statSync(current, { throwIfNoEntry: false });
    if (stats !== undefined) return { folder: current, device: stats.dev };
  }
}
