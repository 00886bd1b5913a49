import { availableParallelism } from 'node:os';
import type { Inputs } from '../inputs/inputs.ts';
import { TfcacheError } from '../platform/error.ts';
import { getRequestKind } from '../request/kinds.ts';
import { bringFar } from './fetch/fetch-remote.ts';
import { resolveWithinRoom } from './fetch/within-room.ts';
import { interruptedError } from './interrupted.ts';
import { lookNearby, type NearbyPlaces, takeNear } from './plan/local-sources.ts';
import { type PlannedFile, planNear } from './plan/plan.ts';
import { tidyStore } from './publish/clean-up.ts';
import { publishAll } from './publish/publish.ts';
import { createLedger } from './report/run-recorder.ts';
import { createSteps, type Steps } from './report/steps.ts';
import { createListing } from './resolve/listing.ts';
import { loadLock, notLocked, requireWritableLock, updateLock } from './resolve/lockfile-step.ts';
import type { ExcludedMirrors } from './resolve/mirror-choice.ts';
import { openMirrors } from './resolve/mirrors.ts';
import { resolve } from './resolve/resolve.ts';
import { spareMemory } from './spare-memory.ts';
import type { PullResult, Surroundings } from './types.ts';

/**
 * Resolves what was asked for, takes what is near, restores what the cache has, syncs only the rest, and publishes what
 * was verified. One direction: each step reads what the last returned.
 *
 * Never throws for what can go wrong in the world: see {@link PullResult}.
 */
export async function pull(inputs: Inputs, given: Surroundings): Promise<PullResult> {
  const steps = createSteps();
  const ledger = createLedger(inputs, steps);
  const surroundings = { ...given, log: ledger.recording(given.log) };
  let nearby: NearbyPlaces | undefined;
  let isPublished = false;
  try {
    const mirrors = openMirrors(inputs, surroundings);
    const { machine, log, signal } = surroundings;
    const listings = Array.from({ length: mirrors.most }, (_, tier) =>
      createListing(mirrors, tier, signal),
    );
    const warned = new Set<string>();
    const resolveAll = async (excluded: ExcludedMirrors) => {
      const lock = await steps.run('read the lock', () => loadLock(inputs));
      const context = {
        inputs,
        lock,
        listings,
        mirrors,
        machine,
        kindOf: getRequestKind,
        log,
        warned,
        excluded,
        onFailed: ledger.failed,
      };
      const resolved = await steps.run('resolve', () => resolve(context));
      return { ...resolved, fresh: notLocked(lock, resolved.artifacts) };
    };
    const places = lookNearby(inputs, log);
    nearby = places;
    // A large lock is not needed any more once it was obeyed.
    const { resolved, plan } = await resolveWithinRoom({
      resolve: resolveAll,
      async plan(resolved) {
        ledger.resolved(resolved);
        await requireWritableLock(inputs, resolved.fresh);
        spareMemory(resolved.files.length);
        return steps.run('plan', () => planNear(resolved.files, places.known));
      },
      store: inputs.store.folder,
      log,
    });
    places.uses(plan.near.map(({ sha256 }) => sha256 ?? ''));
    const { near, far } = await verifyIfFull(plan, places, inputs, surroundings, steps);
    ledger.planned(far);
    const fetched = takeNear(near);
    ledger.fetched(fetched);

    if (far.length > 0 && !inputs.lookupOnly) {
      const toPlace = [...near, ...far].filter(({ source }) => source !== 'in-place');
      await steps.run('look at the destination', () =>
        places.destination.check(toPlace.map(({ file }) => file)),
      );
    }
    const brought = await bringFar(far, {
      inputs,
      surroundings,
      mirrors,
      artifacts: resolved.artifacts,
      tierOf: resolved.tierOf,
      store: places.store,
      steps,
      ledger,
    });
    if (inputs.lookupOnly) return ledger.result('planned', undefined);

    const all = [...fetched, ...brought];
    await steps.run('publish', () =>
      publishAll(all, places.destination, places.store, {
        ...surroundings,
        link: inputs.link,
        brought: brought.length > 0,
      }),
    );
    isPublished = true;
    ledger.lockChanged(
      await steps.run('write the lock', () => updateLock(inputs, resolved.fresh, all, signal)),
    );
    await steps.run('tidy the store', () => tidyStore(places, all, inputs, surroundings));
    return ledger.result('done', undefined);
  } catch (error) {
    const { signal } = surroundings;
    const failure = signal.aborted
      ? interruptedError(signal, { inputs, fetched: ledger.brought(), isPublished })
      : asTfcacheError(error);
    return ledger.result('failed', failure);
  } finally {
    nearby?.close();
  }
}

/** With `verify: full`, what is near is hashed before anything is fetched for it or linked. */
async function verifyIfFull(
  planned: { near: PlannedFile[]; far: PlannedFile[] },
  places: NearbyPlaces,
  { verify, lookupOnly }: Inputs,
  surroundings: Surroundings,
  steps: Steps,
): Promise<{ near: PlannedFile[]; far: PlannedFile[] }> {
  if (verify === 'fast' || lookupOnly || planned.near.length === 0) return planned;
  const [{ createHashPool }, { verifyNear }] = await Promise.all([
    import('../platform/hashing/hash-pool.ts'),
    import('./plan/verify-local.ts'),
  ]);
  const hashPool = createHashPool({ threads: availableParallelism() });
  try {
    return await steps.run('verify what is here', () =>
      verifyNear(planned, { ...surroundings, places, hashPool }),
    );
  } finally {
    await hashPool.close();
  }
}

function asTfcacheError(error: unknown): TfcacheError {
  if (error instanceof TfcacheError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TfcacheError('failed', `Unexpected: ${message}`, {
    hint: 'This is a defect of tfcache: please report it with the log of the step.',
    cause: error,
  });
}
