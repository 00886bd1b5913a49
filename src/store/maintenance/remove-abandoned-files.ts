import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listNames } from '../../platform/files/list-names.ts';
import { removeAbandonedTemporaryFiles } from '../../platform/files/temporary-file.ts';
import { removeAbandonedFolders } from '../../platform/files/temporary-folder.ts';
import { readFileSystemTime } from '../../platform/lock/owned-file.ts';
import { tryAcquireLock } from '../../platform/lock/process-lock.ts';
import { removeUselessClaims } from '../claims/claims.ts';
import { isSlug } from '../claims/staging.ts';

/** Folders of one process each, directly in the version's folder, begin so. */
export const SCRATCH_PREFIX = 'scratch';

/**
 * Removes what killed jobs left in a store and nobody can go on from; some reads of small folders when there is nothing. What
 * was fetched in part stays, for whoever needs the same.
 *
 * @param version the store's `v1` folder.
 */
export function removeAbandonedFiles(version: string): void {
  removeAbandonedTemporaryFiles(version, () => readFileSystemTime(version));
  removeUselessClaims(version);
  for (const slug of listNames(join(version, 'staging'))) {
    if (isSlug(slug) && !isClaimFolder(version, slug)) removeStaging(version, slug, () => true);
  }
  removeAbandonedFolders(dirname(version), 'lock');
  removeAbandonedFolders(version, SCRATCH_PREFIX);
}

/** Whether a folder of staging may be a flight's: those are removed in their own turns. */
export function isClaimFolder(version: string, slug: string): boolean {
  const [, name] = /^(.+)-\d+$/.exec(slug) ?? [];
  return name !== undefined && existsSync(join(version, 'claims', name));
}

/** Removes a folder of staging that nobody owns, when that is wanted once it is ours. */
export function removeStaging(version: string, slug: string, wanted: () => boolean): void {
  const turn = tryAcquireLock(join(version, 'locks', slug));
  if (turn === undefined) return;
  try {
    if (wanted()) rmSync(join(version, 'staging', slug), { recursive: true, force: true });
  } finally {
    turn.release();
  }
}
