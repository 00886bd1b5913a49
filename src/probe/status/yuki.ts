import * as v from 'valibot';
import { normalizeTimestamp, type StatusEntry } from './status-entry.ts';

const Metas = v.array(
  v.object({
    name: v.string(),
    syncing: v.optional(v.boolean()),
    exitCode: v.optional(v.number()),
    lastSuccess: v.optional(v.union([v.number(), v.string()])),
  }),
);

/**
 * Yuki's `/api/v1/metas` (https://github.com/ustclug/Yuki): `[{name, syncing, exitCode, lastSuccess, …}]`, the time in
 * seconds, or as RFC 3339 in later versions.
 *
 * @throws ValiError for JSON of another form.
 */
export function parseYuki(json: unknown): StatusEntry[] {
  return v.parse(Metas, json).map(({ name, syncing, exitCode = 0, lastSuccess }) => {
    const time = normalizeTimestamp(
      typeof lastSuccess === 'string' ? Math.floor(Date.parse(lastSuccess) / 1000) : lastSuccess,
    );
    const state = syncing === true ? 'syncing' : exitCode === 0 ? 'success' : 'failed';
    return { name, lastSuccess: time, state: time === undefined ? 'never' : state };
  });
}
