import { createHash } from 'node:crypto';
import type { ArtifactIndex, Cache, CacheIndex, Pack, PackedContent } from '../../cache/cache.ts';
import { isIndexSubset } from '../../cache/index-file.ts';
import { planPacks } from '../../cache/packs.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { openCache } from '../fetch/open-cache.ts';
import { withScratchFolder } from '../fetch/scratch-folder.ts';
import { type NamedContent, verifyContents } from '../fetch/verify-contents.ts';
import { tryAcquireLease } from '../publish/lease.ts';
import type { RunContext, SaveResult, SaveWork } from '../types.ts';

/** The timeout if the pull of this job waited for the cache in vain. */
const TIMEOUT_AFTER_FAILURE_SECONDS = 5;

/** Returns the result of saving nothing, with the reason if it is a problem. */
const createEmptyResult = (problem?: string): SaveResult => ({
  savedCount: 0,
  existingCount: 0,
  savedBytes: 0,
  problems: problem === undefined ? [] : [problem],
  corrupt: [],
});

/**
 * Saves new files to the cache as packs, then the index that names the packs. Contents that a pack of the cache holds are not
 * uploaded again. Failures of the cache do not throw: they are problems of the result.
 */
export async function saveNewFiles(work: SaveWork, runContext: RunContext): Promise<SaveResult> {
  if (work.files.length === 0) return createEmptyResult();
  const timeout = work.wasCacheDown ? TIMEOUT_AFTER_FAILURE_SECONDS : undefined;
  const cache = await openCache({ ...work, timeout }, runContext);
  if (cache === undefined) return createEmptyResult('no cache is used');
  if (cache.unwritableReason !== undefined) return createEmptyResult(cache.unwritableReason);
  const { log } = runContext;
  const store = openStore(work.store, { log });
  // The lease of the pull was released when its step ended.
  const lease = tryAcquireLease(store, log);
  try {
    lease?.narrow(work.files.map(({ sha256 }) => sha256));
    return await withScratchFolder(store, (scratch) =>
      saveToCache(cache, work, store, scratch, runContext),
    );
  } finally {
    lease?.release();
  }
}

async function saveToCache(
  cache: Cache,
  work: SaveWork,
  store: Store,
  scratch: string,
  { log, progress }: RunContext,
): Promise<SaveResult> {
  const { index, state, reason: unreadReason = '' } = await cache.readIndex(scratch);
  if (state === 'unavailable') return createEmptyResult(unreadReason);
  const known = excludeLostPacks(index, work);
  const isRead = state === 'read' || state === 'empty';
  const unsaved = listUnsaved(known, isRead ? work : excludeOffered(work), store);
  const { intact, corrupt, unreadable } = await verifyContents(unsaved, store);
  for (const error of corrupt) log.error(describeError(error));
  const packs = planNewPacks(intact, work);
  const saved: Pack[] = [];
  /** Keys of packs by the reason why they were not saved. */
  const failed = new Map<string, readonly string[]>();
  const result = { savedCount: 0, existingCount: 0, savedBytes: 0, problems: unreadable, corrupt };
  if (packs.length > 0) {
    const bytes = packs.reduce((sum, pack) => sum + pack.size, 0);
    progress.begin(`Saving to cache ${cache.name}`, { files: packs.length, bytes });
    await cache.save(packs, createLocator(store, packs), scratch, (outcome) => {
      progress.advance({ files: 1, bytes: outcome.pack.size });
      if (outcome.status === 'saved') {
        result.savedCount += 1;
        result.savedBytes += outcome.pack.size;
        saved.push(outcome.pack);
      } else if (outcome.status === 'already-saved') {
        result.existingCount += 1;
        saved.push(outcome.pack);
      } else {
        const reason = 'reason' in outcome ? outcome.reason : outcome.status;
        failed.set(reason, [...(failed.get(reason) ?? []), outcome.pack.key]);
      }
    });
    progress.end();
    result.problems.push(...[...failed].map(describeFailedPacks));
  }
  result.problems.push(...(await writeIndexes(cache, work, { index, known, saved }, scratch)));
  log.debug(`Saved ${result.savedCount} packs; ${result.existingCount} were in the cache already.`);
  return result;
}

/** Describes packs that failed for the same reason in one line. */
function describeFailedPacks([reason, keys]: readonly [string, readonly string[]]): string {
  const [first] = keys;
  return `${keys.length === 1 ? `pack ${first}` : `${keys.length} packs`}: ${reason}`;
}

interface IndexedPacks {
  /** The index as it was read. */
  index: CacheIndex;
  /** The index without lost packs. */
  known: CacheIndex;
  /** Packs that were saved now, or that were in the cache already. */
  saved: readonly Pack[];
}

/** Writes the general index and the indexes of the artifacts if something changed. @returns the problems */
async function writeIndexes(
  cache: Cache,
  work: SaveWork,
  { index, known, saved }: IndexedPacks,
  scratch: string,
): Promise<string[]> {
  const packs = [...known.packs, ...saved];
  const files = listPackedFiles(work, packs);
  // A pack that was evicted may have been saved again under the same key.
  const keys = new Set(packs.map(({ key }) => key));
  const removedKeys = index.packs.map(({ key }) => key).filter((key) => !keys.has(key));
  const isUnchanged =
    isIndexSubset({ packs: saved, files }, index) &&
    removedKeys.length === 0 &&
    work.evicted.length === 0;
  if (isUnchanged) return [];
  // The general index comes first, because all jobs read it and the service may limit uploads.
  const { reason } = await cache.writeIndex({ packs: saved, files }, scratch, removedKeys);
  const problems = reason === undefined ? [] : [`index: ${reason}`];
  const lostKeys = [...removedKeys, ...work.evicted.filter((key) => !keys.has(key))];
  return [...problems, ...(await writeArtifactIndexes(cache, work, packs, lostKeys, scratch))];
}

