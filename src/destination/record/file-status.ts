import { type BigIntStats, lstatSync } from 'node:fs';
import { errorCode } from '../../platform/files/file-error.ts';
import { HASH_BUFFER_BYTES, hashFileSync } from '../../platform/hashing/hash-file.ts';
import { isSameTime } from '../../store/objects/object-name.ts';
import type { RecordEntry } from '../destination-file.ts';

/** What stands at a place of a destination, compared with what is known of it. */
export type FileStatus =
  | { kind: 'nothing' }
  /** As tfcache put it there, or as the user did with the same bytes. */
  | { kind: 'known'; entry: RecordEntry; stats: BigIntStats }
  /** tfcache put a file there, and it has other bytes now. */
  | { kind: 'changed'; stats: BigIntStats }
  /** Nobody told tfcache of it. */
  | { kind: 'foreign'; stats: BigIntStats }
  | { kind: 'folder' }
  /** A symbolic link, a device, a socket. */
  | { kind: 'other'; what: string };

/**
 * Costs one stat when the file is as recorded. One that has other times or another inode, but the size it should have, is
 * read: it was touched, copied or moved with its folder, or its run was killed, and its bytes decide.
 *
 * @param entries what may stand there; the wanted one among them need not be recorded yet.
 */
export function getFileStatus(
  file: string,
  recorded: readonly RecordEntry[],
  wanted?: RecordEntry,
): FileStatus {
  const stats = statIfExists(file);
  if (stats === undefined) return { kind: 'nothing' };
  if (stats.isDirectory()) return { kind: 'folder' };
  if (!stats.isFile()) {
    return { kind: 'other', what: stats.isSymbolicLink() ? 'a symbolic link' : 'a special file' };
  }
  const exact = recorded.find((entry) => isAsRecorded(entry, stats));
  if (exact !== undefined) return { kind: 'known', entry: exact, stats };
  const candidates = wanted === undefined ? recorded : [...recorded, wanted];
  const possible = candidates.filter((entry) => BigInt(entry.size) === stats.size);
  if (possible.length > 0) {
    const sha256 = hashOf(file);
    const same = possible.find((entry) => entry.sha256 === sha256);
    if (same !== undefined) {
      return {
        kind: 'known',
        stats,
        entry: recorded.length === 0 ? { ...same, adopted: true } : same,
      };
    }
  }
  return { kind: recorded.length === 0 ? 'foreign' : 'changed', stats };
}

/** One cheap stat; true only when the file is surely the one that was recorded. Otherwise {@link getFileStatus} tells what it is. */
export function isSurelyAsRecorded(file: string, entry: RecordEntry): boolean {
  const { mtimeNs, ino, size } = entry;
  if (mtimeNs === undefined || ino === undefined) return false;
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    return (
      stats?.isFile() === true &&
      stats.size === size &&
      stats.ino < Number.MAX_SAFE_INTEGER &&
      Number(ino) === stats.ino &&
      isSameTime(stats.mtimeMs, mtimeNs)
    );
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

/** Undefined also when something that is no folder stands in front. */
export function statIfExists(file: string): BigIntStats | undefined {
  try {
    return lstatSync(file, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

export function isAsRecorded(entry: RecordEntry, stats: BigIntStats): boolean {
  return (
    BigInt(entry.size) === stats.size &&
    entry.mtimeNs === String(stats.mtimeNs) &&
    entry.ino === String(stats.ino)
  );
}

/** What the file system says of it now. */
export function withCurrentStats(entry: RecordEntry, stats: BigIntStats): RecordEntry {
  return { ...entry, mtimeNs: String(stats.mtimeNs), ino: String(stats.ino) };
}

/** Undefined for a file that cannot be read: then its bytes vouch for nothing. */
function hashOf(file: string): string | undefined {
  try {
    return hashFileSync(file, new Uint8Array(HASH_BUFFER_BYTES)).sha256;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
