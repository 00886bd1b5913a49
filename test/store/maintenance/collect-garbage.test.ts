import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { tryAcquireLock } from '../../../src/platform/lock/process-lock.ts';
import { silentLog, silentProgress } from '../../../src/platform/log.ts';
import {
  collectGarbage,
  type GarbageCollection,
} from '../../../src/store/maintenance/collect-garbage.ts';
import { readStoreStats } from '../../../src/store/maintenance/store-stats.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { startChild } from '../../support/child.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const LEASE_CHILD = new URL('../leases/lease-child.ts', import.meta.url);
const open = () => openStore(temporaryFolder(), { log: silentLog });
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
const has = (store: Store, text: string) =>
  store.objectPath(sha256Of(text), text.length) !== undefined;

function put(store: Store, text: string): string {
  const file = join(store.folder, `incoming ${text.slice(0, 20)}`);
  writeFileSync(file, text);
  return store.add(file, { sha256: sha256Of(text), size: text.length });
}

function collect(
  store: Store,
  limits: { maxSize?: number; maxAge?: number; now?: number } = {},
): Promise<GarbageCollection> {
  return collectGarbage(store.folder, {
    maxSize: limits.maxSize,
    maxAge: limits.maxAge,
    ...(limits.now === undefined ? {} : { now: limits.now }),
    progress: silentProgress,
    signal: new AbortController().signal,
  });
}

/** Ten bytes each, in the order of their names, at times that every file system tells apart. */
async function fill(store: Store, count = 4): Promise<string[]> {
  const texts = Array.from({ length: count }, (_, index) => `content ${index}`.padEnd(10, '.'));
  for (const text of texts) {
    put(store, text);
    await sleep(15);
  }
  return texts;
}

test('those that were not used for longest go first, and no more than must', async () => {
  const store = open();
  const texts = await fill(store);
  const collected = await collect(store, { maxSize: 25 });
  expect(collected).toMatchObject({ removed: { objects: 2, bytes: 20 }, kept: { objects: 2 } });
  expect(texts.map((text) => has(store, text))).toEqual([false, false, true, true]);
});

test.each<[string, (store: Store, object: string) => void]>([
  ['a hard link', (store, object) => linkSync(object, join(store.folder, 'linked'))],
  ['a note of a copy', (store, object) => store.touch([object])],
  ['being taken in again', (store) => void put(store, 'content 0.')],
])('%s counts as a use', async (_, use) => {
  const store = open();
  const texts = await fill(store);
  use(store, store.objectPath(sha256Of(texts[0] ?? ''), 10) ?? '');
  await collect(store, { maxSize: 20 });
  expect(texts.map((text) => has(store, text))).toEqual([true, false, false, true]);
});

test('by age, whatever the size', async () => {
  const store = open();
  const texts = await fill(store, 2);
  await sleep(300);
  put(store, 'young');
  expect((await collect(store, { maxAge: 250 })).removed.objects).toBe(2);
  expect([...texts, 'young'].map((text) => has(store, text))).toEqual([false, false, true]);
});

test('without limits no object goes; in an empty folder nothing is made', async () => {
  const store = open();
  await fill(store, 2);
  expect((await collect(store)).removed.objects).toBe(0);
  const folder = temporaryFolder();
  const options = { progress: silentProgress, signal: new AbortController().signal };
  await collectGarbage(folder, { maxSize: 1, maxAge: undefined, ...options });
  expect(readdirSync(folder)).toEqual([]);
});

test('what a running job uses stays, and what was added since it began', async () => {
  const store = open();
  const texts = await fill(store);
  await sleep(100);
  const child = startChild(LEASE_CHILD, [store.folder, sha256Of(texts[1] ?? '')]);
  await child.printed('leased');
  put(store, 'added since');
  const collected = await collect(store, { maxSize: 0 });
  expect(collected).toMatchObject({ jobs: 1, held: { objects: 2 } });
  expect(texts.map((text) => has(store, text))).toEqual([false, true, false, false]);
  expect(has(store, 'added since')).toBe(true);
  child.process.kill('SIGKILL');
  await child.ended();
  expect(await collect(store, { maxSize: 0 })).toMatchObject({ jobs: 0, kept: { objects: 0 } });
});

