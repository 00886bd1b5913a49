import { findPathProblem, isBucketName } from '../bucket/safe-path.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';
import { suggestName } from '../platform/text/similar-names.ts';
import type { LockedFile } from './lockfile.ts';

/** Why an entry of a file is not valid. */
export interface FileProblem {
  message: string;
  /** Undefined if the entry itself is not valid. */
  field: string | undefined;
  value: unknown;
  expected: string | undefined;
  /** True if the field is unknown; `expected` lists the known ones. */
  isUnknownKey?: boolean;
}

const FIELD_NAMES = ['path', 'bucket', 'size', 'mtime', 'sha256'];
const FIELDS = new Set(FIELD_NAMES);

/**
 * Returns why a value is not a {@link LockedFile}; undefined if it is one. Does not use valibot, and copies nothing: a lockfile may
 * hold a hundred thousand files, and every warm run reads it.
 */
export function findFileProblem(value: unknown): FileProblem | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { message: 'it is not an object', field: undefined, value, expected: 'an object' };
  }
  for (const field in value) {
    if (!FIELDS.has(field)) return createUnknownField(field, value);
  }
  const { path, bucket, size, mtime, sha256 } = value as Partial<Record<keyof LockedFile, unknown>>;
  if (typeof path !== 'string') return createProblem('path', path, 'a string');
  const problem = findPathProblem(path);
  if (problem !== undefined) {
    return createProblem('path', path, undefined, `the path cannot be used: ${problem}`);
  }
  if (typeof bucket !== 'string') return createProblem('bucket', bucket, 'a string');
  if (!isBucketName(bucket)) {
    return createProblem('bucket', bucket, undefined, 'this is not the name of a bucket');
  }
  if (!isWholeNumber(size) || size < 0)
    return createProblem('size', size, 'a whole number, 0 or more');
  if (mtime !== undefined && !isWholeNumber(mtime))
    return createProblem('mtime', mtime, 'a whole number');
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
    const expected = 'a sha256 has 64 lower-case hexadecimal digits';
    return createProblem('sha256', sha256, undefined, expected);
  }
  return undefined;
}

function isWholeNumber(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function createUnknownField(field: string, value: object): FileProblem {
  const message = describeUnknownKey(field, FIELD_NAMES);
  return {
    message,
    field,
    value: Reflect.get(value, field),
    expected: FIELD_NAMES.join(', '),
    isUnknownKey: true,
  };
}

/** Describes an unknown key, and the known one that it resembles. */
export function describeUnknownKey(key: string, known: readonly string[]): string {
  const similar = suggestName(key, known);
  const suggestion = similar === undefined ? '' : ` (did you mean "${similar}"?)`;
  return `the key ${JSON.stringify(shortenKey(escapeControlCharacters(key)))} is unknown${suggestion}`;
}

/** Shortens a name to 100 characters for a message. */
export function shortenKey(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

function createProblem(
  field: string,
  value: unknown,
  expected: string | undefined,
  message = `${field} is ${value === undefined ? 'missing' : 'wrong'}`,
): FileProblem {
  return { message, field, value, expected };
}
