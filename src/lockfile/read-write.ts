import { hash } from 'node:crypto';
import { TfcacheError } from '../platform/error.ts';
import { fileError } from '../platform/files/file-error.ts';
import { readRegularFile } from '../platform/files/read-regular-file.ts';
import { replaceFile } from '../platform/files/replace-file.ts';
import { formatLockfile, type Lockfile } from './lockfile.ts';
import { parseLockfile } from './parse.ts';
import { describeValueLine } from './parse-errors.ts';

/** Above the size of a lockfile of 250,000 files. It is parsed as a whole, and a checkout may hold any file. */
const MAX_LOCKFILE_BYTES = 64 * 1024 * 1024;

/**
 * Reads a lockfile. Returns undefined if it does not exist.
 *
 * @throws TfcacheError `lockfile-invalid` with the line; a file error if it cannot be read.
 */
export function readLockfile(file: string): Lockfile | undefined {
  const text = readText(file);
  return text === undefined ? undefined : parseLockfile(text, file);
}

/**
 * Writes a lockfile atomically. A file that would not change is not touched; CRLF stays CRLF.
 *
 * @returns whether it changed.
 * @throws TfcacheError if it cannot be written.
 */
export function writeLockfile(file: string, lockfile: Lockfile): boolean {
  const before = readText(file);
  const text = withLineEndsOf(before, formatLockfile(lockfile));
  if (before === text) return false;
  replaceFile(file, text, 'write the lockfile');
  return true;
}

/** Git may check the file out with CRLF (`core.autocrlf`), and an editor may have added a byte order mark. Both are kept. */
function withLineEndsOf(before: string | undefined, text: string): string {
  if (before === undefined) return text;
  const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  return mark + (/^[^\n]*\r\n/.test(before) ? text.replaceAll('\n', '\r\n') : text);
}

/** Returns the sha256 of the lockfile's bytes, lower-case hexadecimal; empty if it does not exist or cannot be read. */
export function hashLockfile(file: string): string {
  try {
    const bytes = readBytes(file);
    return bytes === undefined ? '' : hash('sha256', bytes);
  } catch (error) {
    // Reading the lockfile reports the error; the report is written either way.
    if (error instanceof TfcacheError) return '';
    throw error;
  }
}

/** Returns `, line N` for a string that the lockfile holds exactly once, for messages; else an empty text. */
export function describeLockfileLine(file: string, value: string): string {
  try {
    return describeValueLine(readText(file) ?? '', value);
  } catch (error) {
    if (error instanceof TfcacheError) return '';
    throw error;
  }
}

function readText(file: string): string | undefined {
  return readBytes(file)?.toString();
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readRegularFile(file, { what: 'lockfile', maxBytes: MAX_LOCKFILE_BYTES });
  } catch (error) {
    throw fileError('read the lockfile', file, error);
  }
}
