import type { Places } from '../../../platform/concurrency/parallel.ts';
import { TfcacheError } from '../../../platform/error.ts';
import type { HttpClient, HttpResponse } from '../http/client.ts';
import { shown } from '../http/failure.ts';
import { readText } from '../http/read-body.ts';
import { meansMissing, statusFailure } from '../http/status.ts';
import { type TryOptions, withTries } from '../http/tries.ts';
import { FormatMismatch, type ListingPage } from './page.ts';

/** What every lister needs. */
export interface PageContext {
  client: HttpClient;
  /** Seconds without progress. */
  timeout: number;
  /** Requests at once. */
  connections: number;
  /** One place a request, so that none waits for a socket while its time runs. */
  places: Places;
  tries: Omit<TryOptions, 'signal'>;
}

/** A body and where it came from. */
export interface TextAnswer {
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
  context: PageContext,
  signal: AbortSignal | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<TextAnswer | undefined> {
  const ask = async (): Promise<TextAnswer | undefined> => {
    const response = await context.client.open(url, { signal, headers });
    if (response.status === 200) {
      return { text: await readText(response, { timeout: context.timeout, signal }), response };
    }
    if (meansMissing(response.status)) {
      // Read, so that the connection serves the next request; pages of errors are short.
      await readText(response, {
        timeout: context.timeout,
        limit: 64 * 1024,
        beyond: 'cut',
        signal,
      });
      return undefined;
    }
    response.body.destroy();
    throw statusFailure(response);
  };
  return withTries({ ...context.tries, signal }, () => context.places.use(ask));
}

/** Parses a page; a body of another form becomes an error for people. @throws TfcacheError `configuration` */
export async function parsePage<Page extends ListingPage>(
  answer: TextAnswer,
  format: string,
  parse: () => Page | Promise<Page>,
): Promise<Page> {
  try {
    return await parse();
  } catch (error) {
    if (!(error instanceof FormatMismatch)) throw error;
    throw notAListing(answer, `${format}, but: ${error.message}`, error);
  }
}

export function notAListing(answer: TextAnswer, found: string, cause?: unknown): TfcacheError {
  const { response, text } = answer;
  const type = response.headers['content-type'] ?? 'no Content-Type';
  return new TfcacheError(
    'configuration',
    'The mirror’s answer is not a listing that can be read.',
    {
      where: shown(response.url),
      expected: 'a bucket’s XML or JSON, or a folder’s page of nginx or Apache',
      found: `${found} (${type}, ${text.length} characters: ${JSON.stringify(text.trim().slice(0, 80))})`,
      hint: 'Open the address in a browser. A login page means a captive portal; a page without file names means that listing folders (autoindex) is off: ask who runs the mirror, or name another one.',
      cause,
    },
  );
}
