import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { TfcacheError } from '../error.ts';
import { errorCode } from './file-error.ts';

/** Without O_NONBLOCK, opening a named pipe blocks until a process writes to it. Windows has no such flag. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

export interface RegularFileLimits {
  /** Names the file in messages: `lockfile`. */
  what: string;
  /** The largest size that is read. */
  maxBytes: number;
  /** Default: followed. */
  links?: 'followed' | 'refused';
}

/**
 * Reads a whole file that others may have created, for example a link in a checkout. Rejects devices and named pipes before opening
 * them, and files that are too large.
 *
 * @returns undefined if the file does not exist.
 * @throws TfcacheError `file-unusable` if it is not a regular file or is too large; else the system's error.
 */
export function readRegularFile(file: string, limits: RegularFileLimits): Buffer | undefined {
  const { what, maxBytes, links = 'followed' } = limits;
  let descriptor: number | undefined;
  try {
    requireRegular(links === 'refused' ? lstatSync(file) : statSync(file), file, what);
    const noFollow = links === 'refused' ? (constants.O_NOFOLLOW ?? 0) : 0;
    descriptor = openSync(file, OPEN_FLAGS | noFollow);
    const stats = fstatSync(descriptor);
    requireRegular(stats, file, what);
    if (stats.size > maxBytes) throw createTooLargeError(file, limits, `${stats.size} bytes`);
    return readUpTo(descriptor, stats.size, maxBytes, () =>
      createTooLargeError(file, limits, `more than ${maxBytes} bytes`),
    );
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Rejects the kinds of file that {@link readRegularFile} rejects. Accepts a missing file. @throws TfcacheError `file-unusable` */
export function requireRegularFile(file: string, what: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats !== undefined) requireRegular(stats, file, what);
}

/** Reads to the end, whatever the expected size: a file below /proc reports 0, and a file may grow. */
function readUpTo(
  descriptor: number,
  expectedSize: number,
  maxBytes: number,
  createError: () => TfcacheError,
): Buffer {
  let buffer = Buffer.allocUnsafe(expectedSize + 1);
  let size = 0;
  for (;;) {
    const read = readSync(descriptor, buffer, size, buffer.length - size, null);
    if (read === 0) return buffer.subarray(0, size);
    size += read;
    if (size > maxBytes) throw createError();
    if (size === buffer.length) {
      buffer = Buffer.concat([buffer], Math.min(2 * size + 4096, maxBytes + 1));
    }
  }
}

function requireRegular(stats: Stats, file: string, what: string): void {
  if (stats.isFile()) return;
  throw new TfcacheError('file-unusable', `The ${what} is not a regular file.`, {
    where: file,
    expected: stats.isSymbolicLink() ? 'a regular file' : 'a regular file, or a link to one',
    found: describeKind(stats),
    hint: 'Set the path of the file itself. If it is part of the repository, ask who added it, and remove it there.',
  });
}

function describeKind(stats: Stats): string {
  if (stats.isSymbolicLink()) return 'a symbolic link';
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'a device' : 'a special file';
}

function createTooLargeError(
  file: string,
  { what, maxBytes }: RegularFileLimits,
  found: string,
): TfcacheError {
  return new TfcacheError('file-unusable', `The ${what} is too large.`, {
    where: file,
    expected: `at most ${maxBytes} bytes`,
    found,
    hint: 'Check whether this is the right file, and restore it from your version control.',
  });
}
