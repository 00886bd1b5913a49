import { existsSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatProcessName, getLivenessByName } from '../process/process-identity.ts';
import { createRandomDigits } from '../short-hash.ts';
import { listNames } from './list-names.ts';
import { makeFolders } from './make-folders.ts';

/** A temporary file exists for milliseconds. One of a process that cannot be seen from here is deleted after this time. */
const FOREIGN_MS = 180_000;

/**
 * Returns a new name, `PROCESS.RANDOM`, for a temporary file or folder. `PROCESS` identifies this process, so that a later run
 * can delete what a killed process left.
 */
export function createTemporaryName(): string {
  return `${formatProcessName()}.${createRandomDigits()}`;
}

/** Returns the part of a name by {@link createTemporaryName} that identifies the process; undefined for any other name. */
export function parseProcessName(name: string): string | undefined {
  return /^([^.]+)\.[0-9a-f]{16}$/.exec(name)?.[1];
}

/**
 * Returns true if the process that made a temporary file is dead, or cannot be seen from here and left the file unchanged.
 *
 * @param processName as {@link parseProcessName} returns it.
 * @param foreignLimitMs how long the file of a process that cannot be seen from here is kept after its last change.
 * @param getAgeMs returns the time since the last change; undefined if the file does not exist any more.
 */
export function isAbandoned(
  processName: string,
  foreignLimitMs: number,
  getAgeMs: () => number | undefined,
): boolean {
  const liveness = getLivenessByName(processName);
  if (liveness !== 'unknown') return liveness === 'dead';
  const age = getAgeMs();
  return age !== undefined && age > foreignLimitMs;
}

/**
 * Returns a new path for a file that is written first and then renamed or linked to its place, so that readers find it
 * complete. The temporary files of a store are in one folder, `v1/tmp`; others are in the folder of their place.
 *
 * @param file the place.
 * @throws the system's error if the folder cannot be made.
 */
export function createTemporaryPath(file: string): string {
  const version = findStoreVersionFolder(file);
  if (version === undefined) return createTemporaryPathBeside(file);
  makeFolders(join(version, 'tmp'));
  return join(version, 'tmp', createTemporaryName());
}

/** Returns a new path in the folder of `file`, which is outside a store: `FILE.PROCESS.RANDOM.tmp`. */
export function createTemporaryPathBeside(file: string): string {
  return `${file}.${createTemporaryName()}.tmp`;
}

/**
 * Writes a file under a temporary name and renames it, so that readers find the old content or the new one. Does not flush to the
 * disk: after a power failure the file may be damaged.
 *
 * @throws the system's error.
 */
export function writeFileAtomically(file: string, text: string): void {
  const temporary = createTemporaryPath(file);
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Deletes the temporary files of dead processes from a store.
 *
 * @param version the store's `v1` folder.
 * @param now returns the file system's time, in milliseconds since the epoch.
 */
export function removeAbandonedTemporaryFiles(version: string, now: () => number): void {
  const folder = join(version, 'tmp');
  for (const name of listNames(folder)) {
    const file = join(folder, name);
    // The folder is tfcache's own: a name without a process is deleted like that of an unknown one.
    const liveness = getLivenessByName(name.slice(0, name.indexOf('.'))) ?? 'unknown';
    if (liveness === 'alive') continue;
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined || stats.isDirectory()) continue;
    if (liveness === 'dead' || now() - stats.ctimeMs > FOREIGN_MS) rmSync(file, { force: true });
  }
}

/**
 * Returns the version folder of the store that contains a file; undefined if the file is in no store. A version folder holds
 * `objects/`: other folders are named `v1`, too.
 */
export function findStoreVersionFolder(file: string): string | undefined {
  for (let at = dirname(file); dirname(at) !== at; at = dirname(at)) {
    if (/^v\d+$/.test(basename(at)) && existsSync(join(at, 'objects'))) return at;
  }
  return undefined;
}
