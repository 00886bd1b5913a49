import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { FetchFile } from '../../../../src/mirror/mirror.ts';
import { type FaultProxy, startFaultProxy } from '../../../support/fault-proxy.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../../support/rsync-daemon.ts';
import { everythingIn, fetchInto, useRsyncWorkbench } from '../../../support/rsync-workbench.ts';
import { rejectionOf } from '../../../support/thrown.ts';

const MIB = 1024 * 1024;
const SIZE = 16 * MIB;

const bench = useRsyncWorkbench();
let daemon: RsyncDaemon;
let proxy: FaultProxy;
let cutAfter: number | undefined;
const old = randomBytes(SIZE);
const files = {
  /** Two places overwritten. */
  patched: Buffer.concat([
    old.subarray(0, 3 * MIB),
    randomBytes(10_000),
    old.subarray(3 * MIB + 10_000, 12 * MIB),
    randomBytes(50_000),
    old.subarray(12 * MIB + 50_000),
  ]),
  /** All of it stands somewhere else: something was put in front. */
  shifted: Buffer.concat([randomBytes(100_001), old]),
  appended: Buffer.concat([old, randomBytes(300_000)]),
  shortened: Buffer.from(old.subarray(0, SIZE - MIB)),
  same: old,
  unrelated: randomBytes(SIZE),
};
/** As an object of the store: read-only. */
let object: string;

beforeAll(async () => {
  for (const [name, content] of Object.entries(files)) bench.put(`tree/a/${name}`, content);
  bench.put('tree/small', old.subarray(0, 900_000));
  bench.put('object', old);
  object = join(bench.root, 'object');
  chmodSync(object, 0o444);
  daemon = await startRsyncDaemon({ modules: { tf: join(bench.root, 'tree') } });
  proxy = await startFaultProxy(daemon.port, () =>
    cutAfter === undefined ? undefined : { kind: 'cut', after: cutAfter, how: 'reset' },
  );
});
afterEach(() => {
  cutAfter = undefined;
  // Whatever happens, the store's object is as it was.
  expect(lstatSync(object).nlink).toBe(1);
  expect(lstatSync(object).mode & 0o777).toBe(0o444);
  expect(readFileSync(object).equals(old)).toBe(true);
});
afterAll(async () => {
  await proxy.stop();
  await daemon.stop();
});

const mirror = (retries = 0) =>
  bench.mirror(`rsync://127.0.0.1:${proxy.port}/tf/`, { retries, timeout: 30 });

/** As the mirror lists it, with an older file. */
function wanted(path: string, changes: Partial<FetchFile> = {}): FetchFile {
  const stat = lstatSync(join(bench.root, 'tree', path));
  return {
    path,
    size: stat.size,
    mtime: Math.floor(stat.mtimeMs / 1000),
    basis: object,
    ...changes,
  };
}

/** Fetches one file, and says how many bytes came over the wire from the server. */
async function onTheWire(file: FetchFile, staging = bench.staging(), retries = 0) {
  const before = proxy.passed().reduce((sum, bytes) => sum + bytes, 0);
  const fetched = await fetchInto(mirror(retries), [file], staging);
  const bytes = proxy.passed().reduce((sum, one) => sum + one, 0) - before;
  expect(fetched.told).toEqual([file.path]);
  expect(fetched.bytesReceived).toBeLessThanOrEqual(bytes);
  const came = readFileSync(join(staging, file.path));
  expect(came.equals(readFileSync(join(bench.root, 'tree', file.path)))).toBe(true);
  expect(lstatSync(join(staging, file.path)).mode & 0o777).toBe(0o644);
  expect(Math.floor(lstatSync(join(staging, file.path)).mtimeMs / 1000)).toBe(file.mtime);
  expect(everythingIn(staging)).toEqual([file.path]);
  return bytes;
}

