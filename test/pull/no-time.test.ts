import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentProgress } from '../../src/platform/log.ts';
import { saveNewFiles } from '../../src/pull/save/save.ts';
import type { PullResult } from '../../src/pull/types.ts';
import {
  type EngineOptions,
  linuxMachine,
  makeRoom,
  type Room,
  recordingLog,
} from '../support/engine.ts';
import { type FaultyServer, startFaultyHttp } from '../support/faulty-http.ts';
import { type StandIn, startStandIn } from '../support/s3-stand-in.ts';

let room: Room;
const servers: { stop(): Promise<void> }[] = [];

beforeEach(() => {
  room = makeRoom();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  room.remove();
});

/** What the server has now. */
interface Content {
  bytes: string;
  etag?: string;
  time?: string;
}

/** A web server whose folder page and answers hold no time. */
async function timeless(content: () => Content): Promise<FaultyServer> {
  const server = await startFaultyHttp({}, (request, response) => {
    const { bytes, etag, time } = content();
    if (request.url?.startsWith('/x.bin') !== true) {
      response.setHeader('content-type', 'text/html');
      response.end('<title>Index of /</title><ul><li><a href="x.bin">x.bin</a></li></ul>');
      return true;
    }
    response.writeHead(200, {
      'content-length': bytes.length,
      ...(etag === undefined ? {} : { etag }),
      ...(time === undefined ? {} : { 'last-modified': time }),
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
    return true;
  });
  servers.push(server);
  return server;
}

const read = () => readFileSync(join(room.destination, 'x.bin'), 'utf8');
const gets = (server: FaultyServer) =>
  server.requests.filter((request) => request.startsWith('GET x.bin')).length;
const sources = ({ report }: PullResult) =>
  report.artifacts.flatMap(({ files }) => files.map(({ source }) => source));

/** What of an earlier run is still there. */
const REMAINS: readonly (readonly [string, () => void])[] = [
  ['destination and store', () => undefined],
  ['the store', () => rmSync(room.destination, { recursive: true })],
];

describe.each(REMAINS)('from %s', (_name, forget) => {
  test('without time and ETag nothing is taken for the same file', async () => {
    let content: Content = { bytes: 'old content' };
    const server = await timeless(() => content);
    await room.pull({ artifacts: 'path:x.bin', mirror: server.url });
    expect(read()).toBe('old content');
    content = { bytes: 'new content' };
    forget();

    const second = await room.pull({ artifacts: 'path:x.bin', mirror: server.url });

    expect(second.error).toBeUndefined();
    expect(read()).toBe('new content');
    expect(sources(second)).toEqual(['mirror']);
    const skipped = second.report.artifacts[0]?.files[0]?.skipped ?? [];
    expect(skipped.map(({ reason }) => reason).join()).toContain('no time or ETag');
  });

  test('the epoch is no time', async () => {
    const time = 'Thu, 01 Jan 1970 00:00:00 GMT';
    let content: Content = { bytes: 'old content', time };
    const server = await timeless(() => content);
    await room.pull({ artifacts: 'path:x.bin', mirror: server.url });
    content = { bytes: 'new content', time };
    forget();

    await room.pull({ artifacts: 'path:x.bin', mirror: server.url });

    expect(read()).toBe('new content');
  });

  test('an ETag says whether it is the same file', async () => {
    let content: Content = { bytes: 'old content', etag: '"1"' };
    const server = await timeless(() => content);
    await room.pull({ artifacts: 'path:x.bin', mirror: server.url });
    forget();
    const same = await room.pull({ artifacts: 'path:x.bin', mirror: server.url });
    expect(same.error).toBeUndefined();
    expect(sources(same)).not.toContain('mirror');
    expect(gets(server)).toBe(1);
    content = { bytes: 'new content', etag: '"2"' };
    forget();

    const other = await room.pull({ artifacts: 'path:x.bin', mirror: server.url });

    expect(other.error).toBeUndefined();
    expect(read()).toBe('new content');
    expect(gets(server)).toBe(2);
  });

  test('a weak ETag, and one that another server gave, prove nothing', async () => {
    for (const etag of ['W/"1"', '"1"']) {
      const one = await timeless(() => ({ bytes: 'old content', etag }));
      const other = await timeless(() => ({ bytes: 'new content', etag }));
      await room.pull({ artifacts: 'path:x.bin', mirror: one.url });
      expect(read()).toBe('old content');
      forget();
      await room.pull({ artifacts: 'path:x.bin', mirror: other.url });
      expect(read()).toBe('new content');
    }
  });
});

test('a lockfile decides, without a download', async () => {
  const server = await timeless(() => ({ bytes: 'old content' }));
  const options = { artifacts: 'path:x.bin', mirror: server.url, lockFile: room.lockFile };
  await room.pull(options);
  expect(readFileSync(room.lockFile, 'utf8')).not.toContain('mtime');
  rmSync(room.destination, { recursive: true });

  const second = await room.pull(options);

  expect(second.error).toBeUndefined();
  expect(read()).toBe('old content');
  expect(sources(second)).toEqual(['store']);
  expect(gets(server)).toBe(1);
});

describe('between jobs, through S3', () => {
  const KEYS = { accessKeyId: 'tfcacheWriter', secretAccessKey: 'writer-secret-0123456789' };
  let s3: StandIn;
  beforeEach(async () => {
    s3 = await startStandIn({
      buckets: ['builds'],
      keys: { [KEYS.accessKeyId]: KEYS.secretAccessKey },
    });
    servers.push(s3);
  });

  async function job(options: EngineOptions): Promise<PullResult> {
    rmSync(room.store, { recursive: true, force: true });
    rmSync(room.destination, { recursive: true, force: true });
    const environment = {
      GITHUB_REF: 'refs/heads/main',
      GITHUB_HEAD_REF: '',
      GITHUB_BASE_REF: '',
      GITHUB_EVENT_PATH: '',
      GITHUB_EVENT_NAME: 'push',
      ACTIONS_CACHE_MODE: '',
      AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const result = await room.pull({
      artifacts: 'path:x.bin',
      cache: `s3://builds/ci?endpoint=${s3.endpoint}&default-branch=main`,
      environment,
      ...options,
    });
    if (result.save !== undefined) {
      await saveNewFiles(result.save, {
        log: recordingLog(),
        progress: silentProgress,
        machine: linuxMachine,
        signal: new AbortController().signal,
        environment: { ...process.env, ...environment },
      });
    }
    return result;
  }

  test.each([
    ['no ETag', undefined, undefined, 'mirror'],
    ['another ETag', '"1"', '"2"', 'mirror'],
    ['the same ETag', '"1"', '"1"', 'cache'],
  ])('with %s', async (_name, first, then, source) => {
    let content: Content = {
      bytes: 'old content',
      ...(first === undefined ? {} : { etag: first }),
    };
    const server = await timeless(() => content);
    await job({ mirror: server.url });
    const bytes = source === 'mirror' ? 'new content' : 'old content';
    content = { bytes, ...(then === undefined ? {} : { etag: then }) };

    const second = await job({ mirror: server.url });

    expect(second.error).toBeUndefined();
    expect(read()).toBe(bytes);
    expect(sources(second)).toEqual([source]);
  });
});
