import { TfcacheError } from '../error.ts';
import type { ExpectedDigest, WantedFile } from '../file.ts';
import { fileKey, knownSha256 } from '../file.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Lock, LockedArtifact } from '../lock/lock.ts';
import type { Artifact, Kind, Listing, Machine, Request } from '../request/request.ts';

/** What was asked for, decided. */
export interface Resolved {
  artifacts: readonly Artifact[];
  /** Every file once, though several artifacts may hold it; digests of all of them together. */
  files: readonly WantedFile[];
}

export interface ResolveWith {
  inputs: Inputs;
  lock: Lock | undefined;
  listing: Listing;
  machine: Machine;
  kindOf: (name: Request['kind']) => Kind;
}

/**
 * Decides the files of every request: from the lock when it has the request, else from the mirror's listing.
 *
 * @throws TfcacheError `usage` when nothing is asked for; `failed` when `frozen` and the lock lacks a request;
 *   `nothing-matched` when a mirror has nothing that fits; `integrity` when two entries of the lock disagree on a file.
 */
export async function resolve(context: ResolveWith): Promise<Resolved> {
  const { inputs, lock, machine, kindOf } = context;
  if (inputs.requests.length === 0) {
    if (lock === undefined) throw nothingAsked(inputs);
    const artifacts = lock.artifacts.map((locked) => fromLock(locked));
    return { artifacts, files: mergeFiles(artifacts) };
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
    throw new TfcacheError('failed', 'The lock would have to change, and frozen is set.', {
      where: inputs.lockFile ?? 'input lock-file (empty)',
      found: `not in the lock: ${unlocked.map((want) => want.id).join(', ')}`,
      hint: 'Run once without frozen (or tfcache lock) and commit the lock file.',
    });
  }
  const artifacts = await Promise.all(
    wanted.map(({ request, kind, id, locked }) =>
      locked === undefined
        ? kind.resolve(request, id, { listing: context.listing, filters: inputs.filters }, machine)
        : Promise.resolve(fromLock(locked, request)),
    ),
  );
  return { artifacts, files: mergeFiles(artifacts) };
}

/** What a `path:` request finds depends on the filters, so they are part of its name in the lock. */
function withFilters(id: string, request: Request, inputs: Inputs): string {
  if (request.kind !== 'path' || inputs.filters.length === 0) return id;
  return `${id} filters=${JSON.stringify(inputs.filters.map((rule) => rule.text))}`;
}

function nothingAsked(inputs: Inputs): TfcacheError {
  return new TfcacheError('usage', 'Nothing was asked for.', {
    where: inputs.lockFile === undefined ? 'input artifacts' : inputs.lockFile,
    found: inputs.lockFile === undefined ? 'artifacts is empty' : 'there is no lock yet',
    hint: 'Name at least one artifact, for example wheel:tensorflow-cpu~=2.15.0 or path:linux/cpu/*.whl.',
  });
}

function fromLock(locked: LockedArtifact, request?: Request): Artifact {
  return {
    request: request ?? {
      kind: 'path',
      name: '',
      version: '',
      qualifiers: {},
      text: locked.request,
      line: 0,
    },
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

/** Each file once. Two digests of the same algorithm that differ can both not be right: an error before anything moves. */
function mergeFiles(artifacts: readonly Artifact[]): WantedFile[] {
  const files = new Map<string, WantedFile>();
  for (const file of artifacts.flatMap((artifact) => artifact.files)) {
    const known = files.get(fileKey(file));
    if (known === undefined) {
      files.set(fileKey(file), file);
      continue;
    }
    const [first, second] = [knownSha256(known.digests), knownSha256(file.digests)];
    if (first !== undefined && second !== undefined && first.value !== second.value) {
      throw new TfcacheError('integrity', `Two artifacts disagree about ${file.path}.`, {
        expected: `sha256 ${first.value} (${first.source})`,
        found: `sha256 ${second.value} (${second.source})`,
        hint: 'Remove both entries from the lock file and lock them anew.',
      });
    }
    files.set(fileKey(file), { ...known, digests: mergeDigests(known.digests, file.digests) });
  }
  return [...files.values()];
}

function mergeDigests(
  some: readonly ExpectedDigest[],
  more: readonly ExpectedDigest[],
): ExpectedDigest[] {
  return [
    ...some,
    ...more.filter(
      (digest) =>
        !some.some((known) => known.algorithm === digest.algorithm && known.value === digest.value),
    ),
  ];
}
