import { rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { listNames } from '../platform/files/list-names.ts';
import { isAbandoned, parseProcessName } from '../platform/files/temporary-file.ts';
import { removeStaleLockfileLock } from './lockfile-lock.ts';

/** A temporary file exists for milliseconds. One of a process that cannot be seen from here is deleted after this time. */
const FOREIGN_MS = 3_600_000;

/**
 * Removes what killed runs left next to the lockfile, in the user's repository.
 *
 * @param lockFile its real path.
 * @throws the system's error.
 */
export function removeStaleLockfileFiles(lockFile: string): void {
  const folder = dirname(lockFile);
  const prefix = `${basename(lockFile)}.`;
  for (const name of listNames(folder)) {
    if (!name.startsWith(prefix)) continue;
    const owner = name.endsWith('.tmp')
      ? parseProcessName(name.slice(prefix.length, -'.tmp'.length))
      : undefined;
    const file = join(folder, name);
    if (owner !== undefined && isAbandoned(owner, FOREIGN_MS, () => getAgeMs(file))) {
      rmSync(file, { force: true });
    }
  }
  removeStaleLockfileLock(lockFile);
}

function getAgeMs(file: string): number | undefined {
  const changed = statSync(file, { throwIfNoEntry: false })?.ctimeMs;
  return changed === undefined ? undefined : Date.now() - changed;
}
