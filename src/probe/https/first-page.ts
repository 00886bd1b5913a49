import type { HttpClient } from '../../mirror/https/http/client.ts';
import { readResponseText } from '../../mirror/https/http/read-body.ts';
import { LINE_TIMEOUT_MS } from '../context.ts';

/** What a web server answers at a mirror's root. */
export interface FirstPage {
  status: number;
  statusText: string;
  server: string | undefined;
  contentType: string;
  /** The beginning of the body. */
  text: string;
  /** Where it came from, after redirects. */
  url: URL;
  /** Milliseconds until the head of the answer. */
  responseMs: number;
}

/** Bytes: enough of a page to tell what it is. */
const MAX_PAGE_BYTES = 64 * 1024;

/** @throws PassingFailure, TfcacheError */
export async function fetchFirstPage(
  client: HttpClient,
  root: URL,
  signal: AbortSignal,
): Promise<FirstPage> {
  const began = performance.now();
  const response = await client.sendRequest(root, { signal });
  const time = performance.now() - began;
  const options = {
    timeout: LINE_TIMEOUT_MS / 1000,
    limit: MAX_PAGE_BYTES,
    beyond: 'cut' as const,
    signal,
  };
  const text = await readResponseText(response, options);
  return {
    status: response.status,
    statusText: response.reason,
    server: [response.headers['server'] ?? []].flat().join(', ') || undefined,
    contentType: response.headers['content-type'] ?? '',
    text,
    url: response.url,
    responseMs: time,
  };
}

/** True for a store's own XML: a bucket has no site around it that could tell how fresh it is. */
export function isBucketListing({ text }: FirstPage): boolean {
  const start = text.trimStart();
  const root = start.startsWith('<?xml') ? start.slice(start.indexOf('>') + 1).trimStart() : start;
  return /^<(ListBucketResult|Error)[\s>]/.test(root);
}

/** True for a folder's page as nginx, Apache and the like make it. */
export function isFolderListing({ text }: FirstPage): boolean {
  return /<(title|h1)[^<>]*>\s*(index|directory listing) (of|for)\b|<table[^<>]*id="?(list|indexlist)\b/i.test(
    text,
  );
}
