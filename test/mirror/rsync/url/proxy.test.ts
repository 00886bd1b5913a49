import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RsyncMirrorOptions } from '../../../../src/mirror/rsync/rsync-mirror.ts';
import { chooseProxy } from '../../../../src/mirror/rsync/url/proxy.ts';
import type { PrivateServer } from '../../../support/private-server.ts';
import { freePort, type RsyncDaemon, startRsyncDaemon } from '../../../support/rsync-daemon.ts';
import { fetchInto, useRsyncWorkbench } from '../../../support/rsync-workbench.ts';
import { startTcpServer } from '../../../support/tcp-servers.ts';
import { rejectionOf, thrownBy } from '../../../support/thrown.ts';
import { startTinyproxy } from '../../../support/web-servers.ts';

const bench = useRsyncWorkbench();
let daemon: RsyncDaemon;
let proxy: PrivateServer;

beforeAll(async () => {
  bench.put('tree/linux/a.whl', 'wheel');
  daemon = await startRsyncDaemon({ modules: { tensorflow: `${bench.root}/tree` } });
  proxy = await startTinyproxy([`ConnectPort ${daemon.port}`]);
});
afterAll(async () => {
  await proxy.stop();
  await daemon.stop();
});

const through = (port: number, changes: Partial<RsyncMirrorOptions> = {}) =>
  bench.mirror(daemon.url('tensorflow'), { proxy: `127.0.0.1:${port}`, retries: 2, ...changes });
const fail = (port: number, url = daemon.url('tensorflow')) =>
  rejectionOf(
    bench.mirror(url, { proxy: `127.0.0.1:${port}`, retries: 2 }).listTree('tensorflow', 'linux'),
  );

describe('behind an HTTP proxy', () => {
  test('lists and fetches through it', async () => {
    const mirror = through(proxy.port);
    const listed = await mirror.listTree('tensorflow', '');
    const fetched = await fetchInto(mirror, listed, bench.staging());
    expect(fetched.told).toEqual(['linux/a.whl']);
    expect(proxy.log().match(new RegExp(`CONNECT 127.0.0.1:${daemon.port}`, 'g'))).toHaveLength(2);
  });

  test('the variable RSYNC_PROXY is heeded, and said', async () => {
    const before = proxy.log().length;
    const environment = { ...process.env, RSYNC_PROXY: `127.0.0.1:${proxy.port}` };
    await through(0, { proxy: undefined, environment }).listTree('tensorflow', '');
    expect(proxy.log().length).toBeGreaterThan(before);
    expect(bench.log.lines.join('\n')).toContain(`the proxy 127.0.0.1:${proxy.port} (RSYNC_PROXY)`);
  });

  test.each([
    ['127.0.0.0/8', false],
    ['127.0.0.1:PORT', false],
    ['127.0.0.1:1, example', true],
  ])('NO_PROXY %s: through the proxy %s', async (list, expected) => {
    const before = proxy.log().length;
    const NO_PROXY = list.replace('PORT', String(daemon.port));
    const environment = { ...process.env, NO_PROXY, RSYNC_PROXY: `127.0.0.1:${proxy.port}` };
    for (const input of [undefined, `127.0.0.1:${proxy.port}`]) {
      const mirror = through(0, { proxy: input, environment });
      expect(await mirror.listTree('tensorflow', '')).toHaveLength(1);
    }
    expect(proxy.log().length > before).toBe(expected);
    expect(bench.log.lines.join('\n').includes('without the proxy')).toBe(!expected);
  });

  test('the input goes before the variable', async () => {
    const environment = { ...process.env, RSYNC_PROXY: '127.0.0.1:1' };
    const listed = await through(proxy.port, { environment }).listTree('tensorflow', '');
    expect(listed).toHaveLength(1);
  });

  test('one that refuses CONNECT to the port', async () => {
    const strict = await startTinyproxy(['ConnectPort 443']);
    const error = await fail(strict.port);
    await strict.stop();
    expect(error).toMatchObject({
      code: 'configuration',
      message: `The proxy 127.0.0.1:${strict.port} does not let rsync through: 403 Access violation.`,
      hint: expect.stringContaining('873'),
    });
    expect(bench.pauses).toEqual([]);
  });

  test('one that wants a password', async () => {
    const closed = await startTinyproxy([`ConnectPort ${daemon.port}`, 'BasicAuth user word']);
    const error = await fail(closed.port);
    await closed.stop();
    expect(error.message).toMatch(/wants a user and a password|does not let rsync through: 401/);
    expect(bench.pauses).toEqual([]);
  });

  test('a mirror that the proxy does not reach', async () => {
    const port = await freePort();
    const open = await startTinyproxy();
    const error = await fail(open.port, `rsync://127.0.0.1:${port}/tensorflow/`);
    await open.stop();
    expect(error.message).toContain('did not reach the mirror: 500');
    expect(bench.pauses).toEqual([3_000, 12_000]);
  });

  test('nobody listens where the proxy should be', async () => {
    const port = await freePort();
    const error = await fail(port);
    expect(error.message).toBe(
      `The proxy 127.0.0.1:${port} cannot be reached: Connection refused.`,
    );
  });

  test.each([
    [
      'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Log in\n',
      'answered in place of the mirror: "<html>Log in',
      'no-mirror',
    ],
    [
      'HTTP/1.1 302 Found\r\nLocation: http://portal/\r\n\r\n',
      'does not let rsync through: 302 Found',
      'configuration',
    ],
    [
      'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n',
      'wants a user and a password',
      'configuration',
    ],
    ['SSH-2.0-OpenSSH_9.2\r\n\r\n', 'is no HTTP proxy: "SSH-2.0-OpenSSH_9.2"', 'configuration'],
    [
      'HTTP/1.1 200 OK\r\nX: \u001b[31m::error::x\r\n\r\n::error::portal\n',
      'answered in place',
      'no-mirror',
    ],
  ])('what answers %j', async (text, message, code) => {
    const port = await startTcpServer((socket) => socket.once('data', () => socket.end(text)));
    const error = await fail(port);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(`${error.message}${error.found}`).not.toMatch(/\p{Cc}/u);
    expect(bench.pauses).toEqual([]);
  });

  test('one that hangs up', async () => {
    const port = await startTcpServer((socket) => socket.once('data', () => socket.end()));
    const error = await fail(port);
    expect(error.code).toBe('no-mirror');
    expect(error.message).toContain('proxy');
  });

  test('one that lets through and then breaks off', async () => {
    const port = await startTcpServer((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.0 200 Connection established\r\n\r\n');
        const upstream = connect(daemon.port, '127.0.0.1');
        upstream.once('data', (data) => {
          socket.end(data);
          upstream.destroy();
        });
      });
    });
    const error = await fail(port);
    expect(error.code).toBe('no-mirror');
    expect(bench.pauses.length).toBeGreaterThan(0);
  });
});

