import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formatAge } from '../../src/probe/report/age.ts';
import { renderProbeReport } from '../../src/probe/report/render.ts';
import { explainUnknownModule } from '../../src/probe/rsync/explain-module.ts';
import { findKnownSite } from '../../src/probe/status/known-sites.ts';
import { parseProbeTargets } from '../../src/probe/target.ts';
import { NOW, probeAll, probeMirror } from '../support/probing.ts';
import { freePort } from '../support/rsync-daemon.ts';
import { ROOT } from '../support/runner.ts';
import { startTcpServer } from '../support/tcp-servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { thrownBy } from '../support/thrown.ts';

function share(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'linux'));
  writeFileSync(join(folder, 'linux/a.whl'), 'wheel');
  return pathToFileURL(folder).href;
}

describe('targets', () => {
  it('are read as the input mirrors has them', () => {
    const targets = parseProbeTargets([
      '# ours\npypi=pip\nrsync://ci@mirror.example:8730/{bucket}/\nkeras=https://u:p@m.example/{bucket}/',
      'mirror.example::tensorflow',
      'ssh://u@[::1]:2222/srv/',
      'rsync://mirror.example',
      'file:///mnt/x/',
    ]);
    expect(targets.map(({ transport, shown, bucket }) => [transport, shown, bucket])).toEqual([
      ['index', 'pypi=pip', 'pypi'],
      ['rsync', 'rsync://mirror.example:8730/tensorflow/', 'tensorflow'],
      ['https', 'https://m.example/keras/', 'keras'],
      ['rsync', 'mirror.example::tensorflow', 'tensorflow'],
      ['ssh', 'ssh://[::1]:2222/srv/', 'tensorflow'],
      ['rsync', 'rsync://mirror.example', 'tensorflow'],
      ['file', 'file:///mnt/x/', 'tensorflow'],
    ]);
    expect(targets[4]).toMatchObject({ host: '::1', port: 2222 });
    expect(targets[5]).toMatchObject({ named: 'host' });
  });

  it.each([
    ['mirror.example', 'no scheme'],
    ['ftp://mirror.example/x/', 'ftp:// is no transport'],
    ['rsync://a b/x/', 'white space'],
    ['rsync://-oProxyCommand=x/y/', ''],
    ['ssh://-oProxyCommand=x/y/', ''],
    ['ssh://u:geheim@h/y/', 'password'],
    ['rsync://u:geheim@h/y/', 'password'],
    ['BUCKET=', 'no scheme'],
  ])('%j is refused', (line, message) => {
    const error = thrownBy(() => parseProbeTargets([line]));
    expect(error.code).toBe('usage');
    expect(error.message).toContain(message);
    expect(JSON.stringify([error.message, error.where, error.found])).not.toContain('geheim');
  });
});

describe('a share', () => {
  it('is usable; an empty or missing one is not', async () => {
    expect(await probeMirror(share())).toMatchObject({
      verdict: 'usable',
      content: { names: ['linux/'] },
    });
    const empty = await probeMirror(pathToFileURL(temporaryFolder()).href);
    expect(empty.problem).toMatchObject({ reason: 'mirror-empty' });
    expect(empty.problem?.hint).toContain('mount');
    expect((await probeMirror('file:///no/such/folder/')).problem?.reason).toBe('folder-unknown');
  });
});

