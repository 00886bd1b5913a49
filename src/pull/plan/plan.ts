import type { VerifiedFile, WantedFile } from '../../bucket/file.ts';
import { findSha256, versionOf } from '../../bucket/file.ts';
import type { Pack } from '../../cache/cache.ts';
import type { SkippedSource, SourceName } from '../../report/report.ts';
import { findWrongSize } from '../fetch/verify.ts';

/** Where one file will come from, and why the closer sources do not serve it. */
export interface PlannedFile {
  file: WantedFile;
  /** Known from the lock or the catalogue, or believed from what an earlier run verified; undefined if no digest is known. */
  sha256: string | undefined;
  source: SourceName;
  /** The closer sources that do not have the file, closest first. */
  skipped: readonly SkippedSource[];
  /** Of one from the store: what its object is called there, found sound when this was planned. */
  objectName?: string;
}

/** Looks up single files in the local sources: the destination and the store. */
export interface LocalLookup {
  /** The file stands at the destination as tfcache put it there; gives its sha256. */
  findInDestination(file: WantedFile): string | undefined;
  /** What this file had when it was last verified here, by path, size and time (rsync's quick check). */
  findRemembered(file: WantedFile): VerifiedFile | undefined;
  /** What the object with this content is called in the store, when it has it, unchanged. */
  findObject(sha256: string, size: number): string | undefined;
  /** Bytes of this content, when the store has it. */
  findObjectSize(sha256: string): number | undefined;
}

/** What the cache says it has; undefined when no cache is read, with the reason. */
export interface CacheLookup {
  /** Why the cache is not read, undefined when it is. */
  unreadReason: string | undefined;
  /** Not all of the index could be read: what it does not tell may still be in the cache. */
  isIncomplete: boolean;
  findRemembered(file: WantedFile): VerifiedFile | undefined;
  /** The pack that is thought to hold this content. */
  findPack(sha256: string, size: number): Pack | undefined;
}

/** Of a file that did not come from the cache because the cache could not be asked. */
export const CACHE_UNREADABLE = 'the cache could not be read';

// Shared by all files with the same reason: a plan may have a hundred thousand files.
const NOTHING_SKIPPED: readonly SkippedSource[] = [];
const NOT_IN_PLACE = [{ source: 'in-place', reason: 'not in place' }] as const;
const OTHER_VERSION_IN_PLACE = [
  { source: 'in-place', reason: 'another version is in place' },
] as const;
const NOT_IN_STORE = { source: 'store', reason: 'not in the store' } as const;
const UNKNOWN_TO_STORE = { source: 'store', reason: 'not known to the store' } as const;
const NO_VERSION_FOR_STORE = {
  source: 'store',
  reason: 'the store cannot tell: the mirror gives no time or ETag',
} as const;
const NOT_IN_CACHE = { source: 'cache', reason: 'the cache has no pack with it' } as const;
const UNKNOWN_TO_CACHE = { source: 'cache', reason: 'the cache has not seen this file' } as const;
const NO_VERSION_FOR_CACHE = {
  source: 'cache',
  reason: 'the cache cannot tell: the mirror gives no time or ETag',
} as const;
const CACHE_NOT_READ = { source: 'cache', reason: CACHE_UNREADABLE } as const;

/**
 * First look: what needs nothing from outside this machine. What neither place nor store has is left to `planRemote`.
 *
 * @throws TfcacheError `integrity` when the store has what the lock names, and its size is not the locked one.
 */
export function planLocal(
  files: readonly WantedFile[],
  lookup: LocalLookup,
): { local: PlannedFile[]; remote: PlannedFile[] } {
  const local: PlannedFile[] = [];
  const remote: PlannedFile[] = [];
  for (const file of files) {
    const believed = findSha256(file.digests)?.value ?? lookup.findRemembered(file)?.sha256;
    const placed = lookup.findInDestination(file);
    if (placed !== undefined && (believed === undefined || placed === believed)) {
      local.push({ file, sha256: placed, source: 'in-place', skipped: NOTHING_SKIPPED });
      continue;
    }
    const skipped = placed === undefined ? NOT_IN_PLACE : OTHER_VERSION_IN_PLACE;
    const object = believed === undefined ? undefined : lookup.findObject(believed, file.size);
    if (object !== undefined) {
      local.push({ file, sha256: believed, source: 'store', skipped, objectName: object });
      continue;
    }
    requireLockedSize(file, believed, lookup);
    const store = believed === undefined ? skipUnknownToStore(file) : NOT_IN_STORE;
    remote.push({ file, sha256: believed, source: 'mirror', skipped: [...skipped, store] });
  }
  return { local, remote };
}

function skipUnknownToStore(file: WantedFile): SkippedSource {
  return versionOf(file) === undefined ? NO_VERSION_FOR_STORE : UNKNOWN_TO_STORE;
}

function skipUnknownToCache(file: WantedFile): SkippedSource {
  return versionOf(file) === undefined ? NO_VERSION_FOR_CACHE : UNKNOWN_TO_CACHE;
}

function requireLockedSize(
  file: WantedFile,
  sha256: string | undefined,
  lookup: LocalLookup,
): void {
  if (sha256 === undefined) return;
  const size = lookup.findObjectSize(sha256);
  const wrong = size === undefined ? undefined : findWrongSize(file, { sha256, size }, 'the store');
  if (wrong !== undefined) throw wrong;
}

/** Second look: what the cache is thought to hold comes from there, the rest from the mirror. */
export function planRemote(remote: readonly PlannedFile[], cache: CacheLookup): PlannedFile[] {
  const { unreadReason } = cache;
  const unread =
    unreadReason === undefined ? undefined : ({ source: 'cache', reason: unreadReason } as const);
  return remote.map((planned) => {
    if (unread !== undefined) return { ...planned, skipped: [...planned.skipped, unread] };
    const skipCache = (skipped: SkippedSource) => ({
      ...planned,
      skipped: [...planned.skipped, cache.isIncomplete ? CACHE_NOT_READ : skipped],
    });
    const sha256 = planned.sha256 ?? cache.findRemembered(planned.file)?.sha256;
    if (sha256 === undefined) return skipCache(skipUnknownToCache(planned.file));
    if (cache.findPack(sha256, planned.file.size) === undefined) {
      return skipCache(NOT_IN_CACHE);
    }
    return { ...planned, sha256, source: 'cache' };
  });
}
