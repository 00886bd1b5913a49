import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serveFile } from '../../../support/faulty-http.ts';
import { DATA, useFaultyMirror, WANTED } from '../../../support/faulty-mirror.ts';
import { errorOf, fetchInto, testMirror } from '../../../support/https-mirror.ts';

const MIB = 1024 * 1024;
const faulty = useFaultyMirror();

test('a good server: the file, its time, one onFile, the bytes', async () => {
  const server = await faulty.serve(() => false);
  const result = await fetchInto(testMirror(server.url), faulty.staging(), [
    WANTED,
    { ...WANTED, path: 'gone' },
  ]);
  expect(result).toMatchObject({
    arrived: ['a/x.whl'],
    missing: ['gone'],
    bytes: DATA.length,
    bytesReceived: DATA.length,
  });
  expect(readFileSync(join(faulty.staging(), 'a/x.whl')).equals(DATA)).toBe(true);
  expect(statSync(join(faulty.staging(), 'a/x.whl')).mtimeMs).toBe(1_641_361_510_000);
  expect(readdirSync(join(faulty.staging(), '@partial'))).toEqual([]);
  // What is complete is not asked for again.
  const before = server.requests.length;
  await fetchInto(testMirror(server.url), faulty.staging(), [WANTED]);
  expect(server.requests.length).toBe(before);
});

test('an empty file is asked for and made', async () => {
  const { url } = await faulty.serve(() => false, { empty: Buffer.alloc(0) });
  const files = ['empty', 'nope'].map((path) => ({ path, size: 0, mtime: 1 }));
  const result = await fetchInto(testMirror(url), faulty.staging(), files);
  expect(result).toMatchObject({ arrived: ['empty'], missing: ['nope'] });
  expect(statSync(join(faulty.staging(), 'empty')).size).toBe(0);
});

test('a wrong file does not keep the others from arriving', async () => {
  const { url } = await faulty.serve(() => false, { bad: DATA, good: DATA });
  const mirror = testMirror(url, { connections: 1 });
  const files = [
    { path: 'bad', size: 5, mtime: 1 },
    { path: 'good', size: DATA.length, mtime: 1 },
  ];
  expect((await errorOf(fetchInto(mirror, faulty.staging(), files))).code).toBe('integrity');
  expect(readFileSync(join(faulty.staging(), 'good')).equals(DATA)).toBe(true);
});

test('an endless body is cut off at the length that was listed', async () => {
  let stopped = false;
  const server = await faulty.serve((_request, response) => {
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
  const error = await errorOf(fetchInto(testMirror(server.url), faulty.staging(), [WANTED]));
  expect(error).toMatchObject({ code: 'integrity', found: `more than ${DATA.length} bytes` });
  expect(server.bytesSent()).toBeLessThan(20 * MIB);
});

test('a server that ignores ranges gives the whole file in one', async () => {
  const large = randomBytes(20 * MIB);
  const { url } = await faulty.serve(
    (_request, response) => {
      response.writeHead(200, { etag: '"1"', 'content-length': large.length });
      response.end(large);
      return true;
    },
    { large },
  );
  await fetchInto(testMirror(url), faulty.staging(), [
    { path: 'large', size: large.length, mtime: 1 },
  ]);
  expect(readFileSync(join(faulty.staging(), 'large')).equals(large)).toBe(true);
});

test('a server that gives no version is not asked for parts', async () => {
  const large = randomBytes(20 * MIB);
  const { url, requests } = await faulty.serve((request, response) => {
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
  await fetchInto(testMirror(url), faulty.staging(), [
    { path: 'large', size: large.length, mtime: 1 },
  ]);
  expect(readFileSync(join(faulty.staging(), 'large')).equals(large)).toBe(true);
  expect(requests.at(-1)).toBe('GET large');
});

test('a file that changes between two parts is fetched again as a whole, never mixed', async () => {
  const one = Buffer.alloc(20 * MIB, 'a');
  const two = Buffer.alloc(20 * MIB, 'b');
  let count = 0;
  const { url } = await faulty.serve((request, response) => {
    count += 1;
    serveFile(request, response, count <= 1 ? one : two);
    return true;
  });
  const file = { path: 'large', size: one.length, mtime: 1 };
  await fetchInto(testMirror(url), faulty.staging(), [file]);
  expect(readFileSync(join(faulty.staging(), 'large')).equals(two)).toBe(true);
});

test('paths that lead out of staging are refused before anything is asked', async () => {
  const server = await faulty.serve(() => false);
  for (const path of ['../x', '/etc/passwd', 'a/../../x', 'a//b', '@partial/x', '']) {
    const error = await errorOf(
      fetchInto(testMirror(server.url), faulty.staging(), [{ path, size: 1, mtime: 1 }]),
    );
    expect(error.code).toBe('failed');
  }
  expect(server.requests).toEqual([]);
});

test('a cancelled transfer keeps what came', async () => {
  const cancel = new AbortController();
  const { url } = await faulty.serve((_request, response) => {
    response.writeHead(200, { etag: '"1"', 'content-length': DATA.length });
    response.write(DATA.subarray(0, 200_000), () => setTimeout(() => cancel.abort(), 50));
    return true;
  });
  const error = await errorOf(
    fetchInto(testMirror(url), faulty.staging(), [WANTED], cancel.signal),
  );
  expect(error).toMatchObject({ code: 'failed', message: 'The transfer was cancelled.' });
  const left = readdirSync(join(faulty.staging(), '@partial'));
  expect(left.filter((name) => name.endsWith('.json'))).toHaveLength(1);
});
