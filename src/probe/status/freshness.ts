import type { Freshness } from '../report/report.ts';
import type { StatusEntry } from './status-entry.ts';

export interface FreshnessLimit {
  /** Seconds since the epoch. */
  nowSeconds: number;
  staleAfterDays: number;
}

export const UNKNOWN_FRESHNESS: Freshness = {
  state: 'unknown',
  lastSync: undefined,
  status: undefined,
  source: undefined,
  newestFile: undefined,
};

/** @param lastSync seconds since the epoch of the last successful sync. */
export function evaluateSync(lastSync: number, source: string, limit: FreshnessLimit): Freshness {
  const old = limit.nowSeconds - lastSync > limit.staleAfterDays * 86_400;
  return { ...UNKNOWN_FRESHNESS, state: old ? 'stale' : 'fresh', lastSync, source };
}

/**
 * What a site's status says of the mirror by this name. A name that is not in it is not kept by the site, whatever still
 * stands in its folders.
 */
export function evaluateStatus(
  entries: readonly StatusEntry[],
  name: string,
  source: string,
  limit: FreshnessLimit,
): Freshness {
  const entry =
    entries.find((candidate) => candidate.name === name) ??
    entries.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (entry === undefined) return { ...UNKNOWN_FRESHNESS, state: 'not-carried', source };
  if (entry.lastSuccess !== undefined) {
    return { ...evaluateSync(entry.lastSuccess, source, limit), status: entry.state };
  }
  const state = entry.state === 'never' ? 'never' : 'unknown';
  return { ...UNKNOWN_FRESHNESS, state, status: entry.state, source };
}
