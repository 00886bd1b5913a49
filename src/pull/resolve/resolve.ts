import type { WantedFile } from '../../bucket/file.ts';
import { FileMap } from '../../bucket/file-map.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { LockedArtifact, Lockfile } from '../../lockfile/lockfile.ts';
import { NoPipIndexError } from '../../mirror/package-index/no-pip-index.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import type { RequestKindLookup } from '../../request/kinds.ts';
import type {
  Artifact,
  CompareMirrors,
  Lister,
  Machine,
  Request,
  RequestKind,
} from '../../request/request.ts';
import {
  describeOtherMachines,
  parseLockedRequests,
  selectForThisMachine,
} from './locked-requests.ts';
import { mergeFiles } from './merge-files.ts';
import {
  chooseReportedError,
  type ExcludedMirrors,
  listCandidates,
  type MirrorCandidate,
  warnAboutNextMirror,
} from './mirror-choice.ts';
import { isMirrorUnusable } from './mirror-failure.ts';
import type { Mirrors } from './mirrors.ts';
import { createNotLockedOfflineError } from './offline.ts';

/** What was asked for, decided. */
export interface ResolvedRequests {
  artifacts: readonly Artifact[];
  /** Every file once, though several artifacts may hold it; digests of all of them together. */
  files: readonly WantedFile[];
  /** Which tier of mirrors listed a file; 0 for what the lock names. */
  getTier(file: WantedFile): number;
  /** Each artifact with the mirror that listed it; undefined for what the lockfile names. */
  resolutions: readonly Resolution[];
}

export interface ResolveRequestsContext {
  inputs: Inputs;
  lock: Lockfile | undefined;
  /** One a tier of mirrors, in order of preference; at least one. */
  listers: readonly Lister[];
  /** What was warned of already: several requests meet the same mirror. */
  warned: Set<string>;
  mirrors: Pick<Mirrors, 'listPositions'>;
  /** Mirrors that some requests are not resolved from. */
  excluded: ExcludedMirrors;
  machine: Machine;
  getKind: RequestKindLookup;
  log: Log;
  /** Called with the requests that the run fails because of. */
  onFailed(subjects: { requests: readonly Request[] }): void;
}

/** A request before it is resolved. */
interface PendingRequest {
  request: Request;
  kind: RequestKind;
  id: string;
  locked: LockedArtifact | undefined;
}

interface Resolution {
  artifact: Artifact;
  mirror: { bucket: string; tier: number } | undefined;
}

/**
 * Decides the files of every request: from the lock when it has the request, else from the mirror's listing.
 *
 * @throws TfcacheError `usage` when nothing is asked for; `configuration` when offline and the lockfile lacks a request; `failed` when `frozen` and the lock lacks a request;
 *   `nothing-matched` when a mirror has nothing that fits, and for a request that came out without files; `integrity` when
 *   two entries of the lock disagree on a file.
 */
export async function resolveRequests(context: ResolveRequestsContext): Promise<ResolvedRequests> {
  const { inputs, lock, machine, getKind } = context;
  if (inputs.offline && lock === undefined) {
    context.onFailed({ requests: inputs.requests });
    throw createNotLockedOfflineError(inputs, listTexts(inputs.requests));
  }
  const lockContext =
    lock === undefined ? undefined : { ...context, lock, file: inputs.lockFile ?? '' };
  const entries = lockContext === undefined ? [] : await parseLockedRequests(lockContext);
  if (inputs.requests.length === 0) {
    if (lockContext === undefined || entries.length === 0) throw createNoRequestError(inputs, lock);
    const selected = await selectForThisMachine(entries, lockContext);
    return combineResolutions(
      selected.map(({ locked, request }) => ({
        artifact: toArtifact(locked, request),
        mirror: undefined,
      })),
    );
  }
  const wanted = await Promise.all(
    inputs.requests.map(async (request) => {
      const kind = getKind(request.kind);
      kind.check(request);
      const id = addFilters(await kind.identify(request, machine), request, inputs);
      return { request, kind, id, locked: lock?.artifacts.find((artifact) => artifact.id === id) };
    }),
  );
  const unlocked = wanted.filter((want) => want.locked === undefined);
  if (inputs.frozen && unlocked.length > 0) {
    context.onFailed({ requests: unlocked.map(({ request }) => request) });
    throw new TfcacheError('failed', 'The lock would have to change, and frozen is set.', {
      where: inputs.lockFile ?? 'input lock-file (empty)',
      found: `not in the lock: ${unlocked.map((want) => describeUnlocked(want, lock)).join('; ')}`,
      hint: 'Run once without frozen (or tfcache lock) and commit the lock file.',
    });
  }
  if (inputs.offline && unlocked.length > 0) {
    const requests = unlocked.map(({ request }) => request);
    context.onFailed({ requests });
    const found = unlocked.map((want) => describeUnlocked(want, lock));
    throw createNotLockedOfflineError(inputs, listTexts(requests), found);
  }
  return combineResolutions(
    await Promise.all(
      wanted.map(async (want) => {
        try {
          return await resolveOne(want, context);
        } catch (error) {
          context.onFailed({ requests: [want.request] });
          throw error;
        }
      }),
    ),
  );
}

function describeUnlocked({ id }: PendingRequest, lock: Lockfile | undefined): string {
  const others = lock === undefined ? undefined : describeOtherMachines(lock, id);
  return others === undefined ? id : `${id} (${others})`;
}

