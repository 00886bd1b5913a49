import { createHash } from 'node:crypto';
import type { Cache, CacheIndex, Pack, PackedContent } from '../../cache/cache.ts';
import { isIndexSubset } from '../../cache/index-file.ts';
import { planPacks } from '../../cache/packs.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import { openStore } from '../../store/open-store.ts';
import type { Store } from '../../store/store.ts';
import { openCache } from '../fetch/open-cache.ts';
import { withScratchFolder } from '../fetch/scratch-folder.ts';
import { type NamedContent, verifyContents } from '../fetch/verify-contents.ts';
import { acquireLease } from '../publish/lease.ts';
import type { RunContext, SaveResult, SaveWork } from '../types.ts';
import { indexArtifacts } from './artifact-indexes.ts';

/** The pull of this job has waited long enough already. */
const TIMEOUT_AFTER_FAILURE_SECONDS = 5;

/** Nothing was saved, for this reason. */
const createEmptyResult = (problem?: string): SaveResult => ({
  savedCount: 0,
  existingCount: 0,
  savedBytes: 0,
  problems: problem === undefined ? [] : [problem],
  wrong: [],
});

/**
 * Saves what is new as packs, then the index that names them. Only what no pack holds yet is sent. Never fails: problems
 * are in the result.
 */
export async function saveNewFiles(work: SaveWork, runContext: RunContext): Promise<SaveResult> {
  if (work.files.length === 0) return createEmptyResult();
  const timeout = work.wasCacheDown ? TIMEOUT_AFTER_FAILURE_SECONDS : undefined;
  const cache = await openCache({ ...work, timeout }, runContext);
  if (cache === undefined) return createEmptyResult('no cache is used');
  if (cache.unwritableReason !== undefined) return createEmptyResult(cache.unwritableReason);
  const { log } = runContext;
  const store = openStore(work.store, { log });
  // The job's own lease ended with the step that pulled.
  const lease = acquireLease(store, log);
  try {
    lease?.narrow(work.files.map(({ sha256 }) => sha256));
    return await withScratchFolder(store, (scratch) =>
      saveInto(cache, work, store, scratch, runContext),
    );
  } finally {
    lease?.release();
  }
}

async function saveInto(
  cache: Cache,
  work: SaveWork,
  store: Store,
  scratch: string,
  { log, progress }: RunContext,
): Promise<SaveResult> {
  const { index, state, reason: unread = '' } = await cache.readIndex(scratch);
  if (state === 'unavailable') return createEmptyResult(unread);
  const known = excludeLostPacks(index, work);
  const isRead = state === 'read' || state === 'empty';
  const unsaved = listUnsaved(known, isRead ? work : excludeOffered(work), store);
  const { intact: sound, corrupt: wrong, unreadable: lost } = await verifyContents(unsaved, store);
  for (const error of wrong) log.error(describeError(error));
  const packs = planNewPacks(sound, work);
  const kept: Pack[] = [];
  /** Keys of packs by why they could not be saved. */
  const failed = new Map<string, readonly string[]>();
  const result = { savedCount: 0, existingCount: 0, savedBytes: 0, problems: [...lost], wrong };
  if (packs.length > 0) {
    const bytes = packs.reduce((sum, pack) => sum + pack.size, 0);
    progress.begin(`Saving to cache ${cache.name}`, { files: packs.length, bytes });
    await cache.save(packs, createLocator(store, packs), scratch, (outcome) => {
      progress.advance({ files: 1, bytes: outcome.pack.size });
      if (outcome.status === 'saved') {
        result.savedCount += 1;
        result.savedBytes += outcome.pack.size;
        kept.push(outcome.pack);
      } else if (outcome.status === 'already-saved') {
        result.existingCount += 1;
        kept.push(outcome.pack);
      } else {
        const reason = 'reason' in outcome ? outcome.reason : outcome.status;
        failed.set(reason, [...(failed.get(reason) ?? []), outcome.pack.key]);
      }
    });
    progress.end();
    result.problems.push(...[...failed].map(describeFailed));
  }
  const files = listPackedFiles(work, [...known.packs, ...kept]);
  // A pack that was evicted may have been saved again under the same key.
  const keptKeys = new Set([...known.packs, ...kept].map(({ key }) => key));
  const forgotten = index.packs.map(({ key }) => key).filter((key) => !keptKeys.has(key));
  const isKnown =
    isIndexSubset({ packs: kept, files }, index) &&
    forgotten.length === 0 &&
    work.evicted.length === 0;
  if (!isKnown) {
    // The general index first: should the service have enough of uploads, it is the one that all jobs read.
    const { reason } = await cache.writeIndex({ packs: kept, files }, scratch, forgotten);
    if (reason !== undefined) result.problems.push(`index: ${reason}`);
    const keptPacks = [...known.packs, ...kept];
    const gone = [...forgotten, ...work.evicted.filter((key) => !keptKeys.has(key))];
    result.problems.push(...(await writeArtifactIndexes(cache, work, keptPacks, gone, scratch)));
  }
  log.debug(`Saved ${result.savedCount} packs, ${result.existingCount} were there already.`);
  return result;
}

