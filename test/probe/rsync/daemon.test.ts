import { describe, expect, it } from 'vitest';
import { probeMirror } from '../../support/probing.ts';
import { freePort } from '../../support/rsync-daemon.ts';
import { reset, startFilteredPort, startTcpServer } from '../../support/tcp-servers.ts';

describe('what is no daemon', () => {
  it('is a port where nothing listens', async () => {
    const found = await probeMirror(`rsync://127.0.0.1:${await freePort()}/tensorflow/`);
    expect(found.problem).toMatchObject({ reason: 'connection-refused' });
    // Two addresses, and an error for each.
    const both = await probeMirror(`rsync://localhost:${await freePort()}/tensorflow/`);
    expect(both.problem).toMatchObject({ reason: 'connection-refused' });
    expect(both.problem?.found).toContain('connect ECONNREFUSED 127.0.0.1');
  });

  it('is a name that does not exist', async () => {
    const found = await probeMirror('rsync://no-such-host.invalid/tensorflow/');
    expect(found.problem?.reason).toBe('host-not-found');
  });

  it('is a filtered port, within the time for a connection', async () => {
    const port = await startFilteredPort();
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ reason: 'port-filtered' });
    expect(found.problem?.message).toContain(`Port ${port} is filtered here`);
    expect(found.problem?.hint).toContain('proxy');
  });

  it('is a ban: accepted, then reset; asked once and not again', async () => {
    let connections = 0;
    const port = await startTcpServer((socket) => {
      connections += 1;
      reset(socket);
    });
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ reason: 'connection-reset' });
    expect(found.printed).toContain('answers as if this address were banned');
    expect(found.printed).toContain('Wait 4 hours');
    expect(connections).toBe(1);
  });

  it('is a ban after the greeting too', async () => {
    const port = await startTcpServer((socket) => {
      socket.write('@RSYNCD: 31.0\n');
      socket.once('data', () => reset(socket));
    });
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem?.reason).toBe('connection-reset');
  });

  it('is a server that closes at once', async () => {
    const port = await startTcpServer((socket) => socket.end());
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem?.reason).toBe('closed-before-greeting');
  });

  it('is a server that stays silent', async () => {
    const port = await startTcpServer(() => undefined);
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ reason: 'mirror-timeout' });
    expect(found.problem?.message).toContain('stays silent');
  });

  it('is a captive portal that speaks first, or that waits for us', async () => {
    const page = 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>login</html>';
    const first = await startTcpServer((socket) => socket.end(page));
    const waiting = await startTcpServer((socket) => {
      socket.once('data', () => socket.end(page.replace('200 OK', '400 Bad Request')));
    });
    for (const port of [first, waiting]) {
      const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
      expect(found.problem).toMatchObject({ reason: 'captive-portal' });
      expect(found.problem?.found).toMatch(/^HTTP\/1\.1 [24]00/);
    }
  });

  it('is another protocol', async () => {
    const port = await startTcpServer((socket) => socket.write('220 ftp ready\r\n'));
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ reason: 'not-rsync', found: '220 ftp ready' });
  });

  it('cannot move the cursor, forge a line or fill the memory', async () => {
    const hostile = '\x1b[2J::error::forged ##[error]forged \u202e\r';
    const port = await startTcpServer((socket) => {
      socket.write('@RSYNCD: 31.0\n');
      socket.once('data', () => socket.write(`@ERROR: ${hostile}\n${'x'.repeat(1 << 20)}`));
    });
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.verdict).toBe('unusable');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(found.printed).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]|##\[|^\s*::/m);
  });

  it('is a list of modules without end, which is cut off by time', async () => {
    const port = await startTcpServer((socket) => {
      socket.write('@RSYNCD: 31.0\n');
      const timer = setInterval(() => socket.write('a\tb\n'), 50);
      socket.once('close', () => clearInterval(timer));
    });
    const url = `rsync://127.0.0.1:${port}/tensorflow/`;
    const found = await probeMirror(url, { timeLimitMs: 800 });
    expect(found.problem?.reason).toBe('time-limit');
  });
});

describe('a daemon that is slow', () => {
  it('to list is told as answering, not as unusable', async () => {
    const port = await startTcpServer((socket) => {
      socket.write('@RSYNCD: 31.0 sha512 md5\n');
      socket.on('data', (data) => {
        if (data.includes('#list')) socket.end('tensorflow     \tTF\n@RSYNCD: EXIT\n');
      });
    });
    const url = `rsync://127.0.0.1:${port}/tensorflow/`;
    const found = await probeMirror(url, { timeLimitMs: 1500 });
    expect(found).toMatchObject({ verdict: 'reachable', modules: { names: ['tensorflow'] } });
    expect(found.printed).toContain('was not listed within 1.5 seconds');
  });

  it('to answer for a module, longer than it may, cannot be used', async () => {
    const port = await startTcpServer((socket) => {
      socket.write('@RSYNCD: 31.0 sha512 md5\n');
      socket.on('data', (data) => {
        if (data.includes('#list')) socket.end('tensorflow     \tTF\n@RSYNCD: EXIT\n');
      });
    });
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem?.reason).toBe('mirror-timeout');
  });
});
