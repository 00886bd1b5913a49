import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Fault,
  type FaultyServer,
  serveFile,
  startFaultyHttp,
} from '../../support/faulty-http.ts';
import {
  errorOf,
  fetchInto,
  recordingLog,
  temporaryFolder,
  testMirror,
} from '../../support/https-mirror.ts';

const MIB = 1024 * 1024;
const data = randomBytes(300_000);
const wanted = { path: 'a/x.whl', size: data.length, mtime: 1_641_361_510 };

let temporary: ReturnType<typeof temporaryFolder>;
let staging: string;
let server: FaultyServer | undefined;

beforeEach(() => {
  temporary = temporaryFolder();
  staging = join(temporary.folder, 'staging');
});
afterEach(async () => {
  // Nothing may stand beside staging, whatever the server tried.
  expect(readdirSync(temporary.folder).filter((name) => name !== 'staging')).toEqual([]);
  await server?.stop();
  server = undefined;
  temporary.remove();
});

async function serve(fault: Fault, files: Record<string, Buffer> = { 'a/x.whl': data }) {
  server = await startFaultyHttp(files, fault);
  return server;
}

test('a good server: the file, its time, one onFile, the bytes', async () => {
  const { url } = await serve(() => false);
  const result = await fetchInto(testMirror(url), staging, [wanted, { ...wanted, path: 'gone' }]);
  expect(result).toMatchObject({
    arrived: ['a/x.whl'],
    missing: ['gone'],
    bytes: data.length,
    bytesReceived: data.length,
  });
  expect(readFileSync(join(staging, 'a/x.whl')).equals(data)).toBe(true);
  expect(statSync(join(staging, 'a/x.whl')).mtimeMs).toBe(1_641_361_510_000);
  expect(readdirSync(join(staging, '@partial'))).toEqual([]);
  // What is complete is not asked for again.
  const before = server?.requests.length;
  await fetchInto(testMirror(url), staging, [wanted]);
  expect(server?.requests.length).toBe(before);
});

test('an empty file is asked for and made', async () => {
  const { url } = await serve(() => false, { empty: Buffer.alloc(0) });
  const files = ['empty', 'nope'].map((path) => ({ path, size: 0, mtime: 1 }));
  const result = await fetchInto(testMirror(url), staging, files);
  expect(result).toMatchObject({ arrived: ['empty'], missing: ['nope'] });
  expect(statSync(join(staging, 'empty')).size).toBe(0);
});

test('a length other than listed is refused before a byte is kept', async () => {
  const { url } = await serve(() => false);
  const error = await errorOf(
    fetchInto(testMirror(url), staging, [{ ...wanted, size: data.length - 1 }]),
  );
  expect(error).toMatchObject({
    code: 'integrity',
    expected: `${data.length - 1} bytes`,
    found: `${data.length} bytes`,
  });
  expect(existsSync(join(staging, 'a/x.whl'))).toBe(false);
});

test('a wrong file does not keep the others from arriving', async () => {
  const { url } = await serve(() => false, { bad: data, good: data });
  const mirror = testMirror(url, { connections: 1 });
  const files = [
    { path: 'bad', size: 5, mtime: 1 },
    { path: 'good', size: data.length, mtime: 1 },
  ];
  expect((await errorOf(fetchInto(mirror, staging, files))).code).toBe('integrity');
  expect(readFileSync(join(staging, 'good')).equals(data)).toBe(true);
});

test('an endless body is cut off at the length that was listed', async () => {
  let stopped = false;
  const { url } = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' });
    const pour = () => {
      while (!stopped && response.write(Buffer.alloc(64 * 1024)));
    };
    response.on('drain', pour);
    response.on('close', () => {
      stopped = true;
    });
    pour();
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), staging, [wanted]));
  expect(error).toMatchObject({ code: 'integrity', found: `more than ${data.length} bytes` });
  expect(server?.bytesSent()).toBeLessThan(20 * MIB);
});

test.each([
  ['another start', 'bytes 5-299999/300000'],
  ['another end', 'bytes 100-299/300000'],
  ['a form of its own', '100-299999'],
  ['none', ''],
])('a Content-Range that is wrong (%s) is refused', async (_name, contentRange) => {
  let first = true;
  const { url } = await serve((request, response) => {
    if (first) {
      first = false;
      // Breaks off after a third, so that the rest is asked for by range.
      response.writeHead(200, { etag: '"1"', 'content-length': data.length });
      response.write(data.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 50));
      return true;
    }
    expect(request.headers['if-range']).toBe('"1"');
    response.writeHead(206, {
      etag: '"1"',
      ...(contentRange === '' ? {} : { 'content-range': contentRange }),
    });
    response.end(data.subarray(100_000));
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), staging, [wanted]));
  expect(error.code).toBe('no-mirror');
  expect(error.message).toContain('another part of the file');
  expect(error.expected).toContain('-299999/300000');
});

