import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bucket, ByteRange } from '../bucket/bucket.ts';
import { CutShort } from '../bucket/failure.ts';
import { LEAST_PROGRESS, receiveBody } from '../http/receive-body.ts';
import type { PackWriter } from './pack-files.ts';

/** Transfers one after the other that brought next to nothing, and are borne. */
const FRUITLESS_TRIES = 3;
const PAUSE_MILLISECONDS = 200;

/** The object has another size than the pack: no range of it is of use. */
export class WrongSize extends Error {
  override readonly name = 'WrongSize';
  readonly found: number;

  constructor(found: number) {
    super(`it has ${found} bytes`);
    this.found = found;
  }
}

export interface RangeOrder {
  bucket: Bucket;
  key: string;
  range: ByteRange;
  /** What the object's size must be. */
  size: number;
  writer: PackWriter;
  signal: AbortSignal;
  /** Milliseconds in which something must move. */
  patience: number;
  /** Called when the store begins to send a range of an object of the right size. */
  onSound?: () => void;
}

/**
 * Fetches one range of an object and writes it. A transfer that is cut short is taken up where it ended.
 *
 * @returns the position after the last byte written: the range's end, or the object's when the store knows no ranges.
 * @throws WrongSize, or what the SDK threw when it gave up.
 */
export async function fetchRange(order: RangeOrder): Promise<number> {
  const { bucket, key, range, size, writer, signal, patience } = order;
  let position = range.start;
  let end = range.end + 1;
  let fruitless = 0;
  while (position < end) {
    const answer = await bucket.get(key, { start: position, end: end - 1 }, signal);
    if (answer.total !== undefined && answer.total !== size) {
      answer.body.destroy();
      throw new WrongSize(answer.total);
    }
    if (answer.ranged && answer.total === size) order.onSound?.();
    const began = position;
    // A store that ignores ranges sends all: what was written already is skipped, the rest comes for free.
    const skip = answer.ranged ? 0 : position;
    if (!answer.ranged) end = size;
    try {
      await pour(answer.body, patience, skip, end - began, writer, (bytes) => {
        position += bytes;
      });
      if (position < end) throw new CutShort('the connection ended early');
    } catch (error) {
      fruitless = position - began >= LEAST_PROGRESS ? 0 : fruitless + 1;
      if (signal.aborted || isOurs(error) || fruitless >= FRUITLESS_TRIES) throw error;
      await sleep(PAUSE_MILLISECONDS * 2 ** fruitless * (1 + Math.random()));
    }
  }
  return position;
}

/** All of a small object. One that is cut short is asked for anew. @throws WrongSize when it has more than `most` bytes. */
export async function fetchWhole(
  bucket: Bucket,
  key: string,
  most: number,
  patience: number,
): Promise<Buffer> {
  for (let tries = 1; ; tries += 1) {
    const { body } = await bucket.get(key, undefined, AbortSignal.timeout(patience * 10));
    const pieces: Buffer[] = [];
    let bytes = 0;
    try {
      await receiveBody(body, patience, (piece) => {
        pieces.push(Buffer.from(piece));
        bytes += piece.length;
        return bytes <= most;
      });
    } catch (error) {
      if (tries === FRUITLESS_TRIES) throw error;
      await sleep(PAUSE_MILLISECONDS * 2 ** tries * (1 + Math.random()));
      continue;
    }
    if (bytes > most) throw new WrongSize(bytes);
    return Buffer.concat(pieces);
  }
}

/** Something on this machine: asking again would change nothing. */
class LocalFailure extends Error {
  override readonly name = 'LocalFailure';
}

function isOurs(error: unknown): boolean {
  return error instanceof LocalFailure;
}

async function pour(
  body: Readable,
  patience: number,
  skip: number,
  wanted: number,
  writer: PackWriter,
  onWritten: (bytes: number) => void,
): Promise<void> {
  let toSkip = skip;
  let left = wanted;
  await receiveBody(body, patience, (chunk) => {
    const piece = toSkip > 0 ? chunk.subarray(Math.min(toSkip, chunk.length)) : chunk;
    toSkip -= chunk.length - piece.length;
    // More than was asked for: nobody wants it.
    if (piece.length > left) return false;
    if (piece.length === 0) return true;
    left -= piece.length;
    write(writer, piece);
    onWritten(piece.length);
    return true;
  });
}

function write(writer: PackWriter, piece: Buffer): void {
  try {
    writer.write(piece);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw Object.assign(new LocalFailure(message, { cause }), codeOf(cause));
  }
}

function codeOf(cause: unknown): { code?: string } {
  const code = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? { code } : {};
}
