import * as v from 'valibot';
import { normalizeTimestamp, type StatusEntry } from './status-entry.ts';

const Jobs = v.array(
  v.object({
    name: v.string(),
    status: v.string(),
    // Only the last success counts; `last_ended` is also that of a failure.
    last_update_ts: v.optional(v.number()),
  }),
);

const STATES: Readonly<Record<string, StatusEntry['state']>> = {
  success: 'success',
  syncing: 'syncing',
  'pre-syncing': 'syncing',
  failed: 'failed',
  paused: 'paused',
  disabled: 'disabled',
};

/**
 * tunasync's status, as TUNA, BFSU and NJU publish it: `[{name, status, last_update_ts, …}]`
 * (https://github.com/tuna/tunasync/blob/master/internal/status_web.go).
 *
 * @throws ValiError for JSON of another form.
 */
export function parseTunasync(json: unknown): StatusEntry[] {
  return v.parse(Jobs, json).map(({ name, status, last_update_ts }) => {
    const lastSuccess = normalizeTimestamp(last_update_ts);
    const state = STATES[status] ?? 'unknown';
    return { name, lastSuccess, state: lastSuccess === undefined ? 'never' : state };
  });
}
