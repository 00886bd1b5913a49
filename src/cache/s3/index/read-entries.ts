import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { Log } from '../../../platform/log.ts';
import { MAX_INDEX_BYTES } from '../../index-file.ts';
import type { Bucket } from '../bucket/bucket.ts';
import type { S3Failure } from '../bucket/known-failures.ts';
import { fetchObject, WrongSizeError } from '../packs/fetch-range.ts';
import { type IndexEntry, type IndexEntryName, parseIndexEntry } from './index-entry.ts';

/** Entries that are fetched or deleted at once. */
export const MAX_CONCURRENT_ENTRIES = 16;
/** Bytes reserved for an entry if the store does not send its size. */
const UNKNOWN_ENTRY_BYTES = MAX_INDEX_BYTES / MAX_CONCURRENT_ENTRIES;

/** An entry in a listing. */
export interface ListedIndexEntry extends IndexEntryName {
  /** Bytes; undefined if the store does not send the size. */
  size: number | undefined;
}

export interface IndexReadContext {
  bucket: Bucket;
  classifyError: (error: unknown) => S3Failure;
  log: Log;
  idleTimeoutMs: number;
}

export interface IndexEntriesResult {
  /** Oldest first, without unusable entries and those beyond the size limit of an index. */
  entries: IndexEntry[];
  /** Entries that were deleted after they were listed. */
  vanishedCount: number;
  /** Entries that could not be fetched, so that their content is unknown. */
  failedCount: number;
}

/**
 * Reads entries, newest first, up to {@link MAX_INDEX_BYTES} bytes in total. The bytes of an entry are reserved before it is
 * requested, so that concurrent requests do not exceed the limit.
 *
 * @throws the SDK's error if the store is down.
 */
export async function readIndexEntries(
  prefix: string,
  names: readonly ListedIndexEntry[],
  { bucket, classifyError, log, idleTimeoutMs }: IndexReadContext,
): Promise<IndexEntriesResult> {
  const read: (IndexEntry | undefined)[] = names.map(() => undefined);
  const skip = (name: string, reason: string) =>
    log.debug(`Skipped index entry ${name}: ${reason}`);
  let vanishedCount = 0;
  let failedCount = 0;
  let remainingBytes = MAX_INDEX_BYTES;
  await forEachParallel(
    names.entries(),
    MAX_CONCURRENT_ENTRIES,
    async ([index, { text, size }]) => {
      const reservedBytes = size ?? Math.min(remainingBytes, UNKNOWN_ENTRY_BYTES);
      if (reservedBytes > remainingBytes) {
        return skip(text, 'together with newer entries it exceeds the size limit of an index');
      }
      remainingBytes -= reservedBytes;
      try {
        const bytes = await fetchObject(bucket, `${prefix}${text}`, reservedBytes, idleTimeoutMs);
        remainingBytes += reservedBytes - bytes.length;
        const entry = parseIndexEntry(bytes.toString('utf8'));
        if (typeof entry === 'string') skip(text, entry);
        else read[index] = entry;
      } catch (error) {
        remainingBytes += reservedBytes;
        const failure = classifyError(error);
        if (failure.isServiceDown) throw error;
        if (failure.kind === 'missing') vanishedCount += 1;
        else {
          // Entries never change, so an object that is larger than listed is not an entry.
          if (!(error instanceof WrongSizeError)) failedCount += 1;
          skip(text, failure.reason);
        }
      }
    },
  );
  return {
    entries: read.filter((entry) => entry !== undefined).reverse(),
    vanishedCount,
    failedCount,
  };
}
