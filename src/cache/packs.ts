import { createHash } from 'node:crypto';
import { TfcacheError } from '../platform/error.ts';
import type { Pack, PackedContent, PackOutcome } from './cache.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Files of at least this many bytes have a pack of their own, whose key follows from the file's sha256. Smaller files are
 * packed together until a pack has this size, because GitHub allows 200 uploads per minute and repository
 * (https://docs.github.com/en/actions/reference/limits).
 */
export const MIN_STANDALONE_BYTES = 32 * MEBIBYTE;

/** The format version in every key. A new version does not find the entries of an old one. */
const PACK_FORMAT = 'v1';

/** GitHub's cache allows keys of at most 512 characters without a comma (`@actions/cache`, checkKey). */
const MAX_KEY_PREFIX_LENGTH = 400;

/**
 * Distributes files over packs, each content once. The same files give the same packs and keys, in any order; the pack of
 * a large file depends on that file only.
 *
 * @param salt changes the keys of the same contents. Entries are immutable, so a key whose entry holds wrong bytes can
 * only be replaced by another key.
 * @throws TfcacheError `input-invalid` for a prefix that keys may not contain.
 */
export function planPacks(
  files: readonly PackedContent[],
  keyPrefix: string,
  salt: string = '',
): Pack[] {
  checkKeyPrefix(keyPrefix);
  const bySha256 = new Map(files.map(({ sha256, size }) => [sha256, { sha256, size }]));
  const sorted = [...bySha256.values()].sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
  const packs: Pack[] = [];
  let smallFiles: PackedContent[] = [];
  let smallBytes = 0;
  for (const file of sorted) {
    if (file.size >= MIN_STANDALONE_BYTES) {
      packs.push(createPack([file], keyPrefix, salt));
      continue;
    }
    smallFiles.push(file);
    smallBytes += file.size;
    if (smallBytes >= MIN_STANDALONE_BYTES) {
      packs.push(createPack(smallFiles, keyPrefix, salt));
      smallFiles = [];
      smallBytes = 0;
    }
  }
  if (smallFiles.length > 0) packs.push(createPack(smallFiles, keyPrefix, salt));
  return packs;
}

/** Returns the prefix that the keys of all general indexes share. */
export function createIndexKeyPrefix(keyPrefix: string): string {
  checkKeyPrefix(keyPrefix);
  return `${keyPrefix}-${PACK_FORMAT}-index-`;
}

/**
 * Returns the prefix that the keys of all indexes of one artifact share. It does not begin with the general index's
 * prefix: the service matches keys by prefix, and would return these entries for general ones.
 */
export function createArtifactIndexKeyPrefix(keyPrefix: string, artifactId: string): string {
  checkKeyPrefix(keyPrefix);
  const digest = createHash('sha256').update(artifactId).digest('hex').slice(0, 16);
  return `${keyPrefix}-${PACK_FORMAT}-artifact-index-${digest}-`;
}

export function reportDeniedPacks(
  packs: readonly Pack[],
  reason: string,
  onOutcome: (outcome: PackOutcome) => void,
): void {
  for (const pack of packs) onOutcome({ status: 'denied', pack, reason });
}

/** Sorts packs so that no large one starts last and runs alone at the end. */
export function sortLargestFirst(packs: readonly Pack[]): Pack[] {
  return [...packs].sort((one, other) => sumContentBytes(other) - sumContentBytes(one));
}

/** Returns the bytes of a pack's contents. `Pack.size` comes from an index and may be wrong. */
export function sumContentBytes(pack: Pack): number {
  return sumBytes(pack.contents);
}

function createPack(contents: readonly PackedContent[], keyPrefix: string, salt: string): Pack {
  const digest = createHash('sha256');
  for (const { sha256 } of contents) digest.update(`${sha256}\n`);
  if (salt !== '') digest.update(`salt ${salt}\n`);
  return {
    key: `${keyPrefix}-${PACK_FORMAT}-${digest.digest('hex')}`,
    size: sumBytes(contents),
    contents,
  };
}

function sumBytes(contents: readonly PackedContent[]): number {
  return contents.reduce((sum, { size }) => sum + size, 0);
}

function checkKeyPrefix(keyPrefix: string): void {
  if (/^[^,\p{Cc}]+$/u.test(keyPrefix) && keyPrefix.length <= MAX_KEY_PREFIX_LENGTH) return;
  throw new TfcacheError('input-invalid', 'The cache key prefix is not valid in a cache key.', {
    where: 'cache-key-prefix',
    expected: `1 to ${MAX_KEY_PREFIX_LENGTH} characters, no comma, no control character`,
    found: JSON.stringify(keyPrefix.slice(0, 80)),
    hint: 'Set a short name such as "tfcache".',
  });
}
