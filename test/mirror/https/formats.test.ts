import { expect, test } from 'vitest';
import { parseContentRange } from '../../../src/mirror/https/download/content-range.ts';
import { parseRetryAfter } from '../../../src/mirror/https/http/status-error.ts';
import { parseBucketXml } from '../../../src/mirror/https/listing/bucket-xml.ts';
import { parseFolderHtml } from '../../../src/mirror/https/listing/folder-html.ts';
import { parseFolderJson } from '../../../src/mirror/https/listing/folder-json.ts';
import { parseFolderLink } from '../../../src/mirror/https/listing/folder-link.ts';
import { parseGoogleJson } from '../../../src/mirror/https/listing/google-json.ts';
import { parseIndexSize, parseIndexTime } from '../../../src/mirror/https/listing/index-cells.ts';
import { buildFileUrl } from '../../../src/mirror/https/location.ts';

test.each([
  ['bytes 0-499/1234', { start: 0, end: 500, total: 1234 }],
  ['bytes 0-0/1', { start: 0, end: 1, total: 1 }],
  ['bytes 5-9/*', { start: 5, end: 10, total: undefined }],
  ['bytes */1234', undefined],
  ['bytes 9-5/10', undefined],
  ['bytes 0-10/10', undefined],
  ['bytes 0-5', undefined],
  ['bytes -5-9/20', undefined],
  [undefined, undefined],
])('Content-Range %s', (text, expected) => {
  expect(parseContentRange(text)).toEqual(expected);
});

test('Retry-After in seconds and as a date', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  expect(parseRetryAfter('120', now)).toBe(120);
  expect(parseRetryAfter('Thu, 01 Jan 2026 00:01:00 GMT', now)).toBe(60);
  expect(parseRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now)).toBe(0);
  expect(parseRetryAfter('soon', now)).toBeUndefined();
  expect(parseRetryAfter(undefined, now)).toBeUndefined();
});

test.each([
  ['05-Jan-2022 05:45            123456', 1_641_361_500, 123_456],
  ['2022-01-05 05:45  2.9M  ', 1_641_361_500, undefined],
  ['2022-01-05 05:45  123   a description', 1_641_361_500, 123],
  ['2022-Jan-05 05:45  1.2 KiB', 1_641_361_500, undefined],
  ['2022-Jan-05 05:45  12 B', 1_641_361_500, 12],
  ['  21.5 MiB  05 Jan 2022 05:45:10 +0000', 1_641_361_510, undefined],
  ['  999  05 Jan 2022 13:45:10 +0800', 1_641_361_510, 999],
  ['05-Jan-2022 05:45       -', 1_641_361_500, undefined],
  ['', undefined, undefined],
])('the cells "%s"', (text, time, size) => {
  expect(parseIndexTime(text)).toBe(time);
  expect(parseIndexSize(text)).toBe(size);
});

test('paths become URLs in which no character means anything, and links names again', () => {
  const root = new URL('https://host/a%20b/');
  const paths = [
    'versions/"2.21.0"/x+y %41.whl',
    'a#b?c&d=e;f',
    'ü/日本',
    "it's (1)!*~",
    'c:d',
    '@x',
  ];
  for (const path of paths) {
    const url = buildFileUrl(root, path);
    expect(url.href.startsWith(root.href)).toBe(true);
    expect([url.search, url.hash]).toEqual(['', '']);
    const folder = new URL('.', url);
    expect(parseFolderLink(url.href, folder, folder)).toEqual({
      to: 'file',
      name: path.split('/').at(-1),
    });
  }
  expect(buildFileUrl(root, 'versions/"2.21.0"/x.whl').href).toBe(
    'https://host/a%20b/versions/%222.21.0%22/x.whl',
  );
});

const NAVIGATION = { to: 'navigation' };
const file = (name: string, url?: string) => ({
  to: 'file',
  name,
  ...(url === undefined ? {} : { url }),
});

