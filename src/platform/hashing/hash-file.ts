import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { DigestAlgorithm, FurtherDigests } from '../../bucket/file.ts';
import { Hashes, hashBytes } from './hashes.ts';

/**
 * Bytes read at once. Buffers that stay in a core's own cache are hashed fastest: 64 to 256 KiB gave 1.3 GB/s where
 * 512 KiB and more gave 1.0.
 */
export const HASH_BUFFER_BYTES = 256 * 1024;

/** What reading a file once gives. */
export interface HashedFile extends FurtherDigests {
  size: number;
  sha256: string;
  /** Inode number, decimal: which file of that name it was. */
  ino: string;
}

/** A file that was written to while it was read: its digest would mean nothing. */
export class FileChangedError extends Error {
  readonly code = 'CHANGED';
}

/**
 * Reads a file once and hashes what was read. Symbolic links are followed.
 *
 * @param buffer where to read to; one buffer serves any number of files, one after the other.
 * @throws the system's error, or FileChangedError.
 */
export function hashFileSync(
  file: string,
  buffer: Uint8Array,
  algorithms: readonly DigestAlgorithm[] = [],
): HashedFile {
  const descriptor = openSync(file, 'r');
  try {
    const before = fstatSync(descriptor, { bigint: true });
    if (!before.isFile()) throw new Error('not a regular file');
    const read =
      before.size <= BigInt(buffer.length)
        ? hashSmall(descriptor, Number(before.size), buffer, algorithms)
        : hashLarge(descriptor, buffer, algorithms);
    const after = fstatSync(descriptor, { bigint: true });
    if (BigInt(read.size) !== after.size || before.mtimeNs !== after.mtimeNs) {
      throw new FileChangedError('it changed while it was read');
    }
    return { ...read, ino: String(after.ino) };
  } finally {
    closeSync(descriptor);
  }
}

/** The whole file in one call each: what an incremental hash costs beyond that counts when files are small and many. */
function hashSmall(
  descriptor: number,
  expected: number,
  buffer: Uint8Array,
  algorithms: readonly DigestAlgorithm[],
): Omit<HashedFile, 'ino'> {
  let size = 0;
  while (size < expected) {
    const count = readSync(descriptor, buffer, size, expected - size, null);
    if (count === 0) break;
    size += count;
  }
  const bytes = buffer.subarray(0, size);
  return { size, ...hashBytes(bytes, algorithms) };
}

function hashLarge(
  descriptor: number,
  buffer: Uint8Array,
  algorithms: readonly DigestAlgorithm[],
): Omit<HashedFile, 'ino'> {
  const hashes = new Hashes(algorithms);
  let size = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, 0, buffer.length, null);
    if (count === 0) break;
    size += count;
    hashes.update(count === buffer.length ? buffer : buffer.subarray(0, count));
  }
  return { size, ...hashes.digest() };
}
