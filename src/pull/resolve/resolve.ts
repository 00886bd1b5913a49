import { type ExpectedDigest, findSha256, type WantedFile } from '../../bucket/file.ts';
import { FileMap } from '../../bucket/file-map.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { LockedArtifact, Lockfile } from '../../lockfile/lockfile.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { RequestKindLookup } from '../../request/kinds.ts';
import type { Artifact, Request } from '../../request/request.ts';
import {
  describeOtherMachines,
  parseLockedRequests,
  selectForThisMachine,
} from './locked-requests.ts';
import { createNotLockedOfflineError } from './offline.ts';
import {
  type Resolution,
  type ResolveFromMirrorsContext,
  resolveFromMirrors,
  type UnlockedRequest,
} from './resolve-from-mirrors.ts';

/** What the requests of a run resolved to. */
export interface ResolvedRequests {
  artifacts: readonly Artifact[];
  /** Every file once, though several artifacts may hold it, with the digests of all of them. */
  files: readonly WantedFile[];
  /** Returns the tier of the mirror that listed a file; 0 for a file of the lockfile. */
  getTier(file: WantedFile): number;
  resolutions: readonly Resolution[];
}

export interface ResolveRequestsContext extends ResolveFromMirrorsContext {
  lock: Lockfile | undefined;
  getKind: RequestKindLookup;
  /** Called with the requests that the run fails because of. */
  onFailed(subjects: { requests: readonly Request[] }): void;
}

interface PendingRequest extends UnlockedRequest {
  locked: LockedArtifact | undefined;
}

/**
 * Decides the files of every request: from the lockfile if it has the request, else from what the mirrors list.
 *
 * @throws TfcacheError `input-invalid` if there is no request; `not-locked` if the run is offline and the lockfile lacks a
 *   request; `lockfile-outdated` if the lockfile lacks a request and `frozen` is set; `nothing-matched` if no mirror has files
 *   for a request; `checksum-mismatch` if two artifacts name different contents of a file.
 */
export async function resolveRequests(context: ResolveRequestsContext): Promise<ResolvedRequests> {
  const { inputs, lock } = context;
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
  const pending = await identifyRequests(context);
  requireLockedIfNeeded(pending, context);
  return combineResolutions(
    await Promise.all(
      pending.map(async (one) => {
        const { locked, request } = one;
        if (locked !== undefined)
          return { artifact: toArtifact(locked, request), mirror: undefined };
        try {
          return await resolveFromMirrors(one, context);
        } catch (error) {
          context.onFailed({ requests: [request] });
          throw error;
        }
      }),
    ),
  );
}

async function identifyRequests({
  inputs,
  lock,
  machine,
  getKind,
}: ResolveRequestsContext): Promise<PendingRequest[]> {
  return Promise.all(
    inputs.requests.map(async (request) => {
      const kind = getKind(request.kind);
      kind.check(request);
      const id = addFilters(await kind.identify(request, machine), request, inputs);
      return { request, kind, id, locked: lock?.artifacts.find((artifact) => artifact.id === id) };
    }),
  );
}

/** Adds the filters to the id of a `path:` request, because its files depend on them. */
function addFilters(id: string, request: Request, inputs: Inputs): string {
  if (request.kind !== 'path' || inputs.filters.length === 0) return id;
  return `${id} filters=${JSON.stringify(inputs.filters.map((rule) => rule.text))}`;
}

/** @throws TfcacheError if a request is not locked, and the run is offline or may not change the lockfile. */
function requireLockedIfNeeded(
  pending: readonly PendingRequest[],
  { inputs, lock, onFailed }: ResolveRequestsContext,
): void {
  const unlocked = pending.filter(({ locked }) => locked === undefined);
  if (unlocked.length === 0 || !(inputs.frozen || inputs.offline)) return;
  const requests = unlocked.map(({ request }) => request);
  onFailed({ requests });
  const found = unlocked.map((one) => describeUnlocked(one, lock));
  if (!inputs.frozen) throw createNotLockedOfflineError(inputs, listTexts(requests), found);
  throw new TfcacheError('lockfile-outdated', 'The lockfile would change, and frozen is set.', {
    where: inputs.lockFile ?? 'input lock-file (empty)',
    found: `not in the lockfile: ${found.join('; ')}`,
    hint: 'Run tfcache lock (or this job once without frozen), and commit the lockfile.',
  });
}

