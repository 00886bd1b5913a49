import type { HttpClient } from '../../mirror/https/http/client.ts';
import { RetryableError, unwrapRetryable } from '../../mirror/https/http/network-error.ts';
import { readResponseText } from '../../mirror/https/http/read-body.ts';
import { TfcacheError } from '../../platform/error.ts';
import { webClient } from '../content/shelf.ts';
import type { ProbeContext } from '../context.ts';
import type { Freshness } from '../report/report.ts';
import { parseStatus } from './formats.ts';
import { judgeStatus } from './freshness.ts';

/** Bytes: the largest sites keep some thousand mirrors. */
const LARGEST_STATUS = 4 * 1024 * 1024;
const LIMIT_SECONDS = 3;

/** Where sites of tunasync, of MirrorZ and of Yuki keep their status. */
const USUAL_PLACES = [
  '/static/tunasync.json',
  '/.mirrorz/tunasync.json',
  '/static/json/mirrorz.json',
  '/mirrorz.json',
  '/api/v1/metas',
];

/** What a known site's status says of a mirror; undefined when there is none to be read. */
export async function siteFreshness(
  statusUrl: string | undefined,
  name: string,
  context: ProbeContext,
): Promise<Freshness | undefined> {
  if (statusUrl === undefined) return undefined;
  const { environment } = context;
  const client = webClient({ environment, timeout: LIMIT_SECONDS });
  return readStatus(client, new URL(statusUrl), name, context);
}

/** Looks for a status at the usual places of a web host; undefined when there is none. */
export async function findStatus(
  client: HttpClient,
  origin: URL,
  name: string,
  context: ProbeContext,
): Promise<Freshness | undefined> {
  for (const place of USUAL_PLACES) {
    const found = await readStatus(client, new URL(place, origin), name, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function readStatus(
  client: HttpClient,
  url: URL,
  name: string,
  { signal, limit }: ProbeContext,
): Promise<Freshness | undefined> {
  try {
    const response = await client.sendRequest(url, { signal });
    if (response.status !== 200) {
      response.body.resume();
      return undefined;
    }
    const options = { timeout: LIMIT_SECONDS, limit: LARGEST_STATUS, signal };
    const entries = parseStatus(await readResponseText(response, options));
    return entries === undefined ? undefined : judgeStatus(entries, name, url.href, limit);
  } catch (error) {
    // A status is an extra: without it the mirror is judged by what it holds.
    if (error instanceof RetryableError || unwrapRetryable(error) instanceof TfcacheError)
      return undefined;
    throw error;
  }
}
