import type { Log } from '../../log.ts';
import { EMPTY_INDEX, LARGEST_INDEX } from '../index-file.ts';
import type { CacheIndex } from '../types.ts';
import type { Bucket } from './bucket.ts';
import type { Failure } from './failure.ts';
import { fetchWhole } from './fetch-range.ts';
import {
  applyEntries,
  combinedName,
  type EntryName,
  formatEntry,
  type IndexEntry,
  newEntryName,
  parseEntry,
  parseEntryName,
} from './index-entry.ts';
import { forEachAtOnce } from './slots.ts';

/** Entries that a reader looks at, newest first; a bound on its requests. */
export const MOST_ENTRIES = 256;
/** Additions after which a writer may put all entries together. */
export const COMBINE_AT = 8;
/** One writer in so many does it, so that a thousand at once do not all set about it. */
const COMBINE_ODDS = 4;
/** Entries read at once. */
const AT_ONCE = 16;
/** Looks at the list, when entries vanish between a look and the reading because somebody put them together. */
const LOOKS = 3;
/** Pages of a listing that are looked through: names that are not ours count, too. */
const MOST_PAGES = 20;

export interface IndexLogOptions {
  bucket: Bucket;
  judge: (error: unknown) => Failure;
  log: Log;
  patience: number;
  /** 0 to 1, below 1: whose turn it is to put entries together. */
  draw: () => number;
}

/** The index of one scope: entries below a prefix, one a save. */
export interface IndexLog {
  /** @throws what the SDK throws when the list cannot be had. */
  read(prefix: string, older: CacheIndex): Promise<{ index: CacheIndex; entries: number }>;
  /** @throws what the SDK throws when the entry cannot be written. */
  add(prefix: string, entry: IndexEntry): Promise<void>;
}

export function createIndexLog(options: IndexLogOptions): IndexLog {
  const { bucket, judge, log, patience } = options;

  /** The newest entries' names, newest first. A page may hold fewer than there are. */
  async function list(prefix: string): Promise<EntryName[]> {
    const names: EntryName[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      pages += 1;
      const page = await bucket.list(prefix, next);
      for (const key of page.keys) {
        const name = parseEntryName(key.slice(prefix.length));
        if (name !== undefined) names.push(name);
      }
      next = page.next;
    } while (next !== undefined && names.length < MOST_ENTRIES && pages < MOST_PAGES);
    return names.slice(0, MOST_ENTRIES);
  }

  async function readEntries(
    prefix: string,
    names: readonly EntryName[],
  ): Promise<{ entries: IndexEntry[]; vanished: boolean }> {
    const read: (IndexEntry | undefined)[] = names.map(() => undefined);
    let vanished = false;
    let room = LARGEST_INDEX;
    await forEachAtOnce(names.entries(), AT_ONCE, async ([at, { text }]) => {
      if (room <= 0) return;
      try {
        const bytes = await fetchWhole(bucket, `${prefix}${text}`, room, patience);
        room -= bytes.length;
        const entry = parseEntry(bytes.toString('utf8'));
        if (typeof entry === 'string') log.debug(`Index entry ${text} is left out: ${entry}`);
        else read[at] = entry;
      } catch (error) {
        const failure = judge(error);
        if (failure.down) throw error;
        if (failure.kind === 'missing') vanished = true;
        else log.debug(`Index entry ${text} is left out: ${failure.reason}`);
      }
    });
    return { entries: read.filter((entry) => entry !== undefined).reverse(), vanished };
  }

  async function readAll(prefix: string) {
    for (let look = 1; ; look += 1) {
      const names = await list(prefix);
      const { entries, vanished } = await readEntries(prefix, names);
      if (!vanished || look === LOOKS) return { names, entries };
    }
  }

  /** Puts what is there into one entry, and removes what it was put together from. */
  async function combine(prefix: string): Promise<void> {
    const listed = await list(prefix);
    const last = listed.findIndex(({ kind }) => kind === 'all');
    if ((last < 0 ? listed.length : last) < COMBINE_AT) return;
    const { names, entries } = await readAll(prefix);
    const [newest] = names;
    if (newest === undefined || entries.length < names.length) return;
    const index = applyEntries(EMPTY_INDEX, entries);
    const combined = combinedName(newest);
    await bucket.put(`${prefix}${combined}`, text({ forget: [], index }), 'any');
    await forEachAtOnce(names, AT_ONCE, ({ text: name }) => bucket.remove(`${prefix}${name}`));
  }

  return {
    async read(prefix, older) {
      const { entries } = await readAll(prefix);
      return { index: applyEntries(older, entries), entries: entries.length };
    },
    async add(prefix, entry) {
      await bucket.put(`${prefix}${newEntryName(Date.now())}`, text(entry), 'any');
      if (options.draw() >= 1 / COMBINE_ODDS) return;
      try {
        await combine(prefix);
      } catch (error) {
        log.debug(`The index was not put together: ${judge(error).reason}`);
      }
    },
  };
}

function text(entry: IndexEntry): Uint8Array {
  return Buffer.from(formatEntry(entry));
}
