import type { Freshness } from '../report/report.ts';
import type { StatusEntry } from './entry.ts';

export interface FreshnessLimit {
  /** Seconds since the epoch. */
  now: number;
  staleAfterDays: number;
}

export const NOTHING_KNOWN: Freshness = {
  state: 'unknown',
  lastSync: undefined,
  status: undefined,
  source: undefined,
  newestFile: undefined,
};

/** @param lastSync seconds since the epoch of the last successful sync. */
export function judgeSync(lastSync: number, source: string, limit: FreshnessLimit): Freshness {
  const old = limit.now - lastSync > limit.staleAfterDays * 86_400;
  return { ...NOTHING_KNOWN, state: old ? 'stale' : 'fresh', lastSync, source };
}

/**
 * What a site's status says of the mirror by this name. A name that is not in it is not kept by the site, whatever still
 * stands in its folders.
 */
export function judgeStatus(
  entries: readonly StatusEntry[],
  name: string,
  source: string,
  limit: FreshnessLimit,
): Freshness {
  const entry =
    entries.find((candidate) => candidate.name === name) ??
    entries.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (entry === undefined) return { ...NOTHING_KNOWN, state: 'not-carried', source };
  if (entry.lastSuccess !== undefined) {
    return { ...judgeSync(entry.lastSuccess, source, limit), status: entry.state };
  }
  const state = entry.state === 'never' ? 'never' : 'unknown';
  return { ...NOTHING_KNOWN, state, status: entry.state, source };
}
