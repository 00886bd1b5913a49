import { MAX_NAMES_PER_LISTING } from '../../listing-collector.ts';
import { parseMarkup } from './markup.ts';
import {
  FormatMismatchError,
  type ListingPage,
  type PageEntry,
  parseSizeBytes,
  parseTimeSeconds,
} from './page.ts';

/** `md5`: an ETag of 32 hexadecimal digits is the MD5 of the content. `opaque`: it says nothing. */
export type EtagMeaning = 'md5' | 'opaque';

/**
 * A page of a bucket's listing in XML, as Google's XML API and every S3-compatible store give it, in version 1 (marker) and
 * version 2 (continuation token). Names are whole keys.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 * https://cloud.google.com/storage/docs/xml-api/get-bucket-list
 *
 * @param etag Google's ETag is the MD5 except for composite objects, whose ETag has another form. With S3 it depends on how
 *   the object was uploaded and encrypted, and an MD5 that is none would fail a sound file.
 * @throws FormatMismatch; for an `<Error>` its code and message.
 */
export async function parseBucketXml(body: string, etag: EtagMeaning): Promise<ListingPage> {
  const page = new Page(etag);
  await parseMarkup(body, 'xml', {
    onopentagname: (name) => page.open(name),
    ontext: (text) => page.text(text),
    // What is still open when the body ends is closed by the parser: then the body was cut off.
    onclosetag: (name, isImplied) => page.close(name, isImplied ? 'implied' : 'written'),
  });
  return page.result();
}

const ANY = '*';

class Page {
  private readonly etag: EtagMeaning;
  private readonly path: string[] = [];
  private value = '';
  private object: Record<string, string> = {};
  private readonly head: Record<string, string> = {};
  private readonly files: PageEntry[] = [];
  private readonly folders: string[] = [];

  constructor(etag: EtagMeaning) {
    this.etag = etag;
  }

  open(name: string): void {
    this.path.push(name.slice(name.lastIndexOf(':') + 1));
    this.value = '';
    if (this.isAt('ListBucketResult', 'Contents')) this.object = {};
  }

  text(text: string): void {
    this.value += text;
  }

  close(name: string, how: 'written' | 'implied'): void {
    if (how === 'written') this.take(name.slice(name.lastIndexOf(':') + 1));
    this.path.pop();
    this.value = '';
  }

  /** An element has ended: keeps what it says. */
  private take(local: string): void {
    const { value } = this;
    if (this.isAt('ListBucketResult', 'Contents', ANY)) this.object[local] = value;
    else if (this.isAt('ListBucketResult', 'CommonPrefixes', 'Prefix')) this.addFolder();
    else if (this.isAt('ListBucketResult', 'Contents')) this.addFile();
    else if (this.isAt('ListBucketResult', ANY) || this.isAt('Error', ANY))
      this.head[local] = value;
    else if (this.isAt('ListBucketResult') || this.isAt('Error')) this.head['root'] = local;
  }

  private addFile(): void {
    if (this.files.length >= MAX_NAMES_PER_LISTING) throw tooMany();
    this.files.push(this.entry());
  }

  private addFolder(): void {
    if (this.folders.length >= MAX_NAMES_PER_LISTING) throw tooMany();
    this.folders.push(this.value);
  }

  private isAt(...names: readonly string[]): boolean {
    const { path } = this;
    return (
      path.length === names.length &&
      names.every((name, index) => name === ANY || name === path[index])
    );
  }

  private entry(): PageEntry {
    const { Key = '', Size, LastModified, ETag = '' } = this.object;
    const md5 = /^"?([0-9a-f]{32})"?$/i.exec(ETag)?.[1]?.toLowerCase();
    return {
      name: Key,
      size: parseSizeBytes(Size),
      mtime: parseTimeSeconds(LastModified),
      ...(md5 === undefined || this.etag === 'opaque' ? {} : { md5 }),
    };
  }

  /** With `encoding-type=url` keys are percent-encoded; EncodingType may stand before the first key or after the last. */
  private decode(key: string): string {
    if (this.head['EncodingType'] !== 'url') return key;
    try {
      return decodeURIComponent(key.replaceAll('+', ' '));
    } catch (error) {
      throw new FormatMismatchError(`a key that cannot be decoded: ${JSON.stringify(key)}`, {
        cause: error,
      });
    }
  }

  /**
   * A key that is no UTF-8 must not cost the whole listing: it gets half of a character, as with Python's `surrogateescape`, so that
   * the check of names leaves it out and tells it.
   */
  private decodeKey(key: string): string {
    try {
      return this.decode(key);
    } catch (error) {
      if (!(error instanceof FormatMismatchError)) throw error;
      const readable = key.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
        Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'),
      );
      return `${readable}\uDCFF`;
    }
  }

  result(): ListingPage {
    const { root, Code, Message, IsTruncated } = this.head;
    if (root === 'Error') throw new FormatMismatchError(`${Code ?? 'Error'}: ${Message ?? ''}`);
    if (root !== 'ListBucketResult') throw new FormatMismatchError('no complete ListBucketResult');
    const files = this.files.map((file) => ({ ...file, name: this.decodeKey(file.name) }));
    const folders = this.folders.map((prefix) => this.decodeKey(prefix));
    const names = [...files.map(({ name }) => name), ...folders];
    return { files, folders, next: IsTruncated?.trim() === 'true' ? this.next(names) : undefined };
  }

  /** Version 1 gives NextMarker only together with a delimiter; else the last name is the marker. */
  private next(names: readonly string[]): ListingPage['next'] {
    const { NextContinuationToken, NextMarker } = this.head;
    if (NextContinuationToken !== undefined && NextContinuationToken !== '') {
      return { parameter: 'continuation-token', value: NextContinuationToken };
    }
    if (NextMarker !== undefined && NextMarker !== '') {
      return { parameter: 'marker', value: this.decode(NextMarker) };
    }
    const last = [...names].sort(byBytes).at(-1);
    if (last === undefined) throw new FormatMismatchError('an empty page that says more follows');
    return { parameter: 'marker', value: last };
  }
}

function tooMany(): FormatMismatchError {
  return new FormatMismatchError(`more than ${MAX_NAMES_PER_LISTING} keys`);
}

/** Stores sort keys by their bytes in UTF-8, which is not how JavaScript compares strings. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
