import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { CacheIndex } from '../../cache.ts';
import { EMPTY_INDEX } from '../../index-file.ts';
import {
  createCombinedEntryName,
  createEntryName,
  formatIndexEntry,
  type IndexEntry,
  mergeIndexEntries,
  parseEntryName,
} from './index-entry.ts';
import {
  type IndexReadContext,
  type ListedIndexEntry,
  MAX_CONCURRENT_ENTRIES,
  readIndexEntries,
} from './read-entries.ts';

/** Entries that a reader looks at, newest first; a bound on its requests. */
export const MAX_INDEX_ENTRY_COUNT = 256;
/** Additions after which a writer may put all entries together. */
export const MIN_ENTRY_COUNT_TO_COMBINE = 8;
/** One writer in so many does it, so that a thousand at once do not all set about it. */
const COMBINE_ODDS = 4;
/** Looks at the list, when entries vanish between a look and the reading because somebody put them together. */
const MAX_LIST_ATTEMPTS = 3;
/** Pages of a listing that are looked through: names that are not ours count, too. */
const MAX_PAGE_COUNT = 20;

export interface IndexLogOptions extends IndexReadContext {
  /** 0 to 1, below 1: whose turn it is to put entries together. */
  random: () => number;
}

/** The index of one scope: entries below a prefix, one a save. */
export interface IndexLog {
  /** @throws what the SDK throws when the list cannot be had. */
  readIndex(prefix: string, older: CacheIndex): Promise<{ index: CacheIndex; entries: number }>;
  /** @throws what the SDK throws when the entry cannot be written. */
  addEntry(prefix: string, entry: IndexEntry): Promise<void>;
}

export function createIndexLog(options: IndexLogOptions): IndexLog {
  const { bucket, classifyError, log } = options;

  /** The newest entries' names, newest first. A page may hold fewer than there are. */
  async function list(prefix: string): Promise<ListedIndexEntry[]> {
    const names: ListedIndexEntry[] = [];
    let next: string | undefined;
    let pages = 0;
    do {
      pages += 1;
      const page = await bucket.listObjects(prefix, next);
      for (const { key, size } of page.objects) {
        const name = parseEntryName(key.slice(prefix.length));
        if (name !== undefined) names.push({ ...name, size });
      }
      next = page.next;
    } while (next !== undefined && names.length < MAX_INDEX_ENTRY_COUNT && pages < MAX_PAGE_COUNT);
    return names.slice(0, MAX_INDEX_ENTRY_COUNT);
  }

  async function readAll(prefix: string) {
    for (let look = 1; ; look += 1) {
      const names = await list(prefix);
      const read = await readIndexEntries(prefix, names, options);
      if (read.vanishedCount === 0 || look === MAX_LIST_ATTEMPTS) return { names, ...read };
    }
  }

  /** Puts what is there into one entry, and removes what it was put together from, and what tells nothing. */
  async function combine(prefix: string): Promise<void> {
    const listed = await list(prefix);
    const last = listed.findIndex(({ kind }) => kind === 'all');
    if ((last < 0 ? listed.length : last) < MIN_ENTRY_COUNT_TO_COMBINE) return;
    const { names, entries, vanishedCount, failedCount } = await readAll(prefix);
    const [newest] = names;
    // What could not be read would be lost.
    if (newest === undefined || vanishedCount + failedCount > 0) return;
    const index = mergeIndexEntries(EMPTY_INDEX, entries);
    const combined = createCombinedEntryName(newest);
    await bucket.putObject(`${prefix}${combined}`, encodeIndexEntry({ forget: [], index }), 'any');
    await forEachParallel(names, MAX_CONCURRENT_ENTRIES, ({ text: name }) =>
      bucket.deleteObject(`${prefix}${name}`),
    );
  }

  return {
    async readIndex(prefix, older) {
      const { entries } = await readAll(prefix);
      return { index: mergeIndexEntries(older, entries), entries: entries.length };
    },
    async addEntry(prefix, entry) {
      await bucket.putObject(
        `${prefix}${createEntryName(Date.now())}`,
        encodeIndexEntry(entry),
        'any',
      );
      if (options.random() >= 1 / COMBINE_ODDS) return;
      try {
        await combine(prefix);
      } catch (error) {
        log.debug(`The index was not put together: ${classifyError(error).reason}`);
      }
    },
  };
}

function encodeIndexEntry(entry: IndexEntry): Uint8Array {
  return Buffer.from(formatIndexEntry(entry));
}
