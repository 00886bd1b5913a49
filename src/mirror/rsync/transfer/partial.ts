import { lstatSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { joinPath } from '../../../bucket/bucket-path.ts';
import { groupByFolder, parseTemporaryName, partialDataPath } from './growth.ts';

/**
 * Makes what an rsync that was killed outright left behind (`.NAME.XXXXXX`) into partial data from which the next one goes
 * on: rsync itself keeps it only when it is asked to end. Sound because rsync compares every block of partial data with the
 * mirror's file, and the whole by checksum.
 *
 * @returns the bytes of partial data there are, by path.
 */
export async function adoptPartialData(
  staging: string,
  paths: readonly string[],
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const [folder, names] of groupByFolder(paths)) {
    const at = (name: string) => joinPath(folder, name);
    const entries = await readFolder(join(staging, folder));
    for (const entry of entries) {
      const name = parseTemporaryName(entry);
      if (name !== undefined && names.has(name)) {
        await adopt(join(staging, at(entry)), join(staging, partialDataPath(at(name))));
      }
    }
    if (entries.length === 0) continue;
    for (const name of names) {
      const size = regularSize(join(staging, partialDataPath(at(name))));
      if (size > 0) sizes.set(at(name), size);
    }
  }
  return sizes;
}

/** The longer of the two stays. */
async function adopt(orphan: string, partial: string): Promise<void> {
  if (regularSize(orphan) <= regularSize(partial)) {
    await rm(orphan, { force: true });
    return;
  }
  await mkdir(dirname(partial), { recursive: true, mode: 0o700 });
  await rename(orphan, partial);
}

function regularSize(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() ? stat.size : 0;
}

async function readFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    // Not made yet: nothing was left there.
    return [];
  }
}
