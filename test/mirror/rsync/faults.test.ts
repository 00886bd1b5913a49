import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RsyncMirrorOptions } from '../../../src/mirror/rsync/rsync-mirror.ts';
import { type Fault, startFaultProxy } from '../../support/fault-proxy.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';
import { everythingIn, fetchInto, useRsyncWorkbench } from '../../support/rsync-workbench.ts';

const content = { one: randomBytes(400_000), two: randomBytes(400_000), three: randomBytes(50) };
const files = Object.entries(content).map(([path, bytes]) => ({
  path,
  size: bytes.length,
  mtime: undefined,
}));
const NAMES = Object.keys(content).sort();
const bench = useRsyncWorkbench();
let daemon: RsyncDaemon;

beforeAll(async () => {
  for (const [path, bytes] of Object.entries(content)) bench.put(`tree/${path}`, bytes);
  daemon = await startRsyncDaemon({ modules: { tf: join(bench.root, 'tree') } });
});
afterAll(() => daemon.stop());

/** Fetches through a proxy that does what is said to each connection in turn, then nothing. What is told must be right. */
async function fetchThrough(
  faults: readonly (Fault | undefined)[],
  changes: Partial<RsyncMirrorOptions> = {},
) {
  const proxy = await startFaultProxy(daemon.port, (connection) => faults[connection - 1]);
  const mirror = bench.mirror(`rsync://127.0.0.1:${proxy.port}/tf/`, { retries: 2, ...changes });
  const staging = bench.staging();
  const told: string[] = [];
  const events = { onFile: (path: string) => told.push(path), onBytes: () => undefined };
  const outcome = await mirror
    .fetch('tensorflow', files, staging, events)
    .catch((error: Error) => error);
  for (const path of told) {
    const right = readFileSync(join(staging, path)).equals(
      readFileSync(join(bench.root, 'tree', path)),
    );
    expect(right, path).toBe(true);
  }
  // Nothing but whole files and what is kept to go on from.
  const others = everythingIn(staging).filter((path) => !told.includes(path));
  expect(others.filter((path) => !path.startsWith('.tfcache-partial/'))).toEqual([]);
  await proxy.stop();
  return { outcome, told: told.sort(), connections: proxy.connections(), staging };
}

const reset = (after: number): Fault => ({ kind: 'cut', after, how: 'reset' });
const end = (after: number): Fault => ({ kind: 'cut', after, how: 'end' });

describe('a server that flaps', () => {
  test.each<[string, Fault[], number[]]>([
    [
      'full stop, then a cut in the middle, then well',
      [end(0), end(0), end(300_000)],
      [60_000, 12_000],
    ],
    ['two cuts in the middle', [end(200_000), end(300_000)], [3_000, 12_000]],
    ['a reset, then a cut', [reset(0), reset(0), end(500_000)], [60_000, 12_000]],
  ])('%s: all arrives', async (_what, faults, pauses) => {
    const { outcome, told, connections } = await fetchThrough(faults);
    expect(outcome).toMatchObject({ missing: [] });
    expect(told).toEqual(NAMES);
    // After what looks like a ban, one more connection asks whether TLS answers.
    expect(connections).toBe(pauses[0] === 60_000 ? 4 : 3);
    expect(bench.pauses).toEqual(pauses);
  });

  test('one that never gets well: three tries, an error, what came is kept', async () => {
    const { outcome, connections, staging } = await fetchThrough(
      Array.from({ length: 9 }, () => end(100_000)),
    );
    expect(outcome).toMatchObject({
      code: 'no-mirror',
      message: 'The mirror closed the connection in the middle.',
      hint: expect.stringContaining('kept'),
    });
    expect(connections).toBe(3);
    expect(everythingIn(staging)).not.toEqual([]);
  });

  test('the next run needs what is left', async () => {
    const { staging } = await fetchThrough([end(700_000)], { retries: 0 });
    const proxy = await startFaultProxy(daemon.port, () => undefined);
    const mirror = bench.mirror(`rsync://127.0.0.1:${proxy.port}/tf/`);
    const fetched = await fetchInto(mirror, files, staging);
    expect(fetched.told.sort()).toEqual(NAMES);
    expect(proxy.passed()[0]).toBeLessThan(300_000);
    await proxy.stop();
    rmSync(staging, { recursive: true });
  });
});

test('a slow drip is slow, and no failure', async () => {
  const { told, connections } = await fetchThrough([{ kind: 'drip', bytesPerSecond: 400_000 }], {
    timeout: 2,
  });
  expect(told).toEqual(NAMES);
  expect(connections).toBe(1);
});

test.each([
  ['before the greeting', 0],
  ['in the middle', 300_000],
])('silence %s: given up after the timeout, then tried again', async (_when, after) => {
  const { told, connections } = await fetchThrough([{ kind: 'silence', after }], { timeout: 1 });
  expect(told).toEqual(NAMES);
  expect(connections).toBe(2);
  expect(bench.pauses).toEqual([3_000]);
});

test('a byte changed anywhere on the way: right in the end, or an error, never wrong', async () => {
  const ends: string[] = [];
  for (let at = 5; at < 850_000; at = Math.floor(at * 2.1) + 1) {
    const { outcome, told } = await fetchThrough([{ kind: 'corrupt', at }], { timeout: 3 });
    if (outcome instanceof Error) {
      expect(outcome).toMatchObject({
        code: expect.stringMatching(/^(no-mirror|configuration)$/),
        hint: expect.stringMatching(/\w/),
      });
      ends.push('error');
    } else {
      expect(told).toEqual(NAMES);
      ends.push('right');
    }
  }
  expect(ends).toContain('right');
}, 120_000);
