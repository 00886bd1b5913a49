import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bucket, ByteRange } from './bucket.ts';
import { CutShort } from './failure.ts';
import type { PackWriter } from './pack-files.ts';

/** Bytes that are collected before they are written: few writes, and a bounded memory. */
const WRITE_SIZE = 1024 * 1024;
/** Bytes in `patience` below which a transfer stands still for us. */
const LEAST_PROGRESS = 64 * 1024;
/** Transfers one after the other that brought less than that, and are borne. */
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
    const began = position;
    // A store that ignores ranges sends all: what was written already is skipped, the rest comes for free.
    const skip = answer.ranged ? 0 : position;
    if (!answer.ranged) end = size;
    const watch = watchBody(answer.body, patience);
    try {
      await pour(watch.body, skip, end - began, writer, (bytes) => {
        position += bytes;
      });
      if (position < end) throw new CutShort('the connection ended early');
    } catch (error) {
      fruitless = position - began >= LEAST_PROGRESS ? 0 : fruitless + 1;
      if (signal.aborted || isOurs(error) || fruitless >= FRUITLESS_TRIES) throw error;
      await sleep(PAUSE_MILLISECONDS * 2 ** fruitless * (1 + Math.random()));
    } finally {
      watch.stop();
    }
  }
  return position;
}

/** A body that is destroyed when it only drips. The SDK's own time-out knows silence alone. */
function watchBody(
  source: Readable,
  patience: number,
): { body: AsyncIterable<Buffer>; stop(): void } {
  let bytes = 0;
  let mark = 0;
  const timer = setInterval(() => {
    if (bytes - mark < LEAST_PROGRESS) {
      source.destroy(new CutShort(`less than ${LEAST_PROGRESS} bytes in ${patience / 1000} s`));
    }
    mark = bytes;
  }, patience);
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  return { body: counted(), stop: () => clearInterval(timer) };
}

/** All of a small object. @throws WrongSize when it has more than `most` bytes. */
export async function fetchWhole(
  bucket: Bucket,
  key: string,
  most: number,
  patience: number,
): Promise<Buffer> {
  const answer = await bucket.get(key, undefined, AbortSignal.timeout(patience * 10));
  const watch = watchBody(answer.body, patience);
  try {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of watch.body) {
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > most) throw new WrongSize(bytes);
    }
    return Buffer.concat(pieces);
  } finally {
    watch.stop();
    answer.body.destroy();
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
  body: AsyncIterable<Buffer>,
  skip: number,
  wanted: number,
  writer: PackWriter,
  onWritten: (bytes: number) => void,
): Promise<void> {
  let toSkip = skip;
  let left = wanted;
  let pieces: Buffer[] = [];
  let bytes = 0;
  const flush = async () => {
    const [now, count] = [pieces, bytes];
    pieces = [];
    bytes = 0;
    if (count === 0) return;
    try {
      await writer.write(now);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw Object.assign(new LocalFailure(message, { cause }), codeOf(cause));
    }
    onWritten(count);
  };
  try {
    for await (const chunk of body) {
      const piece = toSkip > 0 ? chunk.subarray(Math.min(toSkip, chunk.length)) : chunk;
      toSkip -= Math.min(toSkip, chunk.length);
      const taken = piece.length > left ? piece.subarray(0, left) : piece;
      pieces.push(taken);
      bytes += taken.length;
      left -= taken.length;
      if (bytes >= WRITE_SIZE) await flush();
      // More than was asked for: nobody wants it.
      if (left === 0) break;
    }
  } finally {
    // Also what came before a connection was cut is worth keeping.
    await flush();
  }
}

function codeOf(cause: unknown): { code?: string } {
  const code = cause instanceof Error ? Reflect.get(cause, 'code') : undefined;
  return typeof code === 'string' ? { code } : {};
}
