import type { BigIntStats } from 'node:fs';
import { TfcacheError } from '../../platform/error.ts';
import { parseObjectName } from './object-name.ts';

/** An object that is not what was verified any more, and was taken out of the store. */
export interface ChangedObject {
  sha256: string;
  /** Where it stood. */
  object: string;
  /** Where it is now, for whoever wants to look. */
  quarantined: string;
  /** In words, what differs. */
  change: string;
  /** True if the file system tells of no write: the disk or the memory is at fault, not a job. */
  isDamage: boolean;
  /** Inode number, decimal: a hard link of it elsewhere has the same, and was changed with it. */
  ino: string;
}

/** What differs from what was recorded, in words. */
export function describeObjectChange(name: string, stats: BigIntStats): string {
  const recorded = parseObjectName(name);
  if (recorded === undefined || !stats.isFile()) return 'it is not a regular file any more';
  if (stats.size !== BigInt(recorded.size)) {
    return `it had ${recorded.size} bytes when it was verified, now ${stats.size}`;
  }
  if (String(stats.ino) !== recorded.ino) return 'it was replaced by another file of that size';
  return `it was written to on ${new Date(Number(stats.mtimeNs / 1_000_000n)).toISOString()}`;
}

/**
 * What to tell about an object that was changed.
 *
 * @param shared paths that are known to be hard links of it.
 */
export function describeChangedObject(
  changed: ChangedObject,
  shared: readonly string[] = [],
): string {
  if (changed.isDamage) {
    return `An object of the store is damaged: ${changed.change}. It is fetched again; the damaged one is kept as ${changed.quarantined}. Check the disk, and run tfcache store verify, which reads all objects.`;
  }
  const link =
    shared.length > 0
      ? `A job wrote into ${shared.join(', ')}, which is hard-linked to the store`
      : `Most likely a job wrote into a file that is hard-linked to the store (find WORKSPACES -inum ${changed.ino})`;
  return `An object of the store was changed: ${changed.change}. It is fetched again; the changed one is kept as ${changed.quarantined}. ${link}: set link to reflink or copy for that job.`;
}

/**
 * That what is taken in is what was hashed: the same file, as long as it was then.
 *
 * @throws TfcacheError `integrity`.
 */
export function requireSameFile(
  file: string,
  stats: BigIntStats,
  digest: { size: number; ino?: string },
): void {
  const sameFile = digest.ino === undefined || digest.ino === String(stats.ino);
  if (stats.isFile() && stats.size === BigInt(digest.size) && sameFile) return;
  throw new TfcacheError('file-changed', 'A file changed after it was verified.', {
    where: file,
    expected: `a file of ${digest.size} bytes${digest.ino === undefined ? '' : `, inode ${digest.ino}`}`,
    found: stats.isFile() ? `${stats.size} bytes, inode ${stats.ino}` : 'not a regular file',
    hint: 'Something else writes into the staging folder of the store. Run again; if it happens again, find out what that is.',
  });
}
