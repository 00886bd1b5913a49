import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { makeRoom, type Room, recordingLog } from '../../support/engine.ts';
import { startFaultyHttp } from '../../support/faulty-http.ts';
import { startIndexServer } from '../../support/index-server.ts';
import { CANNOT_MOUNT, mountSmall } from '../../support/mounts.ts';

const HUGE = 2 ** 50;
const NAME = 'demo_pkg-1.0-py3-none-any.whl';

let room: Room;

beforeEach(() => {
  room = makeRoom();
});
afterEach(() => room.remove());

/** A mirror of `a.bin`, in the JSON of nginx, which has the bytes and lists this size. */
async function mirrorWith(size: number): Promise<string> {
  const listing = [{ name: 'a.bin', type: 'file', mtime: 'Wed, 05 Jan 2022 05:45:10 GMT', size }];
  const server = await startFaultyHttp({ 'a.bin': Buffer.from('right') }, (request, response) => {
    if (new URL(request.url ?? '', 'http://x').pathname !== '/') return false;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(listing));
    return true;
  });
  onTestFinished(() => server.stop());
  return server.url;
}

/** An index that lists its one wheel with this size. */
async function indexWith(size: number): Promise<string> {
  const content = Buffer.from('right');
  const server = await startFaultyHttp({ [NAME]: content }, (request, response) => {
    if (!(request.url ?? '').startsWith('/simple/')) return false;
    const hashes = { sha256: createHash('sha256').update(content).digest('hex') };
    const files = [{ filename: NAME, url: `/${NAME}`, hashes, size }];
    response.writeHead(200, { 'content-type': 'application/vnd.pypi.simple.v1+json' });
    response.end(JSON.stringify({ meta: { 'api-version': '1.1' }, files }));
    return true;
  });
  onTestFinished(() => server.stop());
  return `${server.url}simple/`;
}

test.each(['path:a.bin', 'path:*.bin'])(
  'if a listed size is larger than the free space, the next mirror is used: %s',
  async (artifacts) => {
    const log = recordingLog();
    const mirror = [await mirrorWith(HUGE), await mirrorWith(5)];
    const { error, report } = await room.pull({ artifacts, mirror, log });
    expect(error).toBeUndefined();
    expect(room.read('a.bin')).toBe('right');
    expect(report.mirror).toBe(mirror[1]);
    expect(log.lines.join('\n')).toMatch(
      /warning: A mirror lists a\.bin with 1(,024)?\.?0* [PT]iB/,
    );
  },
);

test('if a listed size is larger than the free space, the next package index is used', async () => {
  const good = await startIndexServer({
    'demo-pkg': [{ name: NAME, content: Buffer.from('right') }],
  });
  onTestFinished(() => good.stop());
  const mirrors = `pypi=${await indexWith(HUGE)}\npypi=${good.url}`;
  const { error } = await room.pull({ artifacts: 'wheel:demo-pkg', mirrors });
  expect(error).toBeUndefined();
  expect(room.read(`@pypi/demo-pkg/${NAME}`)).toBe('right');
});

test('if no mirror lists a smaller size, the run fails with disk-full', async () => {
  const mirror = [await mirrorWith(HUGE), await mirrorWith(HUGE), await mirrorWith(HUGE - 1)];
  const { error } = await room.pull({ artifacts: 'path:a.bin', mirror });
  expect(error).toMatchObject({ reason: 'disk-full', exitCode: 6 });
  const wheel = await room.pull({
    artifacts: 'wheel:demo-pkg',
    mirrors: `pypi=${await indexWith(HUGE)}`,
  });
  expect(wheel.error?.code).toBe('no-space');
});

test('files in the store need no free space', async (context) => {
  const small = mountSmall('size=3m');
  if (small === undefined) return context.skip(CANNOT_MOUNT);
  room.put('a.bin', Buffer.alloc(2 * 1024 * 1024, 'a'));
  const options = {
    artifacts: 'path:a.bin',
    mirror: `file://${room.tree}/`,
    store: { folder: `${small}/store`, lifetime: 'persistent' as const },
  };
  expect((await room.pull({ ...options, path: `${small}/one` })).error).toBeUndefined();
  const log = recordingLog();
  const again = await room.pull({ ...options, path: `${small}/two`, log });
  expect(again.error).toBeUndefined();
  expect(log.lines.join('\n')).not.toContain('more than is free');
});