test('as long as a job has not said what it uses, nothing goes', async () => {
  const store = open();
  const texts = await fill(store);
  await sleep(100);
  const lease = store.lease();
  const collecting = collect(store, { maxSize: 0 });
  await sleep(100);
  expect(texts.map((text) => has(store, text))).toEqual([true, true, true, true]);
  lease.narrow([sha256Of(texts[0] ?? '')]);
  await collecting;
  expect(texts.map((text) => has(store, text))).toEqual([true, false, false, false]);
  lease.release();
  expect(readdirSync(join(store.folder, 'v1/leases'))).toEqual([]);
});

test('what a job finds in the store after it has said what it uses stays, too', async () => {
  const store = open();
  const texts = await fill(store);
  await sleep(100);
  const job = openStore(store.folder, { log: silentLog });
  const lease = job.lease();
  lease.narrow([sha256Of(texts[0] ?? '')]);
  const wanted = [texts[2] ?? '', 'never there'].map((text) => ({
    sha256: sha256Of(text),
    size: text.length,
  }));
  expect(job.keepInLease(wanted)).toEqual(wanted.slice(0, 1));
  await collect(store, { maxSize: 0 });
  expect(texts.map((text) => has(store, text))).toEqual([true, false, true, false]);
  lease.release();
  // One that is over is not brought back.
  job.keepInLease(wanted);
  lease.narrow([]);
  expect(readdirSync(join(store.folder, 'v1/leases'))).toEqual([]);
});

test('one at a time', async () => {
  const store = open();
  const texts = await fill(store, 2);
  const turn = tryAcquireLock(join(store.folder, 'v1/locks/gc'));
  expect(await collect(store, { maxSize: 0 })).toMatchObject({ busy: true });
  expect(texts.map((text) => has(store, text))).toEqual([true, true]);
  turn?.release();
  expect(await collect(store, { maxSize: 0 })).toMatchObject({ busy: false });
});

test('young leftovers stay, somebody may come back for them; old ones go', async () => {
  const store = open();
  const { claim: flight } = await store.claim('mirror', ['a']);
  writeFileSync(join(flight?.folder ?? '', 'part'), 'part');
  flight?.abandon();
  mkdirSync(join(store.folder, 'v1/quarantine'));
  writeFileSync(join(store.folder, 'v1/quarantine/x'), 'x');
  utimesSync(join(store.folder, 'v1/quarantine/x'), 1, 1);
  await collect(store, { maxSize: 0 });
  expect(existsSync(join(flight?.folder ?? '', 'part'))).toBe(true);
  expect(existsSync(join(store.folder, 'v1/quarantine/x'))).toBe(true);
  const { leftovers } = await collect(store, { now: Date.now() + 8 * 24 * 3_600_000 });
  expect(leftovers).toEqual({ files: 2, bytes: 5 });
  expect(existsSync(flight?.folder ?? '')).toBe(false);
  expect(existsSync(join(store.folder, 'v1/quarantine/x'))).toBe(false);
});

test('an object that cannot be removed is an error that says so', async () => {
  const store = open();
  await fill(store, 1);
  if (process.getuid?.() === 0) return;
  const objects = join(store.folder, 'v1/objects');
  for (const folder of readdirSync(objects)) chmodSync(join(objects, folder), 0o500);
  await expect(collect(store, { maxSize: 0 })).rejects.toThrow('clean up the store');
  for (const folder of readdirSync(objects)) chmodSync(join(objects, folder), 0o700);
});

test('folders of turns that are over are removed, and what a process has now stays', async () => {
  const store = open();
  for (let workspace = 0; workspace < 50; workspace += 1) {
    await (await store.stage(`destination ${workspace}`)).release();
  }
  const locks = join(store.folder, 'v1/locks');
  const held = await store.stage('in use');
  const { claim: flight } = await store.claim('mirror', ['a']);
  flight?.complete();
  await collect(store);
  expect(readdirSync(locks).filter((name) => name.startsWith('destination'))).toEqual([]);
  expect(readdirSync(locks).filter((name) => name.startsWith('in-use'))).toHaveLength(1);
  expect(readdirSync(join(store.folder, 'v1/claims'))).toEqual([]);
  await held.release();
  await (await store.stage('destination 1')).release();
  (await store.claim('mirror', ['a'])).claim?.complete();
});

