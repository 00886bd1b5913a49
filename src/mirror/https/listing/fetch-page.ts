import type { Semaphore } from '../../../platform/concurrency/semaphore.ts';
import { TfcacheError } from '../../../platform/error.ts';
import type { HttpClient, HttpResponse } from '../http/client.ts';
import { type HttpRetryOptions, withHttpRetries } from '../http/http-retry.ts';
import { formatUrlForDisplay } from '../http/network-error.ts';
import { readResponseText } from '../http/read-body.ts';
import { createStatusError, isMissingStatus } from '../http/status-error.ts';
import { FormatMismatchError, type ListingPage } from './page.ts';

/** What every lister needs. */
export interface RequestContext {
  client: HttpClient;
  /** Seconds without progress. */
  timeout: number;
  /** Requests at once. */
  connections: number;
  /** One place a request, so that none waits for a socket while its time runs. */
  slots: Semaphore;
  retryOptions: Omit<HttpRetryOptions, 'signal'>;
}

/** A body and where it came from. */
export interface TextResponse {
  text: string;
  response: HttpResponse;
}

/**
 * Fetches a page as text, trying again where that may help.
 *
 * @returns undefined when there is no such thing (404, 410).
 * @throws TfcacheError
 */
export async function fetchText(
  url: URL,
  context: RequestContext,
  signal: AbortSignal | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<TextResponse | undefined> {
  const ask = async (): Promise<TextResponse | undefined> => {
    const response = await context.client.sendRequest(url, { signal, headers });
    if (response.status === 200) {
      return {
        text: await readResponseText(response, { timeout: context.timeout, signal }),
        response,
      };
    }
    if (isMissingStatus(response.status)) {
      // Read, so that the connection serves the next request; pages of errors are short.
      await readResponseText(response, {
        timeout: context.timeout,
        limit: 64 * 1024,
        beyond: 'cut',
        signal,
      });
      return undefined;
    }
    response.body.destroy();
    throw createStatusError(response);
  };
  return withHttpRetries({ ...context.retryOptions, signal }, () => context.slots.run(ask));
}

/** Parses a page; a body of another form becomes an error for people. @throws TfcacheError `configuration` */
export async function parsePage<Page extends ListingPage>(
  answer: TextResponse,
  format: string,
  parse: () => Page | Promise<Page>,
): Promise<Page> {
  try {
    return await parse();
  } catch (error) {
    if (!(error instanceof FormatMismatchError)) throw error;
    throw createNotAListingError(answer, `${format}, but: ${error.message}`, error);
  }
}

export function createNotAListingError(
  answer: TextResponse,
  found: string,
  cause?: unknown,
): TfcacheError {
  const { response, text } = answer;
  const type = response.headers['content-type'] ?? 'no Content-Type';
  return new TfcacheError(
    'not-listable',
    'The mirror’s answer is not a listing that can be read.',
    {
      where: formatUrlForDisplay(response.url),
      expected: 'a bucket’s XML or JSON, or a folder’s page of nginx or Apache',
      found: `${found} (${type}, ${text.length} characters: ${JSON.stringify(text.trim().slice(0, 80))})`,
      hint: 'Open the address in a browser. A login page means a captive portal; a page without file names means that listing folders (autoindex) is off: ask who runs the mirror, or name another one.',
      cause,
    },
  );
}
