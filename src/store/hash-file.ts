import { createHash, hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { DigestAlgorithm } from '../file.ts';

/**
 * Bytes read at once. Buffers that stay in a core's own cache are hashed fastest: 64 to 256 KiB gave 1.3 GB/s where
 * 512 KiB and more gave 1.0.
 */
export const HASH_BUFFER_SIZE = 256 * 1024;

/** What reading a file once gives. */
export interface HashedFile {
  size: number;
  sha256: string;
  md5?: string;
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
    const withMd5 = algorithms.includes('md5');
    const read =
      before.size <= BigInt(buffer.length)
        ? hashSmall(descriptor, Number(before.size), buffer, withMd5)
        : hashLarge(descriptor, buffer, withMd5);
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
  withMd5: boolean,
): Omit<HashedFile, 'ino'> {
  let size = 0;
  while (size < expected) {
    const count = readSync(descriptor, buffer, size, expected - size, null);
    if (count === 0) break;
    size += count;
  }
  const bytes = buffer.subarray(0, size);
  const sha256 = hash('sha256', bytes, 'hex');
  return withMd5 ? { size, sha256, md5: hash('md5', bytes, 'hex') } : { size, sha256 };
}

function hashLarge(
  descriptor: number,
  buffer: Uint8Array,
  withMd5: boolean,
): Omit<HashedFile, 'ino'> {
  const sha256 = createHash('sha256');
  const md5 = withMd5 ? createHash('md5') : undefined;
  let size = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, 0, buffer.length, null);
    if (count === 0) break;
    size += count;
    const bytes = count === buffer.length ? buffer : buffer.subarray(0, count);
    sha256.update(bytes);
    md5?.update(bytes);
  }
  const digest = { size, sha256: sha256.digest('hex') };
  return md5 === undefined ? digest : { ...digest, md5: md5.digest('hex') };
}
