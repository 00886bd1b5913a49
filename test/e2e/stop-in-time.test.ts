import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultyServer, startFaultyHttp } from '../support/faulty-http.ts';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');
const MIB = 1024 * 1024;

let folder: string;
let server: FaultyServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tfcache-stop-'));
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Milliseconds from SIGTERM to the end, and how it ended. */
async function stop(args: readonly string[], begun: () => boolean, environment = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!begun() && !isOver) await sleep(20);
  await sleep(300);
  const from = performance.now();
  child.kill('SIGTERM');
  const exitCode = await ended;
  return { exitCode, time: performance.now() - from, output };
}

/** A runner sends SIGKILL after 7.5 s. Twice that, because tests may share a busy machine; without an end in time it is minutes. */
const LIMIT_MS = 15_000;

const index = '<title>Index of /</title><pre>';
const row = (name: number) => `<a href="x${name}.bin">x</a> 05-Jan-2022 05:45 5\n`;
const rows = (count: number) => Array.from({ length: count }, (_, at) => row(at)).join('');

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(' '.repeat(2048)), 100);
  response.on('close', () => clearInterval(timer));
}

const PAGES: Readonly<Record<string, (response: ServerResponse, path: string) => void>> = {
  'a page of nothing but tags': (response) =>
    response.end(index + '<b></b>'.repeat((28 * MIB) / 7)),
  'closing tags below many open ones': (response) =>
    response.end(index + '<i>'.repeat(250) + '</u>'.repeat((24 * MIB) / 4)),
  'pages of many names without end': (response) =>
    response.end(`${index + rows(150_000)}<a href="deeper/">deeper/</a>`),
  'a listing that drips': (response) => {
    response.write(index);
    drip(response);
  },
  'a file that drips': (response, path) => {
    if (path === '/') response.end(`${index}<a href="x.bin">x</a> 05-Jan-2022 05:45 5000000\n`);
    else {
      response.writeHead(200, { 'content-length': 5_000_000 });
      drip(response);
    }
  },
  'a bucket of many keys without end': (response) => {
    const key = (at: number) =>
      `<Contents><Key>a/${at}-${Math.random()}</Key><Size>1</Size></Contents>`;
    const keys = Array.from({ length: 60_000 }, (_, at) => key(at)).join('');
    response.end(
      `<ListBucketResult>${keys}<IsTruncated>true</IsTruncated><NextContinuationToken>${Math.random()}</NextContinuationToken></ListBucketResult>`,
    );
  },
  'a folder in JSON': (response) => {
    const item = (at: number) => ({ name: `x${at}`, type: 'other', mtime: 'x', size: 1 });
    response.end(JSON.stringify(Array.from({ length: 400_000 }, (_, at) => item(at))));
  },
};

test.each(Object.entries(PAGES))('a mirror: %s', { timeout: 60_000 }, async (_name, answer) => {
  let asked = 0;
  const running = await startFaultyHttp({}, (request, response) => {
    asked += 1;
    answer(response, new URL(request.url ?? '/', 'http://x').pathname);
    return true;
  });
  server = running;
  const args = ['pull', 'path:**/*.bin', '--mirrors', `tensorflow=${running.url}`];
  const { exitCode, time, output } = await stop(args, () => asked > 1);
  expect(time, output).toBeLessThan(LIMIT_MS);
  // It may have ended by itself, with what is wrong about the mirror.
  expect([130, 5, 4, 7, 1], output).toContain(exitCode);
});

test('an S3 store whose listing drips', { timeout: 60_000 }, async () => {
  let asked = 0;
  const running = await startFaultyHttp({}, (request, response) => {
    if (request.url?.includes('list-type') === true && request.url.includes('/builds')) {
      asked += 1;
      response.writeHead(200, { 'content-length': MIB });
      drip(response);
    } else response.end(`${index}${row(1)}`);
    return true;
  });
  server = running;
  const cache = `s3://builds/ci?endpoint=http://127.0.0.1:${running.port}&region=us-east-1&path-style=true&default-branch=main`;
  const args = ['pull', 'path:*.bin', '--mirrors', `tensorflow=${running.url}`, '--cache', cache];
  const { exitCode, time, output } = await stop(args, () => asked > 0, {
    AWS_ACCESS_KEY_ID: 'tfcacheReader',
    AWS_SECRET_ACCESS_KEY: 'reader-secret-0123456789',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  expect(time, output).toBeLessThan(LIMIT_MS);
  expect(exitCode, output).toBe(130);
});

test('an rsync daemon that says nothing', { timeout: 60_000 }, async () => {
  let asked = 0;
  const silent = createServer((socket) => {
    asked += 1;
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const args = ['pull', 'path:*.bin', '--mirrors', `tensorflow=rsync://127.0.0.1:${port}/m/`];
  const { exitCode, time, output } = await stop(args, () => asked > 0);
  silent.close();
  expect(time, output).toBeLessThan(LIMIT_MS);
  expect(exitCode, output).toBe(130);
});
