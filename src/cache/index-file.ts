import * as v from 'valibot';
import { fileKey, type VerifiedFile, versionOf } from '../bucket/file.ts';
import { getErrorMessage } from '../platform/error.ts';
import type { CacheIndex, IndexResult, Pack } from './cache.ts';

/** How much an index may hold; a merge drops the oldest items beyond these limits. */
export interface IndexLimits {
  packs: number;
  /** Contents of all packs together. */
  contents: number;
  files: number;
}

export const INDEX_LIMITS: IndexLimits = { packs: 5_000, contents: 100_000, files: 100_000 };

/** Bytes of JSON that an index may have; a larger one is not read. */
export const MAX_INDEX_BYTES = 64 * 1024 * 1024;

export const EMPTY_INDEX: CacheIndex = { packs: [], files: [] };

const INDEX_VERSION = 1;
const MAX_PATH_LENGTH = 4096;
const MAX_ETAG_LENGTH = 1024;

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'not a sha256'));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const bucket = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/, 'not a bucket'));
const path = v.pipe(
  v.string(),
  v.maxLength(MAX_PATH_LENGTH),
  v.check(isInsideBucket, 'a path that leaves its bucket'),
);
const key = v.pipe(v.string(), v.regex(/^[^,\p{Cc}]{1,512}$/u, 'not a key'));

const packSchema = v.pipe(
  v.object({
    key,
    contents: v.pipe(v.array(v.object({ sha256, size: count })), v.minLength(1)),
  }),
  v.transform(
    ({ key, contents }): Pack => ({
      key,
      size: contents.reduce((sum, { size }) => sum + size, 0),
      contents,
    }),
  ),
);

const indexSchema = v.object({
  version: v.literal(INDEX_VERSION),
  packs: v.pipe(v.array(packSchema), v.maxLength(INDEX_LIMITS.packs)),
  files: v.pipe(
    v.array(
      v.object({
        bucket,
        path,
        size: count,
        mtime: v.optional(v.pipe(v.number(), v.safeInteger())),
        etag: v.optional(v.pipe(v.string(), v.maxLength(MAX_ETAG_LENGTH))),
        sha256,
      }),
    ),
    v.maxLength(INDEX_LIMITS.files),
  ),
});

/** Formats an index as JSON, without the packs' sizes, which follow from their contents. */
export function formatIndex(index: CacheIndex): string {
  const packs = index.packs.map(({ key, contents }) => ({ key, contents }));
  return JSON.stringify({ version: INDEX_VERSION, packs, files: index.files });
}

/**
 * Parses an index that a cache returned, which may hold anything. Returns a reason if it is not an index of this version,
 * or if it holds a name that tfcache would not write.
 */
export function parseIndex(text: string): CacheIndex | string {
  if (text.length > MAX_INDEX_BYTES) return `it is larger than ${MAX_INDEX_BYTES} bytes`;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    return `it is not JSON: ${getErrorMessage(error)}`;
  }
  const versioned = v.safeParse(v.object({ version: v.number() }), data);
  if (versioned.success && versioned.output.version !== INDEX_VERSION) {
    return `it has format ${versioned.output.version}, this tfcache reads format ${INDEX_VERSION}`;
  }
  const parsed = v.safeParse(indexSchema, data, { abortEarly: true });
  if (parsed.success) return { packs: parsed.output.packs, files: parsed.output.files };
  const issue = parsed.issues[0];
  return `it is malformed at ${v.getDotPath(issue) ?? 'the top'}: ${issue.message}`;
}

/**
 * Merges two indexes, oldest items first. Of the same pack or the same file (bucket, path, size, version) the newer one
 * stays. Excludes packs with a key in `forget`, and the oldest items beyond the limits.
 */
export function mergeIndexes(
  older: CacheIndex,
  newer: CacheIndex,
  forget: Iterable<string> = [],
  limits: IndexLimits = INDEX_LIMITS,
): CacheIndex {
  const excludedKeys = new Set(forget);
  const packs = mergeByKey(older.packs, newer.packs, (pack) => pack.key);
  const files = mergeByKey(older.files, newer.files, createVersionKey);
  const kept: Pack[] = [];
  let contentCount = 0;
  for (const pack of packs.filter(({ key }) => !excludedKeys.has(key)).reverse()) {
    contentCount += pack.contents.length;
    if (kept.length >= limits.packs || contentCount > limits.contents) break;
    kept.unshift(pack);
  }
  return { packs: kept, files: files.slice(-limits.files) };
}

/** Returns the result for an index that was not read. */
export function createUnreadIndexResult(state: IndexResult['state'], reason: string): IndexResult {
  return { index: EMPTY_INDEX, state, reason };
}

/** Returns whether `all` names every pack and file that `part` names. */
export function isIndexSubset(part: CacheIndex, all: CacheIndex): boolean {
  const packs = new Set(all.packs.map(({ key }) => key));
  const files = new Set(all.files.map(createVersionKey));
  return (
    part.packs.every(({ key }) => packs.has(key)) &&
    part.files.every((file) => files.has(createVersionKey(file)))
  );
}

function mergeByKey<T>(older: readonly T[], newer: readonly T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const item of [...older, ...newer]) {
    // Deleting the key first moves the item to the end of the map.
    byKey.delete(keyOf(item));
    byKey.set(keyOf(item), item);
  }
  return [...byKey.values()];
}

function createVersionKey(file: VerifiedFile): string {
  return `${fileKey(file)}\0${file.size}\0${versionOf(file) ?? ''}`;
}

function isInsideBucket(path: string): boolean {
  if (path.includes('\0')) return false;
  return path.split('/').every((name) => name !== '' && name !== '.' && name !== '..');
}
