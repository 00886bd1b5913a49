import type { FileVersion } from '../../../bucket/file.ts';
import { TfcacheError } from '../../../platform/error.ts';
import { errorCode } from '../../../platform/files/file-error.ts';
import { createCancelledError } from '../../cancelled.ts';
import { parseContentRange } from '../download/content-range.ts';
import type { RequestContext } from '../listing/fetch-page.ts';
import { parseSizeBytes, parseTimeSeconds } from '../listing/page.ts';
import type { HttpResponse } from './client.ts';
import { withHttpRetries } from './http-retry.ts';
import { createNetworkError, formatUrlForDisplay, RetryableError } from './network-error.ts';
import { checkContentEncoding, createStalledError } from './read-body.ts';
import { StallDetector } from './stall-detector.ts';
import { createStatusError, isMissingStatus, isRetryableStatus } from './status-error.ts';

/** Characters; a longer one is not kept. */
const MAX_ETAG_LENGTH = 512;
/** Most bytes of a body that is read only to learn its length: several times the largest wheel of TensorFlow. */
const MAX_COUNTED_BYTES = 4 * 1024 ** 3;

export interface ExactFileFacts extends FileVersion {
  size: number;
}

/** What an address turned out to be; undefined if there is nothing. */
export type AddressFacts = ExactFileFacts | 'folder' | undefined;

/**
 * Returns size and time of a file: by HEAD, else by GET of its first byte, else by the head of a GET of the whole. Addresses that
 * are signed for GET answer HEAD with 401, 403 or 404, so only the answer to a GET says that a file is missing or refused.
 *
 * @param unknownLength what to do if no answer has a length: `count` reads the whole file to count its bytes.
 * @returns undefined if there is no such file. @throws TfcacheError `no-mirror`, or `configuration` if access is refused
 */
export async function requestFileSize(
  url: URL,
  context: RequestContext,
  signal: AbortSignal | undefined,
  unknownLength: 'refuse' | 'count' = 'refuse',
): Promise<ExactFileFacts | undefined> {
  const answer = await requestAddressFacts(url, context, signal, unknownLength);
  return answer === 'folder' ? undefined : answer;
}

/** As {@link requestFileSize}, but recognises a folder whose address was given without a slash at its end. */
export async function requestAddressFacts(
  url: URL,
  context: RequestContext,
  signal: AbortSignal | undefined,
  unknownLength: 'refuse' | 'count' = 'refuse',
): Promise<AddressFacts> {
  const { client, timeout } = context;

  /** Undefined if HEAD does not give the size, whatever the reason. */
  const byHead = async (): Promise<AddressFacts> => {
    let head: HttpResponse;
    try {
      head = await client.sendRequest(url, { method: 'HEAD', signal });
    } catch (error) {
      if (isBroken(error)) return undefined;
      throw error;
    }
    head.body.resume();
    if (isFolderOf(head.url, url)) return 'folder';
    // To ask again at once is what these two forbid.
    if ([407, 429].includes(head.status)) throw createStatusError(head);
    const size = parseSizeBytes(head.headers['content-length']);
    // Some servers answer HEAD with the length of the body that it has.
    return head.status === 200 && size !== undefined && size > 0
      ? { size, ...versionIn(head) }
      : undefined;
  };

  const byRange = async (): Promise<AddressFacts | 'missing'> => {
    const get = await client.sendRequest(url, { headers: { range: 'bytes=0-0' }, signal });
    get.body.destroy();
    if (isFolderOf(get.url, url)) return 'folder';
    if (isMissingStatus(get.status)) return 'missing';
    if (isRetryableStatus(get.status) || get.status === 407) throw createStatusError(get);
    const size = sizeIn(get);
    return size === undefined ? undefined : { size, ...versionIn(get) };
  };

  const byWhole = async (): Promise<ExactFileFacts | undefined> => {
    const get = await client.sendRequest(url, { signal });
    const size = get.status === 200 ? parseSizeBytes(get.headers['content-length']) : undefined;
    if (get.status !== 200 || size !== undefined || unknownLength === 'refuse') get.body.destroy();
    if (isMissingStatus(get.status)) return undefined;
    if (get.status !== 200) throw createStatusError(get);
    if (size === undefined && unknownLength === 'refuse') throw noLength(url);
    return { size: size ?? (await countBytes(get, timeout, signal)), ...versionIn(get) };
  };

  const ask = async (): Promise<AddressFacts> => {
    const head = await byHead();
    if (head !== undefined) return head;
    const range = await byRange();
    if (range === 'missing') return undefined;
    return range ?? (await byWhole());
  };
  return withHttpRetries({ ...context.retryOptions, signal }, () => context.slots.run(ask));
}

/** True if a redirect added a slash to the path, as web servers do for a folder. */
export function isFolderOf(answered: URL, asked: URL): boolean {
  return answered.pathname === `${asked.pathname}/`;
}

/** Whether the server broke the connection off: some do so for methods that they do not know. */
function isBroken(error: unknown): boolean {
  const cause = error instanceof RetryableError ? error.error.cause : undefined;
  return /^(ECONNRESET|EPIPE|HPE_.*)$/.test(errorCode(cause) ?? '');
}

/** The size of the whole file, from the answer to a question for its first byte. */
function sizeIn({ status, headers }: HttpResponse): number | undefined {
  const range = headers['content-range'];
  if (status === 206) return parseContentRange(range)?.total;
  if (status === 200) return parseSizeBytes(headers['content-length']);
  // An empty file has no first byte.
  if (status === 416) return parseSizeBytes(/^bytes \*\/(\d+)$/i.exec(range?.trim() ?? '')?.[1]);
  return undefined;
}

/** @throws PassingFailure if the body breaks off or stalls, TfcacheError `no-mirror` if it does not end. */
async function countBytes(
  response: HttpResponse,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { body, url } = response;
  checkContentEncoding(response);
  const watch = new StallDetector(timeout, () => body.destroy(createStalledError(url, timeout)));
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      watch.addBytes(chunk.length);
      size += chunk.length;
      if (size > MAX_COUNTED_BYTES) throw endless(url);
    }
    return size;
  } catch (error) {
    throw signal?.aborted === true ? createCancelledError(signal) : createNetworkError(error, url);
  } finally {
    watch.stop();
  }
}

/** ETags say nothing across hosts, so each one is kept with its host. A weak one does not mean equal bytes. */
function versionIn({ headers, url }: HttpResponse): FileVersion {
  const { etag } = headers;
  const isStrong = etag !== undefined && /^"[^"]+"$/.test(etag) && etag.length <= MAX_ETAG_LENGTH;
  return {
    mtime: parseTimeSeconds(headers['last-modified']),
    ...(isStrong ? { etag: `${url.host} ${etag}` } : {}),
  };
}

function noLength(url: URL): TfcacheError {
  return new TfcacheError('protocol-error', 'The mirror does not tell how long a file is.', {
    where: formatUrlForDisplay(url),
    expected: 'Content-Length',
    hint: 'Without sizes nothing can be checked: name another mirror, or let this one list in JSON (nginx: autoindex_format json).',
  });
}

function endless(url: URL): TfcacheError {
  return new TfcacheError(
    'protocol-error',
    'The mirror sends a file without a length that does not end.',
    {
      where: formatUrlForDisplay(url),
      expected: `at most ${MAX_COUNTED_BYTES / 1024 ** 3} GiB`,
      hint: 'Name another index or mirror.',
    },
  );
}
