import type { ListingBudget } from '../../listing-collector.ts';
import { StatusError } from '../http/status-error.ts';
import { type BucketDialect, BucketLister } from './bucket-lister.ts';
import type { RequestContext } from './fetch-page.ts';
import type { Lister } from './lister.ts';

const HOST = 'storage.googleapis.com';

/** What is asked of each page of the JSON interface: nothing that is not used. */
const FIELDS = 'items(name,size,md5Hash,crc32c,updated),nextPageToken,prefixes';

/**
 * Lists a bucket of Google's through the JSON interface, which gives digests; once that is refused, through the XML one.
 */
export class GoogleLister implements Lister {
  readonly name = 'Google Cloud Storage';
  private readonly context: RequestContext;
  private readonly xml: BucketLister;
  private lister: BucketLister;

  constructor(root: URL, context: RequestContext) {
    const { json, xml } = googleBucket(root);
    this.context = context;
    this.xml = new BucketLister(xml, context);
    this.lister = new BucketLister(json, context);
  }

  listFolder(folder: string, signal: AbortSignal | undefined, budget: ListingBudget) {
    return this.ask((lister) => lister.listFolder(folder, signal, budget));
  }

  listTree(folder: string, signal: AbortSignal | undefined) {
    return this.ask((lister) => lister.listTree(folder, signal));
  }

  private async ask<T>(question: (lister: BucketLister) => Promise<T>): Promise<T> {
    const { lister } = this;
    try {
      return await question(lister);
    } catch (error) {
      if (lister === this.xml || !(error instanceof StatusError)) throw error;
      this.context.retryOptions.log.info(
        `${error.message} Listing through the XML interface instead.`,
      );
      this.lister = this.xml;
      return question(this.xml);
    }
  }
}

/**
 * Whether a URL is one of Google Cloud Storage: by path or by host name, or of the emulator that Google's own clients are
 * pointed to with STORAGE_EMULATOR_HOST.
 */
export function isGoogleHost(url: URL, environment: NodeJS.ProcessEnv): boolean {
  if (url.hostname === HOST || url.hostname.endsWith(`.${HOST}`)) return true;
  const emulator = environment['STORAGE_EMULATOR_HOST'];
  if (emulator === undefined || emulator === '') return false;
  const origin = emulator.includes('://') ? emulator : `http://${emulator}`;
  return URL.canParse(origin) && new URL(origin).origin === url.origin;
}

/**
 * How a bucket of Google's is listed, through either interface.
 * https://cloud.google.com/storage/docs/request-endpoints
 */
function googleBucket(root: URL): { json: BucketDialect; xml: BucketDialect } {
  const names = root.pathname
    .split('/')
    .filter((name) => name !== '')
    .map(decodeURIComponent);
  const byHost = root.hostname.endsWith(`.${HOST}`);
  const bucket = byHost ? root.hostname.slice(0, -HOST.length - 1) : (names.shift() ?? '');
  const prefix = names.length === 0 ? '' : `${names.join('/')}/`;
  const origin = byHost ? `https://${HOST}` : root.origin;
  return {
    json: {
      name: 'JSON of Google Cloud Storage',
      endpoint: new URL(`/storage/v1/b/${encodeURIComponent(bucket)}/o`, origin),
      parameters: { fields: FIELDS, maxResults: '1000' },
      prefix,
      async parse({ text }) {
        const { parseGoogleJson } = await import('./google-json.ts');
        return parseGoogleJson(text);
      },
    },
    xml: {
      name: 'XML of Google Cloud Storage',
      endpoint: new URL(`/${encodeURIComponent(bucket)}/`, origin),
      parameters: { 'list-type': '2' },
      prefix,
      async parse({ text }) {
        const { parseBucketXml } = await import('./bucket-xml.ts');
        return parseBucketXml(text, 'md5');
      },
    },
  };
}
