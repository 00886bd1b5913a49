import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RsyncDaemon, startRsyncDaemon } from '../../../support/rsync-daemon.ts';
import { useRsyncWorkbench } from '../../../support/rsync-workbench.ts';
import { rejectionOf } from '../../../support/thrown.ts';

const bench = useRsyncWorkbench();
let daemon: RsyncDaemon;

beforeAll(async () => {
  for (const path of ['a/x', 'a/.tfcache-partial/x', 'b/.tfcache-basis', 'b/y', '.tfcache-note']) {
    bench.put(`bucket/${path}`, path);
  }
  symlinkSync('x', join(bench.root, 'bucket/a/link'));
  daemon = await startRsyncDaemon({ modules: { tensorflow: join(bench.root, 'bucket') } });
});

afterAll(async () => {
  await daemon.stop();
});

const toldOf = () => bench.log.lines.filter((line) => line.includes('left out'));

test('what bears a name of tfcache’s own is left out, and told once with the reason', async () => {
  const mirror = bench.mirror(daemon.url('tensorflow'));
  const tree = await mirror.listTree('tensorflow', '');
  expect(tree.map(({ path }) => path).sort()).toEqual(['.tfcache-note', 'a/x', 'b/y']);
  expect(toldOf()).toEqual([
    expect.stringMatching(
      /^warning: .*left out .*1 entry that is no regular file .*3 entries with a name that tfcache itself uses|^warning: .*3 entries with a name that tfcache itself uses .*1 entry that is no regular file/,
    ),
  ]);

  const [a, b] = await mirror.listFolders('tensorflow', ['a', 'b']);
  expect(a).toMatchObject({ folders: [], files: [{ path: 'a/x' }] });
  expect(b).toMatchObject({ folders: [], files: [{ path: 'b/y' }] });
  expect(toldOf(), 'listing again says nothing').toHaveLength(1);
});

test('asked for by name, the real reason is given', async () => {
  const mirror = bench.mirror(daemon.url('tensorflow'));
  const error = await rejectionOf(mirror.listFolders('tensorflow', ['a/.tfcache-partial']));
  expect(error).toMatchObject({
    code: 'usage',
    found: expect.stringContaining('tfcache itself uses'),
  });
});
