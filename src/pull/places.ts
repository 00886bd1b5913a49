import { describeError, TfcacheError } from '../error.ts';
import type { Log } from '../log.ts';
import type { Kind, Listing, Request, Resolve } from '../request/request.ts';
import { isMirrorUnusable } from './mirror-failure.ts';

/** One place where a request may be looked for. */
export interface Place {
  /** Which mirror of its bucket, in order of preference. */
  tier: number;
  bucket: string;
  listing: Listing;
  resolve: Resolve;
}

/**
 * Where a request is looked for, in order: every mirror of the kind’s own bucket, then every one of the other bucket it may
 * come from. When no mirror serves any of them there is one place all the same: asking it gives the error that says so.
 */
export function placesFor(
  { kind, request }: { kind: Kind; request: Request },
  listings: readonly Listing[],
): Place[] {
  const own = { bucket: kind.bucket(request), resolve: kind.resolve };
  const ways = kind.elsewhere === undefined ? [own] : [own, kind.elsewhere];
  const all = ways.flatMap(({ bucket, resolve }) =>
    listings.map((listing, tier) => ({ tier, bucket, listing, resolve })),
  );
  const served = all.filter(({ bucket, listing }) => listing.serves(bucket));
  return served.length > 0 ? served : all.slice(0, 1);
}

/** That an index is asked for what is not TensorFlow’s own is the way of things; that a mirror lacks something is not. */
export function tellNext(log: Log, error: TfcacheError, request: Request, next: Place): void {
  const otherBucket = next.tier === 0;
  const where = otherBucket
    ? `in ${next.listing.where(next.bucket)} (bucket ${next.bucket})`
    : 'at the next mirror';
  const text = `${describeError(error)}\n  Looking ${where} for ${request.text}.`;
  if (otherBucket && error.code === 'nothing-matched') log.info(text);
  else log.warning(text);
}

/**
 * Of what two places said, what the user is told in the end. What a mirror that answered said is worth more than that another
 * could not be used; of two that could not, one that a retry may mend (`no-mirror`); of two mirrors of one bucket that answered
 * the first, of two buckets both.
 */
export function worthTelling(
  told: TfcacheError | undefined,
  error: TfcacheError,
  { sameBucket }: { sameBucket: boolean },
): TfcacheError {
  if (told === undefined) return error;
  if (isMirrorUnusable(told)) {
    return told.code === 'no-mirror' && error.code === 'configuration' ? told : error;
  }
  if (sameBucket || isMirrorUnusable(error)) return told;
  const hint = error.hint ?? told.hint;
  return new TfcacheError(told.code, told.message, {
    where: joined('; then ', told.where, error.where),
    ...(told.expected === undefined ? {} : { expected: told.expected }),
    found: joined('; then ', told.found, error.found),
    ...(hint === undefined ? {} : { hint }),
    cause: error,
  });
}

function joined(separator: string, ...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined).join(separator);
}
