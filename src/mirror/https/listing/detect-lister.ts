import { withHttpRetries } from '../http/http-retry.ts';
import { formatUrlForDisplay } from '../http/network-error.ts';
import { readResponseText } from '../http/read-body.ts';
import { createStatusError, isRetryableStatus } from '../http/status-error.ts';
import { BucketLister } from './bucket-lister.ts';
import type { RequestContext } from './fetch-page.ts';
import type { FileFactsCache } from './file-facts-cache.ts';
import { FolderLister } from './folder-lister.ts';
import { GoogleLister, isGoogleHost } from './google-lister.ts';
import type { Lister } from './lister.ts';

/** The query of an S3 listing, version 2; a store that knows version 1 alone answers with its markers. */
const XML_PARAMETERS = { 'list-type': '2' };
/** How much of an answer is read to tell what it is. A page of one key is far smaller, a folder's page may be larger. */
const MAX_DETECTION_BYTES = 64 * 1024;

/**
 * Finds out how a server lists. Google's hosts are known by name. Every other server is asked once, at the root, as an
 * S3-compatible store would be: web servers ignore the query, and what stands in the answer tells which it is.
 *
 * @param root the folder of the bucket.
 * @param exact see {@link FolderLister}.
 * @throws TfcacheError
 */
export async function detectLister(
  root: URL,
  context: RequestContext,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
  exact?: FileFactsCache,
): Promise<Lister> {
  if (isGoogleHost(root, environment)) return new GoogleLister(root, context);
  for (const { endpoint, prefix } of endpoints(root)) {
    const kind = await probe(endpoint, prefix, context, signal);
    if (kind === 'bucket') return bucketLister(endpoint, prefix, context);
    // Only a store answers in XML that it has no such object: then the bucket is further up.
    if (kind === 'web') break;
  }
  return new FolderLister(root, context, exact);
}

function bucketLister(endpoint: URL, prefix: string, context: RequestContext): BucketLister {
  context.retryOptions.log.debug(`${formatUrlForDisplay(endpoint)} is an S3-compatible store.`);
  const dialect = {
    name: 'XML of an S3-compatible store',
    endpoint,
    parameters: XML_PARAMETERS,
    prefix,
    async parse({ text }: { text: string }) {
      const { parseBucketXml } = await import('./bucket-xml.ts');
      return parseBucketXml(text, 'opaque');
    },
  };
  return new BucketLister(dialect, context);
}

/** `store`: answers in XML as a store does, but lists nothing here. */
async function probe(
  endpoint: URL,
  prefix: string,
  context: RequestContext,
  signal: AbortSignal | undefined,
): Promise<'bucket' | 'store' | 'web'> {
  const url = new URL(endpoint);
  const parameters = { ...XML_PARAMETERS, prefix, delimiter: '/', 'max-keys': '1' };
  for (const [key, value] of Object.entries(parameters)) url.searchParams.set(key, value);
  const ask = async () => {
    const response = await context.client.sendRequest(url, { signal });
    if (isRetryableStatus(response.status)) {
      response.body.destroy();
      throw createStatusError(response);
    }
    const start = await readResponseText(response, {
      timeout: context.timeout,
      limit: MAX_DETECTION_BYTES,
      beyond: 'cut',
      signal,
    });
    if (/<ListBucketResult[\s>]/.test(start)) return 'bucket';
    if (response.status !== 200) {
      context.retryOptions.log.info(
        `${formatUrlForDisplay(endpoint)} cannot be listed itself (HTTP ${response.status}); asking for the folders below it.`,
      );
    }
    return isXmlError(start) ? 'store' : 'web';
  };
  return withHttpRetries({ ...context.retryOptions, signal }, () => context.slots.run(ask));
}

/** True for a store's own error. */
function isXmlError(text: string): boolean {
  const start = text.trimStart();
  const root = start.startsWith('<?xml') ? start.slice(start.indexOf('>') + 1).trimStart() : start;
  return /^<Error[\s>]/.test(root);
}

/** Where a bucket may answer whose objects stand below `root`: there, at its first name (the bucket), or at the host. */
function endpoints(root: URL): { endpoint: URL; prefix: string }[] {
  const names = root.pathname.split('/').filter((name) => name !== '');
  const decoded = names.map(decodeURIComponent);
  const candidates = [{ endpoint: root, prefix: '' }];
  if (names.length > 1) {
    candidates.push({
      endpoint: new URL(`/${names[0]}/`, root),
      prefix: `${decoded.slice(1).join('/')}/`,
    });
  }
  if (names.length > 0) {
    candidates.push({ endpoint: new URL('/', root), prefix: `${decoded.join('/')}/` });
  }
  return candidates;
}