test('the index forgets what the store does not have any more, also between two appends', async () => {
  const store = open();
  const texts = await fill(store, 3);
  const line = (text: string, path: string, mtime = 1) => ({
    bucket: 'tensorflow',
    path,
    size: 10,
    mtime,
    sha256: sha256Of(text),
  });
  const many = Array.from({ length: 300 }, (_, index) => line(`gone ${index}`, `many/${index}`));
  store.remember([...many, ...texts.map((text, index) => line(text, `kept/${index}`))]);
  store.remember([line('gone', 'only/gone')]);
  store.find({ bucket: 'tensorflow', path: 'kept/0', size: 10, mtime: 1 });
  const index = join(store.folder, 'v1/index');
  const before = readdirSync(index).length;
  const { forgotten, removed } = await collect(store, { maxSize: 20 });
  expect({ forgotten, removed: removed.objects }).toEqual({ forgotten: 302, removed: 1 });
  expect(readdirSync(index).length).toBe(before - 2);
  expect((await readStoreStats(store.folder)).index.lines).toBe(2);
  const again = openStore(store.folder, { log: silentLog });
  expect(again.find({ bucket: 'tensorflow', path: 'kept/0', size: 10, mtime: 1 })).toBeUndefined();
  expect(again.find({ bucket: 'tensorflow', path: 'kept/2', size: 10, mtime: 1 })?.sha256).toBe(
    sha256Of(texts[2] ?? ''),
  );
  // The store that had it open before goes on with the logs as they are now.
  const late = { ...line(texts[2] ?? '', 'only/gone', 7) };
  store.remember([late]);
  store.find({ bucket: 'tensorflow', path: 'only/gone', size: 10, mtime: 7 });
  expect(again.find({ bucket: 'tensorflow', path: 'only/gone', size: 10, mtime: 7 })).toEqual(late);
  expect((await collect(store)).forgotten).toBe(0);
});

test('folders, files and links that are not of the store break neither a clean-up nor the numbers', async () => {
  const store = open();
  const texts = await fill(store, 2);
  store.remember([
    { bucket: 'tensorflow', path: 'a/b', size: 10, mtime: 1, sha256: sha256Of(texts[0] ?? '') },
  ]);
  await (await store.stage('x')).release();
  store.lease().release();
  const { claim: flight } = await store.claim('mirror', ['a']);
  flight?.abandon();
  store.linkMethods.remember(store.folder, 'hardlink');
  const version = join(store.folder, 'v1');
  mkdirSync(join(version, 'quarantine'));
  const own = ['.', ...readdirSync(version, { recursive: true, encoding: 'utf8' })].filter((path) =>
    lstatSync(join(version, path)).isDirectory(),
  );
  const object = readdirSync(join(version, 'objects'), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split('/').at(-1) ?? '')
    .find((name) => name.length > 64);
  const names = ['stray', '7', '3f', 'ab', '0', `ff${object?.slice(2)}`, 'lost+found', '12-abc'];
  for (const folder of own) {
    for (const name of names) {
      if (existsSync(join(version, folder, name))) continue;
      mkdirSync(join(version, folder, name));
      writeFileSync(join(version, folder, name, 'file'), 'x');
    }
    // Among the leases it may be one that is being written, and holds everything for some minutes.
    if (folder !== 'leases') writeFileSync(join(version, folder, 'stray file'), 'x');
    symlinkSync('nowhere', join(version, folder, 'stray link'));
    symlinkSync('.', join(version, folder, 'loop'));
    // Reading these would never end.
    symlinkSync('/dev/zero', join(version, folder, 'endless'));
    execFileSync('mkfifo', [join(version, folder, 'pipe')]);
  }
  const stats = await readStoreStats(store.folder);
  expect(stats.objects.count).toBe(2);
  expect(stats.index.lines).toBe(1);
  expect(await collect(store, { maxSize: 10 })).toMatchObject({
    removed: { objects: 1 },
    kept: { bytes: 10 },
  });
  expect((await readStoreStats(store.folder)).objects.count).toBe(1);
  await collect(store, { maxSize: 0, now: Date.now() + 30 * 24 * 3_600_000 });
  store.lease().release();
  await (await store.stage('x')).release();
});
