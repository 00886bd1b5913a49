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

/** What is nearby, asked per file. */
export interface Nearby {
  /** The file stands at the destination as tfcache put it there; gives its sha256. */
  inPlace(file: WantedFile): string | undefined;
  /** What this file had when it was last verified here, by path, size and time (rsync's quick check). */
  remembered(file: WantedFile): VerifiedFile | undefined;
  /** What the object with this content is called in the store, when it has it, unchanged. */
  stored(sha256: string, size: number): string | undefined;
  /** Bytes of this content, when the store has it. */
  storedSize(sha256: string): number | undefined;
}

/** What the cache says it has; undefined when no cache is read, with the reason. */
export interface CacheKnowledge {
  /** Why the cache is not read, undefined when it is. */
  unread: string | undefined;
  /** Not all of the index could be read: what it does not tell may still be in the cache. */
  incomplete: boolean;
  remembered(file: WantedFile): VerifiedFile | undefined;
  /** The pack that is thought to hold this content. */
  packOf(sha256: string, size: number): Pack | undefined;
}

/** Of a file that did not come from the cache because the cache could not be asked. */
export const CACHE_NOT_READ = 'the cache could not be read';

// Shared by all files of one fate: there may be a hundred thousand.
const NOTHING: readonly string[] = [];
const NOT_IN_PLACE: readonly string[] = ['not in place'];
const OTHER_IN_PLACE: readonly string[] = ['another version is in place'];

/**
 * First look: what needs nothing from outside this machine. What neither place nor store has is left to `planFar`.
 *
 * @throws TfcacheError `integrity` when the store has what the lock names, and its size is not the locked one.
 */
export function planNear(
  files: readonly WantedFile[],
  nearby: Nearby,
): { near: PlannedFile[]; far: PlannedFile[] } {
  const near: PlannedFile[] = [];
  const far: PlannedFile[] = [];
  for (const file of files) {
    const believed = findSha256(file.digests)?.value ?? nearby.remembered(file)?.sha256;
    const placed = nearby.inPlace(file);
    if (placed !== undefined && (believed === undefined || placed === believed)) {
      near.push({ file, sha256: placed, source: 'in-place', because: NOTHING });
      continue;
    }
    const because = placed === undefined ? NOT_IN_PLACE : OTHER_IN_PLACE;
    const object = believed === undefined ? undefined : nearby.stored(believed, file.size);
    if (object !== undefined) {
      near.push({ file, sha256: believed, source: 'store', because, object });
      continue;
    }
    refuseWrongSize(file, believed, nearby);
    const reason = believed === undefined ? unknownTo('the store', file) : 'not in the store';
    far.push({ file, sha256: believed, source: 'mirror', because: [...because, reason] });
  }
  return { near, far };
}

/** Why nothing is known of a file. */
function unknownTo(place: 'the store' | 'the cache', file: WantedFile): string {
  if (versionOf(file) === undefined)
    return `${place} cannot tell: the mirror gives no time or ETag`;
  return place === 'the store' ? 'not known to the store' : 'the cache has not seen this file';
}

function refuseWrongSize(file: WantedFile, sha256: string | undefined, nearby: Nearby): void {
  if (sha256 === undefined) return;
  const size = nearby.storedSize(sha256);
  const wrong = size === undefined ? undefined : findWrongSize(file, { sha256, size }, 'the store');
  if (wrong !== undefined) throw wrong;
}

/** Second look: what the cache is thought to hold comes from there, the rest from the mirror. */
export function planFar(far: readonly PlannedFile[], cache: CacheKnowledge): PlannedFile[] {
  return far.map((planned) => {
    if (cache.unread !== undefined) {
      return { ...planned, because: [...planned.because, cache.unread] };
    }
    const because = (reason: string) => ({
      ...planned,
      because: [...planned.because, cache.incomplete ? CACHE_NOT_READ : reason],
    });
    const sha256 = planned.sha256 ?? cache.remembered(planned.file)?.sha256;
    if (sha256 === undefined) return because(unknownTo('the cache', planned.file));
    if (cache.packOf(sha256, planned.file.size) === undefined) {
      return because('the cache has no pack with it');
    }
    return { ...planned, sha256, source: 'cache' };
  });
}
