import { TfcacheError } from '../../../platform/error.ts';
import { createCancelledError } from '../../cancelled.ts';
import type { HttpResponse } from './client.ts';
import { createNetworkError, formatUrlForDisplay, RetryableError } from './network-error.ts';
import { StallDetector } from './stall-detector.ts';

/** A body that is read whole must end within so many timeouts, however steadily it drips. */
const MAX_DURATION_IN_TIMEOUTS = 5;

/** Largest page of a listing that is read: memory stays bounded whatever a server sends. */
const MAX_LISTING_BYTES = 32 * 1024 * 1024;

export interface ReadTextOptions {
  /** Seconds of the window in which at least a little must come. */
  timeout: number;
  /** Bytes. */
  limit?: number;
  /** What becomes of a longer body: an error (the default), or its beginning is the answer. */
  beyond?: 'error' | 'cut';
  signal: AbortSignal | undefined;
}

/**
 * Reads a small body (a listing) as UTF-8.
 *
 * @throws PassingFailure when it breaks off or stalls, TfcacheError `no-mirror` when it is larger than the limit or does not end.
 */
export function readResponseText(
  response: HttpResponse,
  options: ReadTextOptions,
): Promise<string> {
  const { limit = MAX_LISTING_BYTES, beyond = 'error', timeout, signal } = options;
  const { body, url } = response;
  checkContentEncoding(response);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const watch = new StallDetector(timeout, () => body.destroy(createStalledError(url, timeout)));
    const seconds = timeout * MAX_DURATION_IN_TIMEOUTS;
    const deadline = setTimeout(() => body.destroy(tooSlow(url, seconds)), seconds * 1000);
    const fail = (error: unknown) => {
      watch.stop();
      clearTimeout(deadline);
      reject(
        signal?.aborted === true ? createCancelledError(signal) : createNetworkError(error, url),
      );
    };
    const succeed = () => {
      watch.stop();
      clearTimeout(deadline);
      resolve(Buffer.concat(chunks).toString('utf8'));
    };
    body.on('data', (chunk: Buffer) => {
      watch.addBytes(chunk.length);
      size += chunk.length;
      if (size > limit && beyond === 'error') {
        body.destroy(tooLarge(url, limit));
        return;
      }
      chunks.push(chunk);
      if (size > limit) {
        succeed();
        body.destroy();
      }
    });
    body.once('end', succeed);
    body.once('error', fail);
    // Destroyed without an error: nothing else will come.
    body.once('close', () => fail(new Error('the connection was closed')));
  });
}

export function createStalledError(url: URL, timeout: number): RetryableError {
  return new RetryableError(
    new TfcacheError('mirror-timeout', `The transfer from ${url.host} stalled.`, {
      where: formatUrlForDisplay(url),
      found: `less than 1 KiB a second over ${timeout} seconds`,
      hint: 'Run again: what arrived is kept. Raise timeout for a very slow link, or name another mirror.',
    }),
  );
}

/** Values of Content-Encoding that do not change the bytes: the first is the standard’s, the others are common mistakes. */
const NO_ENCODING = ['', 'identity', 'none', 'binary', 'utf-8', 'utf8', 'aws-chunked'];

/** @throws TfcacheError when the body is compressed although it was asked not to be. */
export function checkContentEncoding(response: HttpResponse): void {
  const encoding = response.headers['content-encoding'] ?? '';
  const codings = encoding.split(',').map((coding) => coding.trim().toLowerCase());
  if (codings.every((coding) => NO_ENCODING.includes(coding))) return;
  response.body.destroy();
  throw new TfcacheError(
    'protocol-error',
    'The mirror sends compressed what was asked for as it is.',
    {
      where: formatUrlForDisplay(response.url),
      expected: 'no Content-Encoding',
      found: `Content-Encoding: ${encoding}`,
      hint: 'Turn compression off for these files on the mirror (or the proxy between), or name another mirror.',
    },
  );
}

function tooSlow(url: URL, seconds: number): TfcacheError {
  return new TfcacheError('mirror-timeout', 'The mirror’s answer does not end.', {
    where: formatUrlForDisplay(url),
    expected: `an end within ${seconds} seconds`,
    hint: 'Raise timeout for a very slow link, ask for a smaller folder, or name another mirror.',
  });
}

function tooLarge(url: URL, limit: number): TfcacheError {
  return new TfcacheError(
    'listing-too-large',
    'The mirror’s listing does not end where any listing should.',
    {
      where: formatUrlForDisplay(url),
      expected: `at most ${limit / 1024 / 1024} MiB`,
      hint: 'The folder holds far too many names, or something else answers in the mirror’s place. Ask for a smaller folder, or name another mirror.',
    },
  );
}
