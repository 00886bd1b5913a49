import {
  chmodSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRoom, type Room, recordingLog } from '../support/engine.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../support/mounts.ts';

let room: Room;

beforeEach(() => {
  room = makeRoom();
  for (let file = 0; file < 20; file += 1) room.put(`models/${file}.bin`, `content ${file}`);
});
afterEach(() => room.remove());

const objectsIn = (store: string): string[] =>
  readdirSync(join(store, 'v1/objects'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('.'))
    .map((name) => join(store, 'v1/objects', name));

const read = (file: string) => readFileSync(file, 'utf8');

/** Another byte under the same size, times and inode: a disk does that, or a job that sets the time back. */
function damage(file: string): void {
  const { atimeMs, mtime, mode, ino } = statSync(file, { bigint: false });
  const before = statSync(file, { bigint: true });
  const bytes = readFileSync(file);
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  chmodSync(file, 0o600);
  writeFileSync(file, bytes);
  utimesSync(file, atimeMs / 1000, mtime);
  chmodSync(file, mode);
  expect(statSync(file).ino).toBe(ino);
  expect(statSync(file, { bigint: true }).mtimeNs).toBe(before.mtimeNs);
}

describe.each(['hardlink', 'copy'] as const)('verify: full, with link: %s', (link) => {
  const options = (more: object = {}) => ({
    artifacts: 'path:**',
    mirror: pathToFileURL(`${room.tree}/`).href,
    store: { folder: join(room.folder, 'store'), lifetime: 'persistent' as const },
    verify: 'full' as const,
    link,
    ...more,
  });

  test.each([true, false])('fetches a damaged object again (lockfile: %s)', async (locked) => {
    const lockFile = locked ? { lockFile: room.lockFile } : {};
    expect((await room.pull(options(lockFile))).error).toBeUndefined();
    const objects = objectsIn(join(room.folder, 'store'));
    const [first = '', second = ''] = objects;
    const wanted = [first, second].map(read);
    damage(first);
    damage(second);

    const fast = await room.pull(
      options({ ...lockFile, verify: 'fast', path: join(room.folder, 'fast') }),
    );
    expect(fast.report.bytes).toMatchObject({ mirror: 0 });

    const log = recordingLog();
    const path = join(room.folder, 'fresh');
    const full = await room.pull(options({ ...lockFile, path, log }));
    expect(full.error).toBeUndefined();
    const names = readdirSync(join(path, 'models'));
    expect(names).toHaveLength(20);
    for (const name of names) {
      expect(read(join(path, 'models', name))).toBe(`content ${name.replace('.bin', '')}`);
    }
    expect(full.report.bytes.mirror).toBe(wanted.join('').length);
    expect(log.lines.filter((line) => line.includes('is damaged'))).toHaveLength(2);
    expect(readdirSync(join(room.folder, 'store/v1/quarantine'))).toHaveLength(2);
    const again = await room.pull(options({ ...lockFile, path: join(room.folder, 'again') }));
    expect(again.report.bytes).toMatchObject({ mirror: 0 });
  });

  test('replaces a damaged file in place, and keeps it aside', async () => {
    const lockFile = { lockFile: room.lockFile };
    const { report } = await room.pull(options(lockFile));
    expect(report.bytes.mirror).toBeGreaterThan(0);
    const path = join(room.folder, 'destination');
    const options2 = options({ ...lockFile, path });
    await room.pull(options2);
    const file = join(path, 'models/7.bin');
    damage(file);

    const fast = await room.pull({ ...options2, verify: 'fast' });
    expect(fast.error).toBeUndefined();
    expect(read(file)).not.toBe('content 7');

    const full = await room.pull(options2);
    expect(full.error).toBeUndefined();
    expect(read(file)).toBe('content 7');
    // A hard link shares the damage with the store; a copy is made anew from it.
    expect(full.report.bytes).toMatchObject(
      link === 'hardlink' ? { mirror: 9, store: 0 } : { mirror: 0, store: 9 },
    );
    expect(read(join(path, '@tfcache.changed/models/7.bin'))).not.toBe('content 7');
    expect((await room.pull(options2)).report.bytes).toMatchObject({ mirror: 0, store: 0 });
  });

  test('fails if a damaged file cannot be had again, and publishes nothing', async () => {
    const lockFile = { lockFile: room.lockFile };
    await room.pull(options(lockFile));
    damage(objectsIn(join(room.folder, 'store'))[0] ?? '');
    rmSync(join(room.tree, 'models'), { recursive: true });
    const path = join(room.folder, 'fresh');
    const { error } = await room.pull(options({ ...lockFile, path }));
    expect(error).toBeDefined();
    expect(() => statSync(path)).toThrow('ENOENT');
  });
});

test('a damaged object of a store that may only be read is not used', async ({ skip }) => {
  const disk = mountSmall('size=4m');
  if (disk === undefined) return skip(CANNOT_MOUNT);
  const options = {
    artifacts: 'path:models/1.bin',
    mirror: pathToFileURL(`${room.tree}/`).href,
    lockFile: room.lockFile,
    store: { folder: join(disk, 'store'), lifetime: 'persistent' as const },
    verify: 'full' as const,
    path: join(room.folder, 'first'),
  };
  expect((await room.pull(options)).error).toBeUndefined();
  damage(objectsIn(join(disk, 'store'))[0] ?? '');
  remount(disk, 'ro');
  const path = join(room.folder, 'fresh');
  const { error } = await room.pull({ ...options, path });
  remount(disk, 'rw');
  expect(error).toBeDefined();
  expect(() => statSync(path)).toThrow('ENOENT');
});

test('a dry run hashes nothing, and a run that finds nothing near neither', async () => {
  const options = {
    artifacts: 'path:**',
    mirror: pathToFileURL(`${room.tree}/`).href,
    verify: 'full' as const,
  };
  const { report } = await room.pull(options);
  expect(report.steps.map(({ step }) => step)).not.toContain('verify what is here');
});
