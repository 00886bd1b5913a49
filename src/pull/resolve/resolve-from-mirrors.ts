import type { Inputs } from '../../inputs/inputs.ts';
import { NoPipIndexError } from '../../mirror/package-index/no-pip-index.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import type {
  Artifact,
  CompareMirrors,
  Lister,
  Machine,
  Request,
  RequestKind,
} from '../../request/request.ts';
import { chooseReportedError, isMirrorUnusable } from './mirror-failure.ts';
import type { Mirrors } from './mirrors.ts';

/** A request that is resolved from the mirrors. */
export interface UnlockedRequest {
  request: Request;
  kind: RequestKind;
  /** The id of its artifact. */
  id: string;
}

export interface ResolveFromMirrorsContext {
  inputs: Inputs;
  /** One per tier of mirrors, in order of preference; at least one. */
  listers: readonly Lister[];
  mirrors: Pick<Mirrors, 'listPositions'>;
  /** Mirrors that some requests are not resolved from. */
  excluded: ExcludedMirrors;
  /** Warnings that were logged already: several requests may meet the same failure. */
  warned: Set<string>;
  machine: Machine;
  log: Log;
}

/** An artifact with the mirror that listed it; undefined for an artifact of the lockfile. */
export interface Resolution {
  artifact: Artifact;
  mirror: { bucket: string; tier: number } | undefined;
}

/** Mirrors that a request is not resolved from. */
export class ExcludedMirrors {
  readonly #keys = new Set<string>();

  get size(): number {
    return this.#keys.size;
  }

  add(id: string, mirror: { bucket: string; tier: number }): void {
    this.#keys.add(formatKey(id, mirror));
  }

  has(id: string, mirror: { bucket: string; tier: number }): boolean {
    return this.#keys.has(formatKey(id, mirror));
  }
}

function formatKey(id: string, { bucket, tier }: { bucket: string; tier: number }): string {
  return `${id}\0${bucket}\0${tier}`;
}

/**
 * Resolves a request from the first mirror that has matching files, or from all mirrors if its kind compares them.
 *
 * @throws TfcacheError `nothing-matched` if no mirror has matching files; why the mirrors could not be used; `disk-full` if
 *   every mirror is excluded.
 */
export async function resolveFromMirrors(
  unlocked: UnlockedRequest,
  context: ResolveFromMirrorsContext,
): Promise<Resolution> {
  const candidates = listCandidates(unlocked, context).filter(
    (candidate) => !context.excluded.has(unlocked.id, candidate),
  );
  if (candidates.length === 0) {
    throw new TfcacheError(
      'disk-full',
      `Every mirror lists a file of ${unlocked.request.text} that is larger than the free space.`,
      {
        hint: 'Free space on the file systems of store and path, or set them to folders of a larger one.',
      },
    );
  }
  const compare = unlocked.kind.comparison?.compare;
  return compare === undefined
    ? resolveFromFirst(unlocked, candidates, context)
    : resolveFromBest(unlocked, compare, candidates, context);
}

/** A mirror that may hold the files of a request. */
interface MirrorCandidate {
  bucket: string;
  /** Position among the mirrors of the bucket. */
  tier: number;
  lister: Lister;
  /** True if it belongs to the default of the input `mirrors`. */
  isDefault: boolean;
}

/**
 * Returns the mirrors of all buckets of a request's kind, in order of preference. If there are none, returns one candidate
 * all the same: listing it throws the error that says so.
 */
function listCandidates(
  { kind, request }: UnlockedRequest,
  { listers, mirrors }: ResolveFromMirrorsContext,
): MirrorCandidate[] {
  const buckets = kind.comparison?.buckets ?? [kind.getBucket(request)];
  const candidates = mirrors.listPositions(buckets).flatMap((position) => {
    const lister = listers[position.tier];
    return lister === undefined ? [] : [{ ...position, lister }];
  });
  const [bucket] = buckets;
  const [lister] = listers;
  if (candidates.length > 0 || bucket === undefined || lister === undefined) return candidates;
  return [{ tier: 0, bucket, lister, isDefault: false }];
}

async function resolveFromFirst(
  { request, kind, id }: UnlockedRequest,
  candidates: readonly MirrorCandidate[],
  { inputs, machine, log }: ResolveFromMirrorsContext,
): Promise<Resolution> {
  const { filters } = inputs;
  let reported: TfcacheError | undefined;
  for (const [index, mirror] of candidates.entries()) {
    try {
      const artifact = await kind.resolve(request, id, { lister: mirror.lister, filters }, machine);
      return { artifact, mirror };
    } catch (error) {
      if (!(error instanceof TfcacheError) || !shouldTryNextMirror(error)) throw error;
      const isLast = index === candidates.length - 1;
      reported = chooseReportedError(reported, error);
      if (!isLast) {
        log.warning(`${describeError(error)}\n  Trying the next mirror for ${request.text}.`);
      } else if (reported !== error && isMirrorUnusable(error)) {
        // The run ends with another error, which does not mention this mirror.
        log.warning(describeError(error));
      }
    }
  }
  throw reported ?? new Error('There is no mirror to resolve from.');
}

function shouldTryNextMirror(error: TfcacheError): boolean {
  return error.code === 'nothing-matched' || error.code === 'failed' || isMirrorUnusable(error);
}

/** Resolves from the best of all mirrors. A mirror that cannot be used causes a warning if another one answers. */
async function resolveFromBest(
  { request, id }: UnlockedRequest,
  compare: CompareMirrors,
  candidates: readonly MirrorCandidate[],
  { machine, log, warned }: ResolveFromMirrorsContext,
): Promise<Resolution> {
  const { outcome, failures, remarks } = await compare(request, id, candidates, machine);
  for (const { level, text } of remarks) log[level](text);
  for (const { mirrorIndex, error } of failures) {
    const text = describeError(error);
    if (warned.has(text) || error === outcome) continue;
    warned.add(text);
    if (candidates[mirrorIndex]?.isDefault === true && error instanceof NoPipIndexError) {
      log.debug(text);
    } else if (outcome instanceof TfcacheError) {
      log.warning(text);
    } else {
      log.warning(`${text}\n  ${request.text} was resolved without this mirror.`);
    }
  }
  if (outcome instanceof TfcacheError) throw outcome;
  return { artifact: outcome.artifact, mirror: candidates[outcome.mirrorIndex] };
}
