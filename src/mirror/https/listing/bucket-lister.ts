import { hash } from 'node:crypto';
import { TfcacheError } from '../../../platform/error.ts';
import { ListingBudget, ListingCollector } from '../../listing-collector.ts';
import { formatUrlForDisplay } from '../http/network-error.ts';
import { StatusError } from '../http/status-error.ts';
import { fetchText, parsePage, type RequestContext, type TextResponse } from './fetch-page.ts';
import type { FolderContents, Lister } from './lister.ts';
import type { ListingPage, NextPage, PageEntry } from './page.ts';

/** Most pages of one answer: a server that never ends is noticed even when its pages are empty. */
const MAX_PAGES = 20_000;

/** Characters of a continuation token. It goes into an address, and servers refuse those of more than 8 to 16 KiB. */
const MAX_TOKEN_LENGTH = 8192;

/** How one kind of store is asked for its keys. */
export interface BucketDialect {
  /** For the log and for messages: `Google’s JSON interface`. */
  name: string;
  /** Where the bucket answers. */
  endpoint: URL;
  /** Parameters of every request. */
  parameters: Readonly<Record<string, string>>;
  /** Keys below this stand for the mirror’s root: `''`, or ending in `/`. */
  prefix: string;
  parse(answer: TextResponse): Promise<ListingPage>;
}

/** Lists a bucket by keys and prefixes, page after page. */
export class BucketLister implements Lister {
  readonly name: string;
  private readonly dialect: BucketDialect;
  private readonly context: RequestContext;

  constructor(dialect: BucketDialect, context: RequestContext) {
    this.name = dialect.name;
    this.dialect = dialect;
    this.context = context;
  }

  async listFolder(
    folder: string,
    signal: AbortSignal | undefined,
    budget: ListingBudget,
  ): Promise<FolderContents> {
    const prefix = this.prefixOf(folder);
    const { collected, placeholder } = await this.collect(prefix, '/', signal, budget);
    const { files, folders } = collected;
    return { exists: placeholder || files.length + folders.length > 0, files, folders };
  }

  async listTree(folder: string, signal: AbortSignal | undefined) {
    const prefix = this.prefixOf(folder);
    const { collected } = await this.collect(prefix, undefined, signal, new ListingBudget());
    return collected.files;
  }

  private prefixOf(folder: string): string {
    return this.dialect.prefix + (folder === '' ? '' : `${folder}/`);
  }

  private async collect(
    prefix: string,
    delimiter: '/' | undefined,
    signal: AbortSignal | undefined,
    budget: ListingBudget,
  ) {
    const collected = new ListingCollector<PageEntry>(
      formatUrlForDisplay(this.dialect.endpoint),
      budget,
    );
    // A key that ends in a slash is a folder that someone made by hand; it is no file.
    let placeholder = false;
    for await (const page of this.pages(prefix, delimiter, signal, budget)) {
      for (const entry of page.files) {
        if (!entry.name.startsWith(prefix)) continue;
        if (entry.name.endsWith('/')) placeholder ||= entry.name === prefix;
        else collected.addFile(entry.name.slice(this.dialect.prefix.length), entry);
      }
      for (const folder of page.folders) {
        if (folder.startsWith(prefix))
          collected.addFolder(folder.slice(prefix.length).replace(/\/$/, ''));
      }
    }
    collected.warnAboutExcludedNames(this.context.retryOptions.log);
    return { collected, placeholder };
  }

  private async *pages(
    prefix: string,
    delimiter: '/' | undefined,
    signal: AbortSignal | undefined,
    budget: ListingBudget,
  ): AsyncGenerator<ListingPage> {
    const { endpoint, name } = this.dialect;
    const seen = new Set<string>();
    let next: NextPage | undefined;
    do {
      const url = new URL(endpoint);
      for (const [key, value] of Object.entries(this.dialect.parameters))
        url.searchParams.set(key, value);
      url.searchParams.set('prefix', prefix);
      if (delimiter !== undefined) url.searchParams.set('delimiter', delimiter);
      if (next !== undefined) url.searchParams.set(next.parameter, next.value);
      const answer = await fetchText(url, this.context, signal);
      if (answer === undefined) throw noBucket(endpoint);
      budget.addPage(answer.text.length, formatUrlForDisplay(endpoint), this.context.timeout);
      const page = await parsePage(answer, name, () => this.dialect.parse(answer));
      yield page;
      next = page.next;
      if (next !== undefined) {
        if (next.value.length > MAX_TOKEN_LENGTH) throw longToken(endpoint, next.value.length);
        const digest = hash('sha256', next.value, 'base64');
        if (seen.has(digest) || seen.size >= MAX_PAGES) throw endless(endpoint, seen.size);
        seen.add(digest);
      }
    } while (next !== undefined);
  }
}

function noBucket(endpoint: URL): StatusError {
  return new StatusError('bucket-unknown', 404, 'The mirror has no such bucket.', {
    where: formatUrlForDisplay(endpoint),
    hint: 'Check the name of the bucket and the URL of the mirror.',
  });
}

function longToken(endpoint: URL, length: number): TfcacheError {
  return new TfcacheError(
    'protocol-error',
    'The mirror’s listing names its next page by a token that is too long.',
    {
      where: formatUrlForDisplay(endpoint),
      expected: `at most ${MAX_TOKEN_LENGTH} characters`,
      found: `${length} characters`,
      hint: 'Tell who runs the mirror, or name another one.',
    },
  );
}

function endless(endpoint: URL, pages: number): TfcacheError {
  return new TfcacheError('protocol-error', 'The mirror’s listing goes round in a circle.', {
    where: formatUrlForDisplay(endpoint),
    found: `after ${pages} pages it names a page that was read already, or never ends`,
    hint: 'Tell who runs the mirror, or name another one.',
  });
}
