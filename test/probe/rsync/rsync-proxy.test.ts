import { describe, expect, it } from 'vitest';
import { daemonWith, mirrorFolder } from '../../support/probed-daemon.ts';
import { probeMirror } from '../../support/probing.ts';
import { freePort } from '../../support/rsync-daemon.ts';
import { startTcpServer } from '../../support/tcp-servers.ts';

describe('through a proxy', () => {
  it('reaches a daemon and lists it, as a pull would', async () => {
    const daemon = await daemonWith({ tensorflow: mirrorFolder() });
    const { connect } = await import('node:net');
    const proxy = await startTcpServer((socket) => {
      socket.once('data', () => {
        const inner = connect(daemon.port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n');
          socket.pipe(inner).pipe(socket);
        });
        inner.on('error', () => socket.destroy());
        socket.once('close', () => inner.destroy());
      });
    });
    const url = 'rsync://mirror.invalid/tensorflow/';
    const found = await probeMirror(url, { proxy: `127.0.0.1:${proxy}` });
    expect(found).toMatchObject({
      verdict: 'usable',
      modules: { names: ['tensorflow'] },
      content: { names: ['linux/'] },
    });
    const environment = { PATH: process.env['PATH'], RSYNC_PROXY: `127.0.0.1:${proxy}` };
    const heeded = await probeMirror(url, { environment });
    expect(heeded.verdict).toBe('usable');
    expect(heeded.printed).toContain(`goes through the proxy 127.0.0.1:${proxy} (RSYNC_PROXY)`);
  });

  it('is left out for a host of NO_PROXY', async () => {
    const daemon = await daemonWith({ tensorflow: mirrorFolder() });
    const environment = {
      PATH: process.env['PATH'],
      RSYNC_PROXY: '127.0.0.1:1',
      NO_PROXY: '127.0.0.0/8',
    };
    const found = await probeMirror(daemon.url('tensorflow'), { environment });
    expect(found.verdict).toBe('usable');
    expect(found.printed).not.toContain('goes through the proxy');
  });

  it('of the environment that is none is told, and not heeded', async () => {
    const daemon = await daemonWith({ tensorflow: mirrorFolder() });
    const environment = { PATH: process.env['PATH'], RSYNC_PROXY: 'socks5://p:1' };
    const found = await probeMirror(daemon.url('tensorflow'), { environment });
    expect(found.verdict).toBe('usable');
    expect(found.notes.join()).toContain('RSYNC_PROXY is not of the form host:port');
  });

  it.each([
    ['HTTP/1.1 403 Forbidden\r\n\r\n', 'refuses to connect to mirror.invalid:873'],
    ['HTTP/1.0 407 Proxy Authentication Required\r\n\r\n', 'refuses to connect'],
    ['<html>', 'does not answer as an HTTP proxy'],
  ])('that answers %j tells so', async (answer, message) => {
    const port = await startTcpServer((socket) => {
      socket.once('data', () => socket.end(answer));
    });
    const found = await probeMirror('rsync://mirror.invalid/tensorflow/', {
      proxy: `127.0.0.1:${port}`,
    });
    expect(found.problem?.reason).toBe('proxy-refused');
    expect(found.problem?.message).toContain(message);
  });

  it('that is not there tells so; one that is none is refused', async () => {
    const proxy = `127.0.0.1:${await freePort()}`;
    const found = await probeMirror('rsync://mirror.invalid/tensorflow/', { proxy });
    expect(found.problem).toMatchObject({ reason: 'proxy-unreachable' });
    await expect(probeMirror('rsync://m.invalid/x/', { proxy: 'https://p:1' })).rejects.toThrow(
      'The proxy cannot be used',
    );
  });
});
