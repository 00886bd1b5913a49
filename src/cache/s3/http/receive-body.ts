import type { Readable } from 'node:stream';
import { TruncatedTransferError } from '../bucket/classify-error.ts';
import { type ChunkConsumer, DirectBody } from './direct-body.ts';

/** Bytes in `idleTimeoutMs` below which a transfer stands still for us. */
export const MIN_PROGRESS_BYTES = 64 * 1024;

/**
 * Hands a body on, chunk by chunk.
 *
 * @param idleTimeoutMs milliseconds in which {@link MIN_PROGRESS_BYTES} bytes must come. (Time-outs of connections know silence alone.)
 * @throws what the connection or `take` threw, or TruncatedTransferError.
 */
export async function receiveBody(
  body: Readable,
  idleTimeoutMs: number,
  take: ChunkConsumer,
): Promise<void> {
  let bytes = 0;
  let mark = 0;
  let slow: TruncatedTransferError | undefined;
  const timer = setInterval(() => {
    if (bytes - mark < MIN_PROGRESS_BYTES) {
      slow = new TruncatedTransferError(
        `less than ${MIN_PROGRESS_BYTES} bytes in ${idleTimeoutMs / 1000} s`,
      );
      body.destroy(slow);
    }
    mark = bytes;
  }, idleTimeoutMs);
  const counted: ChunkConsumer = (chunk) => {
    bytes += chunk.length;
    return take(chunk);
  };
  // Whoever reads a stream learns of its end by its events; an error that comes later is nobody's any more.
  body.on('error', () => undefined);
  try {
    if (body instanceof DirectBody) {
      await body.consume(counted);
      body.destroy();
    } else await receiveStream(body, counted);
  } catch (error) {
    throw slow ?? error;
  } finally {
    clearInterval(timer);
  }
}

function receiveStream(body: Readable, take: ChunkConsumer): Promise<void> {
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      try {
        if (take(chunk)) return;
        resolve();
      } catch (error) {
        reject(error);
      }
      body.off('data', onData);
      body.destroy();
    };
    // Events come in this order: error or end, then close. The first settles the promise, what follows changes nothing.
    body.on('data', onData);
    body.once('end', resolve);
    body.once('error', reject);
    body.once('close', () => reject(new TruncatedTransferError('the connection ended early')));
  });
}
