import { createHash } from 'node:crypto';
import { TfcacheError } from '../platform/error.ts';
import type { Pack, PackedContent, PackOutcome } from './cache.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Files of at least this many bytes stand alone in a pack, so that its key follows from the file's sha256. Smaller ones
 * are put together until a pack has this size: GitHub allows 200 uploads a minute and repository
 * (https://docs.github.com/en/actions/reference/limits), so one entry per small file is no way.
 */
export const MIN_STANDALONE_BYTES = 32 * MEBIBYTE;

/** Counts up when the form of a pack changes; old entries are not found then. */
const PACK_FORMAT = 'v1';

/** Keys of the service hold at most 512 characters and no comma (`@actions/cache`, checkKey). */
const MAX_KEY_PREFIX_LENGTH = 400;

/**
 * Distributes files over packs, each content once. The same files always give the same packs and keys, in whatever order
 * they come; a large file's pack depends on that file alone.
 *
 * `salt` gives other keys for the same content: entries are immutable, so a key whose entry turned out to hold wrong bytes
 * can only be left behind.
 *
 * @throws TfcacheError `usage` for a prefix that cannot stand in a key.
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
  let together: PackedContent[] = [];
  let bytes = 0;
  for (const file of sorted) {
    if (file.size >= MIN_STANDALONE_BYTES) {
      packs.push(createPack([file], keyPrefix, salt));
      continue;
    }
    together.push(file);
    bytes += file.size;
    if (bytes >= MIN_STANDALONE_BYTES) {
      packs.push(createPack(together, keyPrefix, salt));
      together = [];
      bytes = 0;
    }
  }
  if (together.length > 0) packs.push(createPack(together, keyPrefix, salt));
  return packs;
}

/** The part of an index entry's key that all general indexes of this format share. */
export function createIndexKeyPrefix(keyPrefix: string): string {
  checkKeyPrefix(keyPrefix);
  return `${keyPrefix}-${PACK_FORMAT}-index-`;
}

/**
 * The part of the key that all indexes of one artifact share. Not a continuation of the general index's: the service finds
 * entries by how their keys begin, and would take these for general ones.
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

/** So that no large pack is left for the end, when everything else is done. */
export function sortLargestFirst(packs: readonly Pack[]): Pack[] {
  return [...packs].sort((one, other) => sumContentBytes(other) - sumContentBytes(one));
}

/** The index may say anything of a pack's size; its contents are what is asked for. */
export function sumContentBytes(pack: Pack): number {
  return pack.contents.reduce((sum, { size }) => sum + size, 0);
}

function createPack(contents: readonly PackedContent[], keyPrefix: string, salt: string): Pack {
  const digest = createHash('sha256');
  for (const { sha256 } of contents) digest.update(`${sha256}\n`);
  if (salt !== '') digest.update(`salt ${salt}\n`);
  return {
    key: `${keyPrefix}-${PACK_FORMAT}-${digest.digest('hex')}`,
    size: contents.reduce((sum, { size }) => sum + size, 0),
    contents,
  };
}

function checkKeyPrefix(keyPrefix: string): void {
  if (/^[^,\p{Cc}]+$/u.test(keyPrefix) && keyPrefix.length <= MAX_KEY_PREFIX_LENGTH) return;
  throw new TfcacheError('usage', 'the cache key prefix cannot stand in a key of the cache', {
    where: 'cache-key-prefix',
    expected: `1 to ${MAX_KEY_PREFIX_LENGTH} characters, no comma, no control character`,
    found: JSON.stringify(keyPrefix.slice(0, 80)),
    hint: 'choose a short name such as "tfcache"',
  });
}
