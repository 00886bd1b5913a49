import { fileKey, type VerifiedFile, versionOf, type WantedFile } from '../../bucket/file.ts';
import type { Cache, CacheIndex, Pack } from '../../cache/cache.ts';
import { MIN_STANDALONE_BYTES, planPacks } from '../../cache/packs.ts';
import type { CacheLookup, PlannedFile } from './plan.ts';

/** What the cache probably holds, and its packs. */
export interface CacheContents extends CacheLookup {
  readonly packs: readonly Pack[];
}

/**
 * Creates the contents from the index. A large file has a pack of its own, whose key follows from its sha256, so a locked file is
 * found even if the index was lost.
 */
export function createCacheContents(
  index: CacheIndex,
  remote: readonly PlannedFile[],
  keyPrefix: string,
): CacheContents {
  const byContent = new Map<string, Pack>();
  for (const pack of index.packs) {
    for (const { sha256 } of pack.contents) byContent.set(sha256, pack);
  }
  for (const { sha256, file } of remote) {
    if (sha256 === undefined || byContent.has(sha256) || file.size < MIN_STANDALONE_BYTES) continue;
    const [pack] = planPacks([{ sha256, size: file.size }], keyPrefix);
    if (pack !== undefined) byContent.set(sha256, pack);
  }
  const byFile = new Map<string, VerifiedFile>();
  for (const file of index.files) {
    const key = versionKey(file);
    if (key !== undefined) byFile.set(key, file);
  }
  return {
    unreadReason: undefined,
    isIncomplete: false,
    packs: [...new Set([...index.packs, ...byContent.values()])],
    findRemembered(file) {
      const key = versionKey(file);
      return key === undefined ? undefined : byFile.get(key);
    },
    findPack: (sha256) => byContent.get(sha256),
  };
}

/** Creates the contents of a cache that is not read. */
export function createUnreadContents(reason: string): CacheContents {
  return {
    unreadReason: reason,
    isIncomplete: true,
    packs: [],
    findRemembered: () => undefined,
    findPack: () => undefined,
  };
}

/** Returns why a cache is not read; undefined if it is read. */
export function getUnreadableReason(cache: Cache | undefined): string | undefined {
  return cache === undefined ? 'no cache is used' : cache.unreadableReason;
}

/** Returns undefined if the version of the file is not known: such a file equals no other. */
function versionKey(file: WantedFile | VerifiedFile): string | undefined {
  const version = versionOf(file);
  return version === undefined ? undefined : `${fileKey(file)}\0${file.size}\0${version}`;
}
