import { closeSync, openSync, read as readCallback, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { Semaphore } from '../../../platform/concurrency/semaphore.ts';
import type { Log } from '../../../platform/log.ts';
import type { Pack, PackedContent, PackOutcome } from '../../cache.ts';
import type { Bucket, WriteCondition } from '../bucket/bucket.ts';
import type { S3Failure } from '../bucket/known-failures.ts';

const readAsync = promisify(readCallback);

const MEBIBYTE = 1024 * 1024;

/** Bytes of one part; parts are held in memory while they are sent, so that a try can be repeated. */
export const DEFAULT_PART_BYTES = 16 * MEBIBYTE;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html: parts of an upload, and bytes of all but the last. */
const MAX_PART_COUNT = 10_000;
/** From this many bytes on, a read is worth its way through Node's threads. */
const MIN_ASYNC_READ_BYTES = 256 * 1024;

export interface SavePackContext {
  bucket: Bucket;
  /** Where it is written. */
  objectKey: string;
  /** Where it may be already; the first is `key` itself. Empty when nothing may be read. */
  candidateKeys: readonly string[];
  /** Parts at once, over all packs. */
  semaphore: Semaphore;
  /** Its place among the packs: the earlier ones are to be complete first, so that a job that is killed saved some. */
  priority: number;
  partBytes: number;
  /** Buffers that are not in use, to be used again. */
  freeBuffers: Buffer[];
  classifyError: (error: unknown) => S3Failure;
  log: Log;
}

/** Saves a pack unless somebody did before: whoever completes first wins, and the bytes are the same in either case. */
export async function savePack(
  pack: Pack,
  locate: (sha256: string) => string,
  context: SavePackContext,
): Promise<PackOutcome> {
  const size = pack.contents.reduce((sum, content) => sum + content.size, 0);
  try {
    const found = await findPack(size, context);
    if (found === 'there') return { status: 'already-saved', pack };
    // What lies there has another size, so it is certainly not this pack.
    const condition: WriteCondition = found === 'wrong' ? 'any' : 'new';
    await uploadPack(pack.contents, size, locate, condition, context);
    return { status: 'saved', pack };
  } catch (error) {
    const { kind, reason } = context.classifyError(error);
    // An upload that is gone may be one that was completed: its answer was lost, and the SDK asked again.
    const mayBeThere = kind === 'conflict' || kind === 'missing';
    const isThere = kind === 'exists' || (mayBeThere && (await wasSavedMeanwhile(size, context)));
    if (isThere) return { status: 'already-saved', pack };
    return { status: kind === 'denied' ? 'denied' : 'failed', pack, reason };
  }
}

/** Of two writers at the same time a store may refuse both; https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
async function wasSavedMeanwhile(size: number, context: SavePackContext): Promise<boolean> {
  try {
    return (await findPack(size, context)) === 'there';
  } catch (error) {
    context.log.debug(
      `Looking for ${context.objectKey} again: ${context.classifyError(error).reason}`,
    );
    return false;
  }
}

async function findPack(
  size: number,
  context: SavePackContext,
): Promise<'there' | 'absent' | 'wrong'> {
  let found: 'absent' | 'wrong' = 'absent';
  for (const key of context.candidateKeys) {
    try {
      if ((await context.bucket.headObject(key)) === size) return 'there';
      if (key === context.objectKey) found = 'wrong';
    } catch (error) {
      const failure = context.classifyError(error);
      const isAbsent = failure.kind === 'missing' || failure.kind === 'denied';
      if (!isAbsent || failure.isServiceDown) throw error;
    }
  }
  return found;
}

async function uploadPack(
  contents: readonly PackedContent[],
  size: number,
  locate: (sha256: string) => string,
  condition: WriteCondition,
  context: SavePackContext,
): Promise<void> {
  const { bucket, objectKey: key, semaphore: slots, priority } = context;
  if (size > context.partBytes) return uploadParts(contents, size, locate, condition, context);
  await slots.run(
    () =>
      withBuffer(context, size, async (body) => {
        await readPackBytes(contents, locate, 0, body);
        await writeConditionally(condition, context, (when) => bucket.putObject(key, body, when));
      }),
    priority,
  );
}

async function uploadParts(
  contents: readonly PackedContent[],
  size: number,
  locate: (sha256: string) => string,
  condition: WriteCondition,
  context: SavePackContext,
): Promise<void> {
  const { bucket, objectKey: key, semaphore: slots, priority } = context;
  const partBytes = Math.max(context.partBytes, Math.ceil(size / MAX_PART_COUNT));
  const numbers = Array.from({ length: Math.ceil(size / partBytes) }, (_, index) => index + 1);
  const tags: string[] = [];
  const stop = new AbortController();
  const upload = await bucket.startUpload(key);
  try {
    await forEachParallel(numbers, Math.min(numbers.length, 64), (number) =>
      slots.run(async () => {
        stop.signal.throwIfAborted();
        const start = (number - 1) * partBytes;
        await withBuffer(context, Math.min(partBytes, size - start), async (body) => {
          await readPackBytes(contents, locate, start, body);
          tags[number - 1] = await bucket.uploadPart(key, upload, number, body, stop.signal);
        }).catch((error: unknown) => {
          stop.abort();
          throw error;
        });
      }, priority),
    );
    await writeConditionally(condition, context, (when) =>
      bucket.completeUpload(key, upload, tags, when),
    );
  } catch (error) {
    await abortUpload(upload, context);
    throw error;
  }
}

/** Parts of an upload that is never completed cost money until they are removed. */
async function abortUpload(
  upload: string,
  { bucket, objectKey: key, classifyError, log }: SavePackContext,
): Promise<void> {
  try {
    await bucket.abortUpload(key, upload);
  } catch (error) {
    const failure = classifyError(error);
    if (failure.kind !== 'missing') {
      log.debug(`The upload of ${key} could not be given up: ${failure.reason}`);
    }
  }
}

/** A store that knows no conditional writes gets a plain one: content-addressed, so a second one changes nothing. */
async function writeConditionally(
  condition: WriteCondition,
  { classifyError }: SavePackContext,
  write: (condition: WriteCondition) => Promise<void>,
): Promise<void> {
  try {
    await write(condition);
  } catch (error) {
    if (condition === 'any' || classifyError(error).kind !== 'unsupported') throw error;
    await write('any');
  }
}

async function withBuffer<T>(
  context: SavePackContext,
  size: number,
  use: (buffer: Uint8Array) => Promise<T>,
): Promise<T> {
  const index = context.freeBuffers.findIndex((one) => one.length >= size);
  const [buffer = Buffer.allocUnsafeSlow(size)] =
    index < 0 ? [] : context.freeBuffers.splice(index, 1);
  try {
    return await use(buffer.subarray(0, size));
  } finally {
    context.freeBuffers.push(buffer);
  }
}

/** Reads `target.length` bytes of a pack from `start` on, as if its files stood one after the other in one. @throws when a file is shorter than it should be. */
async function readPackBytes(
  contents: readonly PackedContent[],
  locate: (sha256: string) => string,
  start: number,
  target: Uint8Array,
): Promise<void> {
  let offset = 0;
  let filled = 0;
  for (const { sha256, size } of contents) {
    const from = start + filled - offset;
    offset += size;
    if (from >= size || filled === target.length) continue;
    const part = target.subarray(filled, filled + Math.min(size - from, target.length - filled));
    await readFully(locate(sha256), from, part);
    filled += part.length;
  }
}

async function readFully(file: string, from: number, target: Uint8Array): Promise<void> {
  const descriptor = openSync(file, 'r');
  try {
    for (let done = 0; done < target.length; ) {
      const left = target.length - done;
      const bytes =
        left < MIN_ASYNC_READ_BYTES
          ? readSync(descriptor, target, done, left, from + done)
          : (await readAsync(descriptor, target, done, left, from + done)).bytesRead;
      if (bytes === 0) throw new Error(`${file} is shorter than it was when it was verified`);
      done += bytes;
    }
  } finally {
    closeSync(descriptor);
  }
}
