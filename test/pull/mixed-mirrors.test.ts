import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRoom, type Room } from '../support/engine.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import {
  type FaultyServer,
  LAST_MODIFIED,
  serveFile,
  startFaultyHttp,
} from '../support/faulty-http.ts';
import { startRsyncDaemon } from '../support/rsync-daemon.ts';

const MTIME = Date.UTC(2022, 0, 5, 5, 45) / 1000;
const SIZE = 3_000_000;
const ofA = Buffer.concat([randomBytes(SIZE - 4), Buffer.from('of A')]);
const ofB = Buffer.concat([randomBytes(SIZE - 4), Buffer.from('of B')]);
/** nginx makes its ETag of time and size alone. */
const ETAG = '"61d52f90-2dc6c0"';

let room: Room;
const stops: (() => Promise<void>)[] = [];

beforeEach(() => {
  room = makeRoom();
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  room.remove();
});

type Files = Readonly<Record<string, Buffer>>;
/** Answers in place of the right answer, or returns false. */
type Trouble = (path: string, request: IncomingMessage, response: ServerResponse) => boolean;

/** A web server that lists its root and has no ETag, or nginx's. */
async function site(
  files: Files,
  etag: string | undefined,
  trouble: Trouble = () => false,
): Promise<FaultyServer> {
  const rows = Object.entries(files).map(
    ([name, data]) => `<a href="${name}">${name}</a>  05-Jan-2022 05:45  ${data.length}\n`,
  );
  const server = await startFaultyHttp(files, (request, response, data) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname.slice(1);
    if (path === '') {
      response.setHeader('content-type', 'text/html');
      response.end(`<title>Index of /</title><pre>${rows.join('')}</pre>`);
      return true;
    }
    if (trouble(path, request, response)) return true;
    if (files[path] === undefined) return false;
    // Without an ETag the time is the validator.
    if (request.headers['if-range'] === LAST_MODIFIED) delete request.headers['if-range'];
    serveFile(request, response, data, { etag: etag ?? 'W/"weak"' });
    return true;
  });
  stops.push(() => server.stop());
  return server;
}

/** Sends the first half of a file and breaks the connection off. */
function halfOf(name: string, data: Buffer, etag: string | undefined): Trouble {
  return (path, request, response) => {
    if (path !== name || request.method === 'HEAD') return false;
    const half = data.length / 2;
    response.writeHead(200, {
      'content-length': data.length,
      'last-modified': LAST_MODIFIED,
      ...(etag === undefined ? {} : { etag }),
    });
    response.write(data.subarray(0, half), () => response.socket?.destroySoon());
    return true;
  };
}

const gone: Trouble = (path, _request, response) => {
  if (path === '') return false;
  response.writeHead(500).end();
  return true;
};

const read = (name = 'x.bin') => readFileSync(join(room.destination, name));

describe.each([
  ['no ETag', undefined],
  ['nginx’s ETag', ETAG],
])('two https mirrors with equal size and time, with %s', (_name, etag) => {
  test('the second does not continue what the first began', async () => {
    const a = await site({ 'x.bin': ofA }, etag, halfOf('x.bin', ofA, etag));
    const b = await site({ 'x.bin': ofB }, etag);

    const { error } = await room.pull({ artifacts: 'path:x.bin', mirror: [a.url, b.url] });

    expect(error).toBeUndefined();
    expect(read().equals(ofB)).toBe(true);
  });

  test('nor does it in the next run, and the first still resumes its own part', async () => {
    const broken = await site({ 'x.bin': ofA }, etag, halfOf('x.bin', ofA, etag));
    const lockFile = room.lockFile;
    const first = await room.pull({ artifacts: 'path:x.bin', mirror: broken.url, lockFile });
    expect(first.error?.code).toBe('no-mirror');
    const b = await site({ 'x.bin': ofB }, etag, gone);
    expect(
      (await room.pull({ artifacts: 'path:x.bin', mirror: b.url, lockFile })).error,
    ).toBeDefined();
    const c = await site({ 'x.bin': ofB }, etag);

    const { error } = await room.pull({ artifacts: 'path:x.bin', mirror: c.url, lockFile });

    expect(error).toBeUndefined();
    expect(read().equals(ofB)).toBe(true);
    expect(readFileSync(lockFile, 'utf8')).toContain(
      createHash('sha256').update(ofB).digest('hex'),
    );
  });

  test('a file that the first completed is not taken for the second’s', async () => {
    const small = Buffer.from('small');
    const a = await site({ 'x.bin': ofA, 'y.bin': small }, etag, (path, ...rest) =>
      path === 'y.bin' ? gone(path, ...rest) : false,
    );
    const first = await room.pull({ artifacts: 'path:*.bin', mirror: a.url });
    expect(first.error).toBeDefined();
    const b = await site({ 'x.bin': ofB, 'y.bin': small }, etag);

    const { error } = await room.pull({ artifacts: 'path:*.bin', mirror: b.url });

    expect(error).toBeUndefined();
    expect(read().equals(ofB)).toBe(true);
  });

  test('where a digest is known it decides: right bytes are continued, wrong ones fetched anew', async () => {
    const lockFile = room.lockFile;
    const good = await site({ 'x.bin': ofB }, etag);
    await room.pull({ artifacts: 'path:x.bin', mirror: good.url, lockFile });
    const fresh = () => {
      rmSync(room.store, { recursive: true });
      rmSync(room.destination, { recursive: true });
    };

    for (const first of [ofA, ofB]) {
      fresh();
      const a = await site({ 'x.bin': first }, etag, halfOf('x.bin', first, etag));
      const b = await site({ 'x.bin': ofB }, etag);
      const mirror = [a.url, b.url];
      const { error } = await room.pull({ artifacts: 'path:x.bin', mirror, lockFile });
      expect(error).toBeUndefined();
      expect(read().equals(ofB)).toBe(true);
      const ranges = b.requests.filter((request) => request.includes('bytes='));
      expect(ranges.length).toBe(1);
      expect(b.requests.filter((request) => request === 'GET x.bin').length).toBe(
        first === ofA ? 1 : 0,
      );
    }
  });
});

