import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDestination } from '../../src/destination/destination.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../support/mounts.ts';
import { AWKWARD_NAMES } from '../support/names.ts';
import { rejectionOf } from '../support/thrown.ts';
import { MTIME, open, sha256Of } from './bench.ts';

describe('publishing', () => {
  test('files stand as in the bucket, those of other buckets under its name', async () => {
    const { file, publish, inPlace, read, tree } = open();
    const files = [
      file('linux/cpu/a.whl'),
      file('top'),
      file('mnist/3.0.1/x', 'mnist', 'tfds-data'),
    ];
    expect(await publish(files)).toMatchObject({ linked: 3, already: 0, removed: 0 });
    expect(tree()).toEqual(['@tfds-data/mnist/3.0.1/x', 'linux/cpu/a.whl', 'top']);
    expect(read('@tfds-data/mnist/3.0.1/x')).toBe('mnist');
    for (const one of files) expect(inPlace(one)).toBe(one.sha256);
  });

  test('a second time nothing is done, and nothing written', async () => {
    const { folder, file, publish } = open();
    const files = [file('a/b'), file('c')];
    await publish(files);
    utimesSync(join(folder, '@tfcache.json'), 1, 1);
    const result = await publish(files.map((one) => ({ ...one, object: undefined })));
    expect(result).toEqual({ linked: 0, already: 2, removed: 0, method: undefined });
    expect(statSync(join(folder, '@tfcache.json')).mtimeMs).toBe(1000);
  });

  test.each(AWKWARD_NAMES)('a name like %j', async (name) => {
    const { file, publish, inPlace, read } = open();
    const awkward = file(`folder ${name}/${name}`);
    await publish([awkward]);
    expect(read(awkward.path)).toBe(awkward.path);
    expect(inPlace(awkward)).toBe(awkward.sha256);
    expect(await publish([awkward])).toMatchObject({ already: 1 });
  });

  test('paths of the same content', async () => {
    const { file, publish, read } = open();
    const files = [file('a', 'same'), file('b/c', 'same'), file('a', 'same')];
    await publish(files);
    expect([read('a'), read('b/c')]).toEqual(['same', 'same']);
    expect(await publish(files)).toMatchObject({ linked: 0, already: 2 });
  });

  test('a new version takes the place of ours, also over a hard link of itself', async () => {
    const { folder, file, publish, read } = open();
    await publish([file('a', 'old')]);
    await publish([file('a', 'new')]);
    expect(read('a')).toBe('new');
    const again = file('a', 'new');
    rmSync(join(folder, '@tfcache.json'));
    expect(await publish([again])).toMatchObject({ linked: 0, already: 1 });
  });

  test('it does not matter that the destination is a symbolic link', async () => {
    const { root, folder, file, publish, read } = open();
    mkdirSync(join(root, 'elsewhere'));
    symlinkSync('elsewhere', folder);
    await publish([file('a/b')]);
    expect(read('a/b')).toBe('a/b');
  });
});

describe('methods', () => {
  test('a hard link shares its inode and is read-only', async () => {
    const { folder, file, publish } = open();
    const one = file('a');
    expect((await publish([one], 'hardlink')).method).toBe('hardlink');
    expect(statSync(join(folder, 'a')).ino).toBe(statSync(one.object ?? '').ino);
    expect(statSync(join(folder, 'a')).mode & 0o222).toBe(0);
  });

  test('a copy is one of its own, dated as the mirror dates it, and can be written to', async () => {
    const { folder, file, publish, inPlace, store } = open();
    const one = file('a');
    expect((await publish([one], 'copy')).method).toBe('copy');
    const stats = statSync(join(folder, 'a'));
    expect(stats.ino).not.toBe(statSync(one.object ?? '').ino);
    expect(stats.mtimeMs).toBe(MTIME * 1000);
    expect(stats.mode & 0o200).not.toBe(0);
    expect(inPlace(one)).toBe(one.sha256);
    writeFileSync(join(folder, 'a'), 'mine');
    expect(store.objectPath(one.sha256, one.size)).toBe(one.object);
  });

  test('a large file is copied whole', async () => {
    const { file, publish, read } = open();
    const content = 'x'.repeat(3_000_001);
    await publish([file('a', content)], 'copy');
    expect(read('a') === content).toBe(true);
  });

  test('a method that cannot work is refused with the reason, and nothing is left', async ({
    skip,
  }) => {
    const disk = mountSmall('size=1m');
    if (disk === undefined) return skip(CANNOT_MOUNT);
    const { log, file } = open();
    const destination = openDestination(join(disk, 'destination'), log);
    const one = file('a');
    const error = await rejectionOf(destination.publish([one], { link: 'hardlink' }));
    expect(error).toMatchObject({ code: 'usage' });
    expect(error.message).toContain('different file systems');
    expect((await rejectionOf(destination.publish([one], { link: 'reflink' }))).hint).toContain(
      'auto',
    );
    expect(readdirSync(destination.folder)).toEqual([]);
    expect(await destination.publish([one], { link: 'auto' })).toMatchObject({
      method: 'copy',
      linked: 1,
    });
    expect(readFileSync(join(disk, 'destination', 'a'), 'utf8')).toBe('a');
  });

  test('a full destination is said so, and the next run goes on', async ({ skip }) => {
    const disk = mountSmall('size=512k');
    if (disk === undefined) return skip(CANNOT_MOUNT);
    const { log, file } = open();
    const files = Array.from({ length: 20 }, (_, index) =>
      file(`f${index}`, `${index} `.repeat(20_000)),
    );
    const destination = openDestination(join(disk, 'destination'), log);
    const error = await rejectionOf(destination.publish(files, { link: 'auto' }));
    expect(error).toMatchObject({ code: 'no-space', exitCode: 6 });
    remount(disk, 'size=10m');
    await destination.publish(files, { link: 'auto' });
    expect(readdirSync(join(disk, 'destination')).sort()).toEqual(
      ['@tfcache.json', ...files.map(({ path }) => path)].sort(),
    );
    for (const one of files) {
      expect(sha256Of(readFileSync(join(disk, 'destination', one.path), 'utf8'))).toBe(one.sha256);
    }
  });
});

