import { mkdirSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LockedArtifact } from '../../src/lockfile/lockfile.ts';
import { readLockfile } from '../../src/lockfile/read-write.ts';
import { requireWritableLockfile } from '../../src/lockfile/require-writable.ts';
import { addToLockfile } from '../../src/lockfile/update-lockfile.ts';
import { startChild } from '../support/child.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../support/mounts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rejectionOf, thrownBy } from '../support/thrown.ts';

const { signal } = new AbortController();
const [ONE, OTHER] = ['ab'.repeat(32), 'cd'.repeat(32)] as const;

function entry(id: string, sha256 = ONE): LockedArtifact {
  const files = [{ bucket: 'tensorflow', path: id, size: 1, mtime: 1, sha256 }];
  return { id, request: id, title: id, version: undefined, files };
}

const idsIn = (file: string) => readLockfile(file)?.artifacts.map(({ id }) => id);

test('processes that write one lockfile at once lose nothing', async () => {
  const file = join(temporaryFolder(), 'tfcache.lock');
  const names = ['a', 'b', 'c'];
  const children = names.map((name) =>
    startChild(new URL('./add-child.ts', import.meta.url), [file, name, '12']),
  );
  for (const child of children) expect(await child.ended()).toMatchObject({ code: 0 });
  const all = names.flatMap((name) =>
    Array.from({ length: 12 }, (_, index) => `path:${name}-${index}`),
  );
  expect(idsIn(file)).toEqual(all.sort());
  expect(readdirSync(join(file, '..'))).toEqual(['tfcache.lock']);
});

test('adding the same entry again does not touch the file', async () => {
  const file = join(temporaryFolder(), 'tfcache.lock');
  await addToLockfile(file, [entry('a')], signal);
  utimesSync(file, 1, 1);
  await addToLockfile(file, [{ ...entry('a'), title: 'another' }], signal);
  expect(statSync(file).mtimeMs).toBe(1000);
});

test('an entry that another run locked with other content is an error, and stays', async () => {
  const file = join(temporaryFolder(), 'tfcache.lock');
  await addToLockfile(file, [entry('a')], signal);
  const error = await rejectionOf(addToLockfile(file, [entry('a', OTHER), entry('b')], signal));
  expect(error).toMatchObject({ reason: 'lockfile-mismatch', code: 'integrity', where: file });
  expect(error.message).toContain('Another run locked a with other content');
  expect(error.found).toContain(ONE);
  expect(error.found).toContain(OTHER);
  expect(readLockfile(file)?.artifacts).toEqual([entry('a')]);
  expect(readdirSync(join(file, '..'))).toEqual(['tfcache.lock']);
});

test('the folders of the lockfile are made when it is written, and not before', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'some', 'sub', 'tfcache.lock');
  requireWritableLockfile(file);
  expect(readdirSync(folder)).toEqual([]);
  await addToLockfile(file, [entry('a')], signal);
  expect(idsIn(file)).toEqual(['a']);
});

test('a symbolic link is kept: its target is written, and locked there', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real', 'lock'), '{"version":1,"artifacts":[]}');
  symlinkSync('real/lock', join(folder, 'tfcache.lock'));
  await addToLockfile(join(folder, 'tfcache.lock'), [entry('a')], signal);
  expect(idsIn(join(folder, 'real', 'lock'))).toEqual(['a']);
  expect(readdirSync(folder).sort()).toEqual(['real', 'tfcache.lock']);
});

test('a lockfile that cannot be written is reported before anything is fetched', ({ skip }) => {
  const folder = mountSmall('size=1m');
  if (folder === undefined) return skip(CANNOT_MOUNT);
  requireWritableLockfile(join(folder, 'tfcache.lock'));
  expect(readdirSync(folder)).toEqual([]);
  remount(folder, 'ro');
  for (const name of ['tfcache.lock', 'sub/tfcache.lock']) {
    const file = join(folder, name);
    const error = thrownBy(() => requireWritableLockfile(file));
    expect(error).toMatchObject({ code: 'failed', where: file });
    expect(error.message).toContain('the file system is read-only');
  }
});

test('a file in place of its folder is reported before anything is fetched', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const error = thrownBy(() => requireWritableLockfile(join(folder, 'file', 'tfcache.lock')));
  expect(error.message).toContain('write the lockfile');
});
