import { availableParallelism } from 'node:os';
import type { Inputs } from '../inputs/inputs.ts';
import { getErrorMessage, TfcacheError } from '../platform/error.ts';
import { fetchRemote } from './fetch/fetch-remote.ts';
import { createInterruptedError } from './interrupted.ts';
import { type LocalSources, openLocalSources, toFetchedFiles } from './plan/local-sources.ts';
import type { PlannedFile } from './plan/plan.ts';
import { cleanUpStore } from './publish/clean-up.ts';
import { publishFetched } from './publish/publish.ts';
import { createRunRecorder } from './report/run-recorder.ts';
import { createSteps, type Steps } from './report/steps.ts';
import { lockNewArtifacts } from './resolve/lockfile-step.ts';
import { openMirrors } from './resolve/mirrors.ts';
import { resolveAndPlan } from './resolve/resolve-and-plan.ts';
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
    const { log, signal } = runContext;
    const mirrors = openMirrors(inputs, runContext);
    const places = openLocalSources(inputs, log);
    openedSources = places;
    const { resolved, unlocked, ...plan } = await resolveAndPlan({
      inputs,
      runContext,
      mirrors,
      lookup: places.lookup,
      steps,
      recorder,
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
      getStore: places.getStore,
      steps,
      recorder,
    });
    if (inputs.lookupOnly) return recorder.createResult('planned', undefined);

    const all = [...fetched, ...fromRemote];
    await steps.run('publish', () =>
      publishFetched(all, places.destination, places.getStore, {
        ...runContext,
        link: inputs.link,
        hasFetched: fromRemote.length > 0,
      }),
    );
    isPublished = true;
    recorder.recordLockChanges(
      await steps.run('write the lock', () => lockNewArtifacts(inputs, unlocked, all, signal)),
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
  const hashPool = createHashPool({ maxThreads: availableParallelism() });
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
  const message = getErrorMessage(error);
  return new TfcacheError('defect', `Unexpected: ${message}`, {
    hint: 'This is a defect of tfcache: please report it with the log of the step.',
    cause: error,
  });
}
