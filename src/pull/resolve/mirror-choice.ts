import { describeError, type TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import type { Lister, Request, RequestKind } from '../../request/request.ts';
import { isMirrorUnusable } from './mirror-failure.ts';
import type { Mirrors } from './mirrors.ts';

/** One place where a request may be looked for. */
export interface MirrorCandidate {
  /** Which mirror of its bucket, in order of preference. */
  tier: number;
  bucket: string;
  lister: Lister;
  /** It belongs to the default: if it is not there, the user is not warned. */
  isDefault: boolean;
}

/**
 * Returns where a request is looked for: every mirror that serves one of the buckets of its kind, in order of preference. If
 * no mirror serves any of them there is one place all the same: asking it gives the error that says so.
 */
export function listCandidates(
  { kind, request }: { kind: RequestKind; request: Request },
  listers: readonly Lister[],
  mirrors: Pick<Mirrors, 'listPositions'>,
): MirrorCandidate[] {
  const buckets = kind.comparison?.buckets ?? [kind.getBucket(request)];
  const places = mirrors.listPositions(buckets).flatMap((place) => {
    const lister = listers[place.tier];
    return lister === undefined ? [] : [{ ...place, lister }];
  });
  const [bucket] = buckets;
  const [lister] = listers;
  if (places.length > 0 || bucket === undefined || lister === undefined) return places;
  return [{ tier: 0, bucket, lister, isDefault: false }];
}

/** Mirrors that a request is not resolved from. */
export class ExcludedMirrors {
  readonly #keys = new Set<string>();

  get size(): number {
    return this.#keys.size;
  }

  add(id: string, mirror: { bucket: string; tier: number }): void {
    this.#keys.add(keyOf(id, mirror));
  }

  has(id: string, mirror: { bucket: string; tier: number }): boolean {
    return this.#keys.has(keyOf(id, mirror));
  }
}

function keyOf(id: string, { bucket, tier }: { bucket: string; tier: number }): string {
  return `${id}\0${bucket}\0${tier}`;
}

/** Says that the next mirror is asked, and why. */
export function warnAboutNextMirror(log: Log, error: TfcacheError, request: Request): void {
  log.warning(`${describeError(error)}\n  Looking at the next mirror for ${request.text}.`);
}

/**
 * Of what two mirrors of a bucket said, what the user is told in the end: what a mirror that answered said is worth more
 * than that another could not be used; of two that could not, one that a retry may mend (`no-mirror`); else the first.
 */
export function chooseReportedError(
  told: TfcacheError | undefined,
  error: TfcacheError,
): TfcacheError {
  if (told === undefined) return error;
  if (!isMirrorUnusable(told)) return told;
  return told.code === 'no-mirror' && error.code === 'configuration' ? told : error;
}
