import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isCaseInsensitive } from '../../src/destination/check/case-insensitivity.ts';
import { makeRoom, type Room, recordingLog } from '../support/engine.ts';
import { CANNOT_FOLD, mountFoldingCase } from '../support/mounts.ts';

let room: Room;

beforeEach(() => {
  room = makeRoom();
});
afterEach(() => room.remove());

const mirror = () => pathToFileURL(`${room.tree}/`).href;
const namesIn = (folder: string) => readdirSync(folder).filter((name) => !name.startsWith('@'));

test('whether a folder ignores case is told by what is in it, not by its name', ({ skip }) => {
  const disk = mountFoldingCase();
  if (disk === undefined) return skip(CANNOT_FOLD);
  // Empty, not there yet, and with an entry; the mount point itself has a name of a file system that tells case apart.
  expect(isCaseInsensitive(disk)).toBe(true);
  expect(isCaseInsensitive(join(disk, 'a/b'))).toBe(true);
  expect(readdirSync(disk)).toEqual([]);
  writeFileSync(join(disk, 'Entry'), '');
  expect(isCaseInsensitive(disk)).toBe(true);
  expect(isCaseInsensitive(dirname(dirname(disk)))).toBe(false);
  const here = join(room.folder, 'Here');
  expect(isCaseInsensitive(here)).toBe(false);
  mkdirSync(here);
  expect(isCaseInsensitive(here)).toBe(false);
  expect(readdirSync(here)).toEqual([]);
});

describe.each(['auto', 'copy'] as const)('a destination that ignores case, link: %s', (link) => {
  const options = (disk: string, more: object = {}) => ({
    artifacts: 'path:**',
    mirror: mirror(),
    path: join(disk, 'destination'),
    store: { folder: join(disk, 'store'), lifetime: 'persistent' as const },
    link,
    ...more,
  });

  test.for([
    ['the same bytes', 'content', 'A.bin', 'a.bin'],
    ['other bytes', 'another content', 'A.bin', 'a.bin'],
    ['other bytes of the same size', 'CONTENT', 'A.bin', 'a.bin'],
    ['a folder', 'content', 'Models/a.bin', 'models/A.bin'],
  ] as const)(
    'follows a mirror that renames a file, with %s',
    async ([, content, before, after], { skip }) => {
      const disk = mountFoldingCase();
      if (disk === undefined) return skip(CANNOT_FOLD);
      room.put(before, 'content');
      room.put('other.bin', 'other');
      expect((await room.pull(options(disk))).error).toBeUndefined();
      rmSync(join(room.tree, before.split('/')[0] ?? ''), { recursive: true });
      room.put(after, content, 1_700_000_100);
      const log = recordingLog();
      const pulled = await room.pull(options(disk, { log }));
      expect(pulled.error).toBeUndefined();
      const file = join(disk, 'destination', after);
      expect(readFileSync(file, 'utf8')).toBe(content);
      expect(namesIn(dirname(file)).filter((name) => /^a.bin$/i.test(name))).toHaveLength(1);
      expect(existsSync(join(disk, 'destination/@tfcache.changed'))).toBe(false);
      const again = await room.pull(options(disk));
      expect(again.error).toBeUndefined();
      expect(again.report.bytes['in-place']).toBe(content.length + 5);
      // Gone from the mirror, gone from here: the record has one entry of it.
      rmSync(join(room.tree, after.split('/')[0] ?? ''), { recursive: true });
      expect((await room.pull(options(disk))).error).toBeUndefined();
      expect(existsSync(file)).toBe(false);
    },
  );

  test('keeps a file aside that was changed before the mirror renamed it', async ({ skip }) => {
    const disk = mountFoldingCase();
    if (disk === undefined) return skip(CANNOT_FOLD);
    room.put('A.bin', 'content');
    await room.pull(options(disk, { link: 'copy' }));
    writeFileSync(join(disk, 'destination/A.bin'), 'mine');
    renameSync(join(room.tree, 'A.bin'), join(room.tree, 'a.bin'));
    expect((await room.pull(options(disk, { link: 'copy' }))).error).toBeUndefined();
    expect(readFileSync(join(disk, 'destination/a.bin'), 'utf8')).toBe('content');
    expect(readFileSync(join(disk, 'destination/@tfcache.changed/a.bin'), 'utf8')).toBe('mine');
  });

  test("refuses names that are one, and a file of the user's in another case", async ({ skip }) => {
    const disk = mountFoldingCase();
    if (disk === undefined) return skip(CANNOT_FOLD);
    room.put('A.bin', 'content');
    room.put('a.bin', 'another');
    const { error } = await room.pull(options(disk));
    expect(error).toMatchObject({ code: 'usage' });
    expect(error?.message).toContain('ignores case');
    expect(existsSync(join(disk, 'destination/a.bin'))).toBe(false);

    rmSync(join(room.tree, 'A.bin'));
    mkdirSync(join(disk, 'destination'), { recursive: true });
    writeFileSync(join(disk, 'destination/A.BIN'), 'of the user');
    expect((await room.pull(options(disk))).error?.code).toBe('failed');
    expect(readFileSync(join(disk, 'destination/a.bin'), 'utf8')).toBe('of the user');
  });
});

test('a store that ignores case does not mix files that differ only in case', async ({ skip }) => {
  const disk = mountFoldingCase();
  if (disk === undefined) return skip(CANNOT_FOLD);
  room.put('A.bin', 'content');
  room.put('a.bin', 'another');
  const { error } = await room.pull({
    artifacts: 'path:**',
    mirror: mirror(),
    store: { folder: join(disk, 'store'), lifetime: 'persistent' },
  });
  expect(error?.message).toContain('ignores case');
  expect(existsSync(room.destination)).toBe(false);
});