describe('what is the user’s', () => {
  test('other files are left alone', async () => {
    const { folder, file, publish, read, tree } = open();
    mkdirSync(join(folder, 'linux'), { recursive: true });
    writeFileSync(join(folder, 'linux', 'mine'), 'mine');
    await publish([file('linux/a')]);
    await publish([file('other')]);
    expect(tree()).toEqual(['linux/mine', 'other']);
    expect(read('linux/mine')).toBe('mine');
  });

  test.each([
    ['a file', (path: string) => writeFileSync(path, 'mine')],
    ['a file of the same size', (path: string) => writeFileSync(path, 'x')],
    ['a folder', (path: string) => mkdirSync(join(path, 'mine'), { recursive: true })],
    ['a symbolic link', (path: string) => symlinkSync('/etc/hostname', path)],
    ['a dangling link', (path: string) => symlinkSync('nowhere', path)],
  ])('%s in the way is an error before anything is touched', async (_, put) => {
    const { folder, file, publish, tree } = open();
    await publish([file('old')]);
    put(join(folder, 'a'));
    const before = tree();
    const error = await rejectionOf(publish([file('a'), file('b')]));
    expect(error).toMatchObject({ code: 'failed' });
    expect(error.where).toContain(join(folder, 'a'));
    expect(error.message).toContain('Nothing was changed');
    expect(tree()).toEqual(before);
  });

  test('a file with the right bytes is taken as it is, and never removed', async () => {
    const { folder, file, publish, inPlace, tree } = open();
    mkdirSync(folder);
    writeFileSync(join(folder, 'a'), 'a');
    expect(await publish([file('a')])).toMatchObject({ linked: 0, already: 1 });
    expect(inPlace(file('a'))).toBe(sha256Of('a'));
    await publish([file('b')]);
    expect(tree()).toEqual(['a', 'b']);
  });

  test('nothing is written through a folder that is a symbolic link', async () => {
    const { root, folder, file, publish } = open();
    mkdirSync(join(root, 'outside'));
    mkdirSync(folder);
    symlinkSync(join(root, 'outside'), join(folder, 'linux'));
    const error = await rejectionOf(publish([file('linux/cpu/a')]));
    expect(error).toMatchObject({ code: 'failed', where: join(folder, 'linux') });
    expect(error.message).toContain('symbolic link');
    expect(readdirSync(join(root, 'outside'))).toEqual([]);
  });

  test('nothing is removed through a folder that became a symbolic link', async () => {
    const { root, folder, file, publish } = open();
    await publish([file('linux/a')]);
    renameSync(join(folder, 'linux'), join(root, 'outside'));
    symlinkSync(join(root, 'outside'), join(folder, 'linux'));
    await publish([file('b')]);
    expect(readdirSync(join(root, 'outside'))).toEqual(['a']);
    expect(readdirSync(folder).sort()).toEqual(['@tfcache.json', 'b', 'linux']);
  });

  test('a file where a folder is needed is an error', async () => {
    const { folder, file, publish } = open();
    mkdirSync(folder);
    writeFileSync(join(folder, 'linux'), 'mine');
    const error = await rejectionOf(publish([file('linux/a')]));
    expect(error).toMatchObject({ where: join(folder, 'linux') });
    expect(error.message).toContain('needs a folder');
  });

  test('a destination that is a file is an error', async () => {
    const { folder, file, publish } = open();
    writeFileSync(folder, 'mine');
    expect((await rejectionOf(publish([file('a')]))).message).toContain('not a folder');
    expect((await rejectionOf(publish([file('a/b')]))).message).toContain('not a folder');
  });

  test('a file of ours that was written into is kept aside and replaced, and that is said', async () => {
    const { folder, log, store, root, file, publish, inPlace, read } = open();
    await publish([file('linux/a', 'hello')], 'hardlink');
    chmodSync(join(folder, 'linux/a'), 0o644);
    writeFileSync(join(folder, 'linux/a'), 'jello');
    const wanted = file('linux/a', 'hello');
    // The store's object was the same file, so it was changed with it, noticed, and taken in anew.
    expect(wanted.object).toBeDefined();
    expect(store.objectPath(wanted.sha256, wanted.size)).toBe(wanted.object);
    expect(readdirSync(join(root, 'store/v1/quarantine'))).toHaveLength(1);
    expect(inPlace(wanted)).toBeUndefined();
    await publish([wanted]);
    expect(read('linux/a')).toBe('hello');
    expect(read('@tfcache.changed/linux/a')).toBe('jello');
    expect(log.lines.join('\n')).toMatch(
      /warning: .*linux\/a was changed since tfcache put it there/,
    );
  });

  test('a file of ours that no longer belongs is left when it was changed', async () => {
    const { folder, log, file, publish, read, tree } = open();
    await publish([file('linux/a'), file('linux/b')], 'copy');
    writeFileSync(join(folder, 'linux/a'), 'mine');
    expect(await publish([file('c')])).toMatchObject({ removed: 1 });
    expect(tree()).toEqual(['c', 'linux/a']);
    expect(read('linux/a')).toBe('mine');
    expect(log.lines.join('\n')).toContain('linux/a');
    await publish([file('d')]);
    expect(tree()).toEqual(['d', 'linux/a']);
  });
});

