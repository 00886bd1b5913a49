import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  etagOf,
  type FaultyServer,
  serveFile,
  startFaultyHttp,
} from '../../support/faulty-http.ts';
import { fetchInto, temporaryFolder, testMirror } from '../../support/https-mirror.ts';

const MIB = 1024 * 1024;
let temporary: ReturnType<typeof temporaryFolder>;
let staging: string;
let server: FaultyServer | undefined;

beforeEach(() => {
  temporary = temporaryFolder();
  staging = join(temporary.folder, 'staging');
});
afterEach(async () => {
  await server?.stop();
  temporary.remove();
});

/** A child process that fetches and is killed when `progress` bytes came. */
async function fetchAndKill(url: string, size: number, killAfter: number): Promise<void> {
  const script = join(import.meta.dirname, '../../support/fetch-child.ts');
  const child = spawn(process.execPath, [script, url, staging, String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let output = '';
  for await (const chunk of child.stdout) {
    output += chunk;
    const bytes = Number(output.trim().split('\n').at(-1));
    if (bytes >= killAfter) break;
  }
  child.kill('SIGKILL');
  await ended;
}

test('a run that was killed late is gone on from, for less than 1.2 times the bytes', async () => {
  const data = randomBytes(64 * MIB);
  // Slow enough that the kill hits the middle.
  server = await startFaultyHttp({ 'big.whl': data }, (request, response) => {
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (range === null) return false;
    const [start, end] = [Number(range[1]), Number(range[2]) + 1];
    response.writeHead(206, {
      etag: etagOf(data),
      'content-length': end - start,
      'content-range': `bytes ${start}-${end - 1}/${data.length}`,
    });
    let position = start;
    const timer = setInterval(() => {
      // No further than the client reads: on a busy machine it would count what never reached it.
      if (response.writableNeedDrain) return;
      const next = Math.min(position + 512 * 1024, end);
      response.write(data.subarray(position, next));
      position = next;
      if (position === end) {
        clearInterval(timer);
        response.end();
      }
    }, 20);
    response.on('close', () => clearInterval(timer));
    return true;
  });
  await fetchAndKill(server.url, data.length, data.length * 0.8);
  expect(existsSync(join(staging, 'big.whl'))).toBe(false);
  const file = { path: 'big.whl', size: data.length, mtime: 1 };
  const second = await fetchInto(testMirror(server.url), staging, [file]);
  expect(second.arrived).toEqual(['big.whl']);
  expect(readFileSync(join(staging, 'big.whl')).equals(data)).toBe(true);
  expect(server.bytesSent()).toBeLessThan(1.2 * data.length);
});

test('200 random cuts: every byte right, few bytes twice', async () => {
  const data = randomBytes(2 * MIB + 12_345);
  let cutAt = 0;
  let cut = false;
  server = await startFaultyHttp({ 'x.whl': data }, (request, response) => {
    if (cut) return false;
    cut = true;
    response.writeHead(200, { etag: etagOf(data), 'content-length': data.length });
    expect(request.headers.range).toBeUndefined();
    response.flushHeaders();
    if (cutAt === 0) response.socket?.destroySoon();
    else response.write(data.subarray(0, cutAt), () => response.socket?.destroySoon());
    return true;
  });
  const mirror = testMirror(server.url, { firstPauseSeconds: 0 });
  const file = { path: 'x.whl', size: data.length, mtime: 1 };
  for (let round = 0; round < 200; round += 1) {
    cutAt = Math.floor(Math.random() * data.length);
    cut = false;
    const before = server.bytesSent();
    await fetchInto(mirror, staging, [file]);
    expect(readFileSync(join(staging, 'x.whl')).equals(data), `cut at ${cutAt}`).toBe(true);
    // The first answer counts as sent up to the cut; nothing of that may come twice, but for what was under way.
    expect(server.bytesSent() - before).toBeLessThan(1.2 * data.length + 64 * 1024);
    rmSync(staging, { recursive: true });
  }
});

test('cuts of large files in parts, over and over, end with every byte right', async () => {
  const data = randomBytes(40 * MIB);
  server = await startFaultyHttp({ 'big.whl': data }, (request, response) => {
    if (Math.random() < 0.3) return false;
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
    if (range === null) return false;
    const [start, end] = [Number(range[1]), Number(range[2]) + 1];
    response.writeHead(206, {
      etag: etagOf(data),
      'content-length': end - start,
      'content-range': `bytes ${start}-${end - 1}/${data.length}`,
    });
    const some = start + Math.floor(Math.random() * (end - start));
    response.write(data.subarray(start, some), () => response.socket?.destroySoon());
    return true;
  });
  const mirror = testMirror(server.url, { firstPauseSeconds: 0, retries: 20 });
  await fetchInto(mirror, staging, [{ path: 'big.whl', size: data.length, mtime: 1 }]);
  expect(readFileSync(join(staging, 'big.whl')).equals(data)).toBe(true);
});

test('what is left of another version is not used', async () => {
  const one = Buffer.alloc(3 * MIB, 'a');
  const two = Buffer.alloc(3 * MIB, 'b');
  let version = one;
  server = await startFaultyHttp({}, (request, response) => {
    if (version === one && request.headers.range === undefined) {
      response.writeHead(200, { etag: etagOf(one), 'content-length': one.length });
      response.write(one.subarray(0, 2 * MIB), () => setTimeout(() => response.destroy(), 50));
    } else if (version === one) response.writeHead(403).end();
    else serveFile(request, response, version);
    return true;
  });
  const file = { path: 'x', size: one.length, mtime: 1 };
  await expect(fetchInto(testMirror(server.url), staging, [file])).rejects.toThrow();
  version = two;
  await fetchInto(testMirror(server.url), staging, [file]);
  expect(readFileSync(join(staging, 'x')).equals(two)).toBe(true);
  // It did ask for the rest of what it had first.
  expect(server.requests.at(-2)).toMatch(/^GET x bytes=\d+-3145727$/);
});

test('a bandwidth limit holds all connections together', async () => {
  const data = randomBytes(512 * 1024);
  server = await startFaultyHttp({ a: data, b: data });
  const mirror = testMirror(server.url, { bandwidthLimit: 1024 });
  const begin = performance.now();
  await fetchInto(
    mirror,
    staging,
    ['a', 'b'].map((path) => ({ path, size: data.length, mtime: 1 })),
  );
  expect(performance.now() - begin).toBeGreaterThan(700);
});
