import { join } from 'node:path';
import type { WantedFile } from '../../bucket/file.ts';
import { listClaimFolders } from '../../store/claims/claims.ts';
import { STORE_VERSION } from '../../store/open-store.ts';
import { listStagingFolders, measureStagedFiles } from '../fetch/staging-folder.ts';
import { formatClaimGroup } from '../fetch/sync.ts';

/**
 * Counts the bytes of files that are in staging, complete or in part. A cancelled or killed run, a run whose disk was full, or a
 * concurrent run left them, and they need no more space.
 *
 * @param store the folder of the store, which need not exist
 */
export function countStagedBytes(store: string, files: readonly WantedFile[]): number {
  let bytes = 0;
  for (const bucket of new Set(files.map((file) => file.bucket))) {
    const wanted = files.filter((file) => file.bucket === bucket);
    const measures = listClaimFolders(join(store, STORE_VERSION), formatClaimGroup(bucket))
      .flatMap(listStagingFolders)
      .map(measureStagedFiles);
    for (const file of wanted) {
      // Two runs may have left the same file. The run resumes one of the two.
      const stagedBytes = measures.reduce((max, measure) => Math.max(max, measure(file.path)), 0);
      bytes += Math.min(file.size, stagedBytes);
    }
  }
  return bytes;
}