test('a total in Content-Range that is not the listed size is refused', async () => {
  const large = randomBytes(20 * MIB);
  const { url } = await serve(() => false, { large });
  const error = await errorOf(
    fetchInto(testMirror(url), staging, [{ path: 'large', size: 30 * MIB, mtime: 1 }]),
  );
  expect(error).toMatchObject({ code: 'integrity', found: `${large.length} bytes` });
});

test('a server that ignores ranges gives the whole file in one', async () => {
  const large = randomBytes(20 * MIB);
  const { url } = await serve(
    (_request, response) => {
      response.writeHead(200, { etag: '"1"', 'content-length': large.length });
      response.end(large);
      return true;
    },
    { large },
  );
  await fetchInto(testMirror(url), staging, [{ path: 'large', size: large.length, mtime: 1 }]);
  expect(readFileSync(join(staging, 'large')).equals(large)).toBe(true);
});

test('a server that gives no version is not asked for parts', async () => {
  const large = randomBytes(20 * MIB);
  const { url, requests } = await serve((request, response) => {
    response.removeHeader('etag');
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    const [start, end] =
      range === null ? [0, large.length] : [Number(range[1]), Number(range[2]) + 1];
    response.writeHead(range === null ? 200 : 206, {
      'content-length': end - start,
      ...(range === null ? {} : { 'content-range': `bytes ${start}-${end - 1}/${large.length}` }),
    });
    response.end(large.subarray(start, end));
    return true;
  });
  await fetchInto(testMirror(url), staging, [{ path: 'large', size: large.length, mtime: 1 }]);
  expect(readFileSync(join(staging, 'large')).equals(large)).toBe(true);
  expect(requests.at(-1)).toBe('GET large');
});

test('a file that changes between two parts is fetched again as a whole, never mixed', async () => {
  const one = Buffer.alloc(20 * MIB, 'a');
  const two = Buffer.alloc(20 * MIB, 'b');
  let count = 0;
  const { url } = await serve((request, response) => {
    count += 1;
    serveFile(request, response, count <= 1 ? one : two);
    return true;
  });
  const file = { path: 'large', size: one.length, mtime: 1 };
  await fetchInto(testMirror(url), staging, [file]);
  expect(readFileSync(join(staging, 'large')).equals(two)).toBe(true);
});

test('a drip is a stall, however regular', async () => {
  const { url } = await serve((request, response) => {
    const start = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
    response.writeHead(start === 0 ? 200 : 206, {
      etag: '"1"',
      'content-length': data.length - start,
      ...(start === 0
        ? {}
        : { 'content-range': `bytes ${start}-${data.length - 1}/${data.length}` }),
    });
    const timer = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(timer));
    return true;
  });
  const error = await errorOf(
    fetchInto(testMirror(url, { timeout: 1, retries: 1 }), staging, [wanted]),
  );
  expect(error.code).toBe('no-mirror');
  expect(error.message).toContain('stalled');
  expect(server?.requests.length).toBe(2);
});

test('silence after the request is noticed', async () => {
  const { url } = await serve(() => true);
  const error = await errorOf(
    fetchInto(testMirror(url, { timeout: 0.3, retries: 1 }), staging, [wanted]),
  );
  expect(error.message).toContain('did not answer within 0.3 seconds');
  expect(server?.requests.length).toBe(2);
});

test('redirects in a circle end', async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(302, { location: '/again' }).end();
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), staging, [wanted]));
  expect(error.message).toContain('redirects more than 5 times');
});

test('a redirect to plain http:// on another machine is refused', async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(302, { location: 'http://192.0.2.1/login' }).end();
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), staging, [wanted]));
  expect(error.message).toContain('not safe');
  expect(error.found).toBe('http://192.0.2.1/login');
});

test('a password goes to the mirror, not to whom it redirects, and is never shown', async () => {
  const seen: (string | undefined)[] = [];
  const other = await startFaultyHttp({ 'a/x.whl': data }, (request) => {
    seen.push(request.headers.authorization);
    return false;
  });
  const { port } = await serve((request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(302, { location: `${other.url}a/x.whl` }).end();
    return true;
  });
  const mirror = testMirror(`http://me:secret@127.0.0.1:${port}/`);
  expect(mirror.url).toBe(`http://127.0.0.1:${port}/`);
  await fetchInto(mirror, staging, [wanted]);
  await other.stop();
  expect(seen).toEqual([`Basic ${Buffer.from('me:secret').toString('base64')}`, undefined]);
});

