import { rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { listNames } from '../platform/files/list-names.ts';
import { getLivenessByName } from '../platform/process/process-identity.ts';
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
    const [, owner] = /^([^.]+)\.[0-9a-f]{16}\.tmp$/.exec(name.slice(prefix.length)) ?? [];
    if (owner !== undefined) removeAbandoned(join(folder, name), owner);
  }
  removeStaleLockfileLock(lockFile);
}

function removeAbandoned(draft: string, owner: string): void {
  const liveness = getLivenessByName(owner);
  if (liveness === 'unknown') {
    const written = statSync(draft, { throwIfNoEntry: false })?.ctimeMs;
    if (written === undefined || Date.now() - written < FOREIGN_MS) return;
  } else if (liveness !== 'dead') return;
  rmSync(draft, { force: true });
}
