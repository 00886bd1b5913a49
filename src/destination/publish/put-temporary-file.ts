import { linkSync, renameSync, unlinkSync } from 'node:fs';
import { fileChangedError } from '../check/destination-errors.ts';
import type { RecordEntry } from '../destination-file.ts';
import { isLinkMethodUnsupported } from '../link/link-method.ts';
import { getFileStatus } from '../record/file-status.ts';
import { moveWithoutOverwriting } from './move-without-overwriting.ts';

/**
 * Gives a draft that is complete its name in the destination. Others may have written there since it was looked at, since
 * copying takes its time: so it is looked at once more.
 *
 * @param replaced the file of ours that may stand there.
 * @throws TfcacheError `failed` when there is another in its place; the system's error, `EEXIST` for a file where there was none.
 */
export function putTemporaryFile(
  draft: string,
  target: string,
  replaced: RecordEntry | undefined,
): void {
  const standing = replaced === undefined ? undefined : getFileStatus(target, [replaced]);
  if (standing === undefined || standing.kind === 'nothing') putFresh(draft, target);
  else if (standing.kind === 'known') renameSync(draft, target);
  else throw fileChangedError(target, standing);
}

/** link(2) refuses where something stands, and leaves nothing half done; some file systems have no hard links. */
function putFresh(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (error) {
    if (!isLinkMethodUnsupported(error)) throw error;
    moveWithoutOverwriting(draft, target);
    return;
  }
  unlinkSync(draft);
}
