import { hash } from 'node:crypto';
import { TfcacheError } from '../platform/error.ts';
import { fileError } from '../platform/files/file-error.ts';
import { readRegularFile } from '../platform/files/read-regular-file.ts';
import { replaceFile } from '../platform/files/replace-file.ts';
import { formatLockfile } from './format.ts';
import { describeValueLine, parseLockfile } from './parse.ts';

/** A file as it was when it was locked: every later run is held to this. */
export interface LockedFile {
  bucket: string;
  path: string;
  /** Bytes. */
  size: number;
  /** Seconds since the epoch, as the mirror listed it; undefined when it was not known. */
  mtime: number | undefined;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** What a request resolved to when it was locked. */
export interface LockedArtifact {
  /** `Artifact.id`: the request with every default filled in. */
  id: string;
  /** The request as the user wrote it. */
  request: string;
  title: string;
  version: string | undefined;
  files: readonly LockedFile[];
}

/** `tfcache.lock`: what every request resolved to, committed in the user's repository. */
export interface Lockfile {
  readonly version: 1;
  /** Each id once; written sorted by id. */
  readonly artifacts: readonly LockedArtifact[];
}

/** A lockfile of 250,000 files has less. It is parsed as a whole, and a checkout may hold any file. */
const MAX_LOCKFILE_BYTES = 64 * 1024 * 1024;

export const EMPTY_LOCKFILE: Lockfile = { version: 1, artifacts: [] };

/**
 * Reads a lock; undefined when there is none.
 *
 * @throws TfcacheError `usage` when it cannot be understood, with the line; `failed` when it cannot be read.
 */
export function readLockfile(file: string): Lockfile | undefined {
  const text = readText(file);
  return text === undefined ? undefined : parseLockfile(text, file);
}

/**
 * Writes a lock at once or not at all; a file that would not change is not touched. CRLF stays CRLF.
 *
 * @returns whether it changed.
 * @throws TfcacheError `failed` or `no-space` when it cannot be written.
 */
export function writeLockfile(file: string, lock: Lockfile): boolean {
  const before = readText(file);
  const text = withLineEndsOf(before, formatLockfile(lock));
  if (before === text) return false;
  replaceFile(file, text, 'write the lock file');
  return true;
}

/** Git may check the file out with CRLF (`core.autocrlf`), and an editor may have added a byte order mark. Both are kept. */
function withLineEndsOf(before: string | undefined, text: string): string {
  if (before === undefined) return text;
  const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  return mark + (/^[^\n]*\r\n/.test(before) ? text.replaceAll('\n', '\r\n') : text);
}

/** sha256 of the lock file's bytes, lower-case hexadecimal; empty when there is no lock, or none that can be read. */
export function hashLockfile(file: string): string {
  try {
    const bytes = readBytes(file);
    return bytes === undefined ? '' : hash('sha256', bytes);
  } catch (error) {
    // Whoever needs what it says is told when it is read; a report is made either way.
    if (error instanceof TfcacheError) return '';
    throw error;
  }
}

/** `, line N` of a string that the lockfile holds exactly once, for messages; empty if it cannot be found. */
export function describeLockfileLine(file: string, value: string): string {
  try {
    return describeValueLine(readText(file) ?? '', value);
  } catch (error) {
    if (error instanceof TfcacheError) return '';
    throw error;
  }
}

/** The entry of one artifact, if it is locked. */
export function findLockedArtifact(lock: Lockfile, id: string): LockedArtifact | undefined {
  return lock.artifacts.find((artifact) => artifact.id === id);
}

/** The lock with this artifact in it, in place of an older entry of the same id. */
export function upsertLockedArtifact(lock: Lockfile, artifact: LockedArtifact): Lockfile {
  const others = lock.artifacts.filter(({ id }) => id !== artifact.id);
  return { version: 1, artifacts: [...others, artifact] };
}

function readText(file: string): string | undefined {
  return readBytes(file)?.toString();
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readRegularFile(file, { what: 'lockfile', maxBytes: MAX_LOCKFILE_BYTES });
  } catch (error) {
    throw fileError('read the lock file', file, error);
  }
}
