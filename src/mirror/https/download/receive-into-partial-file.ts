import { createCancelledError } from '../../cancelled.ts';
import type { PartialFile } from '../../partial/partial-file.ts';
import type { BandwidthLimit } from '../http/bandwidth.ts';
import type { HttpResponse } from '../http/client.ts';
import { createNetworkError } from '../http/network-error.ts';
import { createStalledError } from '../http/read-body.ts';
import { StallDetector } from '../http/stall-detector.ts';

/** Bytes that may wait to be written before the server is held back. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** Buffers in one write. */
const MAX_BUFFERS_PER_WRITE = 64;

export interface ReceiveBodyOptions {
  partial: PartialFile;
  /** Where the first byte of the body belongs. */
  start: number;
  /** Where the body must end. */
  end: number;
  /** Seconds of the window in which at least a little must come. */
  timeout: number;
  bandwidth: BandwidthLimit;
  onBytes(bytes: number): void;
  signal: AbortSignal | undefined;
}

/** How a body ended that had all that was wanted. `more`: the server went on sending and was cut off. */
export type BodyEnd = 'exact' | 'more';

/**
 * Writes a body to its place in a partial file while it comes. Whatever arrived is written before this returns or throws;
 * `partial` knows how much.
 *
 * @throws PassingFailure when it breaks off, ends early or stalls; TfcacheError when it cannot be written or is cancelled.
 */
export async function receiveIntoPartialFile(
  response: HttpResponse,
  options: ReceiveBodyOptions,
): Promise<BodyEnd> {
  const { partial, start, end, timeout, bandwidth, onBytes, signal } = options;
  const { body, url } = response;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let received = start;
  let written = start;
  let ended: BodyEnd | undefined;
  // It may have broken off before anyone listened; no event will tell then.
  let failure: unknown = body.destroyed
    ? (body.errored ?? new Error('the connection was closed'))
    : undefined;
  let wake: () => void = () => undefined;
  let resting: NodeJS.Timeout | undefined;
  let full = false;

  const watch = new StallDetector(timeout, () => body.destroy(createStalledError(url, timeout)));
  const holdBack = () => {
    body.pause();
    watch.pause();
  };
  const goOn = () => {
    watch.resume();
    if (!full && resting === undefined) body.resume();
  };

  body.on('data', (chunk: Buffer) => {
    watch.addBytes(chunk.length);
    onBytes(chunk.length);
    const wanted = Math.min(chunk.length, end - received);
    if (wanted > 0) {
      waiting.push(wanted === chunk.length ? chunk : chunk.subarray(0, wanted));
      waitingBytes += wanted;
      received += wanted;
    }
    if (wanted < chunk.length) {
      ended = 'more';
      body.destroy();
    }
    wake();
    if (waitingBytes > MAX_BUFFERED_BYTES && !full) {
      full = true;
      holdBack();
    }
    const rest = bandwidth.addBytes(chunk.length);
    if (rest >= 1 && resting === undefined) {
      holdBack();
      resting = setTimeout(() => {
        resting = undefined;
        goOn();
      }, rest);
    }
  });
  body.once('end', () => {
    ended ??= 'exact';
    wake();
  });
  body.once('error', (error) => {
    failure ??= error;
    wake();
  });
  body.once('close', () => {
    if (ended === undefined)
      failure ??= new Error(
        `the connection was closed after ${received - start} of ${end - start} bytes`,
      );
    wake();
  });

  try {
    for (;;) {
      if (waiting.length > 0) {
        const buffers = waiting.splice(0, MAX_BUFFERS_PER_WRITE);
        const bytes = buffers.reduce((sum, buffer) => sum + buffer.length, 0);
        await partial.write(buffers, written);
        written += bytes;
        waitingBytes -= bytes;
        if (full && waitingBytes < MAX_BUFFERED_BYTES / 2) {
          full = false;
          goOn();
        }
      } else if (failure !== undefined) {
        throw signal?.aborted === true
          ? createCancelledError(signal)
          : createNetworkError(failure, url);
      } else if (ended !== undefined) {
        if (ended === 'exact' && received < end) {
          throw createNetworkError(
            new Error(`the body ended after ${received - start} of ${end - start} bytes`),
            url,
          );
        }
        return ended;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    waiting = [];
    watch.stop();
    clearTimeout(resting);
    if (ended !== 'exact') body.destroy();
    // An error that comes after the end concerns no one any more.
    body.on('error', () => undefined);
  }
}
