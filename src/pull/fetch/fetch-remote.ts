import { availableParallelism } from 'node:os';
import { fileKey, type WantedFile } from '../../bucket/file.ts';
import type { Cache } from '../../cache/cache.ts';
import { isCaseInsensitive } from '../../destination/check/case.ts';
import { rejectCaseTwins } from '../../destination/check/survey.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import { createHashPool } from '../../platform/hashing/hash-pool.ts';
import type { Artifact } from '../../request/request.ts';
import type { HashPool, Store } from '../../store/store.ts';
import { checkRoom } from '../plan/disk-space.ts';
import type { PackKnowledge } from '../plan/pack-knowledge.ts';
import { CACHE_NOT_READ, type PlannedFile, planFar } from '../plan/plan.ts';
import { learn } from '../plan/read-cache-index.ts';
import type { Ledger } from '../report/run-recorder.ts';
import type { Steps } from '../report/steps.ts';
import { isMirrorUnusable, moreSevere } from '../resolve/mirror-failure.ts';
import type { Mirrors } from '../resolve/mirrors.ts';
import { offlineAndMissing } from '../resolve/offline.ts';
import type { Surroundings } from '../types.ts';
import { type Fetched, stillMissing } from './fetched.ts';
import { openCache } from './open-cache.ts';
import { type Restored, restore } from './restore.ts';
import { withScratch } from './scratch.ts';
import { type Synced, sync } from './sync.ts';

export interface BringWith {
  inputs: Inputs;
  surroundings: Surroundings;
  mirrors: Mirrors;
  /** What was asked for; holds all of the files. */
  artifacts: readonly Artifact[];
  /** Which mirror, in order of preference, listed a file; the ones before it do not have it. */
  tierOf: (file: WantedFile) => number;
  /** Opens the store at the first call. */
  store: () => Store;
  steps: Steps;
  ledger: Ledger;
}

/**
 * Brings what neither the destination nor the store has: packs from the cache first, the rest from the mirror.
 * In a dry run nothing is brought; the plan is told to the ledger.
 *
 * @throws TfcacheError when something cannot be had, or is wrong.
 */
export async function bringFar(
  far: readonly PlannedFile[],
  context: BringWith,
): Promise<readonly Fetched[]> {
  if (far.length === 0) return [];
  const { inputs, surroundings, steps, ledger } = context;
  const cache = await openCache(inputs, surroundings);
  const store = context.store();
  const look = (scratch: string) => lookIntoCache(far, cache, scratch, context);
  // Without a cache nothing is put aside.
  const { knowledge, planned } =
    cache === undefined
      ? await look('')
      : await withScratch(inputs.lookupOnly ? 'temporary' : store, look);
  ledger.planned(planned);
  if (inputs.lookupOnly) return [];
  // Files of one bucket are staged in one folder of the store, under their own paths.
  if (isCaseInsensitive(store.folder))
    rejectCaseTwins(far.map(({ file }) => `${file.bucket}/${file.path}`));
  const folders = { store: store.folder, destination: inputs.path };
  await steps.run('look for room', () => checkRoom(planned, folders, inputs.link));

  const hashPool = createHashPool({ threads: Math.min(4, availableParallelism()) });
  try {
    const fromCache = planned.filter(({ source }) => source === 'cache');
    const restored: Restored =
      cache === undefined || fromCache.length === 0
        ? { fetched: [], left: [], evicted: [], poisoned: [] }
        : await steps.run('restore from the cache', () =>
            restore(fromCache, {
              ...surroundings,
              cache,
              packs: knowledge.packs,
              store,
              hashPool,
              onRefused: ledger.refused,
            }),
          );
    ledger.fetched(restored.fetched);
    ledger.lost(restored);
    const reconsidered = new Map(restored.left.map((file) => [fileKey(file.file), file]));
    const left = stillMissing(planned, restored.fetched).map(
      (file) => reconsidered.get(fileKey(file.file)) ?? file,
    );
    ledger.planned(left);
    const synced = await syncAll(left, context, store, hashPool);
    return [...restored.fetched, ...synced];
  } finally {
    await hashPool.close();
  }
}

/** What the cache has of these files, and where each is to come from then. */
async function lookIntoCache(
  far: readonly PlannedFile[],
  cache: Cache | undefined,
  scratch: string,
  context: BringWith,
): Promise<{ knowledge: PackKnowledge; planned: PlannedFile[] }> {
  const { inputs, surroundings, steps, ledger } = context;
  if (cache?.unreadable !== undefined && cache.artifactIndexes !== undefined) {
    const store = context.store();
    // Without reading, a job cannot tell others where all of an artifact is but by saving it all.
    ledger.unseen(({ sha256, size }) => store.findObjectName(sha256, size) !== undefined);
  }
  const knowledge = await steps.run('read the cache index', () =>
    learn(far, {
      ...context,
      cache,
      scratch,
      log: surroundings.log,
    }),
  );
  if (knowledge.unread === CACHE_NOT_READ) ledger.cacheIsDown();
  const planned = planFar(far, knowledge);
  if (!inputs.lookupOnly || cache === undefined) return { knowledge, planned };
  const packs = knowledge.packs.filter((pack) =>
    planned.some(({ sha256 }) => pack.contents.some((content) => content.sha256 === sha256)),
  );
  const there = await cache.lookup(packs, scratch);
  return { knowledge, planned: planFar(far, withoutPacks(knowledge, there)) };
}