/** Of a service that does not work, a hundred packs say the same: it is said once. */
function describeFailed([reason, keys]: readonly [string, readonly string[]]): string {
  const [first] = keys;
  return `${keys.length === 1 ? `pack ${first}` : `${keys.length} packs`}: ${reason}`;
}

/** Writes the indexes of the artifacts, where the cache has such; returns what went wrong. */
async function writeArtifactIndexes(
  cache: Cache,
  work: SaveWork,
  packs: readonly Pack[],
  gone: readonly string[],
  scratch: string,
): Promise<string[]> {
  if (cache.artifactIndexes === undefined) return [];
  const indexes = indexArtifacts(work, packs);
  if (indexes.length === 0) {
    if (cache.unreadableReason === undefined) return [];
    return [`index: ${cache.unreadableReason}, so other jobs will not find what was saved`];
  }
  const { reason } = await cache.artifactIndexes.write(indexes, scratch, gone);
  return reason === undefined ? [] : [`index of ${reason}`];
}

/** The index without the packs that are gone or came back wrong: what they held is saved anew. */
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

/** What no known pack holds, each content once. */
function listUnsaved(known: CacheIndex, work: SaveWork, store: Store): NamedContent[] {
  const held = new Set(known.packs.flatMap((pack) => pack.contents.map(({ sha256 }) => sha256)));
  const lacking = new Map<string, NamedContent>();
  const firstOffered = work.files.length - work.offeredCount;
  for (const [at, { sha256, size, path }] of work.files.entries()) {
    if (held.has(sha256) || lacking.has(sha256)) continue;
    // The store promised nothing of what it only served: a clean-up may have removed it since.
    if (at >= firstOffered && store.objectPath(sha256, size) === undefined) continue;
    lacking.set(sha256, { sha256, size, path });
  }
  return [...lacking.values()];
}

function planNewPacks(contents: readonly PackedContent[], work: SaveWork): Pack[] {
  const poisoned = new Set(work.poisoned);
  const plain = contents.filter(({ sha256 }) => !poisoned.has(sha256));
  const again = contents.filter(({ sha256 }) => poisoned.has(sha256));
  return [...planPacks(plain, work.cacheKeyPrefix), ...planPacks(again, createFreshPrefix(work))];
}

/** Entries of the service cannot be overwritten, so a poisoned content goes under keys nobody used before. */
function createFreshPrefix(work: SaveWork): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([work.poisoned, Date.now()]))
    .digest('hex');
  return `${work.cacheKeyPrefix}-again-${hash.slice(0, 12)}`;
}

function listPackedFiles(work: SaveWork, packs: readonly Pack[]): SaveWork['files'] {
  const held = new Set(packs.flatMap((pack) => pack.contents.map(({ sha256 }) => sha256)));
  return work.files.filter(({ sha256 }) => held.has(sha256));
}

/** Where the store keeps each content that is about to be saved. */
function createLocator(store: Store, packs: readonly Pack[]): (sha256: string) => string {
  const sizes = new Map(
    packs.flatMap((pack) => pack.contents.map(({ sha256, size }) => [sha256, size] as const)),
  );
  return (sha256) => {
    const path = store.objectPath(sha256, sizes.get(sha256) ?? 0);
    if (path !== undefined) return path;
    throw new TfcacheError(
      'store-damaged',
      `The store no longer has ${sha256} as it was verified.`,
      {
        where: store.folder,
        hint: 'Something changed the store while the job ran; the next run fetches it again.',
      },
    );
  };
}
