import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { TfcacheError } from '../error.ts';
import { errorCode, fileError } from '../store/file-error.ts';
import { formatLock } from './format.ts';
import { parseLock } from './parse.ts';
import { replaceFile } from './replace-file.ts';

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
export interface Lock {
  readonly version: 1;
  /** Each id once; written sorted by id. */
  readonly artifacts: readonly LockedArtifact[];
}

export const EMPTY_LOCK: Lock = { version: 1, artifacts: [] };

/**
 * Reads a lock; undefined when there is none.
 *
 * @throws TfcacheError `usage` when it cannot be understood, with the line; `failed` when it cannot be read.
 */
export function readLock(file: string): Lock | undefined {
  const text = readText(file);
  return text === undefined ? undefined : parseLock(text, file);
}

/**
 * Writes a lock at once or not at all; a file that would not change is not touched.
 *
 * @returns whether it changed.
 * @throws TfcacheError `failed` or `no-space` when it cannot be written.
 */
export function writeLock(file: string, lock: Lock): boolean {
  const text = formatLock(lock);
  if (readText(file) === text) return false;
  replaceFile(file, text, 'write the lock file');
  return true;
}

/** sha256 of the lock file's bytes, lower-case hexadecimal; empty when there is no lock, or none that can be read. */
export function lockDigest(file: string): string {
  try {
    const bytes = readBytes(file);
    return bytes === undefined ? '' : hash('sha256', bytes);
  } catch (error) {
    // Whoever needs what it says is told when it is read; a report is made either way.
    if (error instanceof TfcacheError) return '';
    throw error;
  }
}

/** The entry of one artifact, if it is locked. */
export function findArtifact(lock: Lock, id: string): LockedArtifact | undefined {
  return lock.artifacts.find((artifact) => artifact.id === id);
}

/** The lock with this artifact in it, in place of an older entry of the same id. */
export function withArtifact(lock: Lock, artifact: LockedArtifact): Lock {
  const others = lock.artifacts.filter(({ id }) => id !== artifact.id);
  return { version: 1, artifacts: [...others, artifact] };
}

function readText(file: string): string | undefined {
  return readBytes(file)?.toString();
}

function readBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    if (errorCode(error) === 'EISDIR') {
      throw new TfcacheError('usage', 'The lock file is a folder.', {
        where: file,
        hint: 'Name the file itself, for example tfcache.lock.',
      });
    }
    throw fileError('read the lock file', file, error);
  }
}
