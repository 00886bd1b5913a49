import type { Readable } from 'node:stream';
import { CutShort } from '../bucket/failure.ts';
import { DirectBody, type Take } from './direct-body.ts';

/** Bytes in `patience` below which a transfer stands still for us. */
export const LEAST_PROGRESS = 64 * 1024;

/**
 * Hands a body on, chunk by chunk.
 *
 * @param patience milliseconds in which {@link LEAST_PROGRESS} bytes must come. (Time-outs of connections know silence alone.)
 * @throws what the connection or `take` threw, or CutShort.
 */
export async function receiveBody(body: Readable, patience: number, take: Take): Promise<void> {
  let bytes = 0;
  let mark = 0;
  let slow: CutShort | undefined;
  const timer = setInterval(() => {
    if (bytes - mark < LEAST_PROGRESS) {
      slow = new CutShort(`less than ${LEAST_PROGRESS} bytes in ${patience / 1000} s`);
      body.destroy(slow);
    }
    mark = bytes;
  }, patience);
  const counted: Take = (chunk) => {
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

function receiveStream(body: Readable, take: Take): Promise<void> {
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
    body.once('close', () => reject(new CutShort('the connection ended early')));
  });
}
