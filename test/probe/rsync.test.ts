import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NOW, probeMirror, probeMirrors } from '../support/probing.ts';
import {
  type DaemonModule,
  freePort,
  type RsyncDaemon,
  startRsyncDaemon,
} from '../support/rsync-daemon.ts';
import { reset, startFilteredPort, startTcpServer } from '../support/tcp-servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { traceText } from '../support/trace.ts';

const DAY = 86_400;

async function daemonWith(modules: Record<string, DaemonModule>): Promise<RsyncDaemon> {
  const daemon = await startRsyncDaemon({ modules });
  onTestFinished(() => daemon.stop());
  return daemon;
}

/** A small mirror: one wheel, some days old. */
function mirrorFolder(age = 2 * DAY): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'linux/cpu'), { recursive: true });
  writeFileSync(join(folder, 'linux/cpu/a.whl'), 'wheel');
  utimesSync(join(folder, 'linux/cpu/a.whl'), NOW - age, NOW - age);
  return folder;
}

function writeTrace(folder: string, finished: number): void {
  mkdirSync(join(folder, '@tfcache'));
  const trace = traceText({ finished: new Date(finished * 1000).toISOString() });
  writeFileSync(join(folder, '@tfcache/trace.json'), trace);
}

describe('a good daemon', () => {
  it('is usable, and says what it is, has and offers', async () => {
    const folder = mirrorFolder();
    const daemon = await daemonWith({ tensorflow: folder, keras: folder });
    const found = await probeMirror(daemon.url('tensorflow'));
    expect(found).toMatchObject({
      verdict: 'usable',
      problem: undefined,
      modules: { names: ['keras', 'tensorflow'], total: 2 },
      content: { names: ['linux/'], total: 1 },
      freshness: { state: 'unknown', newestFile: NOW - 2 * DAY },
    });
    expect(found.server).toMatch(/^rsync daemon, protocol 3\d\.\d \(.*md5/);
    expect(found.roundTrips.map(({ of, samples }) => [of, samples.length])).toEqual([
      ['connect', 3],
      ['greeting', 3],
    ]);
    expect(found.printed).toContain('newest file seen: 2026-11-20, 2 days ago');
    expect(found.printed).toContain('The mirror can be used.');
  });

  it('is fresh or stale by its trace, not by its files', async () => {
    const fresh = mirrorFolder(3000 * DAY);
    writeTrace(fresh, NOW - 3 * 3600);
    const stale = mirrorFolder(0);
    writeTrace(stale, Date.UTC(2018, 0, 13) / 1000);
    const daemon = await daemonWith({ fresh, stale });
    const one = await probeMirror(daemon.url('fresh'));
    expect(one.freshness).toMatchObject({ state: 'fresh', lastSync: NOW - 3 * 3600 });
    const two = await probeMirror(daemon.url('stale'));
    expect(two).toMatchObject({ verdict: 'usable', freshness: { state: 'stale' } });
    expect(two.printed).toMatch(/^stale +rsync:/m);
    expect(two.printed).toContain('last synced 2018-01-13, 8 years ago: stale');
    const patient = await probeMirror(daemon.url('stale'), { staleAfterDays: 10_000 });
    expect(patient.freshness.state).toBe('fresh');
  });

  it('with a trace that is none is judged as without', async () => {
    const folder = mirrorFolder();
    mkdirSync(join(folder, '@tfcache'));
    writeFileSync(join(folder, '@tfcache/trace.json'), 'x'.repeat(100));
    const daemon = await daemonWith({ tensorflow: folder });
    const found = await probeMirror(daemon.url('tensorflow'));
    expect(found).toMatchObject({ verdict: 'usable', freshness: { state: 'unknown' } });
  });

  it('is asked whether it lets us in where there is no rsync program', async () => {
    const daemon = await daemonWith({ tensorflow: mirrorFolder() });
    const options = { rsyncPath: 'no-such-rsync' };
    const found = await probeMirror(daemon.url('tensorflow'), options);
    expect(found).toMatchObject({ verdict: 'reachable', problem: undefined });
    expect(found.printed).toContain('The module is there; without a usable rsync program');
    const wrong = await probeMirror(daemon.url('tensorflov'), options);
    expect(wrong.problem).toMatchObject({
      kind: 'unknown-module',
      hint: 'Did you mean tensorflow?',
    });
  });

  it('named without a module is asked what it offers', async () => {
    const daemon = await daemonWith({ tensorflow: mirrorFolder() });
    const found = await probeMirror(`rsync://127.0.0.1:${daemon.port}/`);
    expect(found).toMatchObject({ verdict: 'reachable', modules: { names: ['tensorflow'] } });
  });

  it('never has two connections of ours at a time', async () => {
    let open = 0;
    let most = 0;
    const daemon = await daemonWith({ tensorflow: mirrorFolder() });
    const { connect } = await import('node:net');
    const port = await startTcpServer((socket) => {
      open += 1;
      // The end of the connection before may be seen after the begin of this one.
      setTimeout(() => {
        most = Math.max(most, open);
      }, 5);
      const inner = connect(daemon.port, '127.0.0.1');
      inner.on('error', () => socket.destroy());
      socket.pipe(inner).pipe(socket);
      socket.once('close', () => {
        open -= 1;
        inner.destroy();
      });
    });
    const url = `rsync://127.0.0.1:${port}/tensorflow/`;
    const report = await probeMirrors([url, `${url}linux/`]);
    expect(report.mirrors.map(({ verdict }) => verdict)).toEqual(['usable', 'usable']);
    expect(most).toBe(1);
  });
});

describe('a daemon that refuses', () => {
  it('names what it offers when the module is wrong', async () => {
    const folder = mirrorFolder();
    const daemon = await daemonWith({ tensorflow: folder, keras: folder });
    const found = await probeMirror(daemon.url('tensorflw'));
    expect(found.problem).toMatchObject({
      kind: 'unknown-module',
      message: 'The mirror has no module tensorflw; it offers keras, tensorflow.',
      hint: 'Did you mean tensorflow?',
    });
    expect(found.printed).toContain('The mirror cannot be used.');
  });

  it('names the folder that is not in the module', async () => {
    const daemon = await daemonWith({ tensorflow: mirrorFolder() });
    const found = await probeMirror(`${daemon.url('tensorflow')}nope/`);
    expect(found.problem).toMatchObject({ kind: 'unknown-folder' });
    expect(found.problem?.message).toContain('nope');
  });

  it('by address, by password, by number, by an empty or a missing folder', async () => {
    const folder = mirrorFolder();
    const secrets = join(temporaryFolder(), 'secrets');
    writeFileSync(secrets, 'ci:geheim\n');
    chmodSync(secrets, 0o600);
    const daemon = await daemonWith({
      closed: { path: folder, lines: ['hosts deny = *'] },
      login: { path: folder, lines: ['auth users = ci', `secrets file = ${secrets}`] },
      full: { path: folder, lines: ['max connections = -1'] },
      gone: join(folder, 'nowhere'),
      empty: temporaryFolder(),
    });
    const kindOf = async (url: string, password?: string) => {
      const found = await probeMirror(url, { rsyncPassword: password });
      expect(found.verdict === 'unusable').toBe(found.problem !== undefined);
      expect(found.printed).not.toContain('geheim');
      return found.problem?.kind;
    };
    expect(await kindOf(daemon.url('closed'))).toBe('access-denied');
    expect(await kindOf(daemon.url('login'))).toBe('auth');
    expect(await kindOf(`rsync://ci@127.0.0.1:${daemon.port}/login/`, 'wrong')).toBe('auth');
    expect(await kindOf(`rsync://ci@127.0.0.1:${daemon.port}/login/`, 'geheim')).toBeUndefined();
    expect(await kindOf(daemon.url('full'))).not.toBe('unknown-module');
    expect(await kindOf(daemon.url('gone'))).toBe('failed');
    expect(await kindOf(daemon.url('empty'))).toBe('empty');
  });

  it('because it is full says so by its own number', async () => {
    const port = await startTcpServer((socket) => {
      socket.write('@RSYNCD: 31.0 sha512 md5\n');
      socket.on('data', (data) => {
        if (data.includes('#list')) socket.end('tensorflow     \tTF\n@RSYNCD: EXIT\n');
        else if (/\ntensorflow\n|^tensorflow\n/.test(data.toString()))
          socket.end('@ERROR: max connections (4) reached -- try again later\n');
      });
    });
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ kind: 'full' });
    expect(found.problem?.message).toContain('max connections (4) reached');
  });
});

