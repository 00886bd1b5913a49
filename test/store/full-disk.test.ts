import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { tryAcquireLock } from '../../src/platform/lock/process-lock.ts';
import { silentProgress as progress, silentLog } from '../../src/platform/log.ts';
import { createLeaseReader } from '../../src/store/leases/lease-reader.ts';
import { collectGarbage } from '../../src/store/maintenance/collect-garbage.ts';
import { verifyStore } from '../../src/store/maintenance/verify-store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../support/mounts.ts';
import { recordingLog } from '../support/recording-log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rejectionOf, thrownBy } from '../support/thrown.ts';

const { signal } = new AbortController();
const sha256Of = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

const objectsIn = (version: string) =>
  readdirSync(join(version, 'objects'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('.'))
    .map((name) => basename(name));

test('a full disk is said so, with what to do, and what is in the store stays sound', async ({
  skip,
}) => {
  const disk = mountSmall('size=256k,nr_inodes=60');
  if (disk === undefined) return skip(CANNOT_MOUNT);
  const log = recordingLog();
  const store = openStore(join(disk, 'store'), { log });
  const staging = await store.stage('x');
  const bytes = randomBytes(1000);
  writeFileSync(join(staging.folder, 'file'), bytes);
  const object = store.add(join(staging.folder, 'file'), { sha256: sha256Of(bytes), size: 1000 });

  const fillers: string[] = [];
  try {
    for (;;) {
      const filler = join(staging.folder, `filler-${fillers.length}`);
      fillers.push(filler);
      writeFileSync(filler, '');
    }
  } catch {
    // Out of inodes, as intended: even an empty file cannot be made.
    rmSync(fillers.pop() ?? '', { force: true });
  }
  const error = await rejectionOf(store.stage('another'));
  expect(error).toMatchObject({ code: 'no-space', exitCode: 6 });
  expect(error.hint).toContain('df -i');

  const shape = { bucket: 'tensorflow', path: 'a/b', size: 1, mtime: 1, sha256: sha256Of(bytes) };
  store.remember([shape]);
  expect(store.find({ bucket: 'tensorflow', path: 'other', size: 1, mtime: 1 })).toBeUndefined();
  expect(log.lines.join()).toContain('index could not be written');
  expect(store.objectPath(sha256Of(bytes), 1000)).toBe(object);

  for (const filler of fillers) rmSync(filler, { force: true });
  await staging.release();
  await (await store.stage('another')).release();
  store.remember([shape]);
  expect(store.find({ bucket: 'tensorflow', path: 'a/b', size: 1, mtime: 1 })).toEqual(shape);
});

test('a full disk does not keep a clean-up from making room, nor a job from giving up its turn', async ({
  skip,
}) => {
  const disk = mountSmall('size=1m');
  if (disk === undefined) return skip(CANNOT_MOUNT);
  const folder = join(disk, 'store');
  const store = openStore(folder, { log: silentLog });
  store.lease().release();
  for (let index = 0; index < 4; index += 1) {
    const bytes = randomBytes(100_000);
    writeFileSync(join(disk, 'file'), bytes);
    store.add(join(disk, 'file'), { sha256: sha256Of(bytes), size: bytes.length });
  }
  const version = join(folder, 'v1');
  const turn = tryAcquireLock(join(version, 'locks', 'something'));
  const lease = store.lease();
  const late = openStore(folder, { log: silentLog });
  const narrowed = late.lease();
  narrowed.narrow([]);
  const [kept] = [...objectsIn(version)];
  const filler = openSync(join(disk, 'filler'), 'w');
  for (const size of [4096, 1]) {
    try {
      for (;;) writeSync(filler, Buffer.alloc(size));
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' });
    }
  }
  closeSync(filler);
  // Neither can be written anew: the lease goes on holding all, the turn is free.
  lease.narrow([]);
  expect(late.keepInLease([{ sha256: kept?.slice(0, 64) ?? '', size: 100_000 }])).toHaveLength(1);
  expect(createLeaseReader(version)()).toMatchObject({ jobs: 2, everything: true });
  turn?.release();
  expect(readdirSync(join(version, 'tmp'))).toEqual([]);
  expect(readFileSync(join(version, 'locks', 'something', '1'), 'utf8')).toBe('released\n');
  expect((await rejectionOf(store.stage('another'))).code).toBe('no-space');
  const { wrong, sound } = await verifyStore(folder, { progress, signal, threads: 1 });
  expect({ wrong, objects: sound.objects }).toEqual({ wrong: [], objects: 4 });
  lease.release();
  narrowed.release();
  const options = { maxSize: 200_000, maxAge: undefined, progress, signal };
  const { removed } = await collectGarbage(folder, options);
  expect(removed.objects).toBe(2);
  await (await store.stage('another')).release();
  expect(existsSync(join(version, 'reserve'))).toBe(true);
}, 20_000);

/** A store with objects on a file system on which not even an empty file can be made. */
function storeWithoutInodes(disk: string): { folder: string; fill: () => void } {
  const folder = join(disk, 'store');
  const store = openStore(folder, { log: silentLog });
  store.lease().release();
  for (let index = 0; index < 40; index += 1) {
    const bytes = randomBytes(100);
    writeFileSync(join(disk, 'file'), bytes);
    store.add(join(disk, 'file'), { sha256: sha256Of(bytes), size: bytes.length });
  }
  const fill = () => {
    for (let filler = 0; ; filler += 1) {
      try {
        writeFileSync(join(disk, `filler-${filler}`), '');
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' });
        return;
      }
    }
  };
  fill();
  return { folder, fill };
}

test('a clean-up works without a free inode', async ({ skip }) => {
  const disk = mountSmall('size=4m,nr_inodes=200');
  if (disk === undefined) return skip(CANNOT_MOUNT);
  const { folder } = storeWithoutInodes(disk);
  const limits = { maxSize: 2_000, maxAge: undefined, progress, signal };
  const none = await collectGarbage(folder, { ...limits, maxSize: undefined });
  expect(none).toMatchObject({ busy: false, removed: { objects: 0 }, kept: { objects: 40 } });
  const { removed, kept } = await collectGarbage(folder, limits);
  expect({ removed: removed.objects, kept: kept.objects }).toEqual({ removed: 20, kept: 20 });
  expect(existsSync(join(folder, 'v1/reserve'))).toBe(true);
});

test('a clean-up works without a free inode and without a reserve', async ({ skip }) => {
  const disk = mountSmall('size=4m,nr_inodes=200');
  if (disk === undefined) return skip(CANNOT_MOUNT);
  const { folder, fill } = storeWithoutInodes(disk);
  rmSync(join(folder, 'v1/reserve'), { recursive: true, force: true });
  fill();
  const limits = { maxSize: undefined, maxAge: undefined, progress, signal };
  const error = await rejectionOf(collectGarbage(folder, limits));
  expect(error.code).toBe('no-space');
  expect(objectsIn(join(folder, 'v1'))).toHaveLength(40);

  const lease = openStore(folder, { log: silentLog });
  const { removed } = await collectGarbage(folder, { ...limits, maxSize: 2_000 });
  expect(removed).toEqual({ objects: 20, bytes: 2_000 });
  expect(objectsIn(join(folder, 'v1'))).toHaveLength(20);
  lease.lease().release();
  rmSync(join(folder, 'v1/reserve'), { recursive: true, force: true });
  fill();
  const old = { maxAge: 1_000, now: Date.now() + 60_000 };
  expect((await collectGarbage(folder, { ...limits, ...old })).removed.objects).toBe(20);
});

test('a read-only store can be read, and says that it cannot be written', async ({ skip }) => {
  const disk = mountSmall('size=1m');
  if (disk === undefined) return skip(CANNOT_MOUNT);
  const bytes = randomBytes(1000);
  const store = openStore(join(disk, 'store'), { log: silentLog });
  writeFileSync(join(disk, 'file'), bytes);
  store.add(join(disk, 'file'), { sha256: sha256Of(bytes), size: 1000 });
  writeFileSync(join(disk, 'other'), bytes);
  remount(disk, 'ro');
  const again = openStore(join(disk, 'store'), { log: silentLog });
  expect(again.objectPath(sha256Of(bytes), 1000)).toBeDefined();
  expect((await verifyStore(join(disk, 'store'), { progress, signal })).sound.objects).toBe(1);
  const error = await rejectionOf(again.stage('x'));
  expect(error.message).toContain('read-only');
  expect(thrownBy(() => openStore(join(disk, 'new'), { log: silentLog })).message).toContain(
    'read-only',
  );
  remount(disk, 'rw');
});

test('a file on another file system is refused, and stays where it is', ({ skip }) => {
  const disk = mountSmall('size=1m');
  if (disk === undefined) return skip(CANNOT_MOUNT);
  const store = openStore(temporaryFolder(), { log: silentLog });
  const bytes = randomBytes(100);
  writeFileSync(join(disk, 'file'), bytes);
  const digest = { sha256: sha256Of(bytes), size: 100 };
  const error = thrownBy(() => store.add(join(disk, 'file'), digest));
  expect(error.message).toContain('another file system');
  expect(existsSync(join(disk, 'file'))).toBe(true);
  expect(store.objectPath(digest.sha256, 100)).toBeUndefined();
});

test('a store of another user says whose permission is missing', ({ skip }) => {
  if (process.getuid?.() !== 0 || process.seteuid === undefined)
    return skip('needs root to be someone else');
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  process.seteuid(65534);
  try {
    const error = thrownBy(() => openStore(join(folder, 'store'), { log: silentLog }));
    expect(error.message).toContain('permission denied');
    expect(error.hint).toMatch(/uid \d+/);
  } finally {
    process.seteuid(0);
  }
  expect(readdirSync(folder)).toEqual([]);
});
