import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { HASH_BUFFER_BYTES, hashFileSync } from '../../../src/platform/hashing/hash-file.ts';
import { silentLog, silentProgress } from '../../../src/platform/log.ts';
import { verifyStore } from '../../../src/store/maintenance/verify-store.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const open = (folder = temporaryFolder()) => openStore(folder, { log: silentLog });
const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
const verify = (store: Store) =>
  verifyStore(store.folder, {
    progress: silentProgress,
    signal: new AbortController().signal,
    threads: 2,
  });

function put(store: Store, text: string): string {
  const file = join(store.folder, 'incoming');
  writeFileSync(file, text);
  return store.add(file, { sha256: sha256Of(text), size: text.length });
}

/** Other bytes, and everything the file system tells as it was: what a bad disk does. */
function rot(object: string): void {
  const { mtime, atime } = statSync(object);
  chmodSync(object, 0o644);
  writeFileSync(object, readFileSync(object, 'utf8').replace('a', 'b'));
  utimesSync(object, atime, mtime);
}

test('a sound store is found sound, and stays as it is', async () => {
  const store = open();
  const objects = ['a', 'bb', ''].map((text) => put(store, text));
  store.remember([{ bucket: 'b', path: 'p', size: 1, mtime: 1, sha256: sha256Of('a') }]);
  await new Promise(setImmediate);
  expect(await verify(store)).toEqual({
    sound: { objects: 3, bytes: 3 },
    healed: 0,
    wrong: [],
    gone: 0,
    index: { lines: 1, damaged: 0, repeated: 0, dropped: 0, rewritten: false },
  });
  expect(objects.every((object) => existsSync(object))).toBe(true);
});

test('what rotted on the disk is taken out, though its size and time are as they were', async () => {
  const store = open();
  const [bad = '', good = ''] = ['an object', 'sound'].map((text) => put(store, text));
  utimesSync(bad, 1_700_000_000, 1_700_000_000);
  const dated = put(open(store.folder), 'another');
  rot(dated);
  const { wrong, sound, healed } = await verify(store);
  // The first was only touched: its bytes are right, and its name follows.
  expect({ healed, sound: sound.objects }).toEqual({ healed: 1, sound: 2 });
  expect(wrong).toHaveLength(1);
  expect(wrong[0]?.object).toBe(dated);
  expect(existsSync(dated)).toBe(false);
  expect(existsSync(wrong[0]?.quarantined ?? '')).toBe(true);
  expect(existsSync(good)).toBe(true);
  const fresh = open(store.folder);
  expect(fresh.objectPath(sha256Of('another'), 7)).toBeUndefined();
  expect(fresh.objectPath(sha256Of('an object'), 9)).toBeDefined();
  expect((await verify(store)).wrong).toEqual([]);
});

test('what a job writes into its link while others are still hashed is not taken for what was hashed', async () => {
  const store = open();
  const texts = Array.from({ length: 40 }, (_, index) => `content ${index}`);
  const links = texts.map((text, index) => {
    const object = put(store, text);
    const link = join(store.folder, `link-${index}`);
    linkSync(object, link);
    // Touched, so that it is to be healed.
    utimesSync(object, 1_700_000_000, 1_700_000_000);
    return link;
  });
  // Most likely neither the first nor the last to be read, by its digest.
  const large = putHoles(store, 600_008_000);
  const verifying = verifyStore(store.folder, {
    progress: silentProgress,
    signal: new AbortController().signal,
    threads: 1,
  });
  await expect.poll(() => isOpen(large), { interval: 1, timeout: 20_000 }).toBe(true);
  for (const link of links) {
    chmodSync(link, 0o644);
    writeFileSync(link, readFileSync(link, 'utf8').replace('c', 'C'));
  }
  await verifying;
  const fresh = open(store.folder);
  const served = texts.flatMap((text) => fresh.objectPath(sha256Of(text), text.length) ?? []);
  expect(served.map((path) => readFileSync(path, 'utf8'))).toEqual([]);
}, 60_000);

