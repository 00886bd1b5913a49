import { mkdirSync, rmSync } from 'node:fs';
import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { Semaphore } from '../../../platform/concurrency/semaphore.ts';
import type { Log } from '../../../platform/log.ts';
import type { Pack, PackOutcome } from '../../cache.ts';
import type { Bucket, ByteRange } from '../bucket/bucket.ts';
import type { Failure } from '../bucket/failure.ts';
import { fetchRange, WrongSize } from './fetch-range.ts';
import { createPackFiles, type PackFiles } from './pack-files.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Bytes of one request: small enough that a single file comes over many connections (one brings 50 to 100 MB/s from AWS:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html), large enough that the
 * requests hardly count. A request that is cut short costs nothing: it is taken up where it ended.
 */
const SMALLEST_RANGE = 8 * MEBIBYTE;
const LARGEST_RANGE = 64 * MEBIBYTE;

/** For so many bytes over so many connections. */
export function chooseRangeSize(bytes: number, connections: number): number {
  const share = Math.ceil(bytes / connections / MEBIBYTE) * MEBIBYTE;
  return Math.min(Math.max(share, SMALLEST_RANGE), LARGEST_RANGE);
}

export interface RestoreWith {
  bucket: Bucket;
  /** Names of the objects that may hold the pack, the likeliest first. */
  keys: readonly string[];
  /** Ranges at once, over all packs. */
  slots: Semaphore;
  /** Its place among the packs: the earlier ones are to be whole first, so that they are verified while others arrive. */
  rank: number;
  /** See {@link chooseRangeSize}. */
  rangeSize: number;
  /** Milliseconds in which something must move. */
  patience: number;
  judge: (error: unknown) => Failure;
  log: Log;
}

/**
 * Fetches a pack in many ranges at once into files below `folder`. An object of another size than the pack is told as a
 * pack that was restored without its files: the caller then saves them anew, under another key.
 */
export async function restorePack(
  pack: Pack,
  folder: string,
  context: RestoreWith,
): Promise<PackOutcome> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = createPackFiles(pack, folder);
  let denied: string | undefined;
  let wrongSize: string | undefined;
  for (const key of context.keys) {
    try {
      await fetchPack(key, files, context);
      return { status: 'restored', pack, files: files.paths };
    } catch (error) {
      const failure = context.judge(error);
      if (error instanceof WrongSize || failure.kind === 'short') wrongSize = failure.reason;
      // Without the right to list a bucket, AWS calls what is not there forbidden.
      else if (failure.kind === 'denied' && !failure.down) denied = failure.reason;
      else if (failure.kind !== 'missing') {
        rmSync(folder, { recursive: true, force: true });
        return { status: 'failed', pack, reason: failure.reason };
      }
    }
  }
  rmSync(folder, { recursive: true, force: true });
  if (wrongSize !== undefined) {
    context.log.warning(
      `Pack ${pack.key} should have ${files.size} bytes, but ${wrongSize}: it is not used.`,
    );
    return { status: 'restored', pack, files: new Map() };
  }
  if (denied !== undefined) return { status: 'failed', pack, reason: denied };
  return { status: 'missing', pack };
}

async function fetchPack(key: string, files: PackFiles, context: RestoreWith): Promise<void> {
  const { bucket, slots, rank, rangeSize, patience } = context;
  const { size } = files;
  if (size === 0) {
    const found = await slots.run(() => bucket.head(key), rank);
    if (found !== 0) throw new WrongSize(found);
    return;
  }
  const stop = new AbortController();
  // Of several failures the first: the others are only that they were stopped.
  let failure: { error: unknown } | undefined;
  const fetch = (range: ByteRange, onSound?: () => void): Promise<number> =>
    slots.run(async () => {
      const writer = files.writer(range.start);
      try {
        stop.signal.throwIfAborted();
        const order = { bucket, key, range, size, writer, signal: stop.signal, patience };
        return await fetchRange(onSound === undefined ? order : { ...order, onSound });
      } catch (error) {
        failure ??= { error };
        stop.abort();
        throw error;
      } finally {
        writer.close();
      }
    }, rank);
  const fetchFrom = (start: number): Promise<void> => {
    const ranges = [...rangesFrom(start, size, rangeSize)];
    return forEachParallel(ranges, Math.min(ranges.length, 64), async (range) => {
      await fetch(range);
    });
  };

  // The first tells whether the object is there and how large: nothing is planned by what an index says. The others need
  // not wait for its end.
  const first = { start: 0, end: Math.min(rangeSize, size) - 1 };
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

function* rangesFrom(begun: number, size: number, rangeSize: number): Generator<ByteRange> {
  for (let start = begun; start < size; start += rangeSize) {
    yield { start, end: Math.min(start + rangeSize, size) - 1 };
  }
}