function describeUnlocked({ id }: PendingRequest, lock: Lockfile | undefined): string {
  const others = lock === undefined ? undefined : describeOtherMachines(lock, id);
  return others === undefined ? id : `${id} (${others})`;
}

function listTexts(requests: readonly Request[]): string[] {
  return requests.map(({ text }) => text);
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

function combineResolutions(resolutions: readonly Resolution[]): ResolvedRequests {
  const artifacts = resolutions.map(({ artifact }) => artifact);
  const empty = artifacts.find(({ files }) => files.length === 0);
  if (empty !== undefined) throw createNoFilesError(empty);
  const tiers = new FileMap<number>();
  for (const { artifact, mirror } of resolutions) {
    const tier = mirror?.tier ?? 0;
    if (tier > 0) for (const file of artifact.files) tiers.set(file, tier);
  }
  return {
    artifacts,
    files: mergeFiles(artifacts),
    getTier: (file) => tiers.get(file) ?? 0,
    resolutions,
  };
}

/** @throws TfcacheError if two artifacts name different contents of a file: one of them must be wrong. */
function mergeFiles(artifacts: readonly Artifact[]): WantedFile[] {
  const files = new FileMap<WantedFile>();
  for (const artifact of artifacts) {
    for (const file of artifact.files) {
      const known = files.get(file);
      files.set(file, known === undefined ? file : mergeFile(known, file));
    }
  }
  return [...files.values()];
}

function mergeFile(known: WantedFile, file: WantedFile): WantedFile {
  const [first, second] = [findSha256(known.digests), findSha256(file.digests)];
  if (first !== undefined && second !== undefined && first.value !== second.value) {
    throw new TfcacheError('checksum-mismatch', `Two artifacts disagree about ${file.path}.`, {
      expected: `sha256 ${first.value} (${first.source})`,
      found: `sha256 ${second.value} (${second.source})`,
      hint: 'Remove both entries from the lockfile, and run tfcache lock.',
    });
  }
  if (isLocked(known) && isLocked(file) && known.size !== file.size) {
    throw new TfcacheError(
      'size-mismatch',
      `Two entries of the lockfile disagree about ${file.path}.`,
      {
        expected: `${known.size} bytes`,
        found: `${file.size} bytes, with the same sha256`,
        hint: 'Restore the lockfile from your version control, or remove both entries and run tfcache lock.',
      },
    );
  }
  // Size and time of the lockfile come before those that a mirror lists now.
  const preferred = isLocked(file) && !isLocked(known) ? file : known;
  return { ...preferred, digests: mergeDigests(known.digests, file.digests) };
}

function isLocked({ digests }: WantedFile): boolean {
  return digests.some(({ source }) => source === 'lock');
}

function mergeDigests(
  digests: readonly ExpectedDigest[],
  more: readonly ExpectedDigest[],
): ExpectedDigest[] {
  const added = more.filter(
    ({ algorithm, value }) =>
      !digests.some((known) => known.algorithm === algorithm && known.value === value),
  );
  return [...digests, ...added];
}

function createNoRequestError({ lockFile }: Inputs, lock: Lockfile | undefined): TfcacheError {
  const reason = lock === undefined ? 'there is no lockfile yet' : 'the lockfile has no entries';
  return new TfcacheError('input-invalid', 'No artifact was requested.', {
    where: lockFile ?? 'input artifacts',
    found: lockFile === undefined ? 'artifacts is empty' : `artifacts is empty, and ${reason}`,
    hint: 'Request at least one artifact, for example wheel:tensorflow-cpu~=2.15.0 or path:linux/cpu/*.whl',
  });
}

function createNoFilesError({ id, title }: Artifact): TfcacheError {
  return new TfcacheError('nothing-matched', `${title} has no files.`, {
    where: id,
    hint: 'Check filters, and what the mirror has (tfcache plan).',
  });
}