test.each([
  ['../', NAVIGATION],
  ['..', NAVIGATION],
  ['/', NAVIGATION],
  ['/%61/', NAVIGATION],
  ['./', NAVIGATION],
  ['#top', NAVIGATION],
  ['javascript:alert(1)', NAVIGATION],
  ['mailto:a@host', NAVIGATION],
  ['?C=N;O=D', NAVIGATION],
  ['/a/~b/?C=N', NAVIGATION],
  ['https://other/a/~b/x', { to: 'elsewhere' }],
  ['https://host:8443/a/~b/x', { to: 'elsewhere' }],
  ['/a/other/x', { to: 'elsewhere' }],
  ['x/y', { to: 'elsewhere' }],
  ['x?y#z', file('x', 'https://host/a/~b/x?y')],
  ['http://host/a/~b/x?y', file('x', 'https://host/a/~b/x?y')],
  ['/a/~b/x', file('x')],
  ['/a/%7Eb/x', file('x')],
  ['/%61/%7eb/%78', file('x')],
  ['//host/a/~b/x', file('x')],
  ['https://user@host/a/~b/x', file('x')],
  ['../../a/~b/x', file('x')],
  ['x%3Fy', file('x?y')],
  ['a%2Fb', file('a/b')],
  ['%FF', NAVIGATION],
  [' ./x\n', file('x')],
  ['x#sha256=1', file('x')],
  ['x/', { to: 'folder', name: 'x' }],
  ['x/?C=N', { to: 'folder', name: 'x' }],
])('the link %j', (href, expected) => {
  const folder = new URL('https://host/a/~b/');
  expect(parseFolderLink(href, folder, folder)).toMatchObject(expected);
});

test.each([
  ['https://host/a/index.html', 'x', 'x'],
  ['https://host/a/b', '/a/b/x', 'x'],
  ['https://host/a/b', 'b/x', 'x'],
])('on the page %s the link %s', (page, href, name) => {
  const folder = new URL(page);
  expect(parseFolderLink(href, folder, folder)).toEqual({ to: 'file', name });
});

test('a recorded page of Google’s XML listing', async () => {
  const body =
    "<?xml version='1.0' encoding='UTF-8'?><ListBucketResult xmlns='http://doc.s3.amazonaws.com/2006-03-01'><Name>tensorflow</Name><Prefix>x/</Prefix><Marker></Marker><NextMarker>x/z</NextMarker><IsTruncated>true</IsTruncated><Contents><Key>versions/&quot;2.21.0&quot;/a&amp;b</Key><Generation>1641361510856840</Generation><MetaGeneration>1</MetaGeneration><LastModified>2022-01-05T05:45:10.888Z</LastModified><ETag>\"156efec320a9760140fcbeac740513d2\"</ETag><Size>9982326</Size></Contents><CommonPrefixes><Prefix>x/y/</Prefix></CommonPrefixes></ListBucketResult>";
  const file = { name: 'versions/"2.21.0"/a&b', size: 9_982_326, mtime: 1_641_361_510 };
  expect(await parseBucketXml(body, 'md5')).toEqual({
    files: [{ ...file, md5: '156efec320a9760140fcbeac740513d2' }],
    folders: ['x/y/'],
    next: { parameter: 'marker', value: 'x/z' },
  });
  expect((await parseBucketXml(body, 'opaque')).files).toEqual([file]);
});

test.each([
  ['<ListBucketResult><Contents><Key>a', 'complete'],
  ['<Error><Code>AccessDenied</Code><Message>No.</Message></Error>', 'AccessDenied: No.'],
  ['<html></html>', 'ListBucketResult'],
  ['<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>', 'more follows'],
])('%s is no page', async (body, problem) => {
  await expect(parseBucketXml(body, 'opaque')).rejects.toThrow(problem);
});

test('keys that are percent-encoded are decoded when the page says so, wherever it says it', async () => {
  const key = '<Contents><Key>a%2Bb+c</Key><Size>1</Size></Contents>';
  const type = '<EncodingType>url</EncodingType>';
  const names = async (inner: string) => {
    const page = await parseBucketXml(`<ListBucketResult>${inner}</ListBucketResult>`, 'opaque');
    return page.files.map(({ name }) => name);
  };
  expect(await names(type + key)).toEqual(['a+b c']);
  expect(await names(key + type)).toEqual(['a+b c']);
  expect(await names(key)).toEqual(['a%2Bb+c']);
});

