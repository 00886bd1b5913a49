import type { Readable } from 'node:stream';
import { receiveBody } from './receive-body.ts';

/** Bytes of what a store says in place of an object: a page of 1,000 keys of 1,024 bytes with all that is told of each. */
export const MAX_RESPONSE_BYTES = 4 * 1024 * 1024;
/** A body that is read whole may take so many times as long as a transfer may stand still. */
const MAX_IDLE_TIMEOUTS = 2;

/** The body is longer than it may be, or comes too slowly: to ask for it again would be of no use. */
export class EndlessResponseError extends Error {
  override readonly name = 'EndlessResponseError';
}

/**
 * Reads a small body into memory.
 *
 * @param most bytes.
 * @param idleTimeoutMs milliseconds in which something must move.
 * @throws EndlessResponseError, or what the connection threw.
 */
export async function readResponseBody(
  body: Readable,
  most: number,
  idleTimeoutMs: number,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  let late: EndlessResponseError | undefined;
  const timer = setTimeout(() => {
    const seconds = (idleTimeoutMs * MAX_IDLE_TIMEOUTS) / 1000;
    late = new EndlessResponseError(`the store's answer did not end within ${seconds} s`);
    body.destroy(late);
  }, idleTimeoutMs * MAX_IDLE_TIMEOUTS);
  try {
    await receiveBody(body, idleTimeoutMs * MAX_IDLE_TIMEOUTS * 2, (piece) => {
      pieces.push(Buffer.from(piece));
      bytes += piece.length;
      return bytes <= most;
    });
  } catch (error) {
    throw late ?? error;
  } finally {
    clearTimeout(timer);
  }
  if (bytes > most)
    throw new EndlessResponseError(`the store's answer is longer than ${most} bytes`);
  return Buffer.concat(pieces);
}
