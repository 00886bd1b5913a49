import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileError } from '../../platform/files/file-error.ts';
import { makeTemporaryFolder, TEMPORARY_PREFIX } from '../../platform/files/temporary-folder.ts';
import type { Store } from '../../store/store.ts';

/**
 * Gives `work` an empty folder of this run's own, so that no run waits for another, and removes it afterwards.
 *
 * @param place a store; or the system's temporary folder, for a dry run: there may be no store, or one that may only be read.
 * @throws TfcacheError when the folder cannot be made; what `work` throws.
 */
export async function withScratchFolder<T>(
  place: Store | 'temporary',
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = place === 'temporary' ? makeTemporary() : place.makeScratchFolder();
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function makeTemporary(): string {
  try {
    return makeTemporaryFolder(tmpdir(), TEMPORARY_PREFIX);
  } catch (error) {
    throw fileError('make a temporary folder', tmpdir(), error);
  }
}
