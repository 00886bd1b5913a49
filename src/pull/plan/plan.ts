import type { VerifiedFile, WantedFile } from '../../bucket/file.ts';
import { findSha256, versionOf } from '../../bucket/file.ts';
import type { Pack } from '../../cache/cache.ts';
import type { SourceName } from '../../report/report.ts';
import { findWrongSize } from '../fetch/verify.ts';

/** Where one file is to come from, and why not from somewhere nearer. */
export interface PlannedFile {
  file: WantedFile;
  /** Known from the lock or the catalogue, or believed from what an earlier run verified; undefined at first sight. */
  sha256: string | undefined;
  source: SourceName;
  /** One clause per nearer source, nearest first. */
  because: readonly string[];
  /** Of one from the store: what its object is called there, found sound when this was planned. */
  object?: string;
}

/** What is lookup, asked per file. */
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

// Shared by all files of one fate: there may be a hundred thousand.
const NOTHING: readonly string[] = [];
const NOT_IN_PLACE: readonly string[] = ['not in place'];
const OTHER_VERSION_IN_PLACE: readonly string[] = ['another version is in place'];

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
      local.push({ file, sha256: placed, source: 'in-place', because: NOTHING });
      continue;
    }
    const because = placed === undefined ? NOT_IN_PLACE : OTHER_VERSION_IN_PLACE;
    const object = believed === undefined ? undefined : lookup.findObject(believed, file.size);
    if (object !== undefined) {
      local.push({ file, sha256: believed, source: 'store', because, object });
      continue;
    }
    requireLockedSize(file, believed, lookup);
    const reason = believed === undefined ? describeUnknown('the store', file) : 'not in the store';
    remote.push({ file, sha256: believed, source: 'mirror', because: [...because, reason] });
  }
  return { local, remote };
}

/** Why nothing is known of a file. */
function describeUnknown(place: 'the store' | 'the cache', file: WantedFile): string {
  if (versionOf(file) === undefined)
    return `${place} cannot tell: the mirror gives no time or ETag`;
  return place === 'the store' ? 'not known to the store' : 'the cache has not seen this file';
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
  return remote.map((planned) => {
    if (cache.unreadReason !== undefined) {
      return { ...planned, because: [...planned.because, cache.unreadReason] };
    }
    const because = (reason: string) => ({
      ...planned,
      because: [...planned.because, cache.isIncomplete ? CACHE_UNREADABLE : reason],
    });
    const sha256 = planned.sha256 ?? cache.findRemembered(planned.file)?.sha256;
    if (sha256 === undefined) return because(describeUnknown('the cache', planned.file));
    if (cache.findPack(sha256, planned.file.size) === undefined) {
      return because('the cache has no pack with it');
    }
    return { ...planned, sha256, source: 'cache' };
  });
}
