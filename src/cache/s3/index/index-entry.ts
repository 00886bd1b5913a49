import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { CacheIndex, Pack } from '../../cache.ts';
import { formatIndex, mergeIndexes, parseIndex } from '../../index-file.ts';

/**
 * One save's addition to the index: an object of its own that is never changed, so that writers cannot lose each other's
 * work. It is two lines: a head, and an index.
 */
export interface IndexEntry {
  /** Keys of packs that earlier entries name, and that are gone or hold wrong bytes. */
  forget: readonly string[];
  index: CacheIndex;
}

/** A name sorts before those that are older: stores list by name, and the newest are what we want. */
export interface IndexEntryName {
  /** 13 digits; less is newer. */
  stamp: string;
  /** `one`: a save's addition; `all`: everything up to the time in its stamp, put together. */
  kind: 'one' | 'all';
  text: string;
}

const ENTRY_VERSION = 1;
/** Milliseconds since 1970-01-01T00:00:00Z have 13 digits until the year 2286. */
const MAX_TIMESTAMP_MS = 9_999_999_999_999;

const headSchema = v.object({
  format: v.literal('tfcache-s3-index'),
  version: v.literal(ENTRY_VERSION),
  forget: v.array(v.pipe(v.string(), v.regex(/^[^,\p{Cc}]{1,512}$/u))),
});

export function formatIndexEntry({ forget, index }: IndexEntry): string {
  const head = { format: 'tfcache-s3-index', version: ENTRY_VERSION, forget };
  return `${JSON.stringify(head)}\n${formatIndex(index)}\n`;
}

/** Reads what a store returned: anything may stand in it. The reason as a string when it cannot be used. */
export function parseIndexEntry(text: string): IndexEntry | string {
  const end = text.indexOf('\n');
  let head: unknown;
  try {
    head = JSON.parse(text.slice(0, Math.max(end, 0)));
  } catch {
    return 'its first line is not JSON';
  }
  const parsed = v.safeParse(headSchema, head);
  if (!parsed.success) return 'its head is not one of this format and version';
  const index = parseIndex(text.slice(end + 1));
  return typeof index === 'string' ? index : { forget: parsed.output.forget, index };
}

/**
 * Entries as one index, oldest first. What an entry forgets and adds again, under the same key, stays. The limits of an
 * index hold for the whole, so that what is forgotten takes nothing's place.
 */
export function mergeIndexEntries(older: CacheIndex, entries: readonly IndexEntry[]): CacheIndex {
  const forgotten = new Set<string>();
  const kept = (packs: readonly Pack[]) => packs.filter(({ key }) => !forgotten.has(key));
  // From the newest on: what an entry forgets concerns those before it alone.
  const parts: CacheIndex[] = [];
  for (const { forget, index } of [...entries].reverse()) {
    parts.push({ packs: kept(index.packs), files: index.files });
    for (const key of forget) forgotten.add(key);
  }
  parts.reverse();
  const newer = {
    packs: parts.flatMap(({ packs }) => packs),
    files: parts.flatMap(({ files }) => files),
  };
  return mergeIndexes({ packs: kept(older.packs), files: older.files }, newer);
}

export function createEntryName(now: number): string {
  const stamp = String(MAX_TIMESTAMP_MS - now).padStart(13, '0');
  return formatEntryName(stamp, 'one');
}

/** The name of entries put together: beside the newest of them, so that what came meanwhile is still newer. */
export function createCombinedEntryName(newest: IndexEntryName): string {
  return formatEntryName(newest.stamp, 'all');
}

export function parseEntryName(text: string): IndexEntryName | undefined {
  const match = /^(\d{13})-[0-9a-f-]{36}-(one|all)\.jsonl$/.exec(text);
  const [, stamp, kind] = match ?? [];
  if (stamp === undefined || (kind !== 'one' && kind !== 'all')) return undefined;
  return { stamp, kind, text };
}

function formatEntryName(stamp: string, kind: IndexEntryName['kind']): string {
  return `${stamp}-${randomUUID()}-${kind}.jsonl`;
}
