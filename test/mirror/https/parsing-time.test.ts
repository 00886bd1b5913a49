import { expect, test } from 'vitest';
import { parseBucketXml } from '../../../src/mirror/https/listing/bucket-xml.ts';
import { parseFolderHtml } from '../../../src/mirror/https/listing/folder-html.ts';
import { parseFolderJson } from '../../../src/mirror/https/listing/folder-json.ts';
import { parseGoogleJson } from '../../../src/mirror/https/listing/google-json.ts';
import { FormatMismatchError } from '../../../src/mirror/https/listing/page.ts';
import {
  parseProjectHtml,
  parseProjectJson,
} from '../../../src/mirror/package-index/project-page.ts';
import { detectCaptivePortal } from '../../../src/probe/https/captive-portal.ts';
import { isBucketListing, isFolderListing } from '../../../src/probe/https/first-page.ts';

const PAGE = new URL('https://host/a/');
const MANY = 400_000;

/** What takes time that grows with the square of its length in a careless parser. */
const HOSTILE: Readonly<Record<string, string>> = {
  'tags in tags': `<title>Index of /</title>${'<b>'.repeat(MANY)}`,
  'links in links': `<title>Index of /</title>${'<a href=x>'.repeat(MANY)}`,
  'tags in tags, closed': `<ListBucketResult>${'<a>'.repeat(MANY)}${'</a>'.repeat(MANY)}`,
  'tags in the result': `<ListBucketResult>${'<a>'.repeat(MANY)}`,
  'closing tags of nothing': `<title>Index of /</title>${'<i>'.repeat(200)}${'</u>'.repeat(MANY)}`,
  'tags that never end': '<title '.repeat(MANY),
  'names of links full of slashes': `<title>Index of /</title><a href="${'/'.repeat(MANY)}x.whl">x</a>`,
  'a link of one letter, repeated': `<title>Index of /</title>${'<a href=x>x</a>'.repeat(MANY)}`,
  'attributes without end': `<a ${'b=1 '.repeat(MANY)}>`,
  spaces: ' '.repeat(MANY * 4),
  'JSON in JSON': '['.repeat(MANY * 10) + ']'.repeat(MANY * 10),
  'objects in objects': '{"files":'.repeat(MANY),
  'a string without end': `["${'\\\\'.repeat(MANY)}`,
};

const PARSERS: Readonly<Record<string, (body: string) => unknown>> = {
  'a folder’s page': (body) => parseFolderHtml(body, PAGE),
  'a folder in JSON': parseFolderJson,
  'a bucket in XML': (body) => parseBucketXml(body, 'opaque'),
  'a bucket in Google’s JSON': parseGoogleJson,
  'a project’s page': (body) => parseProjectHtml(body, PAGE),
  'a project in JSON': (body) => parseProjectJson(body, PAGE),
  'probe: the first page': (text) => {
    const page = {
      ...{ status: 200, statusText: 'OK', server: undefined, contentType: 'text/html', url: PAGE },
      ...{ text: text.slice(0, 65_536), responseMs: 1 },
    };
    return [isBucketListing(page), isFolderListing(page), detectCaptivePortal(page, PAGE)];
  },
};

for (const [parser, parse] of Object.entries(PARSERS)) {
  test.each(Object.entries(HOSTILE))(`${parser}: %s`, { timeout: 20_000 }, async (_name, body) => {
    try {
      await parse(body);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatMismatchError);
    }
  });
}

test('other work gets its turn while a page is parsed', async () => {
  const page = `<title>Index of /</title>${'<p>text</p>'.repeat(500_000)}`;
  let turns = 0;
  let done = false;
  const count = () => {
    turns += 1;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await parseFolderHtml(page, PAGE);
  done = true;
  expect(turns).toBeGreaterThan(10);
});