describe('an SSH server', () => {
  it('answers with its banner, after whatever it says before', async () => {
    const port = await startTcpServer((socket) =>
      socket.write('Welcome\r\nSSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
    );
    const found = await probeMirror(`ssh://ci@127.0.0.1:${port}/srv/`);
    expect(found).toMatchObject({
      verdict: 'reachable',
      server: 'SSH-2.0-OpenSSH_9.2p1 Debian-2',
      url: `ssh://127.0.0.1:${port}/srv/`,
    });
    expect(found.printed).toMatch(/^answers +ssh:/m);
  });

  it.each([
    ['HTTP/1.1 400 Bad Request\r\n', 'not-ssh'],
    ['@RSYNCD: 31.0\n', 'not-ssh'],
    ['', 'closed-before-greeting'],
  ])('is not what says %j', async (text, reason) => {
    const port = await startTcpServer((socket) => socket.end(text));
    expect((await probeMirror(`ssh://127.0.0.1:${port}/srv/`)).problem?.reason).toBe(reason);
  });
});

describe('public sites', () => {
  it('are known by their hosts, and not by those that end alike', () => {
    expect(findKnownSite('mirrors.tuna.tsinghua.edu.cn')?.name).toBe('TUNA');
    expect(findKnownSite('Mirrors4.TUNA.tsinghua.edu.cn')?.name).toBe('TUNA');
    expect(findKnownSite('rsync.mirrors.ustc.edu.cn')?.name).toBe('USTC');
    expect(findKnownSite('evilmirrors.tuna.tsinghua.edu.cn')).toBeUndefined();
    expect(findKnownSite('mirrors.tuna.tsinghua.edu.cn.evil.example')).toBeUndefined();
  });

  it('are told honestly to have no tensorflow', () => {
    const site = findKnownSite('mirrors.tuna.tsinghua.edu.cn');
    const problem = { reason: 'module-unknown' as const, message: '', found: '', hint: '' };
    const offered = { names: ['pypi', 'ubuntu'], total: 2 };
    const explained = explainUnknownModule(problem, 'tensorflow', offered, site);
    expect(explained.message).toBe('The mirror has no module tensorflow; it offers pypi, ubuntu.');
    expect(explained.hint).toContain('TUNA retired its tensorflow mirror in 2018');
    expect(explainUnknownModule(problem, 'pipy', offered, site).hint).toBe('Did you mean pypi?');
  });
});

describe('the report', () => {
  it('keeps the order of the mirrors, one line each at least, in 96 columns', async () => {
    const mirrors = [`rsync://127.0.0.1:${await freePort()}/x/`, share(), 'file:///no/such/'];
    const report = await probeAll(mirrors);
    expect(report.mirrors.map(({ verdict }) => verdict)).toEqual([
      'unusable',
      'usable',
      'unusable',
    ]);
    const lines = renderProbeReport(report, { colour: 'plain' });
    expect(lines.at(-1)).toBe('1 of 3 mirrors can be used.');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(96);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what must not be there
    expect(lines.join('\n')).not.toMatch(/\x1b/);
    expect(renderProbeReport(report, { colour: 'colour' })[0]).toContain('\x1b[31munusable');
  });

  it('stops when the user stops', async () => {
    const port = await startTcpServer(() => undefined);
    const stop = new AbortController();
    const running = probeAll([`rsync://127.0.0.1:${port}/x/`], {
      signal: stop.signal,
      onStart: () => setTimeout(() => stop.abort(new Error('Stopped by SIGINT.')), 50),
    });
    await expect(running).rejects.toThrow('Stopped by SIGINT');
  });

  it.each([
    [30, 'just now'],
    [90, '1 minute ago'],
    [7200, '2 hours ago'],
    [3600, '60 minutes ago'],
    [47 * 3600, '47 hours ago'],
    [3 * 86_400, '3 days ago'],
    [400 * 86_400, '1 year ago'],
    [8.9 * 365.25 * 86_400, '8 years ago'],
    [-3600, 'ahead of this machine’s clock'],
  ])('tells an age of %d seconds', (age, text) => {
    expect(formatAge(NOW - age, NOW)).toBe(text);
  });
});

describe('tfcache probe', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'src/cli/main.ts'), 'probe', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    });

  it('prints text and ends with 0 when one mirror can be used', () => {
    const result = run('file:///no/such/', share());
    expect(result.stdout).toContain('1 of 2 mirrors can be used.');
    expect(result.stderr).toContain('Probing file:///no/such/ (at most 10 s)');
    expect(result.status).toBe(0);
  });

  it('prints JSON and ends with 7 when none can and a retry does not help', () => {
    const result = run('--mirrors', 'file:///no/such/', '--json');
    expect(JSON.parse(result.stdout)).toMatchObject({
      format: 'tfcache-probe/1',
      staleAfterDays: 7,
      mirrors: [{ verdict: 'unusable', problem: { reason: 'folder-unknown' } }],
    });
    expect(result.status).toBe(7);
    const unreachable = run('file:///no/such/', 'rsync://127.0.0.1:1/tensorflow/');
    expect(unreachable.status).toBe(5);
  });

  it.each([
    [['mirror.example']],
    [['file:///x/', '--offline']],
    [['file:///x/', '--timeout', '0']],
  ])('%j is wrong use', (args) => {
    const result = run(...args);
    expect(result.status).toBe(2);
    expect(result.stdout).toBe('');
  });
});
