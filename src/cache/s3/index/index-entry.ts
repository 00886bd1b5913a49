import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { CacheIndex, Pack } from '../../cache.ts';
import { formatIndex, mergeIndexes, parseIndex } from '../../index-file.ts';

/**
 * What one save adds to the index. Each entry is an object that is never changed, so that concurrent writers lose nothing.
 * It consists of two lines: a head and an index.
 */
export interface IndexEntry {
  /** Keys of packs in earlier entries that were evicted or hold wrong bytes. */
  forget: readonly string[];
  index: CacheIndex;
}

/** The name of an entry. Newer names sort first, because stores list by name and readers need the newest entries. */
export interface IndexEntryName {
  /** 13 digits; a smaller number is newer. */
  stamp: string;
  /** `one`: the addition of one save. `all`: all entries up to the time in the stamp, combined. */
  kind: 'one' | 'all';
  text: string;
}

const ENTRY_VERSION = 1;
/** Timestamps in milliseconds have 13 digits until the year 2286. */
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

/** Parses an entry that a store returned, which may hold anything. Returns a reason if it is not an entry. */
export function parseIndexEntry(text: string): IndexEntry | string {
  const end = text.indexOf('\n');
  let head: unknown;
  try {
    head = JSON.parse(text.slice(0, Math.max(end, 0)));
  } catch {
    return 'its first line is not JSON';
  }
  const parsed = v.safeParse(headSchema, head);
  if (!parsed.success) return 'its head does not have this format and version';
  const index = parseIndex(text.slice(end + 1));
  return typeof index === 'string' ? index : { forget: parsed.output.forget, index };
}

/**
 * Merges entries, oldest first, into an index. A pack that an entry both forgets and adds stays. The limits of an index
 * apply to the result, so that forgotten packs do not count.
 */
export function mergeIndexEntries(older: CacheIndex, entries: readonly IndexEntry[]): CacheIndex {
  const forgottenKeys = new Set<string>();
  const excludeForgotten = (packs: readonly Pack[]) =>
    packs.filter(({ key }) => !forgottenKeys.has(key));
  // Newest first, since an entry forgets packs of older entries only.
  const parts: CacheIndex[] = [];
  for (const { forget, index } of [...entries].reverse()) {
    parts.push({ packs: excludeForgotten(index.packs), files: index.files });
    for (const key of forget) forgottenKeys.add(key);
  }
  parts.reverse();
  const newer = {
    packs: parts.flatMap(({ packs }) => packs),
    files: parts.flatMap(({ files }) => files),
  };
  return mergeIndexes({ packs: excludeForgotten(older.packs), files: older.files }, newer);
}

export function createEntryName(now: number): string {
  const stamp = String(MAX_TIMESTAMP_MS - now).padStart(13, '0');
  return formatEntryName(stamp, 'one');
}

/** Returns the name of a combined entry. It has the stamp of its newest part, so that later entries stay newer. */
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
