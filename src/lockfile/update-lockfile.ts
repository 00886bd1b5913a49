import { dirname } from 'node:path';
import { TfcacheError } from '../platform/error.ts';
import { fileError } from '../platform/files/file-error.ts';
import { makeFolders } from '../platform/files/make-folders.ts';
import { resolveLink } from '../platform/files/replace-file.ts';
import { compareArtifact, compareLock } from './compare.ts';
import {
  EMPTY_LOCK,
  findArtifact,
  type LockedArtifact,
  readLock,
  withArtifact,
  writeLock,
} from './lockfile.ts';
import { takeTurn } from './turn.ts';

/**
 * Adds entries to a lock as it is now, not as it was when this run began: several runs may share one, and what others
 * added meanwhile stays. Its folder is made when it is not there.
 *
 * @returns what this changed, as {@link compareLock} describes it.
 * @throws TfcacheError `integrity` when another run meanwhile locked one of these with other bytes; `usage` when the lock
 *   cannot be understood any more; `failed` or `no-space` when it cannot be written.
 */
export async function addToLock(
  file: string,
  added: readonly LockedArtifact[],
  signal: AbortSignal,
): Promise<string[]> {
  let changes: string[] = [];
  await changeLock(file, signal, () => {
    const before = readLock(file) ?? EMPTY_LOCK;
    let next = before;
    for (const artifact of added) {
      const other = findArtifact(next, artifact.id);
      if (other === undefined) next = withArtifact(next, artifact);
      else refuseOther(file, other, artifact);
    }
    changes = compareLock(before, next);
    return next;
  });
  return changes;
}

/**
 * Writes a lock while no other run does.
 *
 * @param change gives what is to be written; called anew when this run was taken for dead meanwhile.
 */
export async function changeLock(
  file: string,
  signal: AbortSignal,
  change: () => Parameters<typeof writeLock>[1],
): Promise<void> {
  const target = resolveLink(file);
  try {
    makeFolders(dirname(target));
  } catch (error) {
    throw fileError('make the folder of the lock file', dirname(target), error);
  }
  for (;;) {
    const turn = await takeTurn(target, signal);
    try {
      const next = change();
      if (!turn.held()) continue;
      writeLock(file, next);
      return;
    } finally {
      turn.release();
    }
  }
}

function refuseOther(file: string, theirs: LockedArtifact, ours: LockedArtifact): void {
  const differences = compareArtifact(theirs, ours);
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
