import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { Log } from '../../../platform/log.ts';
import { MAX_INDEX_BYTES } from '../../index-file.ts';
import type { Bucket } from '../bucket/bucket.ts';
import type { S3Failure } from '../bucket/known-failures.ts';
import { fetchObject, WrongSizeError } from '../packs/fetch-range.ts';
import { type IndexEntry, type IndexEntryName, parseIndexEntry } from './index-entry.ts';

/** Entries read, or removed, at once. */
export const MAX_CONCURRENT_ENTRIES = 16;
/** Bytes kept for an entry whose size a store does not tell. */
const UNKNOWN_ENTRY_BYTES = MAX_INDEX_BYTES / MAX_CONCURRENT_ENTRIES;

/** An entry as a listing tells it. */
export interface ListedIndexEntry extends IndexEntryName {
  /** Bytes; undefined when the store does not tell. */
  size: number | undefined;
}

export interface IndexReadContext {
  bucket: Bucket;
  classifyError: (error: unknown) => S3Failure;
  log: Log;
  idleTimeoutMs: number;
}

export interface IndexEntriesResult {
  /** Oldest first. What holds anything else, or is beyond what an index may have, is not among them: it tells nothing. */
  entries: IndexEntry[];
  /** Listed, and gone when they were asked for. */
  vanishedCount: number;
  /** Not had from the store: what they tell is not known. */
  failedCount: number;
}

/**
 * Reads entries, given newest first, as long as they have {@link MAX_INDEX_BYTES} bytes together: room is taken before an
 * entry is asked for, so that those that come at once do not have more.
 *
 * @throws what the SDK throws when the store does not work.
 */
export async function readIndexEntries(
  prefix: string,
  names: readonly ListedIndexEntry[],
  { bucket, classifyError, log, idleTimeoutMs }: IndexReadContext,
): Promise<IndexEntriesResult> {
  const read: (IndexEntry | undefined)[] = names.map(() => undefined);
  const leaveOut = (name: string, reason: string) =>
    log.debug(`Index entry ${name} is left out: ${reason}`);
  let vanishedCount = 0;
  let failedCount = 0;
  let room = MAX_INDEX_BYTES;
  await forEachParallel(names.entries(), MAX_CONCURRENT_ENTRIES, async ([at, { text, size }]) => {
    const kept = size ?? Math.min(room, UNKNOWN_ENTRY_BYTES);
    if (kept > room) return leaveOut(text, 'with newer ones it is larger than an index may be');
    room -= kept;
    try {
      const bytes = await fetchObject(bucket, `${prefix}${text}`, kept, idleTimeoutMs);
      room += kept - bytes.length;
      const entry = parseIndexEntry(bytes.toString('utf8'));
      if (typeof entry === 'string') leaveOut(text, entry);
      else read[at] = entry;
    } catch (error) {
      room += kept;
      const failure = classifyError(error);
      if (failure.isServiceDown) throw error;
      if (failure.kind === 'missing') vanishedCount += 1;
      else {
        // Larger than it was listed: nobody changes an entry, so it is none.
        if (!(error instanceof WrongSizeError)) failedCount += 1;
        leaveOut(text, failure.reason);
      }
    }
  });
  return {
    entries: read.filter((entry) => entry !== undefined).reverse(),
    vanishedCount,
    failedCount,
  };
}