/** Writes the indexes of the artifacts if the cache has such indexes. @returns the problems */
async function writeArtifactIndexes(
  cache: Cache,
  work: SaveWork,
  packs: readonly Pack[],
  lostKeys: readonly string[],
  scratch: string,
): Promise<string[]> {
  if (cache.artifactIndexes === undefined) return [];
  const indexes = createArtifactIndexes(work, packs);
  if (indexes.length === 0) {
    if (cache.unreadableReason === undefined) return [];
    return [`index: ${cache.unreadableReason}, so other jobs will not find the saved files`];
  }
  const { reason } = await cache.artifactIndexes.write(indexes, scratch, lostKeys);
  return reason === undefined ? [] : [`index of ${reason}`];
}

/** Returns an index for each artifact with new files: its files that a pack holds, and these packs. */
function createArtifactIndexes(work: SaveWork, packs: readonly Pack[]): ArtifactIndex[] {
  // Of two packs with the same content the later one counts: the earlier one may be corrupt.
  const packByContent = new Map(
    packs.flatMap((pack) => pack.contents.map(({ sha256 }) => [sha256, pack] as const)),
  );
  return work.artifacts.flatMap(({ id, files, isComplete }) => {
    const packed = files
      .flatMap((position) => work.files[position] ?? [])
      .filter(({ sha256 }) => packByContent.has(sha256));
    if (packed.length === 0) return [];
    const needed = new Set(packed.flatMap(({ sha256 }) => packByContent.get(sha256) ?? []));
    const index = { packs: packs.filter((pack) => needed.has(pack)), files: packed };
    return [{ id, index, isComplete: isComplete && packed.length === files.length }];
  });
}

/** Removes evicted and corrupt packs from an index, so that their contents are saved again. */
function excludeLostPacks(index: CacheIndex, work: SaveWork): CacheIndex {
  const poisoned = new Set(work.poisoned);
  return {
    packs: index.packs.filter(
      (pack) =>
        !work.evicted.includes(pack.key) &&
        !pack.contents.some((content) => poisoned.has(content.sha256)),
    ),
    files: index.files,
  };
}

function excludeOffered(work: SaveWork): SaveWork {
  return {
    ...work,
    files: work.files.slice(0, work.files.length - work.offeredCount),
    offeredCount: 0,
  };
}

/** Returns the contents that no known pack holds, each once. */
function listUnsaved(known: CacheIndex, work: SaveWork, store: Store): NamedContent[] {
  const packed = new Set(known.packs.flatMap((pack) => pack.contents.map(({ sha256 }) => sha256)));
  const unsaved = new Map<string, NamedContent>();
  const firstOffered = work.files.length - work.offeredCount;
  for (const [position, { sha256, size, path }] of work.files.entries()) {
    if (packed.has(sha256) || unsaved.has(sha256)) continue;
    // A clean-up may have evicted an offered file since the pull. That is not a problem.
    if (position >= firstOffered && store.objectPath(sha256, size) === undefined) continue;
    unsaved.set(sha256, { sha256, size, path });
  }
  return [...unsaved.values()];
}

function planNewPacks(contents: readonly PackedContent[], work: SaveWork): Pack[] {
  const poisoned = new Set(work.poisoned);
  const firstTime = contents.filter(({ sha256 }) => !poisoned.has(sha256));
  const replacements = contents.filter(({ sha256 }) => poisoned.has(sha256));
  return [
    ...planPacks(firstTime, work.cacheKeyPrefix),
    ...planPacks(replacements, createUnusedPrefix(work)),
  ];
}

/** Returns a new key prefix for contents whose pack is corrupt, because a cache entry cannot be overwritten. */
function createUnusedPrefix(work: SaveWork): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([work.poisoned, Date.now()]))
    .digest('hex');
  return `${work.cacheKeyPrefix}-again-${hash.slice(0, 12)}`;
}

function listPackedFiles(work: SaveWork, packs: readonly Pack[]): SaveWork['files'] {
  const packed = new Set(packs.flatMap((pack) => pack.contents.map(({ sha256 }) => sha256)));
  return work.files.filter(({ sha256 }) => packed.has(sha256));
}

/** Returns a function that returns the path of a content in the store. */
function createLocator(store: Store, packs: readonly Pack[]): (sha256: string) => string {
  const sizes = new Map(
    packs.flatMap((pack) => pack.contents.map(({ sha256, size }) => [sha256, size] as const)),
  );
  return (sha256) => {
    const path = store.objectPath(sha256, sizes.get(sha256) ?? 0);
    if (path !== undefined) return path;
    throw new TfcacheError('store-damaged', `The store lost ${sha256} after it was verified.`, {
      where: store.folder,
      hint: 'Check which program changes the store. The next run downloads the file again.',
    });
  };
}
