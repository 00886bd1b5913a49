import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { CacheIndex } from '../../cache.ts';
import { EMPTY_INDEX } from '../../index-file.ts';
import {
  applyEntries,
  combinedName,
  formatEntry,
  type IndexEntry,
  newEntryName,
  parseEntryName,
} from './index-entry.ts';
import { AT_ONCE, type ListedEntry, type ReadWith, readEntries } from './read-entries.ts';

/** Entries that a reader looks at, newest first; a bound on its requests. */
export const MOST_ENTRIES = 256;
/** Additions after which a writer may put all entries together. */
export const COMBINE_AT = 8;
/** One writer in so many does it, so that a thousand at once do not all set about it. */
const COMBINE_ODDS = 4;
/** Looks at the list, when entries vanish between a look and the reading because somebody put them together. */
const LOOKS = 3;
/** Pages of a listing that are looked through: names that are not ours count, too. */
const MOST_PAGES = 20;

export interface IndexLogOptions extends ReadWith {
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
  const { bucket, judge, log } = options;

  /** The newest entries' names, newest first. A page may hold fewer than there are. */
  async function list(prefix: string): Promise<ListedEntry[]> {
    const names: ListedEntry[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      pages += 1;
      const page = await bucket.list(prefix, next);
      for (const { key, size } of page.objects) {
        const name = parseEntryName(key.slice(prefix.length));
        if (name !== undefined) names.push({ ...name, size });
      }
      next = page.next;
    } while (next !== undefined && names.length < MOST_ENTRIES && pages < MOST_PAGES);
    return names.slice(0, MOST_ENTRIES);
  }

  async function readAll(prefix: string) {
    for (let look = 1; ; look += 1) {
      const names = await list(prefix);
      const read = await readEntries(prefix, names, options);
      if (read.vanished === 0 || look === LOOKS) return { names, ...read };
    }
  }

  /** Puts what is there into one entry, and removes what it was put together from, and what tells nothing. */
  async function combine(prefix: string): Promise<void> {
    const listed = await list(prefix);
    const last = listed.findIndex(({ kind }) => kind === 'all');
    if ((last < 0 ? listed.length : last) < COMBINE_AT) return;
    const { names, entries, vanished, failed } = await readAll(prefix);
    const [newest] = names;
    // What could not be read would be lost.
    if (newest === undefined || vanished + failed > 0) return;
    const index = applyEntries(EMPTY_INDEX, entries);
    const combined = combinedName(newest);
    await bucket.put(`${prefix}${combined}`, text({ forget: [], index }), 'any');
    await forEachParallel(names, AT_ONCE, ({ text: name }) => bucket.remove(`${prefix}${name}`));
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