describe('what is no daemon', () => {
  it('is a port where nothing listens', async () => {
    const found = await probeMirror(`rsync://127.0.0.1:${await freePort()}/tensorflow/`);
    expect(found.problem).toMatchObject({ kind: 'refused' });
    // Two addresses, and an error for each.
    const both = await probeMirror(`rsync://localhost:${await freePort()}/tensorflow/`);
    expect(both.problem).toMatchObject({ kind: 'refused' });
    expect(both.problem?.found).toContain('connect ECONNREFUSED 127.0.0.1');
  });

  it('is a name that does not exist', async () => {
    const found = await probeMirror('rsync://no-such-host.invalid/tensorflow/');
    expect(found.problem?.kind).toBe('dns');
  });

  it('is a filtered port, within the time for a connection', async () => {
    const port = await startFilteredPort();
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ kind: 'filtered' });
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
    expect(found.problem).toMatchObject({ kind: 'reset' });
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
    expect(found.problem?.kind).toBe('reset');
  });

  it('is a server that closes at once', async () => {
    const port = await startTcpServer((socket) => socket.end());
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem?.kind).toBe('closed');
  });

  it('is a server that stays silent', async () => {
    const port = await startTcpServer(() => undefined);
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ kind: 'silent' });
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
      expect(found.problem).toMatchObject({ kind: 'captive-portal' });
      expect(found.problem?.found).toMatch(/^HTTP\/1\.1 [24]00/);
    }
  });

  it('is another protocol', async () => {
    const port = await startTcpServer((socket) => socket.write('220 ftp ready\r\n'));
    const found = await probeMirror(`rsync://127.0.0.1:${port}/tensorflow/`);
    expect(found.problem).toMatchObject({ kind: 'not-rsync', found: '220 ftp ready' });
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
    const found = await probeMirror(url, { timeLimit: 800 });
    expect(found.problem?.kind).toBe('time');
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
    const found = await probeMirror(url, { timeLimit: 1500 });
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
    expect(found.problem?.kind).toBe('silent');
  });
});

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

  it('of the environment that is none is told, and not heeded', async () => {
    const daemon = await daemonWith({ tensorflow: mirrorFolder() });
    const environment = { PATH: process.env['PATH'], RSYNC_PROXY: 'http://p:1' };
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
    expect(found.problem?.kind).toBe('proxy');
    expect(found.problem?.message).toContain(message);
  });

  it('that is not there tells so; one that is none is refused', async () => {
    const proxy = `127.0.0.1:${await freePort()}`;
    const found = await probeMirror('rsync://mirror.invalid/tensorflow/', { proxy });
    expect(found.problem).toMatchObject({ kind: 'proxy' });
    await expect(probeMirror('rsync://m.invalid/x/', { proxy: 'http://p:1' })).rejects.toThrow(
      'The proxy cannot be used',
    );
  });
});
