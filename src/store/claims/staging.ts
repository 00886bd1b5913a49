import { readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, fileError } from '../../platform/files/file-error.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import type { LockWaitOptions } from '../../platform/lock/lock-wait.ts';
import { STALE_MS } from '../../platform/lock/owned-file.ts';
import { acquireLock } from '../../platform/lock/process-lock.ts';
import { shortHash } from '../../platform/short-hash.ts';
import type { Staging } from '../store.ts';

/**
 * Waits for the staging folder of this name, and makes it if it is not there. What an earlier owner left in it is still there,
 * unless a job that began since has removed it: what another is to go on from belongs into a flight's folder.
 *
 * @param version the store's `v1` folder.
 * @param name anything; what cannot stand in a file name is replaced, and a digest keeps names apart.
 * @param onRelease called before another may own it.
 * @throws TfcacheError `failed` when it cannot be taken, or its owner hangs; the signal's reason.
 */
export async function acquireStaging(
  version: string,
  name: string,
  waiting: LockWaitOptions,
  onRelease: () => void,
): Promise<Staging> {
  const slug = createSlug(name);
  const folder = join(version, 'staging', slug);
  const ownership = await acquireLock(join(version, 'locks', slug), {
    ...waiting,
    hungMs: STALE_MS,
  });
  try {
    makeFolders(folder);
  } catch (error) {
    ownership.release();
    throw fileError('make a staging folder', folder, error);
  }
  let released = false;
  return {
    folder,
    async release() {
      if (released) return;
      released = true;
      try {
        onRelease();
        removeEmptyFolders(folder);
      } finally {
        ownership.release();
      }
    },
  };
}

/** Leaves every file where it is. */
function removeEmptyFolders(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
    }
    rmdirSync(folder);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EACCES', 'EPERM'].includes(code)) {
      throw fileError('tidy a staging folder', folder, error);
    }
  }
}

/** Returns true for what {@link createSlug} gives: anything else in a folder of such names is not of the store. */
export function isSlug(name: string): boolean {
  return /^[A-Za-z0-9-]{0,40}-[0-9a-f]{16}$/.test(name);
}

/** A name that can stand in a path, and that no other name has. */
export function createSlug(name: string): string {
  const readable = name.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 40);
  return `${readable}-${shortHash(name)}`;
}
