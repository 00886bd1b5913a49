import { closeSync, openSync, renameSync, rmSync } from 'node:fs';

/**
 * Moves a file to where nothing stands, on any file system: an empty file of ours takes the place first, since rename(2) itself
 * asks nobody. Whoever is killed in between leaves the empty file.
 *
 * @throws the system's error; `EEXIST` when something stands there.
 */
export function moveWithoutOverwriting(file: string, place: string): void {
  closeSync(openSync(place, 'wx'));
  try {
    renameSync(file, place);
  } catch (error) {
    rmSync(place, { force: true });
    throw error;
  }
}
