import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLockfile } from '../../../src/lockfile/read-write.ts';
import { type EngineOptions, makeRoom, type Room } from '../../support/engine.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../../support/mounts.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';

let room: Room;
let daemon: RsyncDaemon;
let mirror: string;

beforeEach(async () => {
  room = makeRoom();
  daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
  mirror = daemon.url('tensorflow');
  room.put('a.bin', 'some a');
  room.put('b.bin', 'some b');
});

afterEach(async () => {
  await daemon.stop();
  room.remove();
});

const pull = (artifacts: string, options: EngineOptions = {}) =>
  room.pull({ artifacts, mirror, lockFile: room.lockFile, ...options });
const editLock = (edit: (text: string) => string) =>
  writeFileSync(room.lockFile, edit(readFileSync(room.lockFile, 'utf8')));
const emptyLock = () => editLock((text) => text.replace(/"files": \[[^\]]*\]/, '"files": []'));
const lockedIds = () => readLockfile(room.lockFile)?.artifacts.map(({ id }) => id);

test.each([
  ['frozen', 'path:a.bin', true],
  ['not frozen', 'path:a.bin', false],
  ['without requests', '', true],
])(
  'an entry without files is refused, and nothing is deleted: %s',
  async (_, artifacts, frozen) => {
    await pull('path:a.bin');
    emptyLock();
    const { error, report } = await pull(artifacts, { frozen });
    expect(error?.code).toBe('usage');
    expect(error?.message).toContain('path:a.bin');
    expect(error?.where).toBe(`${room.lockFile}, line 8`);
    expect(error?.hint).toContain('remove this entry');
    expect(report).toMatchObject({ outcome: 'failed', cacheHit: false });
    expect(room.read('a.bin')).toBe('some a');
  },
);

test('a lockfile without entries and without requests is refused', async () => {
  await pull('path:a.bin');
  writeFileSync(room.lockFile, '{"version":1,"artifacts":[]}');
  for (const frozen of [true, false]) {
    const { error } = await pull('', { frozen });
    expect(error).toMatchObject({ code: 'usage', where: room.lockFile });
    expect(error?.message).toBe('No artifact was requested.');
  }
  expect(room.read('a.bin')).toBe('some a');
});

test('concurrent runs that share a lockfile keep all entries', async () => {
  const names = ['0', '1', '2', '3', '4'];
  for (const name of names) room.put(`${name}.bin`, name);
  const results = await Promise.all(
    names.map((name) => pull(`path:${name}.bin`, { path: join(room.folder, `d${name}`) })),
  );
  expect(results.map(({ error }) => error)).toEqual(names.map(() => undefined));
  expect(lockedIds()).toEqual(names.map((name) => `path:${name}.bin`));
  expect(readdirSync(room.folder).filter((name) => name.includes('.lock'))).toEqual([
    'tfcache.lock',
  ]);
});

test('of runs that lock the same request with different bytes, one fails', async () => {
  const other = makeRoom();
  other.put('a.bin', 'another a', 1_700_000_001);
  const otherDaemon = await startRsyncDaemon({ modules: { tensorflow: other.tree } });
  // Both have read that there is no lock before either writes one: it is the first thing a run does.
  const runs = [mirror, otherDaemon.url('tensorflow')].map((url, index) =>
    pull('path:a.bin', {
      mirror: url,
      path: join(room.folder, `d${index}`),
      store: { folder: join(room.folder, `s${index}`), lifetime: 'persistent' },
    }),
  );
  try {
    const errors = (await Promise.all(runs)).flatMap(({ error }) => error ?? []);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code: 'integrity', where: room.lockFile });
    expect(errors[0]?.message).toContain('Another run locked path:a.bin with other content');
    expect(lockedIds()).toEqual(['path:a.bin']);
  } finally {
    await otherDaemon.stop();
    other.remove();
  }
});

test('the folder of the lockfile is created', async () => {
  const lockFile = join(room.folder, 'some', 'sub', 'tfcache.lock');
  expect((await pull('path:a.bin', { lockFile })).error).toBeUndefined();
  expect(readLockfile(lockFile)?.artifacts).toHaveLength(1);
  expect(readdirSync(join(lockFile, '..'))).toEqual(['tfcache.lock']);
});

test('a lockfile that cannot be written fails the run before any download', async ({ skip }) => {
  const folder = mountSmall('size=1m');
  if (folder === undefined) return skip(CANNOT_MOUNT);
  const lockFile = join(folder, 'tfcache.lock');
  await pull('path:a.bin', { lockFile, path: join(room.folder, 'first') });
  const sentBefore = daemon.log().match(/ send /g)?.length;
  remount(folder, 'ro');
  const { error } = await pull('path:?.bin', { lockFile });
  expect(error).toMatchObject({ code: 'failed', where: lockFile });
  expect(error?.message).toContain('read-only');
  expect(daemon.log().match(/ send /g)?.length).toBe(sentBefore);
  expect(existsSync(room.destination)).toBe(false);
  // What need not be written need not be writable.
  expect((await pull('path:a.bin', { lockFile })).error).toBeUndefined();
});

test('a lockfile without changes is not written, whatever its format', async () => {
  await pull('path:a.bin');
  editLock((text) => text.replaceAll('\n', '\r\n'));
  const before = statSync(room.lockFile).mtimeMs;
  expect((await pull('path:a.bin')).error).toBeUndefined();
  expect(statSync(room.lockFile).mtimeMs).toBe(before);
});

test.each([
  ['in place and in the store', () => undefined],
  ['in the store', () => rmSync(room.destination, { recursive: true })],
  [
    'only at the mirror',
    () => {
      rmSync(room.destination, { recursive: true });
      rmSync(room.store, { recursive: true });
    },
  ],
  ['in place and at the mirror', () => rmSync(room.store, { recursive: true })],
])(
  'a wrong size with the right digest is an error with both sizes: content %s',
  async (_, prepare) => {
    await pull('path:a.bin');
    editLock((text) => text.replace('"size": 6', '"size": 7'));
    prepare();
    const { error } = await pull('path:a.bin', { frozen: true });
    expect(error?.code).toBe('integrity');
    expect(error?.expected).toBe('7 bytes (from the lock)');
    expect(error?.found).toContain('6 bytes');
    expect(error?.hint).toContain('restore it from your version control');
  },
);

test('two entries with different sizes of a file are refused before any download', async () => {
  await pull('path:a.bin\npath:a*.bin');
  editLock((text) => text.replace('"size": 6', '"size": 7'));
  const { error } = await pull('path:a.bin\npath:a*.bin');
  expect(error?.code).toBe('integrity');
  expect(error?.message).toBe('Two entries of the lockfile disagree about a.bin.');
  expect([error?.expected, error?.found].join()).toMatch(/[67] bytes.*[67] bytes/);
});

test.each([
  ['below a file', 'file/tfcache.lock'],
  ['that is a folder', 'tree'],
])('nothing is downloaded for a lockfile %s', async (_, name) => {
  writeFileSync(join(room.folder, 'file'), '');
  const lockFile = join(room.folder, name);
  const { error, report } = await pull('path:a.bin', { lockFile });
  expect(error?.where).toBe(lockFile);
  expect(report.lockDigest).toBe('');
  expect(daemon.log()).not.toMatch(/ send /);
});
