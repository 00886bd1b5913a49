import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { Semaphore } from '../../../platform/concurrency/semaphore.ts';
import type { Log } from '../../../platform/log.ts';
import type { Pack, PackedContent, PackOutcome } from '../../cache.ts';
import type { Bucket, Condition } from '../bucket/bucket.ts';
import type { Failure } from '../bucket/failure.ts';
import { readPackBytes } from './pack-bytes.ts';

const MEBIBYTE = 1024 * 1024;

/** Bytes of one part; parts are held in memory while they are sent, so that a try can be repeated. */
export const PART_SIZE = 16 * MEBIBYTE;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html: parts of an upload, and bytes of all but the last. */
const MOST_PARTS = 10_000;

export interface SaveWith {
  bucket: Bucket;
  /** Where it is written. */
  key: string;
  /** Where it may be already; the first is `key` itself. Empty when nothing may be read. */
  known: readonly string[];
  /** Parts at once, over all packs. */
  slots: Semaphore;
  /** Its place among the packs: the earlier ones are to be complete first, so that a job that is killed saved some. */
  rank: number;
  partSize: number;
  /** Buffers that are not in use, to be used again. */
  buffers: Buffer[];
  judge: (error: unknown) => Failure;
  log: Log;
}

/** Saves a pack unless somebody did before: whoever completes first wins, and the bytes are the same in either case. */
export async function savePack(
  pack: Pack,
  locate: (sha256: string) => string,
  context: SaveWith,
): Promise<PackOutcome> {
  const size = pack.contents.reduce((sum, content) => sum + content.size, 0);
  try {
    const found = await findPack(size, context);
    if (found === 'there') return { status: 'already-there', pack };
    // What lies there has another size, so it is certainly not this pack.
    const condition: Condition = found === 'wrong' ? 'any' : 'new';
    await send(pack.contents, size, locate, condition, context);
    return { status: 'saved', pack };
  } catch (error) {
    const { kind, reason } = context.judge(error);
    // An upload that is gone may be one that was completed: its answer was lost, and the SDK asked again.
    const mayBeThere = kind === 'conflict' || kind === 'missing';
    const isThere = kind === 'exists' || (mayBeThere && (await cameMeanwhile(size, context)));
    if (isThere) return { status: 'already-there', pack };
    return { status: kind === 'denied' ? 'denied' : 'failed', pack, reason };
  }
}

/** Of two writers at the same time a store may refuse both; https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
async function cameMeanwhile(size: number, context: SaveWith): Promise<boolean> {
  try {
    return (await findPack(size, context)) === 'there';
  } catch (error) {
    context.log.debug(`Looking for ${context.key} again: ${context.judge(error).reason}`);
    return false;
  }
}

async function findPack(size: number, context: SaveWith): Promise<'there' | 'absent' | 'wrong'> {
  let found: 'absent' | 'wrong' = 'absent';
  for (const key of context.known) {
    try {
      if ((await context.bucket.head(key)) === size) return 'there';
      if (key === context.key) found = 'wrong';
    } catch (error) {
      const failure = context.judge(error);
      const isAbsent = failure.kind === 'missing' || failure.kind === 'denied';
      if (!isAbsent || failure.down) throw error;
    }
  }
  return found;
}

async function send(
  contents: readonly PackedContent[],
  size: number,
  locate: (sha256: string) => string,
  condition: Condition,
  context: SaveWith,
): Promise<void> {
  const { bucket, key, slots, rank } = context;
  if (size > context.partSize) return sendParts(contents, size, locate, condition, context);
  await slots.run(
    () =>
      withBuffer(context, size, async (body) => {
        await readPackBytes(contents, locate, 0, body);
        await conditionally(condition, context, (when) => bucket.put(key, body, when));
      }),
    rank,
  );
}

async function sendParts(
  contents: readonly PackedContent[],
  size: number,
  locate: (sha256: string) => string,
  condition: Condition,
  context: SaveWith,
): Promise<void> {
  const { bucket, key, slots, rank } = context;
  const partSize = Math.max(context.partSize, Math.ceil(size / MOST_PARTS));
  const numbers = Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index + 1);
  const tags: string[] = [];
  const stop = new AbortController();
  const upload = await bucket.startUpload(key);
  try {
    await forEachParallel(numbers, Math.min(numbers.length, 64), (number) =>
      slots.run(async () => {
        stop.signal.throwIfAborted();
        const start = (number - 1) * partSize;
        await withBuffer(context, Math.min(partSize, size - start), async (body) => {
          await readPackBytes(contents, locate, start, body);
          tags[number - 1] = await bucket.uploadPart(key, upload, number, body, stop.signal);
        }).catch((error: unknown) => {
          stop.abort();
          throw error;
        });
      }, rank),
    );
    await conditionally(condition, context, (when) =>
      bucket.completeUpload(key, upload, tags, when),
    );
  } catch (error) {
    await abort(upload, context);
    throw error;
  }
}

/** Parts of an upload that is never completed cost money until they are removed. */
async function abort(upload: string, { bucket, key, judge, log }: SaveWith): Promise<void> {
  try {
    await bucket.abortUpload(key, upload);
  } catch (error) {
    const failure = judge(error);
    if (failure.kind !== 'missing') {
      log.debug(`The upload of ${key} could not be given up: ${failure.reason}`);
    }
  }
}

/** A store that knows no conditional writes gets a plain one: content-addressed, so a second one changes nothing. */
async function conditionally(
  condition: Condition,
  { judge }: SaveWith,
  write: (condition: Condition) => Promise<void>,
): Promise<void> {
  try {
    await write(condition);
  } catch (error) {
    if (condition === 'any' || judge(error).kind !== 'unsupported') throw error;
    await write('any');
  }
}

async function withBuffer<T>(
  context: SaveWith,
  size: number,
  use: (buffer: Uint8Array) => Promise<T>,
): Promise<T> {
  const index = context.buffers.findIndex((one) => one.length >= size);
  const [buffer = Buffer.allocUnsafeSlow(size)] = index < 0 ? [] : context.buffers.splice(index, 1);
  try {
    return await use(buffer.subarray(0, size));
  } finally {
    context.buffers.push(buffer);
  }
}
