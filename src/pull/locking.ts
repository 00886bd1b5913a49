import { TfcacheError } from '../error.ts';
import { fileKey } from '../file.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { EMPTY_LOCK, type Lock, readLock, withArtifact, writeLock } from '../lock/lock.ts';
import type { Artifact } from '../request/request.ts';
import type { Fetched } from './fetched.ts';

/**
 * The lock of this run; undefined when none is kept or none is there yet.
 *
 * @throws TfcacheError `failed` when `frozen` and there is none to obey; whatever {@link readLock} throws.
 */
export function loadLock(inputs: Inputs): Lock | undefined {
  const lock = inputs.lockFile === undefined ? undefined : readLock(inputs.lockFile);
  if (lock === undefined && inputs.frozen) {
    throw new TfcacheError('failed', 'frozen is set, and there is no lock to obey.', {
      where: inputs.lockFile ?? 'input lock-file (empty)',
      hint: 'Name a lock file, run once without frozen so that it is written, and commit it.',
    });
  }
  return lock;
}

/** Adds what was not locked yet. Entries of other requests stay: several workflows may share one lock. */
export function updateLock(
  inputs: Inputs,
  lock: Lock | undefined,
  artifacts: readonly Artifact[],
  fetched: readonly Fetched[],
): void {
  if (inputs.lockFile === undefined || inputs.frozen) return;
  const verified = new Map(fetched.map((file) => [fileKey(file.verified), file.verified]));
  let next = lock ?? EMPTY_LOCK;
  for (const { id, request, title, version, files } of artifacts) {
    if (next.artifacts.some((locked) => locked.id === id)) continue;
    next = withArtifact(next, {
      id,
      request: request.text,
      title,
      version,
      files: files.flatMap((file) => {
        const known = verified.get(fileKey(file));
        return known === undefined ? [] : [{ ...known, mtime: known.mtime || undefined }];
      }),
    });
  }
  writeLock(inputs.lockFile, next);
}
