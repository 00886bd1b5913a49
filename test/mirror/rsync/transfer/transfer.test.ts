import { randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FetchFile, Mirror } from '../../../../src/mirror/mirror.ts';
import { type AwkwardTree, putAwkwardTree } from '../../../support/awkward-tree.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../../support/rsync-daemon.ts';
import { everythingIn, fetchInto, useRsyncWorkbench } from '../../../support/rsync-workbench.ts';
import { expectSameBytes } from '../../../support/same-bytes.ts';

const bench = useRsyncWorkbench();
const big = join(bench.root, 'big');
let awkward: AwkwardTree;
let daemon: RsyncDaemon;

beforeAll(async () => {
  awkward = putAwkwardTree(bench);
  for (const name of ['one', 'two', 'three']) bench.put(`big/${name}`, randomBytes(3_000_000));
  daemon = await startRsyncDaemon({
    modules: { tensorflow: awkward.folder, big },
    extra: ['motd file = /etc/hostname'],
  });
});
afterAll(async () => {
  await daemon.stop();
  awkward.unlock();
});

let staging: string;
beforeEach(() => {
  staging = bench.staging();
});

const fetchAll = (mirror: Mirror, files: readonly FetchFile[], signal?: AbortSignal) =>
  fetchInto(mirror, files, staging, signal);

describe('fetching', () => {
  test('awkward names arrive intact, with size and time, each told once', async () => {
    const mirror = bench.mirror(daemon.url('tensorflow'));
    const tree = await mirror.listTree('tensorflow', '');
    const fetched = await fetchAll(mirror, tree);
    expect(fetched.missing).toEqual([]);
    expect([...fetched.told].sort()).toEqual(tree.map(({ path }) => path).sort());
    for (const file of tree) {
      const at = join(staging, file.path);
      expectSameBytes(at, join(awkward.folder, file.path));
      expect(Math.floor(lstatSync(at).mtimeMs / 1000)).toBe(file.mtime);
      expect(lstatSync(at).mode & 0o7777).toBe(0o644);
    }
    expect(lstatSync(join(staging, 'versions/"2.21.0"')).mode & 0o777).toBe(0o755);
    expect(fetched.bytesTold).toBe(fetched.bytesReceived);
    expect(fetched.bytesReceived).toBeGreaterThanOrEqual(
      tree.reduce((sum, { size }) => sum + size, 0),
    );
    expect(everythingIn(staging)).toEqual(tree.map(({ path }) => path).sort());
  });

  test('what is complete already is told and not transferred again', async () => {
    const mirror = bench.mirror(daemon.url('big'));
    const tree = await mirror.listTree('tensorflow', '');
    await fetchAll(mirror, tree.slice(0, 2));
    const again = await fetchAll(mirror, tree);
    expect([...again.told].sort()).toEqual(['one', 'three', 'two']);
    expect(again.bytesReceived).toBeLessThan(3_100_000);
    expect(again.bytesReceived).toBeGreaterThan(3_000_000);
  });

  test('a newer file takes the place of an old one, and is told only then', async () => {
    const mirror = bench.mirror(daemon.url('big'));
    writeFileSync(join(staging, 'one'), 'an old and short one');
    const tree = await mirror.listTree('tensorflow', '');
    const fetched = await fetchAll(
      mirror,
      tree.filter(({ path }) => path === 'one'),
    );
    expect(fetched.told).toEqual(['one']);
    expectSameBytes(join(staging, 'one'), join(big, 'one'));
  });

  test('what the mirror does not have is missing, the rest comes; a stale copy is not told', async () => {
    const mirror = bench.mirror(daemon.url('tensorflow'));
    writeFileSync(join(staging, 'nope'), 'stale');
    const asked = ['nope', 'linux/nope/x', '#top/x', '#top', 'linux/cpu/link-out', 'empty'];
    const files = asked.map((path) => ({ path, size: 3, mtime: 5 }));
    const fetched = await fetchAll(mirror, files);
    expect(fetched.told).toEqual(['#top']);
    expect([...fetched.missing].sort()).toEqual(
      ['#top/x', 'empty', 'linux/cpu/link-out', 'linux/nope/x', 'nope'].sort(),
    );
    expect(() => lstatSync(join(staging, 'linux/cpu/link-out'))).toThrow('ENOENT');
  });

  test('a file that grows while it is copied arrives as some whole state of it', async () => {
    const growing = join(big, 'growing');
    writeFileSync(growing, randomBytes(4_000_000));
    const mirror = bench.mirror(daemon.url('big'), { bandwidthLimit: 4_000 });
    const tree = await mirror.listTree('tensorflow', '');
    const listed = tree.filter(({ path }) => path === 'growing');
    const growth = setInterval(() => writeFileSync(growing, randomBytes(1000), { flag: 'a' }), 20);
    const fetched = await fetchAll(mirror, listed).finally(() => clearInterval(growth));
    expect(fetched.told).toEqual(['growing']);
    const size = lstatSync(join(staging, 'growing')).size;
    const source = readFileSync(growing);
    const copy = readFileSync(join(staging, 'growing'));
    expect(size).toBeGreaterThanOrEqual(4_000_000);
    expect(copy.equals(source.subarray(0, size))).toBe(true);
    rmSync(growing);
  });

  test('progress of one large file is told while it comes', async () => {
    const mirror = bench.mirror(daemon.url('big'), { bandwidthLimit: 1_000 });
    const seen: number[] = [];
    await mirror.fetch(
      'tensorflow',
      [{ path: 'one', size: 3_000_000, mtime: undefined }],
      staging,
      {
        onFile: () => seen.push(-1),
        onBytes: (bytes) => seen.push(bytes),
      },
    );
    expect(seen.indexOf(-1)).toBeGreaterThan(1);
    expect(seen.filter((bytes) => bytes > 0).reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(
      3_010_000,
    );
  });

  test('what the caller throws ends the run and comes back to it', async () => {
    const mirror = bench.mirror(daemon.url('big'));
    const tree = await mirror.listTree('tensorflow', '');
    await expect(
      mirror.fetch('tensorflow', tree, staging, {
        onFile: () => {
          throw new RangeError('not wanted');
        },
        onBytes: () => undefined,
      }),
    ).rejects.toThrow('not wanted');
  });
});
