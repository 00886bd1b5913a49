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
  upsertLockedArtifact,
} from './lockfile.ts';
import { acquireLockfileLock } from './lockfile-lock.ts';
import { readLockfile, writeLockfile } from './read-write.ts';

/**
 * Adds entries to the current content of the lockfile, and keeps the entries that other runs added since this run began. Makes the folder of the lockfile if it does not exist.
 *
 * @returns the changes, as {@link compareLockfiles} describes them.
 * @throws TfcacheError `lockfile-mismatch` if another run locked one of the entries with other content;
 *   `lockfile-invalid` if the lockfile is not valid any more; a file error if it cannot be written.
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
      const existing = findLockedArtifact(next, artifact.id);
      if (existing === undefined) next = upsertLockedArtifact(next, artifact);
      else requireSameContent(file, existing, artifact);
    }
    changes = compareLockfiles(before, next);
    return next;
  });
  return changes;
}

/**
 * Writes the lockfile while this process holds its lock.
 *
 * @param change returns the new content. Called again if another process took over the lock.
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
    throw fileError('make the folder of the lockfile', dirname(target), error);
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

function requireSameContent(file: string, existing: LockedArtifact, added: LockedArtifact): void {
  const differences = compareLockedArtifacts(existing, added);
  if (differences.length === 0) return;
  const shown = differences.slice(0, 5).join('\n            ');
  const more = differences.length - 5;
  throw new TfcacheError(
    'lockfile-mismatch',
    `Another run locked ${added.id} with other content than this run found.`,
    {
      where: file,
      expected: 'the entry of the other run, which stays in the lockfile',
      found: more > 0 ? `${shown}\n            and ${more} more` : shown,
      hint: 'Run again: that run verifies against the lockfile. If it fails, find out which of the two contents is right: the mirror changed between the two runs, or they used different mirrors.',
    },
  );
}
