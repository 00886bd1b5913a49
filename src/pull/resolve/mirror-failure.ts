import type { TfcacheError } from '../../platform/error.ts';

/** Returns true if an error means that its mirror cannot be used in this run: it is unreachable, or it refuses access. */
export function isMirrorUnusable(error: TfcacheError): boolean {
  return error.code === 'no-mirror' || error.code === 'configuration';
}

/**
 * Returns the error that ends a run in which two downloads failed: an integrity error, else an error that a retry may fix
 * (`no-mirror`, exit code 5) rather than one that needs another setting (`configuration`, exit code 7), else the first.
 */
export function pickMoreSevere(
  first: TfcacheError | undefined,
  second: TfcacheError | undefined,
): TfcacheError | undefined {
  if (first === undefined || second?.code === 'integrity') return second ?? first;
  if (first.code === 'configuration' && second?.code === 'no-mirror') return second;
  return first;
}

/**
 * Returns the error that ends a run in which no mirror resolved a request: the first answer of a mirror that could be used,
 * else an error that a retry may fix (`no-mirror`), else the last error. Earlier errors were logged as warnings already.
 */
export function chooseReportedError(
  earlier: TfcacheError | undefined,
  last: TfcacheError,
): TfcacheError {
  if (earlier === undefined) return last;
  if (!isMirrorUnusable(earlier)) return earlier;
  return earlier.code === 'no-mirror' && last.code === 'configuration' ? earlier : last;
}
