import { availableParallelism } from 'node:os';
import { fileKey, type WantedFile } from '../../bucket/file.ts';
import type { Cache } from '../../cache/cache.ts';
import { isCaseInsensitive } from '../../destination/check/case-insensitivity.ts';
import { rejectCaseTwins } from '../../destination/check/survey.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import type { HashPool } from '../../platform/hashing/hash-pool.ts';
import { createHashPool } from '../../platform/hashing/hash-pool.ts';
import { joinReasons } from '../../report/totals.ts';
import type { Artifact } from '../../request/request.ts';
import type { Store } from '../../store/store.ts';
import type { CacheContents } from '../plan/cache-contents.ts';
import { requireFreeSpace } from '../plan/disk-space.ts';
import { CACHE_UNREADABLE, type PlannedFile, planRemote } from '../plan/plan.ts';
import { readCacheIndex } from '../plan/read-cache-index.ts';
import type { RunRecorder } from '../report/run-recorder.ts';
import type { Steps } from '../report/steps.ts';
import { isMirrorUnusable, pickMoreSevere } from '../resolve/mirror-failure.ts';
import type { Mirrors } from '../resolve/mirrors.ts';
import { createMissingOfflineError } from '../resolve/offline.ts';
import type { RunContext } from '../types.ts';
import { excludeFetched, type FetchedFile } from './fetched.ts';
import { openCache } from './open-cache.ts';
import { type RestoreResult, restoreFromCache } from './restore.ts';
import { withScratchFolder } from './scratch-folder.ts';
import { type SyncResult, syncFiles } from './sync.ts';

export interface FetchRemoteContext {
  inputs: Inputs;
  runContext: RunContext;
  mirrors: Mirrors;
  /** What was asked for; holds all of the files. */
  artifacts: readonly Artifact[];
  /** Which mirror, in order of preference, listed a file; the ones before it do not have it. */
  getTier: (file: WantedFile) => number;
  /** Opens the store at the first call. */
  getStore: () => Store;
  steps: Steps;
  recorder: RunRecorder;
}

/**
 * Brings what neither the destination nor the store has: packs from the cache first, the rest from the mirror.
 * In a dry run nothing is brought; the plan is told to the recorder.
 *
 * @throws TfcacheError when something cannot be had, or is wrong.
 */
export async function fetchRemote(
  remote: readonly PlannedFile[],
  context: FetchRemoteContext,
): Promise<readonly FetchedFile[]> {
  if (remote.length === 0) return [];
  const { inputs, runContext, steps, recorder } = context;
  const cache = await openCache(inputs, runContext);
  const store = context.getStore();
  const look = (scratch: string) => planFromCache(remote, cache, scratch, context);
  // Without a cache nothing is put aside.
  const { knowledge, planned } =
    cache === undefined
      ? await look('')
      : await withScratchFolder(inputs.lookupOnly ? 'temporary' : store, look);
  recorder.recordPlanned(planned);
  if (inputs.lookupOnly) return [];
  // Files of one bucket are staged in one folder of the store, under their own paths.
  if (isCaseInsensitive(store.folder))
    rejectCaseTwins(remote.map(({ file }) => `${file.bucket}/${file.path}`));
  const folders = { store: store.folder, destination: inputs.path };
  await steps.run('look for room', () => requireFreeSpace(planned, folders, inputs.link));

  const hashPool = createHashPool({ maxThreads: Math.min(4, availableParallelism()) });
  try {
    const fromCache = planned.filter(({ source }) => source === 'cache');
    const restored: RestoreResult =
      cache === undefined || fromCache.length === 0
        ? { fetched: [], unrestored: [], evicted: [], poisoned: [] }
        : await steps.run('restore from the cache', () =>
            restoreFromCache(fromCache, {
              ...runContext,
              cache,
              packs: knowledge.packs,
              store,
              hashPool,
              onRefused: recorder.recordRefused,
            }),
          );
    recorder.recordFetched(restored.fetched);
    recorder.recordLostPacks(restored);
    const reconsidered = new Map(restored.unrestored.map((file) => [fileKey(file.file), file]));
    const left = excludeFetched(planned, restored.fetched).map(
      (file) => reconsidered.get(fileKey(file.file)) ?? file,
    );
    recorder.recordPlanned(left);
    const synced = await syncFromMirrors(left, context, store, hashPool);
    return [...restored.fetched, ...synced];
  } finally {
    await hashPool.close();
  }
}