describe('which proxy', () => {
  test.each([
    [undefined, undefined, undefined],
    ['p.example:3128', undefined, 'p.example:3128'],
    ['[::1]:80', 'other:1', '[::1]:80'],
    [undefined, 'p.example:3128', 'p.example:3128'],
    [undefined, '', undefined],
    [undefined, 'http://p.example:3128', 'p.example:3128'],
    ['HTTP://P.Example:3128/', undefined, 'p.example:3128'],
    [undefined, 'P.EXAMPLE:3128', 'p.example:3128'],
    [undefined, 'https://p.example:3128', undefined],
    [undefined, 'socks5://p.example:3128', undefined],
    [undefined, 'http://p.example', undefined],
    [undefined, 'http://p.example:3128/path', undefined],
    [undefined, 'user:secret@p:3128', undefined],
    [undefined, '-x:1', undefined],
    [undefined, 'p:99999', undefined],
  ])('input %j, variable %j: %j', (input, variable, expected) => {
    const environment = variable === undefined ? {} : { RSYNC_PROXY: variable };
    const { proxy: chosen, note } = chooseProxy(input, environment);
    expect(chosen).toBe(expected);
    expect(note ?? '').not.toContain('secret');
  });

  test('a proxy of another kind is refused as such', () => {
    const error = thrownBy(() => chooseProxy('SOCKS5://p.example:1080', {}));
    expect(error).toMatchObject({ code: 'usage', where: 'input proxy' });
    expect(error.hint).toContain('not TLS or SOCKS');
  });

  test('an input that is none is refused without showing a password', () => {
    const error = thrownBy(() => chooseProxy('http://user:secret@p:3128', {}));
    expect(error.code).toBe('usage');
    expect(error.found).not.toContain('secret');
  });
});
