import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  AWKWARD,
  type AwkwardTree,
  CONTROL,
  putAwkwardTree,
} from '../../../support/awkward-tree.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../../support/rsync-daemon.ts';
import { fetchInto, useRsyncWorkbench } from '../../../support/rsync-workbench.ts';

const bench = useRsyncWorkbench();
let tree: AwkwardTree;
let daemon: RsyncDaemon;

beforeAll(async () => {
  tree = putAwkwardTree(bench);
  for (const name of ['one', 'two', 'three']) bench.put(`big/${name}`, name);
  daemon = await startRsyncDaemon({
    modules: { tensorflow: tree.folder, big: `${bench.root}/big` },
    extra: ['motd file = /etc/hostname'],
  });
});
afterAll(async () => {
  await daemon.stop();
  tree.unlock();
});

describe('listing', () => {
  test('several folders in one connection, in the order asked', async () => {
    const before = daemon.connections();
    const mirror = bench.mirror(daemon.url('tensorflow'));
    const listed = await mirror.listFolders('tensorflow', [
      'linux/cpu',
      'nope/nor/this',
      '',
      'versions/"2.21.0"',
      'empty',
      '#top',
    ]);
    expect(daemon.connections() - before).toBe(1);
    const [cpu, nope, top, quoted, empty, file] = listed;
    expect(listed.map(({ exists }) => exists)).toEqual([true, false, true, true, true, false]);
    expect(cpu?.files.map(({ path }) => path).sort()).toEqual(
      AWKWARD.map((name) => `linux/cpu/${name}`).sort(),
    );
    expect(cpu?.folders).toEqual(['deep']);
    expect(nope).toEqual({ folder: 'nope/nor/this', exists: false, files: [], folders: [] });
    expect(top?.files).toEqual([{ path: '#top', size: 3, mtime: 1_500_000_001 }]);
    expect([...(top?.folders ?? [])].sort()).toEqual(['empty', 'linux', 'locked', 'versions']);
    expect(quoted?.files.map(({ path }) => path)).toEqual(['versions/"2.21.0"/w.whl']);
    expect(empty).toEqual({ folder: 'empty', exists: true, files: [], folders: [] });
    expect(file?.files).toEqual([]);
  });

  test('what cannot be used is left out and told', async () => {
    await bench.mirror(daemon.url('tensorflow')).listFolders('tensorflow', ['linux/cpu']);
    const warning = bench.log.lines.filter((line) => line.startsWith('warning: ')).join('\n');
    expect(warning).toContain('2 entries that are no regular files');
    expect(warning).toContain(`${CONTROL.length + 1} entries whose names cannot be used`);
    expect(warning.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('nor is what stands in a folder with a control character in its name', async () => {
    const mirror = bench.mirror(daemon.url('tensorflow'));
    const [linux] = await mirror.listFolders('tensorflow', ['linux']);
    expect(linux?.folders).toEqual(['cpu']);
    const tree = await mirror.listTree('tensorflow', 'linux');
    expect(tree.filter(({ path }) => path.includes('bad'))).toEqual([]);
  });

  test('a tree at any depth; a folder that is not there is empty', async () => {
    const mirror = bench.mirror(daemon.url('tensorflow'));
    const listed = await mirror.listTree('tensorflow', 'linux');
    expect(listed).toHaveLength(AWKWARD.length + 1);
    expect(listed).toContainEqual(
      expect.objectContaining({ path: 'linux/cpu/deep/er/x.whl', size: 4 }),
    );
    expect(await mirror.listTree('tensorflow', 'nope')).toEqual([]);
    expect(await mirror.listTree('tensorflow', '#top')).toEqual([]);
    expect((await mirror.listTree('tensorflow', '')).length).toBe(AWKWARD.length + 4);
  });

  test('a folder of the module as the root, and {bucket} in the URL', async () => {
    const inner = bench.mirror(`${daemon.url('tensorflow')}linux/`);
    const [cpu] = await inner.listFolders('tensorflow', ['cpu/deep']);
    expect(cpu).toMatchObject({ exists: true, folders: ['er'] });
    const any = bench.mirror(daemon.url('{bucket}'), { bucket: undefined });
    expect(any.serves('tensorflow') && any.serves('big')).toBe(true);
    expect(await any.listTree('big', '')).toHaveLength(3);
    expect(bench.mirror(daemon.url('tensorflow')).serves('big')).toBe(false);
  });

  test('no folder asked: nothing is contacted', async () => {
    const mirror = bench.mirror('rsync://127.0.0.1:1/tensorflow/');
    expect(await mirror.listFolders('tensorflow', [])).toEqual([]);
    expect(await fetchInto(mirror, [], bench.staging())).toMatchObject({ told: [], missing: [] });
  });

  test('a path that would leave the bucket is refused before anything is contacted', async () => {
    const mirror = bench.mirror('rsync://127.0.0.1:1/tensorflow/');
    for (const path of ['../x', '/etc', 'a/../../b', 'a//b', './a', 'a\0b', 'a\nb', 'a\u009bb']) {
      await expect(mirror.listFolders('tensorflow', [path])).rejects.toMatchObject({
        code: 'usage',
      });
      await expect(
        fetchInto(mirror, [{ path, size: 1, mtime: 1 }], bench.staging()),
      ).rejects.toMatchObject({
        code: 'usage',
      });
    }
    await expect(mirror.listTree('../x', '')).rejects.toMatchObject({ code: 'usage' });
  });
});
