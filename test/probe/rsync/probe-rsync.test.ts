import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DAY, daemonWith, mirrorFolder, writeTrace } from '../../support/probed-daemon.ts';
import { NOW, probeAll, probeMirror } from '../../support/probing.ts';
import { startTcpServer } from '../../support/tcp-servers.ts';

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
      reason: 'module-unknown',
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
    const report = await probeAll([url, `${url}linux/`]);
    expect(report.mirrors.map(({ verdict }) => verdict)).toEqual(['usable', 'usable']);
    expect(most).toBe(1);
  });
});
