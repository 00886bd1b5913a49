import type { VerifiedFile, WantedFile } from '../../bucket/file.ts';
import { findSha256, versionOf } from '../../bucket/file.ts';
import type { Pack } from '../../cache/cache.ts';
import type { SkippedSource, SourceName } from '../../report/report.ts';
import { findWrongSize } from '../fetch/verify.ts';

/** Which source a file comes from, and why sources before it were skipped. */
export interface PlannedFile {
  file: WantedFile;
  /** From the lockfile or the catalogue, else from an earlier run that verified the file; undefined if it is not known. */
  sha256: string | undefined;
  source: SourceName;
  /** The sources before it that do not have the file, in the order in which they were tried. */
  skipped: readonly SkippedSource[];
  /** Of a file from the store: the name of its object, which was unchanged when this was planned. */
  objectName?: string;
}

/** Looks up single files in the local sources: the destination and the store. */
export interface LocalLookup {
  /** Returns the sha256 of a file that is in the destination as tfcache published it. */
  findInDestination(file: WantedFile): string | undefined;
  /** Returns what was verified on this machine for the same path, size and time (like rsync's quick check). */
  findRemembered(file: WantedFile): VerifiedFile | undefined;
  /** Returns the name of the unchanged object with this content. */
  findObject(sha256: string, size: number): string | undefined;
  /** Returns the size of the object with this content. */
  findObjectSize(sha256: string): number | undefined;
}

/** Looks up files in the index of the cache. */
export interface CacheLookup {
  /** Why the cache is not read; undefined if it is read. */
  unreadReason: string | undefined;
  /** True if a part of the index could not be read, so that the cache may have more files than it lists. */
  isIncomplete: boolean;
  findRemembered(file: WantedFile): VerifiedFile | undefined;
  /** Returns the pack that probably holds this content. */
  findPack(sha256: string, size: number): Pack | undefined;
}

/** The reason of a file that is skipped in the cache because the cache could not be read. */
export const CACHE_UNREADABLE = 'the cache could not be read';

// Shared by all files with the same reason, because a plan may have a hundred thousand files.
const NOTHING_SKIPPED: readonly SkippedSource[] = [];
const NOT_IN_PLACE = [{ source: 'in-place', reason: 'not in place' }] as const;
const OTHER_VERSION_IN_PLACE = [
  { source: 'in-place', reason: 'another version is in place' },
] as const;
const NOT_IN_STORE = { source: 'store', reason: 'not in the store' } as const;
const UNKNOWN_TO_STORE = { source: 'store', reason: 'not known to the store' } as const;
const NO_VERSION_FOR_STORE = {
  source: 'store',
  reason: 'the store cannot identify it: the mirror lists no time or ETag',
} as const;
const NOT_IN_CACHE = { source: 'cache', reason: 'the cache has no pack with it' } as const;
const UNKNOWN_TO_CACHE = { source: 'cache', reason: 'the cache has not seen this file' } as const;
const NO_VERSION_FOR_CACHE = {
  source: 'cache',
  reason: 'the cache cannot identify it: the mirror lists no time or ETag',
} as const;
const CACHE_NOT_READ = { source: 'cache', reason: CACHE_UNREADABLE } as const;

/**
 * Plans the files that this machine has. `planRemote` plans the others.
 *
 * @throws TfcacheError `integrity` if the store has the locked content, and its size is not the locked one
 */
export function planLocal(
  files: readonly WantedFile[],
  lookup: LocalLookup,
): { local: PlannedFile[]; remote: PlannedFile[] } {
  const local: PlannedFile[] = [];
  const remote: PlannedFile[] = [];
  for (const file of files) {
    const sha256 = findSha256(file.digests)?.value ?? lookup.findRemembered(file)?.sha256;
    const placed = lookup.findInDestination(file);
    if (placed !== undefined && (sha256 === undefined || placed === sha256)) {
      local.push({ file, sha256: placed, source: 'in-place', skipped: NOTHING_SKIPPED });
      continue;
    }
    const skipped = placed === undefined ? NOT_IN_PLACE : OTHER_VERSION_IN_PLACE;
    const objectName = sha256 === undefined ? undefined : lookup.findObject(sha256, file.size);
    if (objectName !== undefined) {
      local.push({ file, sha256, source: 'store', skipped, objectName });
      continue;
    }
    requireLockedSize(file, sha256, lookup);
    const store = sha256 === undefined ? skipUnknownToStore(file) : NOT_IN_STORE;
    remote.push({ file, sha256, source: 'mirror', skipped: [...skipped, store] });
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
  const error = size === undefined ? undefined : findWrongSize(file, { sha256, size }, 'the store');
  if (error !== undefined) throw error;
}

/** Plans the files that this machine lacks: from the cache if it probably holds them, else from the mirror. */
export function planRemote(remote: readonly PlannedFile[], cache: CacheLookup): PlannedFile[] {
  const { unreadReason } = cache;
  const skippedCache =
    unreadReason === undefined ? undefined : ({ source: 'cache', reason: unreadReason } as const);
  return remote.map((planned) => {
    if (skippedCache !== undefined) {
      return { ...planned, skipped: [...planned.skipped, skippedCache] };
    }
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
