import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RsyncMirrorOptions } from '../../../src/mirror/rsync/rsync-mirror.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { freePort, type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';
import { useRsyncWorkbench } from '../../support/rsync-workbench.ts';

const bench = useRsyncWorkbench();
let daemon: RsyncDaemon;

beforeAll(async () => {
  const tensorflow = join(bench.root, 'bucket');
  const secrets = join(bench.root, 'secrets');
  bench.put('bucket/linux/a.whl', 'wheel');
  writeFileSync(secrets, 'ci:pass word\n', { mode: 0o600 });
  daemon = await startRsyncDaemon({
    modules: {
      tensorflow,
      secret: { path: tensorflow, lines: ['auth users = ci', `secrets file = ${secrets}`] },
      denied: { path: tensorflow, lines: ['hosts deny = *'] },
      gone: join(bench.root, 'not-there'),
      refusing: { path: tensorflow, lines: ['refuse options = files-from dirs'] },
      full: { path: tensorflow, lines: ['max connections = 1'] },
    },
  });
});
afterAll(() => daemon.stop());

async function faulty(faultFor: (connection: number) => Fault | undefined): Promise<FaultProxy> {
  const proxy = await startFaultProxy(daemon.port, faultFor);
  onTestFinished(() => proxy.stop());
  return proxy;
}

describe('a mirror that refuses, and what is said', () => {
  const listing = (url: string, changes: Partial<RsyncMirrorOptions> = {}) =>
    bench.mirror(url, { retries: 2, ...changes }).listFolders('tensorflow', ['linux']);

  test('an unknown module: the modules there are', async () => {
    await expect(listing(daemon.url('tensorflows'))).rejects.toMatchObject({
      code: 'configuration',
      message: "The mirror has no module 'tensorflows'.",
      hint: expect.stringMatching(/Did you mean tensorflow\? It offers: .*tensorflow, /),
      where: daemon.url('tensorflows'),
    });
    expect(bench.pauses).toEqual([]);
  });

  test('a folder of the module that is not there is not an empty mirror', async () => {
    await expect(listing(`${daemon.url('tensorflow')}a%20b/`)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('"a b/" in it is not'),
    });
  });

  test('nobody listens: few tries with growing pauses', async () => {
    const port = await freePort();
    await expect(listing(`rsync://127.0.0.1:${port}/tensorflow/`)).rejects.toMatchObject({
      code: 'no-mirror',
      message: 'The mirror cannot be reached: Connection refused.',
      hint: expect.stringContaining('873'),
    });
    expect(bench.pauses).toEqual([3_000, 12_000]);
  });

  test('a host that has no address', async () => {
    await expect(
      listing('rsync://no-such-host.invalid/tensorflow/', { retries: 0 }),
    ).rejects.toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('could not be resolved'),
    });
  });

  test.each([
    ['no user', '', 'pass word', 'the URL names no user', 'rsync://USER@host'],
    ['no password', 'ci@', undefined, 'none was given', 'TFCACHE_RSYNC_PASSWORD'],
    ['an empty one', 'ci@', '', 'rsync-password is empty', 'pull requests from forks'],
    ['a wrong one', 'ci@', 'wrong', 'refused the user name or the password', 'Check'],
    ['a wrong user', 'other@', 'pass word', 'refused the user name or the password', 'Check'],
  ])('password: %s', async (_what, user, password, message, hint) => {
    const url = daemon.url('secret').replace('//', `//${user}`);
    await expect(listing(url, { password })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(
        new RegExp(`module secret.*${message}|${message}.*module secret`),
      ),
      hint: expect.stringContaining(hint),
    });
    expect(bench.pauses).toEqual([]);
  });

  test('password: the right one', async () => {
    const url = daemon.url('secret');
    const named = url.replace('//', '//ci@');
    const right = bench.mirror(named, { password: 'pass word' });
    expect(await right.listTree('tensorflow', 'empty')).toEqual([]);
    expect(right.url).toBe(url);
    expect(bench.log.lines.join('\n')).not.toContain('pass word');
    expect(bench.pauses).toEqual([]);
  });

  test.each([
    ['denied', "does not serve its module 'denied'", []],
    ['gone', 'chdir failed', []],
    ['refusing', 'refuse an option', []],
  ])('module %s', async (module, message, expectedPauses) => {
    await expect(listing(daemon.url(module))).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining(message),
    });
    expect(bench.pauses).toEqual(expectedPauses);
  });

  test('a module whose connections are all taken: few tries with growing pauses', async () => {
    const holder = connect(daemon.port, '127.0.0.1');
    holder.write('@RSYNCD: 31.0 md5\nfull\n');
    const answered = new Promise<void>((resolve) => {
      holder.on('data', (data) => {
        if (data.includes('@RSYNCD: OK')) resolve();
      });
    });
    await answered;
    await expect(listing(daemon.url('full'))).rejects.toMatchObject({
      code: 'no-mirror',
      message: 'The mirror is full: max connections (1) reached.',
    });
    expect(bench.pauses).toEqual([3_000, 12_000]);
    holder.destroy();
  });

  test.each([
    ['before the greeting', 0],
    ['after the greeting', 20],
  ])('a reset %s: one more try, after a long pause', async (_when, after) => {
    const proxy = await faulty(() => ({ kind: 'cut', after, how: 'reset' }));
    await expect(listing(`rsync://127.0.0.1:${proxy.port}/tensorflow/`)).rejects.toMatchObject({
      code: 'no-mirror',
      hint: expect.stringMatching(/too often|later/),
    });
    expect(bench.pauses).toEqual([60_000]);
    // One of them asks whether TLS answers.
    expect(proxy.connections()).toBe(3);
  });

  test('a proxy that answers in its own language', async () => {
    const proxy = await faulty(() => ({
      kind: 'answer',
      text: 'HTTP/1.1 403 Forbidden\r\n\r\n<html>::error::x',
    }));
    await expect(listing(`rsync://127.0.0.1:${proxy.port}/tensorflow/`)).rejects.toMatchObject({
      message: expect.stringContaining('HTTP/1.1 403 Forbidden'),
      hint: expect.stringContaining('proxy'),
    });
    expect(bench.pauses).toEqual([]);
  });
});