describe('what no longer belongs', () => {
  test('goes, with the folders that were made for it', async () => {
    const { folder, file, publish, tree } = open();
    mkdirSync(join(folder, 'mine', 'empty'), { recursive: true });
    await publish([file('a/b/c/d'), file('a/e'), file('mine/x')]);
    expect(await publish([file('a/e')])).toMatchObject({ linked: 0, already: 1, removed: 2 });
    expect(tree()).toEqual(['a/e']);
    expect(readdirSync(join(folder, 'a'))).toEqual(['e']);
    expect(readdirSync(join(folder, 'mine'))).toEqual(['empty']);
    await publish([]);
    expect(readdirSync(folder).sort()).toEqual(['@tfcache.json', 'mine']);
  });

  test('a file makes way for a folder and a folder for a file', async () => {
    const { file, publish, tree, read } = open();
    await publish([file('x', 'file'), file('y/z/1'), file('y/2')]);
    await publish([file('x/below'), file('y', 'now a file')]);
    expect(tree()).toEqual(['x/below', 'y']);
    expect(read('y')).toBe('now a file');
    expect(await publish([file('x/below'), file('y', 'now a file')])).toMatchObject({ already: 2 });
  });

  test('a folder of ours with a file of the user’s in it makes no way', async () => {
    const { folder, file, publish, tree } = open();
    await publish([file('y/1')]);
    writeFileSync(join(folder, 'y', 'mine'), 'mine');
    const error = await rejectionOf(publish([file('y')]));
    expect(error.where).toContain('files of yours');
    expect(tree()).toEqual(['y/1', 'y/mine']);
  });
});

describe('names', () => {
  test.each([
    ['tensorflow', '../x'],
    ['tensorflow', '/etc/passwd'],
    ['tensorflow', 'a/../../b'],
    ['tensorflow', '@tfcache.json'],
    ['tensorflow', '@tfds-data/x'],
    ['tensorflow', ''],
    ['../evil', 'x'],
    ['tfcache.json', 'x'],
    ['views', 'x'],
    ['tfcache.tmp', 'x'],
    ['', 'x'],
  ])('bucket %j path %j is refused', async (bucket, path) => {
    const { folder, file, publish } = open();
    const error = await rejectionOf(publish([{ ...file('ok'), bucket, path }]));
    expect(error).toMatchObject({ code: 'usage' });
    expect(existsSync(folder)).toBe(false);
  });

  test('an @ deeper down is a name like any other', async () => {
    const { file, publish, tree } = open();
    await publish([file('a/@b'), file('@x', 'x', 'tfds-data')]);
    expect(tree()).toEqual(['@tfds-data/@x', 'a/@b']);
  });

  test('two contents for one place, and a name wanted as file and folder, are refused', async () => {
    const { file, publish } = open();
    expect((await rejectionOf(publish([file('a', '1'), file('a', '2')]))).message).toContain(
      'two contents',
    );
    expect((await rejectionOf(publish([file('a'), file('a/b')]))).message).toContain(
      'file and as a folder',
    );
  });

  test('names that differ in case are two files where the file system says so', async () => {
    const { root, file, publish, read } = open();
    writeFileSync(join(root, 'case'), '');
    const files = [file('A/x', '1'), file('a/X', '2')];
    if (existsSync(join(root, 'CASE'))) {
      expect((await rejectionOf(publish(files))).message).toContain('ignores case');
      return;
    }
    await publish(files);
    expect([read('A/x'), read('a/X')]).toEqual(['1', '2']);
  });
});

