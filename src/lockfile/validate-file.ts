import { findPathProblem, isBucketName } from '../bucket/safe-path.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';
import { suggestName } from '../platform/text/similar-names.ts';
import type { LockedFile } from './lockfile.ts';

/** What is wrong with an entry of a file. */
export interface FileProblem {
  /** In words. */
  message: string;
  /** The field; undefined when the entry itself is wrong. */
  field: string | undefined;
  value: unknown;
  expected: string | undefined;
  /** The field is none that is known; `expected` lists those. */
  isUnknownKey?: boolean;
}

const FIELD_NAMES = ['path', 'bucket', 'size', 'mtime', 'sha256'];
const FIELDS = new Set(FIELD_NAMES);

/**
 * What is wrong with a file of a lock, undefined when nothing is: then `value` is a {@link LockedFile}. Written by hand, and
 * nothing is copied: a lock may hold a hundred thousand files, and every warm run reads it.
 */
export function findFileProblem(value: unknown): FileProblem | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { message: 'it is no object', field: undefined, value, expected: 'an object' };
  }
  for (const field in value) {
    if (!FIELDS.has(field)) return unknownField(field, value);
  }
  const { path, bucket, size, mtime, sha256 } = value as Partial<Record<keyof LockedFile, unknown>>;
  if (typeof path !== 'string') return wrong('path', path, 'a string');
  const problem = findPathProblem(path);
  if (problem !== undefined) {
    return wrong('path', path, undefined, `the path cannot be used: ${problem}`);
  }
  if (typeof bucket !== 'string') return wrong('bucket', bucket, 'a string');
  if (!isBucketName(bucket)) {
    return wrong('bucket', bucket, undefined, 'this is not the name of a bucket');
  }
  if (!isWhole(size) || size < 0) return wrong('size', size, 'a whole number, 0 or more');
  if (mtime !== undefined && !isWhole(mtime)) return wrong('mtime', mtime, 'a whole number');
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    const expected = 'a sha256 has 64 lower-case hexadecimal digits';
    return wrong('sha256', sha256, undefined, expected);
  }
  return undefined;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function unknownField(field: string, value: object): FileProblem {
  const message = describeUnknownKey(field, FIELD_NAMES);
  return {
    message,
    field,
    value: Reflect.get(value, field),
    expected: FIELD_NAMES.join(', '),
    isUnknownKey: true,
  };
}

/** Names the key, and the known one that it resembles. */
export function describeUnknownKey(key: string, known: readonly string[]): string {
  const slip = suggestName(key, known);
  const suggestion = slip === undefined ? '' : ` (did you mean "${slip}"?)`;
  return `the key ${JSON.stringify(shortenKey(escapeControlCharacters(key)))} is unknown${suggestion}`;
}

/** At most 100 characters of a name for a message. */
export function shortenKey(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function wrong(
  field: string,
  value: unknown,
  expected: string | undefined,
  message = `${field} is ${value === undefined ? 'missing' : 'wrong'}`,
): FileProblem {
  return { message, field, value, expected };
}
