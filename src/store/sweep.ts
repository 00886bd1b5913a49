import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeAbandonedFolders } from '../temporary-folder.ts';
import { sweepDrafts } from './drafts.ts';
import { sweepUselessFlights } from './flights.ts';
import { namesIn } from './names-in.ts';
import { fileSystemNow } from './owned-file.ts';
import { tryOwnership } from './ownership.ts';
import { isSlug } from './staging.ts';

/** Folders of one process each, directly in the version's folder, begin so. */
export const SCRATCH = 'scratch';

/**
 * Removes what killed jobs left in a store and nobody can go on from; some reads of small folders when there is nothing. What
 * was fetched in part stays, for whoever needs the same.
 *
 * @param version the store's `v1` folder.
 */
export function sweepKilled(version: string): void {
  sweepDrafts(version, () => fileSystemNow(version));
  sweepUselessFlights(version);
  for (const slug of namesIn(join(version, 'staging'))) {
    if (isSlug(slug) && !isOfFlight(version, slug)) removeStaging(version, slug, () => true);
  }
  removeAbandonedFolders(dirname(version), 'lock');
  removeAbandonedFolders(version, SCRATCH);
}

/** Whether a folder of staging may be a flight's: those are removed in their own turns. */
export function isOfFlight(version: string, slug: string): boolean {
  const [, name] = /^(.+)-\d+$/.exec(slug) ?? [];
  return name !== undefined && existsSync(join(version, 'flights', name));
}

/** Removes a folder of staging that nobody owns, when that is wanted once it is ours. */
export function removeStaging(version: string, slug: string, wanted: () => boolean): void {
  const turn = tryOwnership(join(version, 'owners', slug));
  if (turn === undefined) return;
  try {
    if (wanted()) rmSync(join(version, 'staging', slug), { recursive: true, force: true });
  } finally {
    turn.release();
  }
}
