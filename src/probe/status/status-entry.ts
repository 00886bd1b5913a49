/** What a mirror site's status says of one of the mirrors it keeps. */
export interface StatusEntry {
  /** As the site names it: mostly the rsync module and the first folder of its web address. */
  name: string;
  /** Seconds since the epoch of the last successful sync; undefined when there never was one, or nothing tells. */
  lastSuccess: number | undefined;
  /** `never` when the status says that it has not synced yet; else what goes on now. */
  state: 'never' | 'success' | 'syncing' | 'failed' | 'paused' | 'pending' | 'disabled' | 'unknown';
}

/** Years up to this one stand for "never": a zero time in one of several calendars and zones. */
const NEVER_UNTIL_YEAR = 2000;

/** Seconds since the epoch, undefined for a time that means "never" (tunasync: year 1, the epoch, year 2000). */
export function normalizeTimestamp(seconds: number | undefined): number | undefined {
  if (seconds === undefined || !Number.isFinite(seconds)) return undefined;
  const date = new Date(seconds * 1000);
  // Not a date at all when out of range: its year is NaN then.
  return date.getUTCFullYear() > NEVER_UNTIL_YEAR ? seconds : undefined;
}