/** What the cache has of these files, and where each is to come from then. */
async function planFromCache(
  remote: readonly PlannedFile[],
  cache: Cache | undefined,
  scratch: string,
  context: FetchRemoteContext,
): Promise<{ knowledge: CacheContents; planned: PlannedFile[] }> {
  const { inputs, runContext, steps, recorder } = context;
  if (cache?.unreadableReason !== undefined && cache.artifactIndexes !== undefined) {
    const store = context.getStore();
    // Without reading, a job cannot tell others where all of an artifact is but by saving it all.
    recorder.recordUnreadCache(
      ({ sha256, size }) => store.findObjectName(sha256, size) !== undefined,
    );
  }
  const knowledge = await steps.run('read the cache index', () =>
    readCacheIndex(remote, {
      ...context,
      cache,
      scratch,
      log: runContext.log,
    }),
  );
  if (knowledge.unreadReason === CACHE_UNREADABLE) recorder.recordCacheDown();
  const planned = planRemote(remote, knowledge);
  if (!inputs.lookupOnly || cache === undefined) return { knowledge, planned };
  const packs = knowledge.packs.filter((pack) =>
    planned.some(({ sha256 }) => pack.contents.some((content) => content.sha256 === sha256)),
  );
  const there = await cache.lookup(packs, scratch);
  return { knowledge, planned: planRemote(remote, keepExistingPacks(knowledge, there)) };
}

/** Asks the mirrors of each bucket in order of preference; each is asked only for what the ones before it did not give. */
async function syncFromMirrors(
  missing: readonly PlannedFile[],
  context: FetchRemoteContext,
  store: Store,
  hashPool: HashPool,
): Promise<FetchedFile[]> {
  const { inputs, runContext, mirrors, steps, recorder } = context;
  if (missing.length === 0) return [];
  if (inputs.offline) {
    recorder.recordFailed({ files: missing.map(({ file }) => file) });
    throw createMissingOfflineError(missing, inputs);
  }
  if (inputs.failOnCacheMiss) {
    recorder.recordFailed({ files: missing.map(({ file }) => file) });
    throw createCacheMissError(missing);
  }
  const fetched: FetchedFile[] = [];
  for (const bucket of new Set(missing.map(({ file }) => file.bucket))) {
    let left: readonly PlannedFile[] = missing.filter(({ file }) => file.bucket === bucket);
    let error: TfcacheError | undefined;
    let last: TfcacheError | undefined;
    for (const [tier, mirror] of (await mirrors.openFor(bucket)).entries()) {
      const files = left.filter(({ file }) => context.getTier(file) <= tier);
      if (files.length === 0) continue;
      runContext.signal.throwIfAborted();
      const synced = mirrors.getFailure(mirror) ?? (await syncFrom(mirror, files));
      if (synced instanceof TfcacheError) {
        last = synced;
        error = pickMoreSevere(error, synced);
        continue;
      }
      fetched.push(...synced.fetched);
      const given = new Set(synced.fetched.map(({ verified }) => fileKey(verified)));
      left = left.filter(({ file }) => !given.has(fileKey(file)));
      last = synced.error ?? last;
      error = pickMoreSevere(error, synced.error);
      if (synced.error !== undefined && isMirrorUnusable(synced.error)) {
        mirrors.markUnusable(mirror, synced.error);
      }
    }
    if (left.length > 0) {
      // The run ends with another error than this one, so this one would not be shown.
      if (last !== undefined && last !== error) runContext.log.warning(describeError(last));
      recorder.recordFailed({ files: left.map(({ file }) => file) });
      throw error ?? createNotFetchedError(left, bucket);
    }

    async function syncFrom(mirror: Mirror, files: readonly PlannedFile[]): Promise<SyncResult> {
      if (last !== undefined) runContext.log.warning(describeNextMirror(last, files, mirror));
      recorder.recordMirror(mirror.url.replaceAll('{bucket}', bucket));
      const synced = await steps.run(`sync bucket ${bucket}`, () =>
        syncFiles(files, {
          ...runContext,
          mirror,
          bucket,
          store,
          hashPool,
          onRefused: recorder.recordRefused,
        }),
      );
      recorder.recordFetched(synced.fetched);
      return synced;
    }
  }
  return fetched;
}

function createNotFetchedError(left: readonly PlannedFile[], bucket: string): TfcacheError {
  return new TfcacheError(
    'not-delivered',
    `No mirror gave ${left.map(({ file }) => file.path).join(', ')}.`,
    {
      where: `bucket ${bucket}`,
      hint: 'Look at the warnings above: each mirror said why.',
    },
  );
}

function describeNextMirror(
  error: TfcacheError,
  left: readonly PlannedFile[],
  mirror: Mirror,
): string {
  const files = `${left.length} ${left.length === 1 ? 'file' : 'files'}`;
  return `${describeError(error)}\n  Taking ${files} from the next mirror, ${mirror.url}.`;
}

function keepExistingPacks(knowledge: CacheContents, there: ReadonlySet<string>): CacheContents {
  return {
    ...knowledge,
    findPack(sha256, size) {
      const pack = knowledge.findPack(sha256, size);
      return pack !== undefined && there.has(pack.key) ? pack : undefined;
    },
  };
}

function createCacheMissError(left: readonly PlannedFile[]): TfcacheError {
  const names = left.slice(0, 5).map(({ file }) => file.path);
  return new TfcacheError(
    'cache-miss',
    `${left.length} ${left.length === 1 ? 'file is' : 'files are'} neither in the store nor in the cache, and fail-on-cache-miss is set: ${names.join(', ')}${left.length > 5 ? ', …' : ''}`,
    {
      found: joinReasons(left[0]?.skipped ?? []),
      hint: 'Run a job that may contact a mirror first, so that the cache is filled.',
    },
  );
}