describe('in place', () => {
  test('only what tfcache put there, of the wanted digest, unchanged', async () => {
    const { folder, file, publish, inPlace } = open();
    const one = file('a', 'hello');
    expect(inPlace(one)).toBeUndefined();
    await publish([one], 'copy');
    expect(inPlace(one)).toBe(one.sha256);
    expect(inPlace({ ...one, sha256: sha256Of('other') })).toBeUndefined();
    expect(inPlace({ ...one, size: 4 })).toBeUndefined();
    expect(inPlace({ ...one, bucket: 'tfds-data' })).toBeUndefined();
    writeFileSync(join(folder, 'a'), 'jello');
    expect(inPlace(one)).toBeUndefined();
    rmSync(join(folder, 'a'));
    expect(inPlace(one)).toBeUndefined();
  });

  test('without a known digest the time that the mirror lists decides', async () => {
    const { folder, log, file, publish } = open();
    const { bucket, path, size, mtime = 0, sha256 } = file('a');
    await publish([file('a')], 'copy');
    const ask = (time: number) =>
      openDestination(folder, log).findInPlace({ bucket, path, size, mtime: time, digests: [] });
    expect(ask(mtime)).toBe(sha256);
    expect(ask(mtime + 1)).toBeUndefined();
  });

  test('a file that was touched, or restored with other inodes, is read and stays', async () => {
    const { folder, file, publish, inPlace } = open();
    const one = file('a/b');
    await publish([one], 'copy');
    utimesSync(join(folder, 'a/b'), 1, 1);
    expect(inPlace(one)).toBe(one.sha256);
    copyFileSync(join(folder, 'a/b'), join(folder, 'a/c'));
    renameSync(join(folder, 'a/c'), join(folder, 'a/b'));
    expect(inPlace(one)).toBe(one.sha256);
    expect(await publish([{ ...one, object: undefined }])).toMatchObject({ linked: 0, already: 1 });
    expect(await publish([])).toMatchObject({ removed: 1 });
  });
});

describe('the record', () => {
  test.each([
    ['is no JSON', '{"version":1,'],
    ['is of another form', '{"version":1,"files":{}}'],
    [
      'has a path that leads outside',
      JSON.stringify({
        version: 1,
        folders: [],
        files: [
          {
            bucket: 'tensorflow',
            path: '../../etc/passwd',
            size: 1,
            mtime: 1,
            sha256: 'a'.repeat(64),
          },
        ],
      }),
    ],
    [
      'has a bucket that leads outside',
      JSON.stringify({
        version: 1,
        folders: [],
        files: [{ bucket: '../..', path: 'x', size: 1, mtime: 1, sha256: 'a'.repeat(64) }],
      }),
    ],
    ['has a folder that leads outside', JSON.stringify({ version: 1, folders: ['..'], files: [] })],
    ['is binary', '\0\x01'],
  ])('one that %s counts as none, with a warning', async (_, text) => {
    const { folder, log, file, publish, tree } = open();
    await publish([file('a'), file('b')]);
    writeFileSync(join(folder, '@tfcache.json'), text);
    expect(await publish([file('a')])).toMatchObject({ linked: 0, already: 1, removed: 0 });
    expect(tree()).toEqual(['a', 'b']);
    expect(log.lines.join('\n')).toContain('is damaged');
  });

  test('one of a newer tfcache is refused', async () => {
    const { folder, file, publish } = open();
    mkdirSync(folder);
    writeFileSync(join(folder, '@tfcache.json'), '{"version":2}');
    expect(await rejectionOf(publish([file('a')]))).toMatchObject({
      code: 'failed',
      found: 'version 2',
    });
  });

  test('a link that is there though its run was killed before it could say so', async () => {
    const { folder, file, publish, tree } = open();
    const one = file('linux/a');
    mkdirSync(dirname(join(folder, one.path)), { recursive: true });
    linkSync(one.object ?? '', join(folder, one.path));
    expect(await publish([one])).toMatchObject({ linked: 0, already: 1 });
    expect(tree()).toEqual(['linux/a']);
  });
});
