import { mkdirSync, rmSync } from 'node:fs';
import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { Semaphore } from '../../../platform/concurrency/semaphore.ts';
import type { Log } from '../../../platform/log.ts';
import type { Pack, PackOutcome } from '../../cache.ts';
import type { Bucket, ObjectRange } from '../bucket/bucket.ts';
import type { S3Failure } from '../bucket/known-failures.ts';
import { fetchRange, WrongSizeError } from './fetch-range.ts';
import { createPackFiles, type PackFiles } from './pack-files.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Bytes of one request. Small enough that one file uses many connections (each transfers 50 to 100 MB/s from AWS:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html), and large enough that the
 * overhead of requests is small. A truncated request is resumed, so it loses nothing.
 */
const MIN_RANGE_BYTES = 8 * MEBIBYTE;
const MAX_RANGE_BYTES = 64 * MEBIBYTE;

/** Returns the bytes of one request for a download over this many connections. */
export function chooseRangeBytes(totalBytes: number, connectionCount: number): number {
  const shareBytes = Math.ceil(totalBytes / connectionCount / MEBIBYTE) * MEBIBYTE;
  return Math.min(Math.max(shareBytes, MIN_RANGE_BYTES), MAX_RANGE_BYTES);
}

export interface RestorePackContext {
  bucket: Bucket;
  /** Keys of the objects that may hold the pack, the most likely first. */
  candidateKeys: readonly string[];
  /** Limits the concurrent ranges of all packs. */
  semaphore: Semaphore;
  /** The pack's position. Earlier packs complete first, so that they are verified while others are downloaded. */
  priority: number;
  /** See {@link chooseRangeBytes}. */
  rangeBytes: number;
  /** The time in which a transfer must make progress. */
  idleTimeoutMs: number;
  classifyError: (error: unknown) => S3Failure;
  log: Log;
}

/**
 * Fetches a pack in concurrent ranges into files below `folder`. An object of another size than the pack is reported as
 * restored without files, so that the caller saves the contents under another key.
 */
export async function restorePack(
  pack: Pack,
  folder: string,
  context: RestorePackContext,
): Promise<PackOutcome> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = createPackFiles(pack, folder);
  let deniedReason: string | undefined;
  let wrongSizeReason: string | undefined;
  for (const key of context.candidateKeys) {
    try {
      await fetchPack(key, files, context);
      return { status: 'restored', pack, files: files.paths };
    } catch (error) {
      const failure = context.classifyError(error);
      if (error instanceof WrongSizeError || failure.kind === 'short')
        wrongSizeReason = failure.reason;
      // Without the permission to list a bucket, AWS responds with 403 for missing objects.
      else if (failure.kind === 'denied' && !failure.isServiceDown) deniedReason = failure.reason;
      else if (failure.kind !== 'missing') {
        rmSync(folder, { recursive: true, force: true });
        return { status: 'failed', pack, reason: failure.reason };
      }
    }
  }
  rmSync(folder, { recursive: true, force: true });
  if (wrongSizeReason !== undefined) {
    context.log.warning(
      `Could not use pack ${pack.key} of ${files.totalBytes} bytes: ${wrongSizeReason}.`,
    );
    return { status: 'restored', pack, files: new Map() };
  }
  if (deniedReason !== undefined) return { status: 'failed', pack, reason: deniedReason };
  return { status: 'missing', pack };
}

async function fetchPack(
  key: string,
  files: PackFiles,
  context: RestorePackContext,
): Promise<void> {
  const { bucket, semaphore: slots, priority, rangeBytes, idleTimeoutMs } = context;
  const { totalBytes: size } = files;
  if (size === 0) {
    const found = await slots.run(() => bucket.headObject(key), priority);
    if (found !== 0) throw new WrongSizeError(found);
    return;
  }
  const stop = new AbortController();
  // The first failure; later ones are caused by the abort.
  let failure: { error: unknown } | undefined;
  const fetch = (range: ObjectRange, onAccepted?: () => void): Promise<number> =>
    slots.run(async () => {
      const writer = files.createWriter(range.start);
      try {
        stop.signal.throwIfAborted();
        const download = {
          bucket,
          key,
          range,
          objectBytes: size,
          writer,
          signal: stop.signal,
          idleTimeoutMs,
        };
        return await fetchRange(onAccepted === undefined ? download : { ...download, onAccepted });
      } catch (error) {
        failure ??= { error };
        stop.abort();
        throw error;
      } finally {
        writer.close();
      }
    }, priority);
  const fetchFrom = (start: number): Promise<void> => {
    const ranges = [...listRanges(start, size, rangeBytes)];
    return forEachParallel(ranges, Math.min(ranges.length, 64), async (range) => {
      await fetch(range);
    });
  };

  // The first response shows whether the object exists with the expected size, since an index may be wrong. The other
  // ranges start as soon as it does.
  const first = { start: 0, end: Math.min(rangeBytes, size) - 1 };
  let others: Promise<unknown> | undefined;
  const [firstResult] = await Promise.allSettled([
    fetch(first, () => {
      others ??= Promise.allSettled([fetchFrom(first.end + 1)]);
    }),
  ]);
  await others;
  if (failure !== undefined) throw failure.error;
  // The store sends no sizes, or sends the whole object.
  if (others === undefined && firstResult.status === 'fulfilled') {
    await fetchFrom(firstResult.value);
  }
}

function* listRanges(from: number, size: number, rangeBytes: number): Generator<ObjectRange> {
  for (let start = from; start < size; start += rangeBytes) {
    yield { start, end: Math.min(start + rangeBytes, size) - 1 };
  }
}
