import { availableParallelism } from 'node:os';
import type { Inputs } from '../inputs/inputs.ts';
import { TfcacheError } from '../platform/error.ts';
import { loadRequestKinds } from '../request/kinds.ts';
import { REQUEST_KINDS } from '../request/request.ts';
import { fetchRemote } from './fetch/fetch-remote.ts';
import { createInterruptedError } from './interrupted.ts';
import { limitHeapGrowth } from './limit-heap-growth.ts';
import { type LocalSources, openLocalSources, toFetchedFiles } from './plan/local-sources.ts';
import { type PlannedFile, planLocal } from './plan/plan.ts';
import { cleanUpStore } from './publish/clean-up.ts';
import { publishFiles } from './publish/publish.ts';
import { createRunRecorder } from './report/run-recorder.ts';
import { createSteps, type Steps } from './report/steps.ts';
import { createLister } from './resolve/lister.ts';
import {
  listUnlocked,
  loadLockfile,
  lockNewArtifacts,
  requireWritableIfNeeded,
} from './resolve/lockfile-step.ts';
import type { ExcludedMirrors } from './resolve/mirror-choice.ts';
import { openMirrors } from './resolve/mirrors.ts';
import { resolveRequests } from './resolve/resolve.ts';
import { resolveWithinFreeSpace } from './resolve/within-free-space.ts';
import type { PullResult, RunContext } from './types.ts';

/**
 * Resolves what was asked for, takes what is near, restores what the cache has, syncs only the rest, and publishes what
 * was verified. One direction: each step reads what the last returned.
 *
 * Never throws for what can go wrong in the world: see {@link PullResult}.
 */
export async function pull(inputs: Inputs, given: RunContext): Promise<PullResult> {
  const steps = createSteps();
  const recorder = createRunRecorder(inputs, steps);
  const runContext = { ...given, log: recorder.wrapLog(given.log) };
  let openedSources: LocalSources | undefined;
  let isPublished = false;
  try {
    const mirrors = openMirrors(inputs, runContext);
    const { machine, log, signal } = runContext;
    const listers = Array.from({ length: mirrors.maxTierCount }, (_, tier) =>
      createLister(mirrors, tier, signal),
    );
    const warned = new Set<string>();
    const getKind = await loadRequestKinds(REQUEST_KINDS);
    const resolveAll = async (excluded: ExcludedMirrors) => {
      const lock = await steps.run('read the lock', () => loadLockfile(inputs));
      const context = {
        inputs,
        lock,
        listers,
        mirrors,
        machine,
        getKind,
        log,
        warned,
        excluded,
        onFailed: recorder.recordFailed,
      };
      const resolved = await steps.run('resolve', () => resolveRequests(context));
      return { ...resolved, fresh: listUnlocked(lock, resolved.artifacts) };
    };
    const places = openLocalSources(inputs, log);
    openedSources = places;
    // A large lock is not needed any more once it was obeyed.
    const { resolved, plan } = await resolveWithinFreeSpace({
      resolve: resolveAll,
      async plan(resolved) {
        recorder.recordResolved(resolved);
        await requireWritableIfNeeded(inputs, resolved.fresh);
        limitHeapGrowth(resolved.files.length);
        return steps.run('plan', () => planLocal(resolved.files, places.lookup));
      },
      store: inputs.store.folder,
      log,
    });
    places.markUsed(plan.local.map(({ sha256 }) => sha256 ?? ''));
    const { local, remote } = await verifyIfFull(plan, places, inputs, runContext, steps);
    recorder.recordPlanned(remote);
    const fetched = toFetchedFiles(local);
    recorder.recordFetched(fetched);

    if (remote.length > 0 && !inputs.lookupOnly) {
      const toPlace = [...local, ...remote].filter(({ source }) => source !== 'in-place');
      await steps.run('look at the destination', () =>
        places.destination.check(toPlace.map(({ file }) => file)),
      );
    }
    const fromRemote = await fetchRemote(remote, {
      inputs,
      runContext,
      mirrors,
      artifacts: resolved.artifacts,
      getTier: resolved.getTier,
      store: places.getStore,
      steps,
      recorder,
    });
    if (inputs.lookupOnly) return recorder.createResult('planned', undefined);

    const all = [...fetched, ...fromRemote];
    await steps.run('publish', () =>
      publishFiles(all, places.destination, places.getStore, {
        ...runContext,
        link: inputs.link,
        hasFetched: fromRemote.length > 0,
      }),
    );
    isPublished = true;
    recorder.recordLockChanges(
      await steps.run('write the lock', () =>
        lockNewArtifacts(inputs, resolved.fresh, all, signal),
      ),
    );
    await steps.run('tidy the store', () => cleanUpStore(places, all, inputs, runContext));
    return recorder.createResult('done', undefined);
  } catch (error) {
    const { signal } = runContext;
    const failure = signal.aborted
      ? createInterruptedError(signal, { inputs, fetched: recorder.listTransferred(), isPublished })
      : toTfcacheError(error);
    return recorder.createResult('failed', failure);
  } finally {
    openedSources?.close();
  }
}

/** With `verify: full`, what is near is hashed before anything is fetched for it or linked. */
async function verifyIfFull(
  planned: { local: PlannedFile[]; remote: PlannedFile[] },
  places: LocalSources,
  { verify, lookupOnly }: Inputs,
  runContext: RunContext,
  steps: Steps,
): Promise<{ local: PlannedFile[]; remote: PlannedFile[] }> {
  if (verify === 'fast' || lookupOnly || planned.local.length === 0) return planned;
  const [{ createHashPool }, { verifyLocal }] = await Promise.all([
    import('../platform/hashing/hash-pool.ts'),
    import('./plan/verify-local.ts'),
  ]);
  const hashPool = createHashPool({ threads: availableParallelism() });
  try {
    return await steps.run('verify what is here', () =>
      verifyLocal(planned, { ...runContext, sources: places, hashPool }),
    );
  } finally {
    await hashPool.close();
  }
}

function toTfcacheError(error: unknown): TfcacheError {
  if (error instanceof TfcacheError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TfcacheError('failed', `Unexpected: ${message}`, {
    hint: 'This is a defect of tfcache: please report it with the log of the step.',
    cause: error,
  });
}
