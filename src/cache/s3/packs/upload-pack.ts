import { closeSync, openSync, read as readCallback, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { forEachParallel } from '../../../platform/concurrency/parallel.ts';
import type { Semaphore } from '../../../platform/concurrency/semaphore.ts';
import type { Log } from '../../../platform/log.ts';
import type { PackedContent } from '../../cache.ts';
import type { Bucket, WriteCondition } from '../bucket/bucket.ts';
import type { S3Failure } from '../bucket/known-failures.ts';

const readAsync = promisify(readCallback);

/** Bytes of one part. Parts are kept in memory while they are sent, so that they can be sent again. */
export const DEFAULT_PART_BYTES = 16 * 1024 * 1024;
/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_PART_COUNT = 10_000;
/** Smaller reads are faster without Node's thread pool. */
const MIN_ASYNC_READ_BYTES = 256 * 1024;

export interface UploadContext {
  bucket: Bucket;
  objectKey: string;
  /** Limits the concurrent parts of all packs. */
  semaphore: Semaphore;
  /** The pack's position. Earlier packs complete first, so that a job that is killed has saved some. */
  priority: number;
  partBytes: number;
  /** Buffers to reuse. */
  freeBuffers: Buffer[];
  classifyError: (error: unknown) => S3Failure;
  log: Log;
}

export interface PackUpload {
  contents: readonly PackedContent[];
  totalBytes: number;
  /** Returns the file that holds a content. */
  locate: (sha256: string) => string;
  condition: WriteCondition;
}

/** Uploads a pack in one request, or in parts if it is larger than a part. */
export async function uploadPack(upload: PackUpload, context: UploadContext): Promise<void> {
  const { bucket, objectKey, semaphore, priority } = context;
  const { totalBytes, condition } = upload;
  if (totalBytes > context.partBytes) return uploadParts(upload, context);
  await semaphore.run(
    () =>
      withPackBytes(upload, 0, totalBytes, context, (body) =>
        writeConditionally(condition, context, (condition) =>
          bucket.putObject(objectKey, body, condition),
        ),
      ),
    priority,
  );
}

async function uploadParts(upload: PackUpload, context: UploadContext): Promise<void> {
  const { bucket, objectKey, semaphore, priority } = context;
  const { totalBytes } = upload;
  const partBytes = Math.max(context.partBytes, Math.ceil(totalBytes / MAX_PART_COUNT));
  const numbers = Array.from({ length: Math.ceil(totalBytes / partBytes) }, (_, at) => at + 1);
  const tags: string[] = [];
  const stop = new AbortController();
  const uploadId = await bucket.startUpload(objectKey);
  const uploadPart = async (number: number): Promise<void> => {
    stop.signal.throwIfAborted();
    const start = (number - 1) * partBytes;
    const size = Math.min(partBytes, totalBytes - start);
    try {
      await withPackBytes(upload, start, size, context, async (body) => {
        const { signal } = stop;
        tags[number - 1] = await bucket.uploadPart(objectKey, uploadId, number, body, signal);
      });
    } catch (error) {
      stop.abort();
      throw error;
    }
  };
  try {
    await forEachParallel(numbers, Math.min(numbers.length, 64), (number) =>
      semaphore.run(() => uploadPart(number), priority),
    );
    await writeConditionally(upload.condition, context, (condition) =>
      bucket.completeUpload(objectKey, uploadId, tags, condition),
    );
  } catch (error) {
    await abortUpload(uploadId, context);
    throw error;
  }
}

/** Deletes the parts of a failed upload, which would cost money. */
async function abortUpload(
  uploadId: string,
  { bucket, objectKey, classifyError, log }: UploadContext,
): Promise<void> {
  try {
    await bucket.abortUpload(objectKey, uploadId);
  } catch (error) {
    const failure = classifyError(error);
    if (failure.kind !== 'missing') {
      log.debug(`Could not abort the upload of ${objectKey}: ${failure.reason}`);
    }
  }
}

/** Writes without a condition if the store supports none. Keys depend on the content, so overwriting changes nothing. */
async function writeConditionally(
  condition: WriteCondition,
  { classifyError }: UploadContext,
  write: (condition: WriteCondition) => Promise<void>,
): Promise<void> {
  try {
    await write(condition);
  } catch (error) {
    if (condition === 'any' || classifyError(error).kind !== 'unsupported') throw error;
    await write('any');
  }
}

/** Reads `size` bytes of the pack into a reused buffer, and passes them to `use`. */
async function withPackBytes(
  { contents, locate }: PackUpload,
  start: number,
  size: number,
  { freeBuffers }: UploadContext,
  use: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const index = freeBuffers.findIndex(({ length }) => length >= size);
  const [buffer = Buffer.allocUnsafeSlow(size)] = index < 0 ? [] : freeBuffers.splice(index, 1);
  try {
    const bytes = buffer.subarray(0, size);
    await readPackBytes(contents, locate, start, bytes);
    await use(bytes);
  } finally {
    freeBuffers.push(buffer);
  }
}

/** Fills `target` with the bytes of a pack from `start` on. @throws if a file is shorter than expected. */
async function readPackBytes(
  contents: readonly PackedContent[],
  locate: (sha256: string) => string,
  start: number,
  target: Uint8Array,
): Promise<void> {
  let offset = 0;
  let filledBytes = 0;
  for (const { sha256, size } of contents) {
    const from = start + filledBytes - offset;
    offset += size;
    if (from >= size || filledBytes === target.length) continue;
    const end = filledBytes + Math.min(size - from, target.length - filledBytes);
    await readFully(locate(sha256), from, target.subarray(filledBytes, end));
    filledBytes = end;
  }
}

async function readFully(file: string, from: number, target: Uint8Array): Promise<void> {
  const descriptor = openSync(file, 'r');
  try {
    for (let filledBytes = 0; filledBytes < target.length; ) {
      const remaining = target.length - filledBytes;
      const bytes =
        remaining < MIN_ASYNC_READ_BYTES
          ? readSync(descriptor, target, filledBytes, remaining, from + filledBytes)
          : (await readAsync(descriptor, target, filledBytes, remaining, from + filledBytes))
              .bytesRead;
      if (bytes === 0) throw new Error(`${file} is shorter than when it was verified`);
      filledBytes += bytes;
    }
  } finally {
    closeSync(descriptor);
  }
}
