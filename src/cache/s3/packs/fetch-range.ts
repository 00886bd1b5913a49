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

/** The object has another size than the pack: no range of it is of use. */
export class WrongSizeError extends Error {
  override readonly name = 'WrongSizeError';
  readonly foundBytes: number;

  constructor(found: number) {
    super(`it has ${found} bytes`);
    this.foundBytes = found;
  }
}

export interface RangeDownload {
  bucket: Bucket;
  key: string;
  range: ObjectRange;
  /** What the object's size must be. */
  objectBytes: number;
  writer: PackWriter;
  signal: AbortSignal;
  /** Milliseconds in which something must move. */
  idleTimeoutMs: number;
  /** Called when the store begins to send a range of an object of the right size. */
  onAccepted?: () => void;
}

/**
 * Fetches one range of an object and writes it. A transfer that is cut short is taken up where it ended.
 *
 * @returns the position after the last byte written: the range's end, or the object's when the store knows no ranges.
 * @throws WrongSizeError, or what the SDK threw when it gave up.
 */
export async function fetchRange(order: RangeDownload): Promise<number> {
  const { bucket, key, range, objectBytes: size, writer, signal, idleTimeoutMs } = order;
  let position = range.start;
  let end = range.end + 1;
  const backoff = new Backoff(BACKOFF);
  while (position < end) {
    const answer = await bucket.getObject(key, { start: position, end: end - 1 }, signal);
    if (answer.totalBytes !== undefined && answer.totalBytes !== size) {
      answer.body.destroy();
      throw new WrongSizeError(answer.totalBytes);
    }
    if (answer.isRanged && answer.totalBytes === size) order.onAccepted?.();
    const began = position;
    // A store that ignores ranges sends all: what was written already is skipped, the rest comes for free.
    const skip = answer.isRanged ? 0 : position;
    if (!answer.isRanged) end = size;
    try {
      await writeBody(answer.body, idleTimeoutMs, skip, end - began, writer, (bytes) => {
        position += bytes;
      });
      if (position < end) throw new TruncatedTransferError('the connection ended early');
    } catch (error) {
      const hasProgressed = position - began >= MIN_PROGRESS_BYTES;
      if (hasProgressed) backoff.reset();
      const pause = hasProgressed ? PAUSE_AFTER_PROGRESS_MS : backoff.recordFailure();
      if (signal.aborted || isLocalError(error) || pause === undefined) throw error;
      await sleepUntilAborted(addJitter(pause, MAX_JITTER), signal);
    }
  }
  return position;
}

/** All of a small object. One that is cut short is asked for anew. @throws WrongSizeError when it has more than `most` bytes. */
export async function fetchObject(
  bucket: Bucket,
  key: string,
  most: number,
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
        return bytes <= most;
      });
    } catch (error) {
      const pause = backoff.recordFailure();
      if (pause === undefined) throw error;
      await sleepUntilAborted(addJitter(pause, MAX_JITTER), undefined);
      continue;
    }
    if (bytes > most) throw new WrongSizeError(bytes);
    return Buffer.concat(pieces);
  }
}

/** Something on this machine: asking again would change nothing. */
class LocalWriteError extends Error {
  override readonly name = 'LocalWriteError';
}

function isLocalError(error: unknown): boolean {
  return error instanceof LocalWriteError;
}

async function writeBody(
  body: Readable,
  idleTimeoutMs: number,
  skip: number,
  wanted: number,
  writer: PackWriter,
  onWritten: (bytes: number) => void,
): Promise<void> {
  let toSkip = skip;
  let left = wanted;
  await receiveBody(body, idleTimeoutMs, (chunk) => {
    const piece = toSkip > 0 ? chunk.subarray(Math.min(toSkip, chunk.length)) : chunk;
    toSkip -= chunk.length - piece.length;
    // More than was asked for: nobody wants it.
    if (piece.length > left) return false;
    if (piece.length === 0) return true;
    left -= piece.length;
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
