import * as v from 'valibot';
import { normalizeTimestamp, type StatusEntry } from './status-entry.ts';

const Site = v.object({
  version: v.optional(v.union([v.number(), v.string()])),
  mirrors: v.array(
    v.object({ cname: v.string(), url: v.optional(v.string()), status: v.optional(v.string()) }),
  ),
});

/** Letters that say what goes on; the rest (X next, N new, S, O) only carry times. */
const STATES: Readonly<Record<string, StatusEntry['state']>> = {
  S: 'success',
  Y: 'syncing',
  F: 'failed',
  P: 'paused',
  D: 'pending',
};

/**
 * MirrorZ, version 1.7 (https://github.com/mirrorz-org/mirrorz): `{mirrors: [{cname, url, status}]}`. `status` is letters,
 * each with a time in seconds behind it where it has one: `S1600000000X1600003600`; in `Y1600000000O1599990000` the `O` is
 * the last success before the sync that runs. A mirror is named by `cname`, or by its `url` where that differs.
 *
 * @throws ValiError for JSON of another form.
 */
export function parseMirrorz(json: unknown): StatusEntry[] {
  return v.parse(Site, json).mirrors.flatMap(({ cname, url, status = 'U' }) => {
    const { lastSuccess, state } = readStatus(status);
    const names = new Set([cname, getLastName(url)].filter((name) => name !== ''));
    return [...names].map((name) => ({ name, lastSuccess, state }));
  });
}

function readStatus(text: string): Omit<StatusEntry, 'name'> {
  let lastSuccess: number | undefined;
  let state: StatusEntry['state'] = 'unknown';
  for (const [, letter = '', digits = ''] of text.matchAll(/([A-Z])(\d*)/g)) {
    const time = digits === '' ? undefined : normalizeTimestamp(Number(digits));
    if (letter === 'S' || letter === 'O') lastSuccess ??= time;
    state = STATES[letter] ?? state;
  }
  return { lastSuccess, state };
}

/** `tensorflow` of `/tensorflow/` and of `https://host/tensorflow`. */
function getLastName(url: string | undefined): string {
  return /([^/]+)\/*$/.exec((url ?? '').replace(/^[a-z]+:\/\/[^/]*/i, ''))?.[1] ?? '';
}
