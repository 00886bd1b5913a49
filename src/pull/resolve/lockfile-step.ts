import { basename, dirname } from 'node:path';
import type { VerifiedFile } from '../../bucket/file.ts';
import { FileMap } from '../../bucket/file-map.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { findLockedArtifact, type Lockfile } from '../../lockfile/lockfile.ts';
import { readLockfile } from '../../lockfile/read-write.ts';
import { TfcacheError } from '../../platform/error.ts';
import { errorCode } from '../../platform/files/file-error.ts';
import { listNames } from '../../platform/files/list-names.ts';
import type { Artifact } from '../../request/request.ts';
import type { FetchedFile } from '../fetch/fetched.ts';
import { limitHeapGrowth } from '../limit-heap-growth.ts';

/**
 * Reads the lockfile of the run; undefined if none is configured or it does not exist yet.
 *
 * @throws TfcacheError `lockfile-outdated` if `frozen` is set and there is no lockfile; errors of {@link readLockfile}
 */
export function loadLockfile(inputs: Inputs): Lockfile | undefined {
  const lock = inputs.lockFile === undefined ? undefined : readLockfile(inputs.lockFile);
  limitHeapGrowth(lock?.artifacts.reduce((sum, { files }) => sum + files.length, 0) ?? 0);
  if (lock === undefined && inputs.frozen) {
    throw new TfcacheError('lockfile-outdated', 'frozen is set, and there is no lockfile.', {
      where: inputs.lockFile ?? 'input lock-file (empty)',
      hint: 'Set lock-file, run this job once without frozen to create the file, and commit it.',
    });
  }
  return lock;
}

/** Returns the artifacts that the lockfile lacks. */
export function listUnlocked(
  lock: Lockfile | undefined,
  artifacts: readonly Artifact[],
): readonly Artifact[] {
  return artifacts.filter(
    ({ id }) => lock === undefined || findLockedArtifact(lock, id) === undefined,
  );
}

/**
 * Checks that the lockfile can be written if the run will write it, before anything is fetched.
 *
 * @param unlocked the artifacts of {@link listUnlocked}
 * @throws TfcacheError `failed` or `no-space` if it cannot be written
 */
export async function requireWritableIfNeeded(
  inputs: Inputs,
  unlocked: readonly Artifact[],
): Promise<void> {
  if (inputs.lockFile === undefined || inputs.frozen || inputs.lookupOnly) return;
  if (unlocked.length === 0) return;
  // Loaded on demand, because most runs find everything locked.
  const { requireWritableLockfile } = await import('../../lockfile/require-writable.ts');
  requireWritableLockfile(inputs.lockFile);
}

/**
 * Adds artifacts to the lockfile. Entries of other requests stay, because several workflows and concurrent runs may share one
 * lockfile. The file is not written if there is nothing to add.
 *
 * @param unlocked the artifacts of {@link listUnlocked}
 * @returns the changes of the file, one line each; see `compareLockfiles`
 * @throws TfcacheError `integrity` if another run has locked the same request with other bytes; errors of writing
 */
export async function lockNewArtifacts(
  inputs: Inputs,
  unlocked: readonly Artifact[],
  fetched: readonly FetchedFile[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (inputs.lockFile === undefined || inputs.frozen) return [];
  if (unlocked.length === 0) {
    await deleteStaleFiles(inputs.lockFile);
    return [];
  }
  const verified = new FileMap<VerifiedFile>();
  for (const file of fetched) verified.set(file.verified, file.verified);
  const added = unlocked.map(({ id, request, title, version, files }) => ({
    id,
    request: request.text,
    title,
    version,
    files: files.flatMap((file) => {
      const known = verified.get(file);
      return known === undefined ? [] : [{ ...known, mtime: known.mtime }];
    }),
  }));
  const { addToLockfile } = await import('../../lockfile/update-lockfile.ts');
  const changes = await addToLockfile(inputs.lockFile, added, signal);
  await deleteStaleFiles(inputs.lockFile);
  return changes;
}

/** Lists the folder first, because usually there is nothing to delete and the module need not be loaded. */
async function deleteStaleFiles(lockFile: string): Promise<void> {
  const folder = dirname(lockFile);
  const prefix = `${basename(lockFile)}.`;
  try {
    if (!listNames(folder).some((name) => name.startsWith(prefix))) return;
    const [{ removeStaleLockfileFiles }, { resolveSymlink }] = await Promise.all([
      import('../../lockfile/stale-files.ts'),
      import('../../platform/files/replace-file.ts'),
    ]);
    removeStaleLockfileFiles(resolveSymlink(lockFile));
  } catch (error) {
    // Files that another run left do not fail this one. The next run with write access deletes them.
    if (errorCode(error) === undefined && !(error instanceof TfcacheError)) throw error;
  }
}