test('the first mirror resumes its own part in the next run', async () => {
  let broken = true;
  const half = halfOf('x.bin', ofA, ETAG);
  const a = await site({ 'x.bin': ofA }, ETAG, (...all) => broken && half(...all));
  expect((await room.pull({ artifacts: 'path:x.bin', mirror: a.url })).error).toBeDefined();
  broken = false;

  const { error } = await room.pull({ artifacts: 'path:x.bin', mirror: a.url });

  expect(error).toBeUndefined();
  expect(read().equals(ofA)).toBe(true);
  expect(a.requests.at(-2)).toMatch(/^GET x\.bin bytes=\d+-2999999$/);
});

test('an address that redirects to another server each time gives a file of one server', async () => {
  const a = await site({ 'x.bin': ofA }, ETAG, halfOf('x.bin', ofA, ETAG));
  const b = await site({ 'x.bin': ofB }, ETAG);
  const targets = [a.url, b.url];
  const front = await site({ 'x.bin': ofB }, ETAG, (path, _request, response) => {
    const target = targets.shift() ?? b.url;
    response.writeHead(302, { location: `${target}${path}` }).end();
    return true;
  });

  const { error } = await room.pull({ artifacts: 'path:x.bin', mirror: front.url, retries: 2 });

  expect(error).toBeUndefined();
  expect(read().equals(ofB)).toBe(true);
  expect(a.requests.length).toBe(1);
});

describe('mirrors of other kinds', () => {
  const folderOf = (name: string, files: Files) => {
    const folder = join(room.folder, name);
    mkdirSync(folder);
    for (const [path, data] of Object.entries(files)) {
      writeFileSync(join(folder, path), data);
      utimesSync(join(folder, path), MTIME, MTIME);
    }
    return folder;
  };

  async function daemonOf(files: Files, cutAfter?: number): Promise<string> {
    const daemon = await startRsyncDaemon({
      modules: { m: folderOf(`module-${stops.length}`, files) },
    });
    stops.push(() => daemon.stop());
    if (cutAfter === undefined) return daemon.url('m');
    const proxy = await startFaultProxy(daemon.port, () => ({
      kind: 'cut',
      after: cutAfter,
      how: 'end',
    }));
    stops.push(() => proxy.stop());
    return `rsync://127.0.0.1:${proxy.port}/m/`;
  }

  test('rsync, then rsync: in one run and in the next', async () => {
    const a = await daemonOf({ 'x.bin': ofA }, 1_500_000);
    const b = await daemonOf({ 'x.bin': ofB });
    const alone = await room.pull({ artifacts: 'path:x.bin', mirror: a });
    expect(alone.error).toBeDefined();

    const { error } = await room.pull({ artifacts: 'path:x.bin', mirror: [a, b] });

    expect(error).toBeUndefined();
    expect(read().equals(ofB)).toBe(true);
  });

  test('a file that an rsync mirror completed is not taken for another mirror’s', async () => {
    const files = { 'a.bin': ofA, 'x.bin': ofA };
    const a = await daemonOf(files, 4_500_000);
    expect((await room.pull({ artifacts: 'path:*.bin', mirror: a })).error).toBeDefined();
    const b = await daemonOf({ 'a.bin': ofB, 'x.bin': ofB });

    const { error } = await room.pull({ artifacts: 'path:*.bin', mirror: b });

    expect(error).toBeUndefined();
    expect(read('a.bin').equals(ofB)).toBe(true);
    expect(read('x.bin').equals(ofB)).toBe(true);
  });

  test.each(['https', 'rsync'])('%s, then a folder', async (kind) => {
    const files = { 'a.bin': ofA, 'x.bin': ofA };
    const a =
      kind === 'rsync'
        ? await daemonOf(files, 4_500_000)
        : (await site(files, ETAG, halfOf('x.bin', ofA, ETAG))).url;
    expect((await room.pull({ artifacts: 'path:*.bin', mirror: a })).error).toBeDefined();
    const share = folderOf('share', { 'a.bin': ofB, 'x.bin': ofB });

    const { error } = await room.pull({ artifacts: 'path:*.bin', mirror: `file://${share}/` });

    expect(error).toBeUndefined();
    expect(read('a.bin').equals(ofB)).toBe(true);
    expect(read('x.bin').equals(ofB)).toBe(true);
  });
});