test('a login page in place of the file is told as that', async () => {
  const { url } = await serve((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<html>Welcome to the hotel</html>');
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), staging, [wanted]));
  expect(error.code).toBe('no-mirror');
  expect(error.hint).toContain('captive portal');
  expect(server?.requests.length).toBe(1);
});

test.each([401, 403])('%i is never "not found"', async (status) => {
  const { url } = await serve((_request, response) => {
    response.writeHead(status).end();
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), staging, [wanted]));
  expect(error).toMatchObject({
    code: 'no-mirror',
    message: expect.stringContaining('refuses access'),
  });
  expect(server?.requests.length).toBe(1);
  const listing = await errorOf(testMirror(url).listFolders('tensorflow', ['a']));
  expect(listing.message).toContain('refuses access');
});

test('a compressed answer is refused', async () => {
  const { url } = await serve((_request, response) => {
    response
      .writeHead(200, { 'content-encoding': 'gzip', 'content-length': data.length })
      .end(data);
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), staging, [wanted]));
  expect(error.found).toBe('Content-Encoding: gzip');
});

test('503 with Retry-After is waited for; too long a wait is not', async () => {
  let asked = 0;
  const { url } = await serve((_request, response) => {
    asked += 1;
    if (asked > 1) return false;
    response.writeHead(503, { 'retry-after': '1' }).end();
    return true;
  });
  const begin = performance.now();
  await fetchInto(testMirror(url), staging, [wanted]);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(999);
  await server?.stop();

  const busy = await serve((_request, response) => {
    response.writeHead(429, { 'retry-after': '86400' }).end();
    return true;
  });
  const error = await errorOf(
    fetchInto(testMirror(busy.url), staging, [{ ...wanted, path: 'other' }]),
  );
  expect(error.hint).toContain('wait 1440 minutes');
  expect(busy.requests.length).toBe(1);
});

test('errors of the server are tried again, as often as allowed', async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(500).end();
    return true;
  });
  const { log, lines } = recordingLog();
  const error = await errorOf(fetchInto(testMirror(url, { log, retries: 3 }), staging, [wanted]));
  expect(error.message).toContain('cannot answer now (500)');
  expect(server?.requests.length).toBe(4);
  expect(lines.filter((line) => line.includes('Trying again'))).toHaveLength(3);
});

test('paths that lead out of staging are refused before anything is asked', async () => {
  const { url } = await serve(() => false);
  for (const path of ['../x', '/etc/passwd', 'a/../../x', 'a//b', '@partial/x', '']) {
    const error = await errorOf(fetchInto(testMirror(url), staging, [{ path, size: 1, mtime: 1 }]));
    expect(error.code).toBe('failed');
  }
  expect(server?.requests).toEqual([]);
});

test('a cancelled transfer keeps what came', async () => {
  const cancel = new AbortController();
  const { url } = await serve((_request, response) => {
    response.writeHead(200, { etag: '"1"', 'content-length': data.length });
    response.write(data.subarray(0, 200_000), () => setTimeout(() => cancel.abort(), 50));
    return true;
  });
  const error = await errorOf(fetchInto(testMirror(url), staging, [wanted], cancel.signal));
  expect(error).toMatchObject({ code: 'failed', message: 'The transfer was cancelled.' });
  const left = readdirSync(join(staging, '@partial'));
  expect(left.filter((name) => name.endsWith('.json'))).toHaveLength(1);
});

test('hostile names in a folder’s page are left out and told', async () => {
  const links = [
    '../up.whl',
    '/etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    '%2e%2e/x',
    'http://192.0.2.1/other.whl',
    'new%0aline.whl',
    'nul%00.whl',
    '%ff%fe.whl',
    '?C=N;O=D',
    'sub/deeper.whl',
    'good%22name%22.whl',
    'folder/',
    '..%2f/',
  ];
  const page = `<html><title>Index of /</title>${links.map((link) => `<a href="${link}">x</a> 05-Jan-2022 05:45 10\n`).join('')}</html>`;
  const { url } = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    return true;
  });
  const { log, lines } = recordingLog();
  const [listing] = await testMirror(url, { log }).listFolders('tensorflow', ['a']);
  expect(listing?.files.map(({ path }) => path)).toEqual(['a/good"name".whl']);
  expect(listing?.folders).toEqual(['folder']);
  expect(lines.join('\n')).toMatch(/warning: .* 4 names .* not safe/);
});

