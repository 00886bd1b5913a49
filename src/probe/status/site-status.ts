import type { HttpClient } from '../../mirror/https/http/client.ts';
import { RetryableError, unwrapRetryable } from '../../mirror/https/http/network-error.ts';
import { readResponseText } from '../../mirror/https/http/read-body.ts';
import { TfcacheError } from '../../platform/error.ts';
import { createProbeHttpClient } from '../content/content-reader.ts';
import type { ProbeContext } from '../context.ts';
import type { Freshness } from '../report/report.ts';
import { parseSiteStatus } from './formats.ts';
import { evaluateStatus } from './freshness.ts';

/** Bytes: the largest sites keep some thousand mirrors. */
const MAX_STATUS_BYTES = 4 * 1024 * 1024;
const TIMEOUT_SECONDS = 3;

/** Where sites of tunasync, of MirrorZ and of Yuki keep their status. */
const STATUS_PATHS = [
  '/static/tunasync.json',
  '/.mirrorz/tunasync.json',
  '/static/json/mirrorz.json',
  '/mirrorz.json',
  '/api/v1/metas',
];

/** What a known site's status says of a mirror; undefined when there is none to be read. */
export async function fetchSiteFreshness(
  statusUrl: string | undefined,
  name: string,
  context: ProbeContext,
): Promise<Freshness | undefined> {
  if (statusUrl === undefined) return undefined;
  const { environment } = context;
  const client = createProbeHttpClient({ environment, timeoutSeconds: TIMEOUT_SECONDS });
  return fetchStatus(client, new URL(statusUrl), name, context);
}

/** Looks for a status at the usual places of a web host; undefined when there is none. */
export async function findSiteFreshness(
  client: HttpClient,
  origin: URL,
  name: string,
  context: ProbeContext,
): Promise<Freshness | undefined> {
  for (const place of STATUS_PATHS) {
    const found = await fetchStatus(client, new URL(place, origin), name, context);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function fetchStatus(
  client: HttpClient,
  url: URL,
  name: string,
  { signal, freshnessLimit }: ProbeContext,
): Promise<Freshness | undefined> {
  try {
    const response = await client.sendRequest(url, { signal });
    if (response.status !== 200) {
      response.body.resume();
      return undefined;
    }
    const options = { timeout: TIMEOUT_SECONDS, limit: MAX_STATUS_BYTES, signal };
    const entries = parseSiteStatus(await readResponseText(response, options));
    return entries === undefined
      ? undefined
      : evaluateStatus(entries, name, url.href, freshnessLimit);
  } catch (error) {
    // A status is an extra: without it the mirror is judged by what it holds.
    if (error instanceof RetryableError || unwrapRetryable(error) instanceof TfcacheError)
      return undefined;
    throw error;
  }
}
