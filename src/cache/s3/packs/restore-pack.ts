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
 * Bytes of one request: small enough that a single file comes over many connections (one brings 50 to 100 MB/s from AWS:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html), large enough that the
 * requests hardly count. A request that is cut short costs nothing: it is taken up where it ended.
 */
const MIN_RANGE_BYTES = 8 * MEBIBYTE;
const MAX_RANGE_BYTES = 64 * MEBIBYTE;

/** For so many bytes over so many connections. */
export function chooseRangeBytes(bytes: number, connections: number): number {
  const share = Math.ceil(bytes / connections / MEBIBYTE) * MEBIBYTE;
  return Math.min(Math.max(share, MIN_RANGE_BYTES), MAX_RANGE_BYTES);
}

export interface RestorePackContext {
  bucket: Bucket;
  /** Names of the objects that may hold the pack, the likeliest first. */
  candidateKeys: readonly string[];
  /** Ranges at once, over all packs. */
  semaphore: Semaphore;
  /** Its place among the packs: the earlier ones are to be whole first, so that they are verified while others arrive. */
  priority: number;
  /** See {@link chooseRangeBytes}. */
  rangeBytes: number;
  /** Milliseconds in which something must move. */
  idleTimeoutMs: number;
  classifyError: (error: unknown) => S3Failure;
  log: Log;
}

/**
 * Fetches a pack in many ranges at once into files below `folder`. An object of another size than the pack is told as a
 * pack that was restored without its files: the caller then saves them anew, under another key.
 */
export async function restorePack(
  pack: Pack,
  folder: string,
  context: RestorePackContext,
): Promise<PackOutcome> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = createPackFiles(pack, folder);
  let denied: string | undefined;
  let wrongSize: string | undefined;
  for (const key of context.candidateKeys) {
    try {
      await fetchPack(key, files, context);
      return { status: 'restored', pack, files: files.paths };
    } catch (error) {
      const failure = context.classifyError(error);
      if (error instanceof WrongSizeError || failure.kind === 'short') wrongSize = failure.reason;
      // Without the right to list a bucket, AWS calls what is not there forbidden.
      else if (failure.kind === 'denied' && !failure.isServiceDown) denied = failure.reason;
      else if (failure.kind !== 'missing') {
        rmSync(folder, { recursive: true, force: true });
        return { status: 'failed', pack, reason: failure.reason };
      }
    }
  }
  rmSync(folder, { recursive: true, force: true });
  if (wrongSize !== undefined) {
    context.log.warning(
      `Pack ${pack.key} should have ${files.totalBytes} bytes, but ${wrongSize}: it is not used.`,
    );
    return { status: 'restored', pack, files: new Map() };
  }
  if (denied !== undefined) return { status: 'failed', pack, reason: denied };
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
  // Of several failures the first: the others are only that they were stopped.
  let failure: { error: unknown } | undefined;
  const fetch = (range: ObjectRange, onSound?: () => void): Promise<number> =>
    slots.run(async () => {
      const writer = files.createWriter(range.start);
      try {
        stop.signal.throwIfAborted();
        const order = {
          bucket,
          key,
          range,
          objectBytes: size,
          writer,
          signal: stop.signal,
          idleTimeoutMs,
        };
        return await fetchRange(onSound === undefined ? order : { ...order, onAccepted: onSound });
      } catch (error) {
        failure ??= { error };
        stop.abort();
        throw error;
      } finally {
        writer.close();
      }
    }, priority);
  const fetchFrom = (start: number): Promise<void> => {
    const ranges = [...rangesFrom(start, size, rangeBytes)];
    return forEachParallel(ranges, Math.min(ranges.length, 64), async (range) => {
      await fetch(range);
    });
  };

  // The first tells whether the object is there and how large: nothing is planned by what an index says. The others need
  // not wait for its end.
  const first = { start: 0, end: Math.min(rangeBytes, size) - 1 };
  let others: Promise<unknown> | undefined;
  const [begun] = await Promise.allSettled([
    fetch(first, () => {
      others ??= Promise.allSettled([fetchFrom(first.end + 1)]);
    }),
  ]);
  await others;
  if (failure !== undefined) throw failure.error;
  // A store that tells no sizes, or sends everything at once.
  if (others === undefined && begun.status === 'fulfilled') await fetchFrom(begun.value);
}

function* rangesFrom(begun: number, size: number, rangeBytes: number): Generator<ObjectRange> {
  for (let start = begun; start < size; start += rangeBytes) {
    yield { start, end: Math.min(start + rangeBytes, size) - 1 };
  }
}
