import { lstatSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatProcessName, getLivenessByName } from '../process/process-identity.ts';
import { randomDigits } from '../short-hash.ts';
import { listNames } from './list-names.ts';
import { makeFolders } from './make-folders.ts';

/** A draft is there for milliseconds; one of a process that cannot be seen from here is left after so long. */
const FOREIGN_MS = 180_000;

/**
 * A path for what is written first and then renamed or linked to its place, so that whoever reads that finds it whole. All
 * drafts of a store are in one folder (`v1/tmp/`), and each tells in its name whose it is: what a killed process left
 * there the next one removes.
 *
 * @param file the place; outside of a store the draft stands beside it.
 * @throws the system's error when the folder cannot be made.
 */
export function createTemporaryPath(file: string): string {
  const version = findStoreVersionFolder(file);
  const name = `${formatProcessName()}.${randomDigits()}`;
  if (version === undefined) return join(dirname(file), `${name}.draft`);
  makeFolders(join(version, 'tmp'));
  return join(version, 'tmp', name);
}

/**
 * Removes the drafts of processes that are gone.
 *
 * @param version the store's `v1` folder.
 * @param now what time it is for the file system, milliseconds since the epoch.
 */
export function removeAbandonedTemporaryFiles(version: string, now: () => number): void {
  const folder = join(version, 'tmp');
  for (const name of listNames(folder)) {
    const draft = join(folder, name);
    const liveness = getLivenessByName(name.slice(0, name.indexOf('.')));
    if (liveness === 'alive') continue;
    const stats = lstatSync(draft, { throwIfNoEntry: false });
    if (stats === undefined || stats.isDirectory()) continue;
    const written = liveness === 'dead' ? 0 : stats.ctimeMs;
    if (now() - written > FOREIGN_MS) rmSync(draft, { force: true });
  }
}

/** The version folder of the store that a file stands in; undefined for one that is in no store. */
export function findStoreVersionFolder(file: string): string | undefined {
  for (let at = dirname(file); dirname(at) !== at; at = dirname(at)) {
    if (/^v\d+$/.test(basename(at))) return at;
  }
  return undefined;
}

/**
 * A path beside a lock for what is there for a moment. Its name tells whose it is, should that process be killed; see
 * `leftovers.ts`.
 */
export function createTemporaryPathBeside(lockFile: string): string {
  return `${lockFile}.${formatProcessName()}.${randomDigits()}.tmp`;
}
