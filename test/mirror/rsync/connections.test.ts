import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { splitIntoBatches } from '../../../src/mirror/rsync/transfer/batches.ts';
import { startDelayingProxy } from '../../support/delaying-proxy.ts';
import { startFaultProxy } from '../../support/fault-proxy.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';
import { everythingIn, fetchInto, useRsyncWorkbench } from '../../support/rsync-workbench.ts';
import { rejectionOf } from '../../support/thrown.ts';

const MIB = 1024 * 1024;

describe('batches', () => {
  const files = (...sizes: number[]) =>
    sizes.map((size, index) => ({ path: `${index}`, size: size * MIB }));
  const sizes = (batches: { size: number }[][]) =>
    batches.map((batch) => batch.map(({ size }) => size / MIB));

  test.each([
    [
      [25, 25, 25, 25, 25, 25, 25, 25],
      4,
      [
        [25, 25],
        [25, 25],
        [25, 25],
        [25, 25],
      ],
    ],
    [[1, 2, 3, 100], 4, [[100], [3], [2], [1]]],
    [[100, 1, 1, 1, 1], 2, [[100], [1, 1, 1, 1]]],
    [[600], 4, [[600]]],
    [
      [5, 4, 3, 3, 3],
      2,
      [
        [5, 3],
        [4, 3, 3],
      ],
    ],
    [[100, 100], 1, [[100, 100]]],
  ])('%j over %i', (given, connections, expected) => {
    expect(sizes(splitIntoBatches(files(...given), connections))).toEqual(expected);
  });

  test('what is little goes over one connection, however many files it is', () => {
    const small = Array.from({ length: 1000 }, (_, index) => ({ path: `${index}`, size: 4096 }));
    expect(splitIntoBatches(small, 4)).toHaveLength(1);
    expect(splitIntoBatches(files(5, 4), 4)).toHaveLength(2);
    expect(splitIntoBatches([], 4)).toEqual([[]]);
  });

  test('each file is in one batch', () => {
    const all = files(...Array.from({ length: 50 }, (_, index) => (index * 7) % 13));
    const batches = splitIntoBatches(all, 3);
    expect(
      batches
        .flat()
        .map(({ path }) => path)
        .sort(),
    ).toEqual(all.map(({ path }) => path).sort());
  });
});

describe('several connections', () => {
  const bench = useRsyncWorkbench();
  let daemon: RsyncDaemon;
  beforeAll(async () => {
    for (let index = 0; index < 8; index += 1) {
      bench.put(`tree/folder ${index % 2}/file ${index}`, randomBytes(3 * MIB + index));
    }
    for (let index = 0; index < 20; index += 1) bench.put(`tree/small/${index}`, `small ${index}`);
    daemon = await startRsyncDaemon({
      modules: {
        tf: `${bench.root}/tree`,
        one: { path: `${bench.root}/tree`, lines: ['max connections = 1'] },
      },
    });
  });
  afterAll(() => daemon.stop());

  const expectAll = (staging: string, paths: readonly string[]) => {
    expect(everythingIn(staging)).toEqual([...paths].sort());
    for (const path of paths) {
      const same = readFileSync(join(staging, path)).equals(
        readFileSync(join(bench.root, 'tree', path)),
      );
      expect(same, path).toBe(true);
    }
  };

  test.each([1, 2, 4])('%i at once bring every file once', async (connections) => {
    const way = await startDelayingProxy(daemon.port, { roundTrip: 20, window: MIB });
    const mirror = bench.mirror(`rsync://127.0.0.1:${way.port}/tf/`, { connections });
    const listed = await mirror.listTree('tensorflow', '');
    const staging = bench.staging();
    const fetched = await fetchInto(mirror, listed, staging);
    await way.stop();
    expect(way.connections()).toBe(1 + connections);
    expect(way.most()).toBe(connections);
    expect(fetched.told.sort()).toEqual(listed.map(({ path }) => path).sort());
    expect(fetched.bytesReceived).toBe(fetched.bytesTold);
    const total = listed.reduce((sum, { size }) => sum + size, 0);
    expect(fetched.bytesReceived).toBeGreaterThanOrEqual(total);
    expect(fetched.bytesReceived).toBeLessThan(total * 1.02);
    expectAll(staging, fetched.told);
  });

  test('a mirror that serves one at a time: the one does the rest, without a pause', async () => {
    const mirror = bench.mirror(daemon.url('one'), { connections: 4, bandwidthLimit: 20_000 });
    const listed = await mirror.listTree('tensorflow', '');
    const staging = bench.staging();
    const fetched = await fetchInto(mirror, listed, staging);
    expect(fetched.told).toHaveLength(listed.length);
    expectAll(staging, fetched.told);
    expect(bench.pauses).toEqual([]);
  });

  test('one of them breaks: its files come over the others', async () => {
    const proxy = await startFaultProxy(daemon.port, (connection) =>
      connection === 3 ? { kind: 'cut', after: 2 * MIB, how: 'reset' } : undefined,
    );
    const mirror = bench.mirror(`rsync://127.0.0.1:${proxy.port}/tf/`, { connections: 4 });
    const listed = await mirror.listTree('tensorflow', '');
    const staging = bench.staging();
    const fetched = await fetchInto(mirror, listed, staging);
    const passed = proxy.passed().reduce((sum, bytes) => sum + bytes, 0);
    await proxy.stop();
    expectAll(staging, fetched.told);
    expect(fetched.told).toHaveLength(listed.length);
    expect(passed).toBeLessThan(27 * MIB);
  });

  test('cancelled: every one ends, what is complete and what is partial stays', async () => {
    const mirror = bench.mirror(daemon.url('tf'), { connections: 4, bandwidthLimit: 12_000 });
    const listed = await mirror.listTree('tensorflow', '');
    const staging = bench.staging();
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 1_000);
    const error = await rejectionOf(fetchInto(mirror, listed, staging, cancel.signal));
    expect(error.message).toBe('The transfer was cancelled.');
    expect(everythingIn(staging).filter((path) => path.includes('.tfcache-partial/'))).not.toEqual(
      [],
    );
    const rest = await fetchInto(bench.mirror(daemon.url('tf')), listed, staging);
    expect(rest.bytesReceived).toBeLessThan(24 * MIB);
    expectAll(staging, rest.told);
  });
});