function listTexts(requests: readonly Request[]): string[] {
  return requests.map(({ text }) => text);
}

/** From the lock, else from the first mirror that has something that fits. */
async function resolveOne(
  want: PendingRequest,
  context: ResolveRequestsContext,
): Promise<Resolution> {
  const { request, id, locked } = want;
  if (locked !== undefined) return { artifact: toArtifact(locked, request), mirror: undefined };
  const { inputs, machine, log } = context;
  const { filters } = inputs;
  const places = listCandidates(want, context.listers, context.mirrors).filter(
    (place) => !context.excluded.has(id, place),
  );
  if (places.length === 0) throw createNoMirrorError(request);
  const compare = want.kind.comparison?.compare;
  if (compare !== undefined) return resolveBest(want, compare, places, context);
  let told: TfcacheError | undefined;
  for (const [index, mirror] of places.entries()) {
    const { lister } = mirror;
    try {
      const artifact = await want.kind.resolve(request, id, { lister, filters }, machine);
      return { artifact, mirror };
    } catch (error) {
      if (!(error instanceof TfcacheError) || !shouldTryNextMirror(error)) throw error;
      const hasNext = places[index + 1] !== undefined;
      if (hasNext) warnAboutNextMirror(log, error, request);
      told = chooseReportedError(told, error);
      // The run ends with another error than this one, so this one would not be shown.
      const isShown = hasNext || told === error || !isMirrorUnusable(error);
      if (!isShown) log.warning(describeError(error));
    }
  }
  throw told ?? createNoRequestError(inputs, context.lock);
}

/** The best of what all mirrors have. Those that cannot be asked cost a warning if another answers. */
async function resolveBest(
  { request, id }: PendingRequest,
  compare: CompareMirrors,
  places: readonly MirrorCandidate[],
  { machine, log, warned }: ResolveRequestsContext,
): Promise<Resolution> {
  const { outcome, failures, remarks } = await compare(request, id, places, machine);
  for (const { level, text } of remarks) log[level](text);
  for (const { mirrorIndex, error } of failures) {
    const text = describeError(error);
    if (warned.has(text) || error === outcome) continue;
    warned.add(text);
    if (places[mirrorIndex]?.isDefault === true && error instanceof NoPipIndexError)
      log.debug(text);
    else if (outcome instanceof TfcacheError) log.warning(text);
    else log.warning(`${text}\n  ${request.text} was resolved without this mirror.`);
  }
  if (outcome instanceof TfcacheError) throw outcome;
  return { artifact: outcome.artifact, mirror: places[outcome.mirrorIndex] };
}

function shouldTryNextMirror(error: TfcacheError): boolean {
  return error.code === 'nothing-matched' || error.code === 'failed' || isMirrorUnusable(error);
}

function combineResolutions(found: readonly Resolution[]): ResolvedRequests {
  const artifacts = found.map(({ artifact }) => artifact);
  const empty = artifacts.find(({ files }) => files.length === 0);
  if (empty !== undefined) throw createNoFilesError(empty);
  const tiers = new FileMap<number>();
  for (const { artifact, mirror } of found) {
    const tier = mirror?.tier ?? 0;
    if (tier > 0) for (const file of artifact.files) tiers.set(file, tier);
  }
  return {
    artifacts,
    files: mergeFiles(artifacts),
    getTier: (file) => tiers.get(file) ?? 0,
    resolutions: found,
  };
}

/** What a `path:` request finds depends on the filters, so they are part of its name in the lock. */
function addFilters(id: string, request: Request, inputs: Inputs): string {
  if (request.kind !== 'path' || inputs.filters.length === 0) return id;
  return `${id} filters=${JSON.stringify(inputs.filters.map((rule) => rule.text))}`;
}

function createNoRequestError(inputs: Inputs, lock: Lockfile | undefined): TfcacheError {
  return new TfcacheError('usage', 'Nothing was asked for.', {
    where: inputs.lockFile === undefined ? 'input artifacts' : inputs.lockFile,
    found:
      inputs.lockFile === undefined
        ? 'artifacts is empty'
        : `artifacts is empty, and ${lock === undefined ? 'there is no lock yet' : 'nothing is locked in the lock file'}`,
    hint: 'Name at least one artifact, for example wheel:tensorflow-cpu~=2.15.0 or path:linux/cpu/*.whl.',
  });
}

function createNoMirrorError({ text }: Request): TfcacheError {
  return new TfcacheError('no-space', `Every mirror lists ${text} with more than is free.`);
}

/** Nothing brought is not success, whatever let it come this far. */
function createNoFilesError({ id, title }: Artifact): TfcacheError {
  return new TfcacheError('nothing-matched', `${title} came out without any file.`, {
    where: id,
    hint: 'Look at filters, and at what the mirror has (tfcache plan).',
  });
}

function toArtifact(locked: LockedArtifact, request: Request): Artifact {
  return {
    request,
    id: locked.id,
    title: locked.title,
    version: locked.version,
    files: locked.files.map((file) => ({
      bucket: file.bucket,
      path: file.path,
      size: file.size,
      mtime: file.mtime,
      digests: [{ algorithm: 'sha256', value: file.sha256, source: 'lock' }],
    })),
  };
}