/** An object of zeros that takes no room. */
function putHoles(store: Store, size: number): string {
  const file = join(store.folder, 'incoming');
  writeFileSync(file, '');
  truncateSync(file, size);
  const { sha256 } = hashFileSync(file, new Uint8Array(HASH_BUFFER_BYTES));
  return store.add(file, { sha256, size });
}

/** Whether this process, its threads among it, reads a file just now. */
function isOpen(file: string): boolean {
  return readdirSync('/proc/self/fd').some((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`) === file;
    } catch (error) {
      if (error instanceof Error) return false;
      throw error;
    }
  });
}

test('what is cut short, no regular file or no object at all is taken out, and said in words', async () => {
  const store = open();
  const cut = put(store, 'an object');
  chmodSync(cut, 0o644);
  writeFileSync(cut, 'an');
  writeFileSync(join(dirname(cut), 'notes.txt'), 'mine');
  const { wrong } = await verify(store);
  expect(wrong.map(({ problem }) => problem).sort()).toEqual([
    'it had 9 bytes when it was verified, now 2',
    'it is no object of the store',
  ]);
});

test('objects that others take away meanwhile are not wrong', async () => {
  const store = open();
  for (let index = 0; index < 40; index += 1) put(store, `content ${index}`);
  const verifying = verify(store);
  for (let index = 0; index < 40; index += 1) {
    const text = `content ${index}`;
    const path = store.objectPath(sha256Of(text), text.length);
    if (path !== undefined) renameSync(path, join(store.folder, 'elsewhere'));
  }
  const { wrong, gone, sound } = await verifying;
  expect(wrong).toEqual([]);
  expect(gone + sound.objects).toBeLessThanOrEqual(40);
});

test('damaged lines of the index go, the others stay, and the last of a path counts', async () => {
  const store = open();
  const entry = (path: string, sha256: string) => ({
    bucket: 'b',
    path,
    size: 1,
    mtime: 1,
    sha256,
  });
  store.remember([entry('p', sha256Of('old'))]);
  await new Promise(setImmediate);
  store.remember([entry('p', sha256Of('new')), entry('q', sha256Of('q'))]);
  await new Promise(setImmediate);
  const folder = join(store.folder, 'v1/index');
  const [name = ''] = readdirSync(folder);
  appendFileSync(join(folder, name), 'torn li\n0123456 xx\n');
  const { index } = await verify(store);
  expect(index).toEqual({ lines: 2, damaged: 2, repeated: 1, dropped: 0, rewritten: true });
  expect(readdirSync(folder)).toEqual([name]);
  const fresh = open(store.folder);
  expect(fresh.find({ bucket: 'b', path: 'p', size: 1, mtime: 1 })?.sha256).toBe(sha256Of('new'));
  expect(fresh.find({ bucket: 'b', path: 'q', size: 1, mtime: 1 })?.sha256).toBe(sha256Of('q'));
  // The one that had it open before goes on as well.
  expect(store.find({ bucket: 'b', path: 'p', size: 1, mtime: 1 })?.sha256).toBe(sha256Of('new'));
  expect((await verify(store)).index).toMatchObject({ lines: 2, damaged: 0, rewritten: false });
});

test('what is remembered while the index is written anew is not lost', async () => {
  const store = open();
  const entry = (path: string) => ({
    bucket: 'b',
    path,
    size: 1,
    mtime: 1,
    sha256: sha256Of(path),
  });
  store.remember([entry('first')]);
  await new Promise(setImmediate);
  const folder = join(store.folder, 'v1/index');
  const [name = ''] = readdirSync(folder);
  appendFileSync(join(folder, name), 'torn\n');
  const verifying = verify(store);
  const paths: string[] = ['first'];
  for (let index = 0; index < 50; index += 1) {
    paths.push(`p${index}`);
    store.remember([entry(`p${index}`)]);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await verifying;
  const fresh = open(store.folder);
  expect(
    paths.filter((path) => fresh.find({ bucket: 'b', path, size: 1, mtime: 1 }) === undefined),
  ).toEqual([]);
});
