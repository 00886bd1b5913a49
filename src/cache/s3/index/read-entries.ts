import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { Log } from '../../../platform/log.ts';
import { LARGEST_INDEX } from '../../index-file.ts';
import type { Bucket } from '../bucket/bucket.ts';
import type { Failure } from '../bucket/failure.ts';
import { fetchWhole, WrongSize } from '../packs/fetch-range.ts';
import { type EntryName, type IndexEntry, parseEntry } from './index-entry.ts';

/** Entries read, or removed, at once. */
export const AT_ONCE = 16;
/** Bytes kept for an entry whose size a store does not tell. */
const UNKNOWN_SIZE = LARGEST_INDEX / AT_ONCE;

/** An entry as a listing tells it. */
export interface ListedEntry extends EntryName {
  /** Bytes; undefined when the store does not tell. */
  size: number | undefined;
}

export interface ReadWith {
  bucket: Bucket;
  judge: (error: unknown) => Failure;
  log: Log;
  patience: number;
}

export interface ReadEntries {
  /** Oldest first. What holds anything else, or is beyond what an index may have, is not among them: it tells nothing. */
  entries: IndexEntry[];
  /** Listed, and gone when they were asked for. */
  vanished: number;
  /** Not had from the store: what they tell is not known. */
  failed: number;
}

/**
 * Reads entries, given newest first, as long as they have {@link LARGEST_INDEX} bytes together: room is taken before an
 * entry is asked for, so that those that come at once do not have more.
 *
 * @throws what the SDK throws when the store does not work.
 */
export async function readEntries(
  prefix: string,
  names: readonly ListedEntry[],
  { bucket, judge, log, patience }: ReadWith,
): Promise<ReadEntries> {
  const read: (IndexEntry | undefined)[] = names.map(() => undefined);
  const leaveOut = (name: string, reason: string) =>
    log.debug(`Index entry ${name} is left out: ${reason}`);
  let vanished = 0;
  let failed = 0;
  let room = LARGEST_INDEX;
  await forEachParallel(names.entries(), AT_ONCE, async ([at, { text, size }]) => {
    const kept = size ?? Math.min(room, UNKNOWN_SIZE);
    if (kept > room) return leaveOut(text, 'with newer ones it is larger than an index may be');
    room -= kept;
    try {
      const bytes = await fetchWhole(bucket, `${prefix}${text}`, kept, patience);
      room += kept - bytes.length;
      const entry = parseEntry(bytes.toString('utf8'));
      if (typeof entry === 'string') leaveOut(text, entry);
      else read[at] = entry;
    } catch (error) {
      room += kept;
      const failure = judge(error);
      if (failure.down) throw error;
      if (failure.kind === 'missing') vanished += 1;
      else {
        // Larger than it was listed: nobody changes an entry, so it is none.
        if (!(error instanceof WrongSize)) failed += 1;
        leaveOut(text, failure.reason);
      }
    }
  });
  return { entries: read.filter((entry) => entry !== undefined).reverse(), vanished, failed };
}
