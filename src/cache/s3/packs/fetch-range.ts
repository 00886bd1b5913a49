import type { Readable } from 'node:stream';
import { addJitter, Backoff, sleepUntilAborted } from '../../../platform/concurrency/backoff.ts';
import { getErrorMessage } from '../../../platform/error.ts';
import type { Bucket, ObjectRange } from '../bucket/bucket.ts';
import { TruncatedTransferError } from '../bucket/classify-error.ts';
import { MIN_PROGRESS_BYTES, receiveBody } from '../http/receive-body.ts';
import type { PackWriter } from './pack-files.ts';

/** For consecutive transfers that made no progress. */
const BACKOFF = { retries: 2, firstPauseMs: 400, maxPauseMs: 800, factor: 2 };
const PAUSE_AFTER_PROGRESS_MS = 200;
const MAX_JITTER = 1;

/** The object has another size than the pack. */
export class WrongSizeError extends Error {
  override readonly name = 'WrongSizeError';
  readonly foundBytes: number;

  constructor(foundBytes: number) {
    super(`it has ${foundBytes} bytes`);
    this.foundBytes = foundBytes;
  }
}

export interface RangeDownload {
  bucket: Bucket;
  key: string;
  range: ObjectRange;
  /** The expected size of the object. */
  objectBytes: number;
  writer: PackWriter;
  signal: AbortSignal;
  /** The time in which a transfer must make progress. */
  idleTimeoutMs: number;
  /** Called when the store begins to send a range of an object of the expected size. */
  onAccepted?: () => void;
}

/**
 * Fetches one range of an object and writes it. A truncated transfer is resumed.
 *
 * @returns the position after the last byte written: the end of the range, or of the object if the store ignores ranges.
 * @throws WrongSizeError, or the SDK's last error.
 */
export async function fetchRange(download: RangeDownload): Promise<number> {
  const { bucket, key, range, objectBytes: size, writer, signal, idleTimeoutMs } = download;
  let position = range.start;
  let end = range.end + 1;
  const backoff = new Backoff(BACKOFF);
  while (position < end) {
    const response = await bucket.getObject(key, { start: position, end: end - 1 }, signal);
    if (response.totalBytes !== undefined && response.totalBytes !== size) {
      response.body.destroy();
      throw new WrongSizeError(response.totalBytes);
    }
    if (response.isRanged && response.totalBytes === size) download.onAccepted?.();
    const start = position;
    // A store that ignores ranges sends the whole object: skip what is written, and write the rest.
    const skip = response.isRanged ? 0 : position;
    if (!response.isRanged) end = size;
    try {
      await writeBody(response.body, idleTimeoutMs, skip, end - start, writer, (bytes) => {
        position += bytes;
      });
      if (position < end) throw new TruncatedTransferError('the connection ended early');
    } catch (error) {
      const hasProgressed = position - start >= MIN_PROGRESS_BYTES;
      if (hasProgressed) backoff.reset();
      const pauseMs = hasProgressed ? PAUSE_AFTER_PROGRESS_MS : backoff.recordFailure();
      if (signal.aborted || error instanceof LocalWriteError || pauseMs === undefined) throw error;
      await sleepUntilAborted(addJitter(pauseMs, MAX_JITTER), signal);
    }
  }
  return position;
}

/** Fetches a small object as a whole, again if it is truncated. @throws WrongSizeError if it exceeds `maxBytes`. */
export async function fetchObject(
  bucket: Bucket,
  key: string,
  maxBytes: number,
  idleTimeoutMs: number,
): Promise<Buffer> {
  const backoff = new Backoff(BACKOFF);
  for (;;) {
    const { body } = await bucket.getObject(
      key,
      undefined,
      AbortSignal.timeout(idleTimeoutMs * 10),
    );
    const pieces: Buffer[] = [];
    let bytes = 0;
    try {
      await receiveBody(body, idleTimeoutMs, (piece) => {
        pieces.push(Buffer.from(piece));
        bytes += piece.length;
        return bytes <= maxBytes;
      });
    } catch (error) {
      const pauseMs = backoff.recordFailure();
      if (pauseMs === undefined) throw error;
      await sleepUntilAborted(addJitter(pauseMs, MAX_JITTER), undefined);
      continue;
    }
    if (bytes > maxBytes) throw new WrongSizeError(bytes);
    return Buffer.concat(pieces);
  }
}

/** Writing to a file failed, which a retry of the request would not change. */
class LocalWriteError extends Error {
  override readonly name = 'LocalWriteError';
}

async function writeBody(
  body: Readable,
  idleTimeoutMs: number,
  skippedBytes: number,
  wantedBytes: number,
  writer: PackWriter,
  onWritten: (bytes: number) => void,
): Promise<void> {
  let bytesToSkip = skippedBytes;
  let remainingBytes = wantedBytes;
  await receiveBody(body, idleTimeoutMs, (chunk) => {
    const piece = bytesToSkip > 0 ? chunk.subarray(Math.min(bytesToSkip, chunk.length)) : chunk;
    bytesToSkip -= chunk.length - piece.length;
    // The store sent more than requested.
    if (piece.length > remainingBytes) return false;
    if (piece.length === 0) return true;
    remainingBytes -= piece.length;
    writePiece(writer, piece);
    onWritten(piece.length);
    return true;
  });
}

function writePiece(writer: PackWriter, piece: Buffer): void {
  try {
    writer.write(piece);
  } catch (cause) {
    const message = getErrorMessage(cause);
    throw Object.assign(new LocalWriteError(message, { cause }), getErrorCode(cause));
  }
}

function getErrorCode(cause: unknown): { code?: string } {
  const code = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? { code } : {};
}
