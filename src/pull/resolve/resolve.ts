import type { WantedFile } from '../../bucket/file.ts';
import { FileMap } from '../../bucket/file-map.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { LockedArtifact, Lockfile } from '../../lockfile/lockfile.ts';
import { NoPipIndexError } from '../../mirror/package-index/no-pip-index.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import type {
  Artifact,
  CompareMirrors,
  Listing,
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
  type ExcludedMirrors,
  type Place,
  placesFor,
  tellNext,
  worthTelling,
} from './mirror-choice.ts';
import { isMirrorUnusable } from './mirror-failure.ts';
import type { Mirrors } from './mirrors.ts';
import { offlineWithoutLock } from './offline.ts';

/** What was asked for, decided. */
export interface Resolved {
  artifacts: readonly Artifact[];
  /** Every file once, though several artifacts may hold it; digests of all of them together. */
  files: readonly WantedFile[];
  /** Which tier of mirrors listed a file; 0 for what the lock names. */
  tierOf(file: WantedFile): number;
  /** Each artifact with the mirror that listed it; undefined for what the lockfile names. */
  found: readonly Found[];
}

export interface ResolveWith {
  inputs: Inputs;
  lock: Lockfile | undefined;
  /** One a tier of mirrors, in order of preference; at least one. */
  listings: readonly Listing[];
  /** What was warned of already: several requests meet the same mirror. */
  warned: Set<string>;
  mirrors: Pick<Mirrors, 'order'>;
  /** Mirrors that some requests are not resolved from. */
  excluded: ExcludedMirrors;
  machine: Machine;
  kindOf: (name: Request['kind']) => RequestKind;
  log: Log;
  /** Called with the requests that the run fails because of. */
  onFailed(subjects: { requests: readonly Request[] }): void;
}

/** A request before it is resolved. */
interface Want {
  request: Request;
  kind: RequestKind;
  id: string;
  locked: LockedArtifact | undefined;
}

interface Found {
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
export async function resolve(context: ResolveWith): Promise<Resolved> {
  const { inputs, lock, machine, kindOf } = context;
  if (inputs.offline && lock === undefined) {
    context.onFailed({ requests: inputs.requests });
    throw offlineWithoutLock(inputs, textsOf(inputs.requests));
  }
  const lockContext =
    lock === undefined ? undefined : { ...context, lock, file: inputs.lockFile ?? '' };
  const entries = lockContext === undefined ? [] : await parseLockedRequests(lockContext);
  if (inputs.requests.length === 0) {
    if (lockContext === undefined || entries.length === 0) throw nothingAsked(inputs, lock);
    const selected = await selectForThisMachine(entries, lockContext);
    return together(
      selected.map(({ locked, request }) => ({
        artifact: fromLock(locked, request),
        mirror: undefined,
      })),
    );
  }
  const wanted = await Promise.all(
    inputs.requests.map(async (request) => {
      const kind = kindOf(request.kind);
      kind.check(request);
      const id = withFilters(await kind.identify(request, machine), request, inputs);
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
    throw offlineWithoutLock(inputs, textsOf(requests), found);
  }
  return together(
    await Promise.all(
      wanted.map(async (want) => {
        try {
          return await findOne(want, context);
        } catch (error) {
          context.onFailed({ requests: [want.request] });
          throw error;
        }
      }),
    ),
  );
}

function describeUnlocked({ id }: Want, lock: Lockfile | undefined): string {
  const others = lock === undefined ? undefined : describeOtherMachines(lock, id);
  return others === undefined ? id : `${id} (${others})`;
}

function textsOf(requests: readonly Request[]): string[] {
  return requests.map(({ text }) => text);
}

/** From the lock, else from the first mirror that has something that fits. */
async function findOne(want: Want, context: ResolveWith): Promise<Found> {
  const { request, id, locked } = want;
  if (locked !== undefined) return { artifact: fromLock(locked, request), mirror: undefined };
  const { inputs, machine, log } = context;
  const { filters } = inputs;
  const places = placesFor(want, context.listings, context.mirrors).filter(
    (place) => !context.excluded.has(id, place),
  );
  if (places.length === 0) throw noMirrorLeft(request);
  const compare = want.kind.comparison?.compare;
  if (compare !== undefined) return findBest(want, compare, places, context);
  let told: TfcacheError | undefined;
  for (const [index, mirror] of places.entries()) {
    const { listing } = mirror;
    try {
      const artifact = await want.kind.resolve(request, id, { listing, filters }, machine);
      return { artifact, mirror };
    } catch (error) {
      if (!(error instanceof TfcacheError) || !mayBeElsewhere(error)) throw error;
      const hasNext = places[index + 1] !== undefined;
      if (hasNext) tellNext(log, error, request);
      told = worthTelling(told, error);
      // The run ends with another error than this one, so this one would not be shown.
      const isShown = hasNext || told === error || !isMirrorUnusable(error);
      if (!isShown) log.warning(describeError(error));
    }
  }
  throw told ?? nothingAsked(inputs, context.lock);
}

/** The best of what all mirrors have. Those that cannot be asked cost a warning if another answers. */
async function findBest(
  { request, id }: Want,
  compare: CompareMirrors,
  places: readonly Place[],
  { machine, log, warned }: ResolveWith,
): Promise<Found> {
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

function mayBeElsewhere(error: TfcacheError): boolean {
  return error.code === 'nothing-matched' || error.code === 'failed' || isMirrorUnusable(error);
}

function together(found: readonly Found[]): Resolved {
  const artifacts = found.map(({ artifact }) => artifact);
  const empty = artifacts.find(({ files }) => files.length === 0);
  if (empty !== undefined) throw withoutFiles(empty);
  const tiers = new FileMap<number>();
  for (const { artifact, mirror } of found) {
    const tier = mirror?.tier ?? 0;
    if (tier > 0) for (const file of artifact.files) tiers.set(file, tier);
  }
  return {
    artifacts,
    files: mergeFiles(artifacts),
    tierOf: (file) => tiers.get(file) ?? 0,
    found,
  };
}

/** What a `path:` request finds depends on the filters, so they are part of its name in the lock. */
function withFilters(id: string, request: Request, inputs: Inputs): string {
  if (request.kind !== 'path' || inputs.filters.length === 0) return id;
  return `${id} filters=${JSON.stringify(inputs.filters.map((rule) => rule.text))}`;
}

function nothingAsked(inputs: Inputs, lock: Lockfile | undefined): TfcacheError {
  return new TfcacheError('usage', 'Nothing was asked for.', {
    where: inputs.lockFile === undefined ? 'input artifacts' : inputs.lockFile,
    found:
      inputs.lockFile === undefined
        ? 'artifacts is empty'
        : `artifacts is empty, and ${lock === undefined ? 'there is no lock yet' : 'nothing is locked in the lock file'}`,
    hint: 'Name at least one artifact, for example wheel:tensorflow-cpu~=2.15.0 or path:linux/cpu/*.whl.',
  });
}

function noMirrorLeft({ text }: Request): TfcacheError {
  return new TfcacheError('no-space', `Every mirror lists ${text} with more than is free.`);
}

/** Nothing brought is not success, whatever let it come this far. */
function withoutFiles({ id, title }: Artifact): TfcacheError {
  return new TfcacheError('nothing-matched', `${title} came out without any file.`, {
    where: id,
    hint: 'Look at filters, and at what the mirror has (tfcache plan).',
  });
}

function fromLock(locked: LockedArtifact, request: Request): Artifact {
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