describe('an older file as the basis', () => {
  test.each([
    ['patched', 200_000],
    ['shifted', 250_000],
    ['appended', 400_000],
    ['shortened', 100_000],
    ['same', 100_000],
  ])('%s: the difference alone comes over the wire', async (name, most) => {
    expect(await onTheWire(wanted(`a/${name}`))).toBeLessThan(most);
  });

  test('one that has nothing in common costs hardly more than none', async () => {
    const whole = await onTheWire(wanted('a/unrelated', { basis: join(bench.root, 'absent') }));
    expect(await onTheWire(wanted('a/unrelated'))).toBeLessThan(whole * 1.01);
  });

  test('it is left out for small files, for one of quite another size, and where it cannot help', async () => {
    bench.put('tree/a/patched.tar.gz', files.patched);
    expect(await onTheWire(wanted('a/patched.tar.gz'))).toBeGreaterThan(SIZE);
    expect(await onTheWire(wanted('small'))).toBeGreaterThan(900_000);
    bench.put('tiny', old.subarray(0, MIB));
    const tiny = join(bench.root, 'tiny');
    expect(await onTheWire(wanted('a/patched', { basis: tiny }))).toBeGreaterThan(SIZE);
  });

  test('an old file never passes for the new one, whatever its size and time', async () => {
    const twin = join(bench.root, 'tree/a/twin');
    for (const mtime of [1, 2, 1_700_000_000]) {
      writeFileSync(twin, files.patched);
      utimesSync(twin, mtime, mtime);
      const staging = bench.staging();
      // As a run leaves it that was killed before its first byte: the basis stands there.
      const left = join(staging, '.tfcache-basis/a/twin');
      mkdirSync(dirname(left), { recursive: true });
      writeFileSync(left, old);
      utimesSync(left, mtime, mtime);
      await onTheWire(wanted('a/twin'), staging);
    }
    rmSync(twin);
  });

  test('while it comes, nothing stands where only what is complete may stand', async () => {
    const staging = bench.staging();
    cutAfter = 60_000;
    await rejectionOf(fetchInto(mirror(), [wanted('a/patched')], staging));
    expect(existsSync(join(staging, 'a/patched'))).toBe(false);
  });

  test('several files, some with and some without, in one go', async () => {
    const staging = bench.staging();
    const asked = [
      wanted('a/patched'),
      wanted('a/appended'),
      wanted('small'),
      { path: 'nope', size: SIZE, mtime: 1, basis: object },
    ];
    const fetched = await fetchInto(mirror(), asked, staging);
    expect(fetched.told.sort()).toEqual(['a/appended', 'a/patched', 'small']);
    expect(fetched.missing).toEqual(['nope']);
    expect(fetched.bytesReceived).toBeLessThan(2 * MIB);
  });
});

describe('broken off in the middle', () => {
  test.each([40_000, 90_000])(
    'after %i bytes: the next run needs no more than the difference again',
    async (after) => {
      const staging = bench.staging();
      cutAfter = after;
      await rejectionOf(fetchInto(mirror(), [wanted('a/shifted')], staging));
      cutAfter = undefined;
      expect(await onTheWire(wanted('a/shifted'), staging)).toBeLessThan(250_000);
    },
  );

  test('partial data from before there was a basis is used together with it', async () => {
    const staging = bench.staging();
    mkdirSync(join(staging, 'a/.tfcache-partial'), { recursive: true });
    const part = files.patched.subarray(0, 4 * MIB);
    writeFileSync(join(staging, 'a/.tfcache-partial/patched'), part, { mode: 0o600 });
    // What is missing behind the partial data is what changed there.
    expect(await onTheWire(wanted('a/patched'), staging)).toBeLessThan(150_000);
  });

  test('without the basis the next run goes on from the partial data', async () => {
    const staging = bench.staging();
    cutAfter = 8 * MIB;
    await rejectionOf(fetchInto(mirror(), [wanted('a/unrelated')], staging));
    cutAfter = undefined;
    const { basis: _, ...without } = wanted('a/unrelated');
    expect(await onTheWire(without, staging)).toBeLessThan(9 * MIB);
  });
});
