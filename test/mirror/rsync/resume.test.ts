import { randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { FetchFile, Mirror } from '../../../src/mirror/mirror.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';
import { everythingIn, fetchInto, useRsyncWorkbench } from '../../support/rsync-workbench.ts';
import { expectSameBytes } from '../../support/same-bytes.ts';

const bench = useRsyncWorkbench();
const big = join(bench.root, 'big');
let daemon: RsyncDaemon;

beforeAll(async () => {
  for (const name of ['one', 'two', 'three']) bench.put(`big/${name}`, randomBytes(3_000_000));
  daemon = await startRsyncDaemon({ modules: { big } });
});
afterAll(() => daemon.stop());

let staging: string;
beforeEach(() => {
  staging = bench.staging();
});

const fetchAll = (mirror: Mirror, files: readonly FetchFile[], signal?: AbortSignal) =>
  fetchInto(mirror, files, staging, signal);

async function faulty(faultFor: (connection: number) => Fault | undefined): Promise<FaultProxy> {
  const proxy = await startFaultProxy(daemon.port, faultFor);
  onTestFinished(() => proxy.stop());
  return proxy;
}

/** Bytes of the temporary file that rsync is writing now. */
function bytesOnTheWay(): number {
  const name = readdirSync(staging).find((entry) => entry.startsWith('.one.'));
  if (name === undefined) return 0;
  return lstatSync(join(staging, name), { throwIfNoEntry: false })?.size ?? 0;
}

describe('going on after the end came too early', () => {
  test('cancelled half way: rsync is asked to end, and the next run transfers less', async () => {
    const slow = bench.mirror(daemon.url('big'), { bandwidthLimit: 2_000 });
    const tree = (await slow.listTree('tensorflow', '')).filter(({ path }) => path === 'one');
    const cancel = new AbortController();
    const timer = setInterval(() => {
      if (bytesOnTheWay() > 500_000) cancel.abort();
    }, 20);
    const failed = fetchAll(slow, tree, cancel.signal).finally(() => clearInterval(timer));
    await expect(failed).rejects.toMatchObject({ message: 'The transfer was cancelled.' });
    expect(readdirSync(staging)).toEqual(['.tfcache-partial']);
    const rest = await fetchAll(bench.mirror(daemon.url('big')), tree);
    expect(rest.told).toEqual(['one']);
    expect(rest.bytesReceived).toBeLessThan(2_700_000);
    expectSameBytes(join(staging, 'one'), join(big, 'one'));
    expect(everythingIn(staging)).toEqual(['one']);
  });

  test('what is gone on with is progress as well: told, and no reason to give up', async () => {
    const half = readFileSync(join(big, 'one')).subarray(0, 600_000);
    mkdirSync(join(staging, '.tfcache-partial'));
    writeFileSync(join(staging, '.tfcache-partial/one'), half);
    // Three times the timeout is when our own clock ends it: before all of it is here.
    const mirror = bench.mirror(daemon.url('big'), { bandwidthLimit: 300, timeout: 2 });
    const seen: number[] = [];
    await mirror.fetch(
      'tensorflow',
      [{ path: 'one', size: 3_000_000, mtime: undefined }],
      staging,
      { onFile: () => seen.push(-1), onBytes: (bytes) => seen.push(bytes) },
    );
    expect(seen.indexOf(-1)).toBeGreaterThan(1);
    expectSameBytes(join(staging, 'one'), join(big, 'one'));
  });

  test('killed outright: what lies about is gone on from, and nothing is left lying', async () => {
    const half = readFileSync(join(big, 'one')).subarray(0, 2_000_000);
    writeFileSync(join(staging, '.one.Ab12Xy'), half);
    writeFileSync(join(staging, '.one.000000'), half.subarray(0, 10));
    writeFileSync(join(staging, '.other.Ab12Xy'), 'of a file that nobody asked for');
    const mirror = bench.mirror(daemon.url('big'));
    const tree = (await mirror.listTree('tensorflow', '')).filter(({ path }) => path === 'one');
    const fetched = await fetchAll(mirror, tree);
    expect(fetched.bytesReceived).toBeLessThan(1_200_000);
    expectSameBytes(join(staging, 'one'), join(big, 'one'));
    expect(everythingIn(staging)).toEqual(['.other.Ab12Xy', 'one']);
  });

  test('the connection breaks in the middle: tried again, only for the rest', async () => {
    const proxy = await faulty((connection) =>
      connection === 2 ? { kind: 'cut', after: 4_000_000, how: 'end' } : undefined,
    );
    const mirror = bench.mirror(`rsync://127.0.0.1:${proxy.port}/big/`, { retries: 2 });
    const tree = await mirror.listTree('tensorflow', '');
    const fetched = await fetchAll(mirror, tree);
    expect([...fetched.told].sort()).toEqual(['one', 'three', 'two']);
    expect(proxy.connections()).toBe(3);
    expect(bench.pauses).toEqual([3_000]);
    expect(bench.log.lines.join('\n')).toContain('Trying again in 3 s, further try 1 of 2');
    // Less than all of it came a second time.
    expect(proxy.passed()[2]).toBeLessThan(6_500_000);
    expect(fetched.bytesTold).toBe(fetched.bytesReceived);
  });

  test('the daemon dies in the middle: what was complete stays, the error says so', async () => {
    const mortal = await startRsyncDaemon({ modules: { big } });
    const mirror = bench.mirror(mortal.url('big'), { bandwidthLimit: 3_000, retries: 1 });
    const tree = await mirror.listTree('tensorflow', '');
    const told: string[] = [];
    const failed = mirror.fetch('tensorflow', tree, staging, {
      onFile: (path) => {
        told.push(path);
        void mortal.kill();
      },
      onBytes: () => undefined,
    });
    await expect(failed).rejects.toMatchObject({ code: 'no-mirror' });
    expect(bench.pauses).toEqual([3_000]);
    expect(told).toHaveLength(1);
    expectSameBytes(join(staging, told[0] ?? ''), join(big, told[0] ?? ''));
    await mortal.stop();
  });

  test('a byte that changes on the way is noticed by the protocol, never told as a file', async () => {
    const proxy = await faulty((connection) =>
      connection === 2 ? { kind: 'corrupt', at: 1_500_000 } : undefined,
    );
    const mirror = bench.mirror(`rsync://127.0.0.1:${proxy.port}/big/`);
    const tree = await mirror.listTree('tensorflow', '');
    const told: string[] = [];
    const events = { onFile: (path: string) => void told.push(path), onBytes: () => undefined };
    await mirror.fetch('tensorflow', tree, staging, events).catch(() => undefined);
    for (const path of told) {
      expectSameBytes(join(staging, path), join(big, path));
    }
  });
});
