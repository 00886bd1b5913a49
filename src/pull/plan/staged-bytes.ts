import { join } from 'node:path';
import type { WantedFile } from '../../bucket/file.ts';
import { listClaimFolders } from '../../store/claims/claims.ts';
import { STORE_VERSION } from '../../store/open-store.ts';
import { listStagingFolders, measureStagedFiles } from '../fetch/staging-folder.ts';
import { formatClaimGroup } from '../fetch/sync.ts';

/**
 * Bytes of these files that are in staging already, complete or in part: what a run that was cancelled or killed, or whose disk
 * was full, left for the next, and what a run that is at work now has so far. They need no more room.
 *
 * @param store the store's folder; nothing need be there yet.
 */
export function countStagedBytes(store: string, files: readonly WantedFile[]): number {
  let bytes = 0;
  for (const bucket of new Set(files.map((file) => file.bucket))) {
    const wanted = files.filter((file) => file.bucket === bucket);
    const looks = listClaimFolders(join(store, STORE_VERSION), formatClaimGroup(bucket))
      .flatMap(listStagingFolders)
      .map(measureStagedFiles);
    for (const file of wanted) {
      // Two flights may have left the same file; one of the two is gone on from.
      const most = looks.reduce((best, look) => Math.max(best, look(file.path)), 0);
      bytes += Math.min(file.size, most);
    }
  }
  return bytes;
}
