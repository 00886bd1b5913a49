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

/** Entries that a reader fetches, newest first; limits its requests. */
export const MAX_INDEX_ENTRY_COUNT = 256;
/** Single entries after which a writer may combine all entries. */
export const MIN_ENTRY_COUNT_TO_COMBINE = 8;
/** The share of writers that combine entries, so that a thousand concurrent writers do not all do it. */
const COMBINE_PROBABILITY = 1 / 4;
/** Attempts to list the entries, if some were combined and deleted between listing and fetching. */
const MAX_LIST_ATTEMPTS = 3;
/** Pages of a listing that are read, including those with other names. */
const MAX_PAGE_COUNT = 20;

export interface IndexLogOptions extends IndexReadContext {
  /** Returns a number from 0 to below 1, which decides whether a write combines entries. */
  random: () => number;
}

/** The index of one scope: entries below a prefix, one per save. */
export interface IndexLog {
  /** @throws the SDK's error if the entries cannot be listed. */
  readIndex(prefix: string, older: CacheIndex): Promise<{ index: CacheIndex; entryCount: number }>;
  /** @throws the SDK's error if the entry cannot be written. */
  addEntry(prefix: string, entry: IndexEntry): Promise<void>;
}

export function createIndexLog(options: IndexLogOptions): IndexLog {
  const { bucket, classifyError, log } = options;

  /** Lists the newest entries, newest first. */
  async function listEntries(prefix: string): Promise<ListedIndexEntry[]> {
    const names: ListedIndexEntry[] = [];
    let next: string | undefined;
    let pageCount = 0;
    do {
      pageCount += 1;
      const page = await bucket.listObjects(prefix, next);
      for (const { key, size } of page.objects) {
        const name = parseEntryName(key.slice(prefix.length));
        if (name !== undefined) names.push({ ...name, size });
      }
      next = page.next;
    } while (
      next !== undefined &&
      names.length < MAX_INDEX_ENTRY_COUNT &&
      pageCount < MAX_PAGE_COUNT
    );
    return names.slice(0, MAX_INDEX_ENTRY_COUNT);
  }

  async function readEntries(prefix: string) {
    for (let attempt = 1; ; attempt += 1) {
      const names = await listEntries(prefix);
      const read = await readIndexEntries(prefix, names, options);
      if (read.vanishedCount === 0 || attempt === MAX_LIST_ATTEMPTS) return { names, ...read };
    }
  }

  /** Combines all entries into one, and deletes them, together with unusable entries. */
  async function combineEntries(prefix: string): Promise<void> {
    const listed = await listEntries(prefix);
    const last = listed.findIndex(({ kind }) => kind === 'all');
    if ((last < 0 ? listed.length : last) < MIN_ENTRY_COUNT_TO_COMBINE) return;
    const { names, entries, vanishedCount, failedCount } = await readEntries(prefix);
    const [newest] = names;
    // The content of entries that could not be read would be lost.
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
      const { entries } = await readEntries(prefix);
      return { index: mergeIndexEntries(older, entries), entryCount: entries.length };
    },
    async addEntry(prefix, entry) {
      await bucket.putObject(
        `${prefix}${createEntryName(Date.now())}`,
        encodeIndexEntry(entry),
        'any',
      );
      if (options.random() >= COMBINE_PROBABILITY) return;
      try {
        await combineEntries(prefix);
      } catch (error) {
        log.debug(`Could not combine index entries: ${classifyError(error).reason}`);
      }
    },
  };
}

function encodeIndexEntry(entry: IndexEntry): Uint8Array {
  return Buffer.from(formatIndexEntry(entry));
}
