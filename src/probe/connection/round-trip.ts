import type { RoundTrip } from '../report/report.ts';

/** The middle of several samples, so that one that was held up does not count. Undefined without samples. */
export function summarizeRoundTrip(
  of: RoundTrip['of'],
  samples: readonly number[],
): RoundTrip | undefined {
  const sorted = samples.toSorted((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) return undefined;
  return { of, median: (upper + lower) / 2, samples };
}

/** Those that were measured. */
export function collectRoundTrips(...measured: readonly (RoundTrip | undefined)[]): RoundTrip[] {
  return measured.filter((one) => one !== undefined);
}
