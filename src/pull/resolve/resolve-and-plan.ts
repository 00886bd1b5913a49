import { fileKey } from '../../bucket/file.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Lockfile } from '../../lockfile/lockfile.ts';
import { TfcacheError } from '../../platform/error.ts';
import { formatBytes } from '../../platform/text/units.ts';
import { loadRequestKinds } from '../../request/kinds.ts';
import { type Artifact, REQUEST_KINDS, type RequestKindName } from '../../request/request.ts';
import { limitHeapGrowth } from '../limit-heap-growth.ts';
import { findFilesBeyondFreeSpace } from '../plan/disk-space.ts';
import { type LocalLookup, type PlannedFile, planLocal } from '../plan/plan.ts';
import type { RunRecorder } from '../report/run-recorder.ts';
import type { Steps } from '../report/steps.ts';
import type { RunContext } from '../types.ts';
import { createLister } from './lister.ts';
import { listUnlocked, loadLockfile, requireWritableIfNeeded } from './lockfile-step.ts';
import type { Mirrors } from './mirrors.ts';
import { type ResolvedRequests, resolveRequests } from './resolve.ts';
import { ExcludedMirrors } from './resolve-from-mirrors.ts';

export interface ResolveAndPlanContext {
  inputs: Inputs;
  runContext: RunContext;
  mirrors: Mirrors;
  /** What this machine has. */
  lookup: LocalLookup;
  steps: Steps;
  recorder: RunRecorder;
}

export interface ResolvedPlan {
  resolved: ResolvedRequests;
  /** Artifacts that the lockfile lacks. */
  unlocked: readonly Artifact[];
  /** Files that this machine has. */
  local: PlannedFile[];
  /** Files that must be fetched. */
  remote: PlannedFile[];
}

/**
 * Resolves the requests and plans where each file comes from. If a mirror lists a file that is larger than the free space, its
 * request is resolved again without that mirror, because the listed size may be wrong. If no other mirror has the file, the
 * first result stays, and the check for free space fails the run later.
 */
export async function resolveAndPlan(context: ResolveAndPlanContext): Promise<ResolvedPlan> {
  const { log } = context.runContext;
  const store = context.inputs.store.folder;
  const resolve = createResolver(context);
  const excluded = new ExcludedMirrors();
  let resolution = await resolve(excluded);
  for (;;) {
    const result = { ...resolution, ...(await planFiles(resolution, context)) };
    const tooLarge = await findFilesBeyondFreeSpace(result.remote, store);
    const keys = new Set(tooLarge.map(({ file }) => fileKey(file)));
    const excludedCount = excluded.size;
    for (const { artifact, mirror } of result.resolved.resolutions) {
      if (mirror === undefined || !artifact.files.some((file) => keys.has(fileKey(file)))) continue;
      excluded.add(artifact.id, mirror);
    }
    if (excluded.size === excludedCount) return result;
    try {
      resolution = await resolve(excluded);
    } catch (error) {
      if (!(error instanceof TfcacheError)) throw error;
      log.debug(`No other mirror: ${error.message}`);
      return result;
    }
    for (const { file } of tooLarge) {
      log.warning(
        `A mirror lists ${file.path} with ${formatBytes(file.size)}, more than is free in ${store}. Trying the next mirror.`,
      );
    }
  }
}

type Resolution = Pick<ResolvedPlan, 'resolved' | 'unlocked'>;

/** Returns a function that resolves all requests without the mirrors that are excluded. */
function createResolver({
  inputs,
  runContext,
  mirrors,
  steps,
  recorder,
}: ResolveAndPlanContext): (excluded: ExcludedMirrors) => Promise<Resolution> {
  const { machine, log, signal } = runContext;
  const listers = Array.from({ length: mirrors.maxTierCount }, (_, tier) =>
    createLister(mirrors, tier, signal),
  );
  const warned = new Set<string>();
  return async (excluded) => {
    // Not kept any longer: a large lockfile takes memory that the rest of the run needs.
    const lock = await steps.run('read the lockfile', () => loadLockfile(inputs));
    const resolved = await steps.run('resolve', async () =>
      resolveRequests({
        inputs,
        lock,
        listers,
        mirrors,
        machine,
        getKind: await loadRequestKinds(listKinds(inputs, lock)),
        log,
        warned,
        excluded,
        onFailed: recorder.recordFailed,
      }),
    );
    return { resolved, unlocked: listUnlocked(lock, resolved.artifacts) };
  };
}

/** Returns the kinds of the requests and of the lockfile's entries. */
function listKinds({ requests }: Inputs, lock: Lockfile | undefined): RequestKindName[] {
  return REQUEST_KINDS.filter(
    (name) =>
      requests.some(({ kind }) => kind === name) ||
      lock?.artifacts.some(({ request }) => request.includes(name)),
  );
}

async function planFiles(
  { resolved, unlocked }: Resolution,
  { inputs, lookup, steps, recorder }: ResolveAndPlanContext,
): Promise<{ local: PlannedFile[]; remote: PlannedFile[] }> {
  recorder.recordResolved(resolved);
  await requireWritableIfNeeded(inputs, unlocked);
  limitHeapGrowth(resolved.files.length);
  return steps.run('plan', () => planLocal(resolved.files, lookup));
}