/** Asks the mirrors of each bucket in order of preference; each is asked only for what the ones before it did not give. */
async function syncAll(
  missing: readonly PlannedFile[],
  context: BringWith,
  store: Store,
  hashPool: HashPool,
): Promise<Fetched[]> {
  const { inputs, surroundings, mirrors, steps, ledger } = context;
  if (missing.length === 0) return [];
  if (inputs.offline) {
    ledger.failed({ files: missing.map(({ file }) => file) });
    throw offlineAndMissing(missing, inputs);
  }
  if (inputs.failOnCacheMiss) {
    ledger.failed({ files: missing.map(({ file }) => file) });
    throw cacheMiss(missing);
  }
  const fetched: Fetched[] = [];
  for (const bucket of new Set(missing.map(({ file }) => file.bucket))) {
    let left: readonly PlannedFile[] = missing.filter(({ file }) => file.bucket === bucket);
    let error: TfcacheError | undefined;
    let last: TfcacheError | undefined;
    for (const [tier, mirror] of (await mirrors.for(bucket)).entries()) {
      const files = left.filter(({ file }) => context.tierOf(file) <= tier);
      if (files.length === 0) continue;
      surroundings.signal.throwIfAborted();
      const synced = mirrors.givenUp(mirror) ?? (await syncFrom(mirror, files));
      if (synced instanceof TfcacheError) {
        last = synced;
        error = moreSevere(error, synced);
        continue;
      }
      fetched.push(...synced.fetched);
      const given = new Set(synced.fetched.map(({ verified }) => fileKey(verified)));
      left = left.filter(({ file }) => !given.has(fileKey(file)));
      last = synced.error ?? last;
      error = moreSevere(error, synced.error);
      if (synced.error !== undefined && isMirrorUnusable(synced.error)) {
        mirrors.giveUp(mirror, synced.error);
      }
    }
    if (left.length > 0) {
      // The run ends with another error than this one, so this one would not be shown.
      if (last !== undefined && last !== error) surroundings.log.warning(describeError(last));
      ledger.failed({ files: left.map(({ file }) => file) });
      throw error ?? notBrought(left, bucket);
    }

    async function syncFrom(mirror: Mirror, files: readonly PlannedFile[]): Promise<Synced> {
      if (last !== undefined) surroundings.log.warning(nextMirror(last, files, mirror));
      ledger.asked(mirror.url.replaceAll('{bucket}', bucket));
      const synced = await steps.run(`sync bucket ${bucket}`, () =>
        sync(files, {
          ...surroundings,
          mirror,
          bucket,
          store,
          hashPool,
          onRefused: ledger.refused,
        }),
      );
      ledger.fetched(synced.fetched);
      return synced;
    }
  }
  return fetched;
}

function notBrought(left: readonly PlannedFile[], bucket: string): TfcacheError {
  return new TfcacheError(
    'failed',
    `No mirror gave ${left.map(({ file }) => file.path).join(', ')}.`,
    {
      where: `bucket ${bucket}`,
      hint: 'Look at the warnings above: each mirror said why.',
    },
  );
}

function nextMirror(error: TfcacheError, left: readonly PlannedFile[], mirror: Mirror): string {
  const files = `${left.length} ${left.length === 1 ? 'file' : 'files'}`;
  return `${describeError(error)}\n  Taking ${files} from the next mirror, ${mirror.url}.`;
}

function withoutPacks(knowledge: PackKnowledge, there: ReadonlySet<string>): PackKnowledge {
  return {
    ...knowledge,
    packOf(sha256, size) {
      const pack = knowledge.packOf(sha256, size);
      return pack !== undefined && there.has(pack.key) ? pack : undefined;
    },
  };
}

function cacheMiss(left: readonly PlannedFile[]): TfcacheError {
  const names = left.slice(0, 5).map(({ file }) => file.path);
  return new TfcacheError(
    'failed',
    `${left.length} ${left.length === 1 ? 'file is' : 'files are'} neither in the store nor in the cache, and fail-on-cache-miss is set: ${names.join(', ')}${left.length > 5 ? ', …' : ''}`,
    {
      found: left[0]?.because.join('; ') ?? '',
      hint: 'Run a job that may contact a mirror first, so that the cache is filled.',
    },
  );
}
