import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { FetchFile, Mirror } from '../../../../src/mirror/mirror.ts';
import { startFaultProxy } from '../../../support/fault-proxy.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../../support/rsync-daemon.ts';
import { fetchInto, useRsyncWorkbench } from '../../../support/rsync-workbench.ts';

const bench = useRsyncWorkbench();
const big = join(bench.root, 'big');
let daemon: RsyncDaemon;

beforeAll(async () => {
  bench.put('big/one', randomBytes(3_000_000));
  daemon = await startRsyncDaemon({ modules: { big } });
});
afterAll(() => daemon.stop());

const fetchAll = (mirror: Mirror, files: readonly FetchFile[]) =>
  fetchInto(mirror, files, bench.staging());

/** A program that answers the version probe as rsync does, and then behaves as no real rsync can be made to. */
function fakeRsync(behaviour: 'full' | 'hang' | 'endless-line' | 'environment'): string {
  const path = join(mkdtempSync(join(bench.root, 'fake-')), 'rsync');
  const acts = {
    full: 'echo "rsync: [receiver] write failed on \\"/x\\": No space left on device (28)" >&2; exit 11',
    hang: 'exec sleep 1000',
    'endless-line': 'exec head -c 3000000 /dev/zero',
    environment: `env > "${path}.env"; exec rsync "$@"`,
  };
  writeFileSync(
    path,
    `#!/bin/sh\nif [ "$1" = -VV ]; then exec rsync -VV; fi\n${acts[behaviour]}\n`,
    { mode: 0o755 },
  );
  return path;
}

describe('a run of rsync that goes wrong', () => {
  test.each([0, 2_000_000])('silence after %i bytes: the timeout ends it', async (after) => {
    const proxy = await startFaultProxy(daemon.port, () => ({ kind: 'silence', after }));
    onTestFinished(() => proxy.stop());
    const mirror = bench.mirror(`rsync://127.0.0.1:${proxy.port}/big/`, { timeout: 1 });
    await expect(
      fetchAll(mirror, [{ path: 'one', size: 3_000_000, mtime: undefined }]),
    ).rejects.toMatchObject({
      code: 'no-mirror',
      message: expect.stringMatching(/sent nothing for 1 seconds|no progress/),
    });
  });

  test('a full disk is no fault of the mirror', async () => {
    const mirror = bench.mirror(daemon.url('big'), { rsyncPath: fakeRsync('full') });
    await expect(
      fetchAll(mirror, [{ path: 'one', size: 3_000_000, mtime: undefined }]),
    ).rejects.toMatchObject({ code: 'no-space', hint: expect.stringContaining('Free space') });
  });

  test('a peer that keeps --timeout from firing is ended by our own clock', async () => {
    const mirror = bench.mirror(daemon.url('big'), { rsyncPath: fakeRsync('hang'), timeout: 0.2 });
    await expect(
      fetchAll(mirror, [{ path: 'one', size: 3_000_000, mtime: undefined }]),
    ).rejects.toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('no progress'),
    });
  });

  test('a listing without end does not fill the memory', async () => {
    const mirror = bench.mirror(daemon.url('big'), { rsyncPath: fakeRsync('endless-line') });
    await expect(mirror.listTree('tensorflow', '')).rejects.toMatchObject({ code: 'no-mirror' });
  });

  test('an rsync that is not there', async () => {
    await expect(
      bench.mirror(daemon.url('big'), { rsyncPath: '/no/rsync' }).listTree('tensorflow', ''),
    ).rejects.toMatchObject({
      code: 'failed',
      where: '/no/rsync',
    });
  });

  test('variables of rsync in the environment change nothing, and no secret reaches it', async () => {
    const script = fakeRsync('environment');
    await bench
      .mirror(daemon.url('big'), {
        rsyncPath: script,
        environment: {
          ...process.env,
          RSYNC_PROXY: 'http://user:secret@evil:1',
          RSYNC_RSH: 'touch /tmp/y',
          RSYNC_CONNECT_PROG: 'touch /tmp/x',
          'INPUT_RSYNC-PASSWORD': 'secret',
          ACTIONS_RUNTIME_TOKEN: 'secret',
        },
      })
      .listTree('tensorflow', '');
    const seen = readFileSync(`${script}.env`, 'utf8').split('\n');
    expect(seen.filter((line) => /^(?:RSYNC|INPUT|ACTIONS)_|secret/.test(line))).toEqual([
      'RSYNC_PASSWORD=',
    ]);
    expect(seen).toEqual(expect.arrayContaining(['LC_ALL=C', 'TZ=UTC']));
    expect(bench.log.lines.join('\n')).toContain('RSYNC_PROXY is not of the form host:port');
    expect(bench.log.lines.join('\n')).not.toContain('secret');
  });
});