test('digests of Google’s JSON listing: MD5 and CRC32C from base64, MD5 missing for composite objects', () => {
  const common = { size: '3', updated: '2022-01-05T05:45:10.888Z', crc32c: 'i67GjA==' };
  const page = parseGoogleJson(
    JSON.stringify({
      items: [
        { name: 'a', md5Hash: 'Ql15uc9uNKRlT8/uAEh95g==', ...common },
        { name: 'b', ...common },
      ],
    }),
  );
  expect(page.files).toEqual([
    {
      name: 'a',
      size: 3,
      mtime: 1_641_361_510,
      md5: '425d79b9cf6e34a4654fcfee00487de6',
      crc32c: '8baec68c',
    },
    { name: 'b', size: 3, mtime: 1_641_361_510, crc32c: '8baec68c' },
  ]);
});

test('the JSON index of npm’s binary mirror', () => {
  const body = JSON.stringify([
    {
      id: '1',
      category: 'tensorflow',
      name: 'linux/',
      date: '2022-01-05T05:45:10.888Z',
      type: 'dir',
      size: '-',
      url: 'https://host/x/',
      modified: '2022-01-05T05:45:10.888Z',
    },
    {
      id: '2',
      category: 'tensorflow',
      name: 'a.tgz',
      date: '05-Jan-2022 05:45',
      type: 'file',
      size: 123,
      url: 'https://cdn.host/a.tgz',
    },
    {
      id: '3',
      category: 'tensorflow',
      name: 'b.tgz',
      date: '2022-01-05T05:45:10Z',
      type: 'file',
      size: '-',
      url: 'https://cdn.host/b.tgz',
    },
  ]);
  expect(parseFolderJson(body)).toEqual({
    files: [
      { name: 'a.tgz', size: 123, mtime: 1_641_361_500 },
      { name: 'b.tgz', size: undefined, mtime: 1_641_361_510 },
    ],
    folders: ['linux/'],
    next: undefined,
  });
  expect(() => parseFolderJson('[{"name":5}]')).toThrow();
  expect(() => parseFolderJson('{}')).toThrow('not an array');
});

test('JSON without times and sizes, behind a byte order mark', () => {
  const entries = [{ name: 'x.bin', type: 'file', size: null, mtime: null, date: null }];
  expect(parseFolderJson(`\uFEFF${JSON.stringify(entries)}`).files).toEqual([
    { name: 'x.bin', size: undefined, mtime: undefined },
  ]);
});

test('the page of a university mirror: fancyindex with a theme of its own', async () => {
  const body = `<!DOCTYPE html><html><head><title>Tsinghua Mirror</title></head><body><nav><a href="/">Home</a><a href="/help/">Help</a></nav>
    <table id="list"><thead><tr><th colspan="2"><a href="?C=N&amp;O=A">File Name</a></th></tr></thead><tbody>
    <tr><td colspan="2" class="link"><a href="../">Parent directory/</a></td><td class="size">-</td><td class="date">-</td></tr>
    <tr><td colspan="2" class="link"><a href="cpu/" title="cpu">cpu/</a></td><td class="size">-</td><td class="date">05 Jan 2022 05:45:10 +0000</td></tr>
    <tr><td colspan="2" class="link"><a href="a%2Bb.whl" title="a+b.whl">a+b.w..&gt;</a></td><td class="size">41.4 MiB</td><td class="date">05 Jan 2022 05:45:10 +0000</td></tr>
    </tbody></table><footer><a href="https://other.host/">by us</a></footer></body></html>`;
  const page = await parseFolderHtml(body, new URL('https://mirror/tensorflow/linux/'));
  expect(page.folders).toEqual(['cpu/']);
  expect(page.files).toMatchObject([{ name: 'a+b.whl', size: undefined, mtime: 1_641_361_510 }]);
});
