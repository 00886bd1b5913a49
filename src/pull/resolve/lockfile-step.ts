import { basename, dirname } from 'node:path';
import type { VerifiedFile } from '../../bucket/file.ts';
import { FileMap } from '../../bucket/file-map.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { findLockedArtifact, type Lockfile, readLockfile } from '../../lockfile/lockfile.ts';
import { TfcacheError } from '../../platform/error.ts';
import { errorCode } from '../../platform/files/file-error.ts';
import { listNames } from '../../platform/files/list-names.ts';
import type { Artifact } from '../../request/request.ts';
import type { FetchedFile } from '../fetch/fetched.ts';
import { limitHeapGrowth } from '../limit-heap-growth.ts';

/**
 * The lock of this run; undefined when none is kept or none is there yet.
 *
 * @throws TfcacheError `failed` when `frozen` and there is none to obey; whatever {@link readLockfile} throws.
 */
export function loadLockfile(inputs: Inputs): Lockfile | undefined {
  const lock = inputs.lockFile === undefined ? undefined : readLockfile(inputs.lockFile);
  limitHeapGrowth(lock?.artifacts.reduce((sum, { files }) => sum + files.length, 0) ?? 0);
  if (lock === undefined && inputs.frozen) {
    throw new TfcacheError('failed', 'frozen is set, and there is no lock to obey.', {
      where: inputs.lockFile ?? 'input lock-file (empty)',
      hint: 'Name a lock file, run once without frozen so that it is written, and commit it.',
    });
  }
  return lock;
}

/** Those of the artifacts that the lock lacks. */
export function listUnlocked(
  lock: Lockfile | undefined,
  artifacts: readonly Artifact[],
): readonly Artifact[] {
  return artifacts.filter(
    ({ id }) => lock === undefined || findLockedArtifact(lock, id) === undefined,
  );
}

/**
 * That the lock can be written, when this run will have to: asked before anything is fetched.
 *
 * @param fresh what is {@link listUnlocked}.
 * @throws TfcacheError `failed` or `no-space` when it cannot.
 */
export async function requireWritableIfNeeded(
  inputs: Inputs,
  fresh: readonly Artifact[],
): Promise<void> {
  if (inputs.lockFile === undefined || inputs.frozen || inputs.lookupOnly) return;
  if (fresh.length === 0) return;
  // Loaded when it is needed: most runs find everything locked.
  const { requireWritableLockfile } = await import('../../lockfile/require-writable.ts');
  requireWritableLockfile(inputs.lockFile);
}

/**
 * Adds what was not locked yet. Entries of other requests stay: several workflows, and several runs at once, may share one
 * lock. A lock that needs no entry is not touched.
 *
 * @param fresh what is {@link listUnlocked}.
 * @returns the changes of the file, one line each; see `compareLockfiles`.
 * @throws TfcacheError `integrity` when another run meanwhile locked the same request with other bytes; whatever
 *   writing throws.
 */
export async function lockNewArtifacts(
  inputs: Inputs,
  fresh: readonly Artifact[],
  fetched: readonly FetchedFile[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (inputs.lockFile === undefined || inputs.frozen) return [];
  if (fresh.length === 0) {
    await deleteLeftovers(inputs.lockFile);
    return [];
  }
  const verified = new FileMap<VerifiedFile>();
  for (const file of fetched) verified.set(file.verified, file.verified);
  const added = fresh.map(({ id, request, title, version, files }) => ({
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
  await deleteLeftovers(inputs.lockFile);
  return changes;
}

/** One look is all that a run pays beside whose lock nothing was left. */
async function deleteLeftovers(lockFile: string): Promise<void> {
  const folder = dirname(lockFile);
  const begins = `${basename(lockFile)}.`;
  try {
    if (!listNames(folder).some((name) => name.startsWith(begins))) return;
    const [{ removeStaleLockfileFiles }, { resolveSymlink }] = await Promise.all([
      import('../../lockfile/stale-files.ts'),
      import('../../platform/files/replace-file.ts'),
    ]);
    removeStaleLockfileFiles(resolveSymlink(lockFile));
  } catch (error) {
    // No run fails for what another left: the next one that may write there removes it.
    if (errorCode(error) === undefined && !(error instanceof TfcacheError)) throw error;
  }
}
