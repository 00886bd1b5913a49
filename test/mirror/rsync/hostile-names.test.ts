import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { content, TOP, useHostileBench } from '../../support/hostile-bench.ts';
import { CHARACTER_DEVICE, FIFO, FOLDER, LINK, REGULAR } from '../../support/hostile-daemon.ts';
import { fetchInto } from '../../support/rsync-workbench.ts';

const hostile = useHostileBench();

describe('a daemon that is honest over the same protocol', () => {
  test('lists and sends', async () => {
    const mirror = await hostile.mirror({ entries: [TOP, { name: 'a', size: 5 }], content });
    const listed = await mirror.listTree('tensorflow', '');
    expect(listed).toEqual([{ path: 'a', size: 5, mtime: 1_600_000_000 }]);
    const fetched = await fetchInto(mirror, listed, hostile.staging());
    expect(fetched.told).toEqual(['a']);
    expect(readFileSync(join(hostile.staging(), 'a'), 'utf8')).toBe('hello');
  });
});

describe('names that lie', () => {
  test.each([
    ['an absolute name', '/tmp/tfcache-hostile', REGULAR],
    ['a name that leads out', '../evil', REGULAR],
    ['a name that leads out further down', 'a/../../evil', REGULAR],
    ['the name of a folder above', '..', FOLDER],
    ['a file that was not asked for', 'evil', REGULAR],
    ['a file where partial data is kept', '.tfcache-partial/a', REGULAR],
    ['a name longer than any path', 'x'.repeat(5000), REGULAR],
  ])('%s is not written', async (_what, name, mode) => {
    const entries = [
      { name, mode, size: 5 },
      { name: 'a', size: 5 },
    ];
    const { outcome, there } = await hostile.attempt({ entries, content }, ['a']);
    expect(there.filter((path) => path !== 'a')).toEqual([]);
    expect(outcome).toMatchObject({
      code: 'no-mirror',
      message: expect.stringMatching(/no honest rsync daemon sends|broke|understand/),
    });
    expect(hostile.bench.pauses).toEqual([]);
    expect(() => lstatSync('/tmp/tfcache-hostile')).toThrow('ENOENT');
  });

  test.each([
    ['a device', CHARACTER_DEVICE],
    ['a fifo', FIFO],
    ['a link', LINK],
    ['a folder', FOLDER],
  ])('%s in place of the file is not made', async (_what, mode) => {
    const { outcome, there } = await hostile.attempt(
      { entries: [{ name: 'a', mode, target: '../victim' }] },
      ['a'],
    );
    expect(there).toEqual([]);
    // It may be said that the file is missing, or that the mirror lies.
    if (!(outcome instanceof Error)) expect(outcome).toMatchObject({ told: [], missing: ['a'] });
  });

  test('a file in place of the folder is refused, or left out by older ones', async () => {
    const entries = [
      { name: '.', size: 5 },
      { name: 'a', size: 5 },
    ];
    const { outcome, there } = await hostile.attempt({ entries, content }, ['a']);
    expect(there.filter((path) => path !== 'a')).toEqual([]);
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'no-mirror' });
  });

  test('a name with a NUL is cut there, and no more', async () => {
    const entries = [{ name: 'a\0/../../evil', size: 5 }];
    const { there } = await hostile.attempt({ entries, content }, ['a']);
    expect(there).toEqual(['a']);
  });

  test('a link as the folder of a file does not lead the file out', async () => {
    const entries = [
      { name: 'sub', mode: LINK, target: '..' },
      { name: 'sub/victim', size: 5 },
    ];
    const { there } = await hostile.attempt({ entries, content }, ['sub/victim']);
    expect(there.filter((path) => path !== 'sub/victim')).toEqual([]);
  });

  test('names with control characters are left out, and reach the log without them', async () => {
    const name = 'x\n::error::injected\u001b[31m';
    const mirror = await hostile.mirror({
      entries: [TOP, { name, size: 5 }, { name: 'ok', size: 5 }],
    });
    const listed = await mirror.listTree('tensorflow', '');
    expect(listed.map(({ path }) => path)).toEqual(['ok']);
    const told = hostile.bench.log.lines.filter((line) => line.includes('::error'));
    expect(told).toHaveLength(1);
    expect(told[0]).not.toMatch(/\p{Cc}/u);
  });

  test.each([
    ['outside', '../evil'],
    ['absolute', '/etc/passwd'],
    ['through itself', 'a/./b/../../../evil'],
  ])('a listing with a name that is %s', async (_what, name) => {
    const mirror = await hostile.mirror({
      entries: [TOP, { name, size: 5 }, { name: 'ok', size: 5 }],
    });
    const listed = await mirror.listTree('tensorflow', '').catch((error: Error) => error);
    if (listed instanceof Error) expect(listed).toMatchObject({ code: 'no-mirror' });
    else expect(listed.map(({ path }) => path).every((path) => !/\.\.|^\//.test(path))).toBe(true);
  });
});
