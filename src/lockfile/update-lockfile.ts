import { dirname } from 'node:path';
import { TfcacheError } from '../platform/error.ts';
import { fileError } from '../platform/files/file-error.ts';
import { makeFolders } from '../platform/files/make-folders.ts';
import { resolveSymlink } from '../platform/files/replace-file.ts';
import { compareLockedArtifacts, compareLockfiles } from './compare.ts';
import {
  EMPTY_LOCKFILE,
  findLockedArtifact,
  type LockedArtifact,
  readLockfile,
  upsertLockedArtifact,
  writeLockfile,
} from './lockfile.ts';
import { acquireLockfileLock } from './lockfile-lock.ts';

/**
 * Adds entries to a lock as it is now, not as it was when this run began: several runs may share one, and what others
 * added meanwhile stays. Its folder is made when it is not there.
 *
 * @returns what this changed, as {@link compareLockfiles} describes it.
 * @throws TfcacheError `integrity` when another run meanwhile locked one of these with other bytes; `usage` when the lock
 *   cannot be understood any more; `failed` or `no-space` when it cannot be written.
 */
export async function addToLockfile(
  file: string,
  added: readonly LockedArtifact[],
  signal: AbortSignal,
): Promise<string[]> {
  let changes: string[] = [];
  await updateLockfile(file, signal, () => {
    const before = readLockfile(file) ?? EMPTY_LOCKFILE;
    let next = before;
    for (const artifact of added) {
      const other = findLockedArtifact(next, artifact.id);
      if (other === undefined) next = upsertLockedArtifact(next, artifact);
      else refuseOther(file, other, artifact);
    }
    changes = compareLockfiles(before, next);
    return next;
  });
  return changes;
}

/**
 * Writes a lock while no other run does.
 *
 * @param change gives what is to be written; called anew when this run was taken for dead meanwhile.
 */
export async function updateLockfile(
  file: string,
  signal: AbortSignal,
  change: () => Parameters<typeof writeLockfile>[1],
): Promise<void> {
  const target = resolveSymlink(file);
  try {
    makeFolders(dirname(target));
  } catch (error) {
    throw fileError('make the folder of the lock file', dirname(target), error);
  }
  for (;;) {
    const lock = await acquireLockfileLock(target, signal);
    try {
      const next = change();
      if (!lock.isHeld()) continue;
      writeLockfile(file, next);
      return;
    } finally {
      lock.release();
    }
  }
}

function refuseOther(file: string, theirs: LockedArtifact, ours: LockedArtifact): void {
  const differences = compareLockedArtifacts(theirs, ours);
  if (differences.length === 0) return;
  const shown = differences.slice(0, 5).join('\n            ');
  const more = differences.length - 5;
  throw new TfcacheError(
    'integrity',
    `Another run locked ${ours.id} meanwhile, and not with the bytes that this run found.`,
    {
      where: file,
      expected: 'what the other run locked, which stays in the lock',
      found: more > 0 ? `${shown}\n            and ${more} more` : shown,
      hint: 'The mirror changed between the two runs, or they used different mirrors. Run again: this run is then held to the lock. If that fails, find out which of the two is right.',
    },
  );
}
