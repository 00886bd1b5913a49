import * as v from 'valibot';
import { normalizeTimestamp } from './status-entry.ts';

/**
 * Where a mirror says of itself when it was last complete, below the root of a bucket: written last, after every file is in
 * place, like the trace files of Debian's mirrors. Not a hidden name: web servers are often told not to serve those.
 */
export const TRACE_FOLDER = '@tfcache';
export const TRACE_PATH = `${TRACE_FOLDER}/trace.json`;
/** Bytes; a larger one is none. */
export const MAX_TRACE_BYTES = 64 * 1024;

const Trace = v.object({
  /** An unknown one is not read. */
  format: v.literal('tfcache-trace/1'),
  /** When the last complete sync ended: RFC 3339 in UTC, `2026-11-22T07:35:24Z`. */
  finished: v.pipe(v.string(), v.isoTimestamp()),
  /** Where it came from, without user and password. */
  upstream: v.optional(v.string()),
  /** What it holds. */
  files: v.optional(v.number()),
  bytes: v.optional(v.number()),
});

export type Trace = v.InferOutput<typeof Trace>;

/**
 * Seconds since the epoch of the sync that a trace tells of; undefined when it tells of none.
 *
 * @throws SyntaxError, ValiError for a text that is no trace.
 */
export function parseTrace(text: string): number | undefined {
  const { finished } = v.parse(Trace, JSON.parse(text));
  return normalizeTimestamp(Math.floor(Date.parse(finished) / 1000));
}