test('hostile keys in a bucket’s XML are left out and told', async () => {
  const keys = ['../../x', '/abs', 'a//b', 'ok.whl', 'line&#10;break', 'a/../../b', 'folder/'];
  const body = `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${keys.map((key) => `<Contents><Key>${key}</Key><LastModified>2022-01-05T05:45:10Z</LastModified><Size>3</Size></Contents>`).join('')}</ListBucketResult>`;
  const { url } = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/xml' }).end(body);
    return true;
  });
  const { log, lines } = recordingLog();
  const files = await testMirror(url, { log }).listTree('tensorflow', '');
  expect(files.map(({ path }) => path)).toEqual(['ok.whl']);
  expect(lines.join('\n')).toMatch(/5 names/);
});

test('a listing of a million names ends in an error, with memory bounded', async () => {
  const { url } = await serve((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.write('<title>Index of /</title>');
    let count = 0;
    const pour = () => {
      while (count < 1_000_000) {
        let rows = '';
        for (let row = 0; row < 1000; row += 1) {
          count += 1;
          rows += `<a href="tensorflow-${count}-cp311-linux_x86_64.whl">t</a> 05-Jan-2022 05:45 10\n`;
        }
        if (!response.write(rows)) return;
      }
      response.end();
    };
    response.on('drain', pour);
    pour();
    return true;
  });
  const before = process.memoryUsage().rss;
  const error = await errorOf(testMirror(url).listFolders('tensorflow', ['']));
  expect(error.message).toContain('does not end where any listing should');
  expect(process.memoryUsage().rss - before).toBeLessThan(250 * MIB);
});

test('pages of keys without end, and pages in a circle, end in an error', async () => {
  let page = 0;
  const { url } = await serve((_request, response) => {
    page += 1;
    const keys = Array.from(
      { length: 1000 },
      (_, key) =>
        `<Contents><Key>k${page}-${key}</Key><Size>1</Size><LastModified>2022-01-05T05:45:10Z</LastModified></Contents>`,
    );
    response
      .writeHead(200, { 'content-type': 'application/xml' })
      .end(
        `<ListBucketResult>${keys.join('')}<IsTruncated>true</IsTruncated><NextContinuationToken>${page}</NextContinuationToken></ListBucketResult>`,
      );
    return true;
  });
  const error = await errorOf(testMirror(url).listTree('tensorflow', ''));
  expect(error.message).toContain('more names than anything should hold');
  await server?.stop();
  const circle = await serve((_request, response) => {
    response.end(
      '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken></ListBucketResult>',
    );
    return true;
  });
  expect((await errorOf(testMirror(circle.url).listTree('tensorflow', ''))).message).toContain(
    'circle',
  );
});

test('folders that hold themselves end in an error', async () => {
  const { url } = await serve((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<title>Index of /</title><a href="again/">again/</a>');
    return true;
  });
  expect((await errorOf(testMirror(url).listTree('tensorflow', ''))).message).toContain(
    'too large',
  );
});

test('a web page that is no listing is told as that', async () => {
  const { url } = await serve((_request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<html><title>Welcome</title><a href="x.whl">x</a>');
    return true;
  });
  const error = await errorOf(testMirror(url).listFolders('tensorflow', ['']));
  expect(error.message).toContain('not a listing');
  expect(error.hint).toContain('captive portal');
});

test('a connection that the server closed while idle is not a failure', async () => {
  let answered = 0;
  const { url } = await serve((request, response) => {
    // The second request on a connection finds it closed.
    const { socket } = request;
    if ('used' in socket) {
      socket.resetAndDestroy();
      return true;
    }
    Object.assign(socket, { used: true });
    answered += 1;
    serveFile(request, response, data);
    return true;
  });
  const mirror = testMirror(url, { retries: 0, connections: 1 });
  const files = ['a', 'b', 'c'].map((path) => ({ path, size: data.length, mtime: 1 }));
  expect((await fetchInto(mirror, staging, files)).arrived).toEqual(['a', 'b', 'c']);
  expect(answered).toBe(3);
});

test('a break in the middle of a reused connection asks once more, not twice', async () => {
  let count = 0;
  const { url, requests } = await serve((request, response) => {
    count += 1;
    if (count !== 2) {
      serveFile(request, response, data);
      return true;
    }
    response.writeHead(200, { etag: '"1"', 'content-length': data.length });
    response.write(data.subarray(0, 1000), () =>
      setTimeout(() => request.socket.resetAndDestroy(), 50),
    );
    return true;
  });
  const mirror = testMirror(url, { connections: 1 });
  const files = ['a', 'b'].map((path) => ({ path, size: data.length, mtime: 1 }));
  await fetchInto(mirror, staging, files);
  // The rest by range; its ETag is another here, so the whole file comes again.
  expect(requests).toEqual(['GET a', 'GET b', `GET b bytes=1000-${data.length - 1}`, 'GET b']);
});
