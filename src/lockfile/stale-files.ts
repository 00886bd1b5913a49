import { rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { listNames } from '../platform/files/list-names.ts';
import { isAbandoned, parseTemporaryName } from '../platform/files/temporary-file.ts';
import { removeStaleLockfileLock } from './lockfile-lock.ts';

/** One of a process that cannot be seen from here is left after so long: a draft is there for milliseconds. */
const FOREIGN_MS = 3_600_000;

/**
 * Removes what killed runs left beside a lock: it stands in the user's repository.
 *
 * @param lockFile where the lock really is.
 * @throws the system's error.
 */
export function removeStaleLockfileFiles(lockFile: string): void {
  const folder = dirname(lockFile);
  const prefix = `${basename(lockFile)}.`;
  for (const name of listNames(folder)) {
    if (!name.startsWith(prefix)) continue;
    const owner = name.endsWith('.tmp')
      ? parseTemporaryName(name.slice(prefix.length, -'.tmp'.length))
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
