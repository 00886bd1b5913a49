import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultyServer, startFaultyHttp } from '../../support/faulty-http.ts';
import {
  fetchInto,
  recordingLog,
  temporaryFolder,
  testMirror,
} from '../../support/https-mirror.ts';

let temporary: ReturnType<typeof temporaryFolder>;
let server: FaultyServer | undefined;

beforeEach(() => {
  temporary = temporaryFolder();
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  temporary.remove();
});

/** Serves pages by path; files must be asked for with exactly their address. */
async function serve(
  pages: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
  redirects: Readonly<Record<string, string>> = {},
): Promise<string> {
  server = await startFaultyHttp({}, (request, response) => {
    const address = request.url ?? '/';
    const page = pages[new URL(address, 'http://x').pathname];
    const target = redirects[address];
    const file = files[address];
    if (target !== undefined) response.writeHead(302, { location: target }).end();
    else if (file !== undefined) {
      response.writeHead(200, {
        'content-length': file.length,
        'last-modified': 'Wed, 05 Jan 2022 05:45:10 GMT',
      });
      response.end(request.method === 'HEAD' ? undefined : file);
    } else if (page !== undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page);
    } else response.writeHead(404).end();
    return true;
  });
  return server.url;
}

const index = (...lines: readonly string[]) =>
  `<html><head><title>Index of /x/</title></head><body><pre>${lines.join('\n')}</pre></body></html>`;

test('addresses are relative to <base>, and may have a query', async () => {
  const url = await serve(
    {
      '/m/': index(
        '<base href="/m/sub/../">',
        '<a href="a.bin?download=1&amp;x=2">a.bin</a>',
        '<a href="b.bin?v=1">b</a> <a href="b.bin">b</a>',
        '<a href="d/?C=N">d</a>',
        '<a href="?C=N;O=D">by name</a>',
      ),
      '/m/d/': index('<a href="/m/d/c.bin">c</a>'),
    },
    {
      '/m/a.bin?download=1&x=2': 'aaa',
      '/m/b.bin?v=1': 'old',
      '/m/b.bin': 'bb',
      '/m/d/c.bin': 'c',
    },
  );
  const mirror = testMirror(`${url}m/`);
  const files = await mirror.listTree('tensorflow', '');
  expect(files.map(({ path, size }) => [path, size]).toSorted()).toEqual([
    ['a.bin', 3],
    ['b.bin', 2],
    ['d/c.bin', 1],
  ]);
  const { arrived } = await fetchInto(mirror, join(temporary.folder, 'staging'), files);
  expect(arrived.toSorted()).toEqual(['a.bin', 'b.bin', 'd/c.bin']);
  expect(readFileSync(join(temporary.folder, 'staging', 'a.bin'), 'utf8')).toBe('aaa');
});

test('names are compared decoded', async () => {
  const url = await serve(
    { '/a%20b/~c/': index('<a href="/a b/%7ec/%78.bin">x</a>  05-Jan-2022 05:45  1') },
    {},
  );
  const [root] = await testMirror(`${url}a%20b/~c/`).listFolders('tensorflow', ['']);
  expect(root?.files.map(({ path }) => path)).toEqual(['x.bin']);
});

test('links without a slash that redirect to themselves with one are folders', async () => {
  const url = await serve(
    {
      '/': index(
        '<a href=".">.</a> 30Nov2026 22:36  4096',
        '<a href="..">..</a> 30Nov2026 22:36  4096',
        '<a href="sub">sub</a> 30Nov2026 22:36  4096',
        '<a href="1.0">1.0</a> 05-Jan-2022 05:45  4096',
        '<a href="x.bin">x.bin</a> 05-Jan-2022 05:45  3',
        '<a href="README">README</a> 05-Jan-2022 05:45  4',
      ),
      '/sub/': index('<a href="y.bin">y.bin</a> 05-Jan-2022 05:45  1'),
      '/1.0/': index('<a href="z.bin">z.bin</a> 05-Jan-2022 05:45  1'),
    },
    { '/README': 'text' },
    { '/sub': '/sub/', '/1.0': '/1.0/' },
  );
  const mirror = testMirror(url);
  const [root] = await mirror.listFolders('tensorflow', ['']);
  expect(root?.folders.toSorted()).toEqual(['1.0', 'sub']);
  expect(root?.files.map(({ path }) => path)).toEqual(['x.bin', 'README']);
  const files = await mirror.listTree('tensorflow', '');
  expect(files.map(({ path }) => path).toSorted()).toEqual([
    '1.0/z.bin',
    'README',
    'sub/y.bin',
    'x.bin',
  ]);
  // Of what the page tells exactly, only names that may be folders are asked for.
  expect(server?.requests.filter((request) => request.startsWith('HEAD x.bin'))).toEqual([]);
});

test('a folder whose name looks like that of a file', async () => {
  const page = index('<a href="y.bin">y.bin</a> 05-Jan-2022 05:45  1');
  const url = await serve(
    {
      '/': index(
        '<a href="conf.d">conf.d/</a> 05-Jan-2022 05:45  4096',
        `<a href="other.d">other.d</a> 05-Jan-2022 05:45  ${page.length}`,
      ),
      '/conf.d/': page,
      '/other.d/': page,
    },
    {},
    { '/conf.d': '/conf.d/', '/other.d': '/other.d/' },
  );
  const mirror = testMirror(url);
  const [root] = await mirror.listFolders('tensorflow', ['']);
  expect(root?.folders).toEqual(['conf.d']);
  // Its page is not taken for the file, though it has the size that is listed.
  expect(root?.files.map(({ path }) => path)).toEqual(['other.d']);
  await expect(
    fetchInto(mirror, join(temporary.folder, 'staging'), root?.files ?? []),
  ).rejects.toThrow('other.d is a folder on the mirror.');
});

test('it is said when all links lead elsewhere', async () => {
  const url = await serve({
    '/m/': index(
      '<a href="../">up</a>',
      '<a href="https://cdn.example/a.whl">a.whl</a>',
      '<a href="/other/b.whl">b.whl</a>',
    ),
    '/e/': index('<a href="../">up</a>'),
  });
  const { log, lines } = recordingLog();
  await testMirror(`${url}m/`, { log }).listFolders('tensorflow', ['']);
  expect(lines.filter((line) => line.startsWith('warning'))).toEqual([
    `warning: ${url}m/ lists no file and no folder: all 2 links lead elsewhere (https://cdn.example/a.whl).`,
  ]);
  const empty = recordingLog();
  await testMirror(`${url}e/`, { log: empty.log }).listFolders('tensorflow', ['']);
  expect(empty.lines.filter((line) => line.startsWith('warning'))).toEqual([]);
});

test.each([
  ['darkhttpd', '<title>/m/</title><h1>/m/</h1><a href="x.bin">x.bin</a>'],
  [
    'webfs',
    '<title>127.0.0.1:80/m/</title><h1>listing: <a href="/m/">/m/</a></h1><a href="x.bin">',
  ],
  ['serve', '<title>Files within m/</title><a href="/m/x.bin" title="x.bin">x.bin</a>'],
  ['a page with links for pip', '<title>Links for m</title><a href="x.bin#sha256=1">x.bin</a>'],
])('the page of %s', async (_name, page) => {
  const url = await serve({ '/m/': page }, { '/m/x.bin': 'x' });
  const [root] = await testMirror(`${url}m/`).listFolders('tensorflow', ['']);
  expect(root?.files.map(({ path }) => path)).toEqual(['x.bin']);
});
