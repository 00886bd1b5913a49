import type { TfcacheError } from '../../platform/error.ts';

/** Whether an error means that its mirror cannot be used in this run: it is unreachable, or it refuses. */
export function isMirrorUnusable(error: TfcacheError): boolean {
  return error.code === 'no-mirror' || error.code === 'configuration';
}

/**
 * The error with which a run ends if two mirrors failed: an integrity error, else one that a retry may mend (`no-mirror`,
 * exit code 5) rather than one that it does not (`configuration`, exit code 7), else the first.
 */
export function pickMoreSevere(
  one: TfcacheError | undefined,
  other: TfcacheError | undefined,
): TfcacheError | undefined {
  if (one === undefined || other?.code === 'integrity') return other ?? one;
  if (one.code === 'configuration' && other?.code === 'no-mirror') return other;
  return one;
}
