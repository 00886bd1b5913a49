import { TfcacheError } from '../../error.ts';
import { Collected } from '../collected.ts';
import { shown } from './failure.ts';
import type { FolderAnswer, Lister } from './lister.ts';
import type { ListedEntry, ListingPage, NextPage } from './listing/page.ts';
import { fetchText, type PageContext, parsePage, type TextAnswer } from './pages.ts';
import { StatusError } from './status.ts';

/** Most pages of one answer: a server that never ends is noticed even when its pages are empty. */
const MOST_PAGES = 20_000;

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
  parse(answer: TextAnswer): Promise<ListingPage>;
}

/** Lists a bucket by keys and prefixes, page after page. */
export class BucketLister implements Lister {
  readonly name: string;
  private readonly dialect: BucketDialect;
  private readonly context: PageContext;

  constructor(dialect: BucketDialect, context: PageContext) {
    this.name = dialect.name;
    this.dialect = dialect;
    this.context = context;
  }

  async folder(folder: string, signal: AbortSignal | undefined): Promise<FolderAnswer> {
    const prefix = this.prefixOf(folder);
    const { collected, placeholder } = await this.collect(prefix, '/', signal);
    const { files, folders } = collected;
    return { exists: placeholder || files.length + folders.length > 0, files, folders };
  }

  async tree(folder: string, signal: AbortSignal | undefined) {
    return (await this.collect(this.prefixOf(folder), undefined, signal)).collected.files;
  }

  private prefixOf(folder: string): string {
    return this.dialect.prefix + (folder === '' ? '' : `${folder}/`);
  }

  private async collect(
    prefix: string,
    delimiter: '/' | undefined,
    signal: AbortSignal | undefined,
  ) {
    const collected = new Collected<ListedEntry>(shown(this.dialect.endpoint));
    // A key that ends in a slash is a folder that someone made by hand; it is no file.
    let placeholder = false;
    for await (const page of this.pages(prefix, delimiter, signal)) {
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
    collected.warn(this.context.tries.log);
    return { collected, placeholder };
  }

  private async *pages(
    prefix: string,
    delimiter: '/' | undefined,
    signal: AbortSignal | undefined,
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
      const page = await parsePage(answer, name, () => this.dialect.parse(answer));
      yield page;
      next = page.next;
      if (next !== undefined) {
        if (seen.has(next.value) || seen.size >= MOST_PAGES) throw endless(endpoint, seen.size);
        seen.add(next.value);
      }
    } while (next !== undefined);
  }
}

function noBucket(endpoint: URL): StatusError {
  return new StatusError(404, 'The mirror has no such bucket.', {
    where: shown(endpoint),
    hint: 'Check the name of the bucket and the URL of the mirror.',
  });
}

function endless(endpoint: URL, pages: number): TfcacheError {
  return new TfcacheError('no-mirror', 'The mirror’s listing goes round in a circle.', {
    where: shown(endpoint),
    found: `after ${pages} pages it names a page that was read already, or never ends`,
    hint: 'Tell who runs the mirror, or name another one.',
  });
}
