import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openDestination } from '../../src/destination/destination.ts';
import type { PublishResult } from '../../src/destination/publish/publish.ts';
import { silentLog } from '../../src/platform/log.ts';
import type { ChangedObject } from '../../src/store/objects/objects.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { LinkMode } from '../../src/store/store.ts';
import { CANNOT_MOUNT, mountSmall } from '../support/mounts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { mountImage } from './file-systems.ts';

const MTIME = 1_700_000_000;
const CONTENT = 'the bytes of a wheel'.repeat(5_000);
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const SIZE = CONTENT.length;

/** A store with one object in one folder, published into another. */
class Workbench {
  readonly changed: ChangedObject[] = [];
  readonly store;
  readonly target: string;
  readonly #destination: string;

  constructor(storeFolder: string, destination: string) {
    this.store = openStore(storeFolder, {
      log: silentLog,
      onChanged: (changed) => this.changed.push(changed),
    });
    this.#destination = destination;
    this.target = join(destination, 'linux/a.whl');
    const incoming = join(storeFolder, 'incoming');
    writeFileSync(incoming, CONTENT);
    utimesSync(incoming, MTIME, MTIME);
    this.store.add(incoming, { sha256: SHA256, size: SIZE });
  }

  get object(): string {
    return this.store.objectPath(SHA256, SIZE) ?? '';
  }

  publish(link: LinkMode): Promise<PublishResult> {
    const file = { bucket: 'tensorflow', path: 'linux/a.whl', size: SIZE, mtime: MTIME };
    const { object } = this;
    return openDestination(this.#destination, silentLog).publish(
      [{ ...file, sha256: SHA256, object }],
      { link, linkMethods: this.store.linkMethods },
    );
  }

  /** As a job does that does not know better. */
  overwrite(): void {
    chmodSync(this.target, 0o644);
    writeFileSync(this.target, 'overwritten');
  }
}

const inOne = (folder: string) => new Workbench(join(folder, 'store'), join(folder, 'destination'));

test.each(['btrfs', 'xfs'] as const)(
  '%s: auto is a clone, which is the user’s to write to',
  async (kind) => {
    const folder = mountImage(kind);
    if (folder === undefined) {
      console.log(`skipped: ${CANNOT_MOUNT}`);
      return;
    }
    const bench = inOne(folder);
    expect(await bench.publish('auto')).toMatchObject({ linked: 1, method: 'reflink' });
    const [object, target] = [statSync(bench.object), statSync(bench.target)];
    expect(target.ino).not.toBe(object.ino);
    expect({ mode: target.mode & 0o777, mtime: target.mtimeMs }).toEqual({
      mode: 0o644,
      mtime: MTIME * 1000,
    });
    expect(await bench.publish('auto')).toMatchObject({ linked: 0, already: 1 });
    bench.overwrite();
    expect(readFileSync(bench.object, 'utf8')).toBe(CONTENT);
    expect(bench.changed).toEqual([]);
    expect(await bench.publish('auto')).toMatchObject({ linked: 1, method: 'reflink' });
    expect(readFileSync(bench.target, 'utf8')).toBe(CONTENT);
  },
);

test.each(['btrfs', 'xfs', 'ext4'] as const)(
  '%s: a hard link that a job wrote into is noticed, and not published again',
  async (kind) => {
    const folder = mountImage(kind);
    if (folder === undefined) {
      console.log(`skipped: ${CANNOT_MOUNT}`);
      return;
    }
    const bench = inOne(folder);
    expect((await bench.publish('hardlink')).method).toBe('hardlink');
    expect(statSync(bench.target).ino).toBe(statSync(bench.object).ino);
    bench.overwrite();
    expect(bench.store.objectPath(SHA256, SIZE)).toBeUndefined();
    expect(bench.changed).toMatchObject([
      { sha256: SHA256, ino: String(statSync(bench.target).ino) },
    ]);
  },
);

test('ext4: auto is a hard link, reflink is refused with a way out', async () => {
  const folder = mountImage('ext4');
  if (folder === undefined) {
    console.log(`skipped: ${CANNOT_MOUNT}`);
    return;
  }
  const bench = inOne(folder);
  await expect(bench.publish('reflink')).rejects.toMatchObject({ code: 'usage' });
  expect((await bench.publish('auto')).method).toBe('hardlink');
});

test('across file systems: auto is a copy, and links are refused with a way out', async () => {
  const other = mountSmall('size=8m');
  if (other === undefined) {
    console.log(`skipped: ${CANNOT_MOUNT}`);
    return;
  }
  for (const [store, destination] of [
    [temporaryFolder(), join(other, 'destination')],
    [join(other, 'store'), temporaryFolder()],
  ] as const) {
    const bench = new Workbench(store, destination);
    for (const link of ['hardlink', 'reflink'] as const) {
      await expect(bench.publish(link)).rejects.toMatchObject({ code: 'usage' });
    }
    expect((await bench.publish('auto')).method).toBe('copy');
    expect(statSync(bench.target).mtimeMs).toBe(MTIME * 1000);
    bench.overwrite();
    expect(readFileSync(bench.object, 'utf8')).toBe(CONTENT);
  }
});

test('how files got there is remembered with the store', async () => {
  const bench = inOne(temporaryFolder());
  const { method } = await bench.publish('auto');
  const { linkMethods: methods } = bench.store;
  expect(methods.recall(dirname(bench.target))).toBe(method);
});

test('what is remembered is done, and nothing is tried', async ({ skip }) => {
  const folder = mountImage('btrfs');
  if (folder === undefined) return skip(CANNOT_MOUNT);
  const bench = inOne(folder);
  bench.store.linkMethods.remember(folder, 'hardlink');
  expect((await bench.publish('auto')).method).toBe('hardlink');
  rmSync(bench.target);
  expect((await bench.publish('reflink')).method).toBe('reflink');
});

test('what is remembered and does not work any more is found out anew', async ({ skip }) => {
  const other = mountSmall('size=8m');
  if (other === undefined) return skip(CANNOT_MOUNT);
  const bench = new Workbench(temporaryFolder(), join(other, 'destination'));
  const { linkMethods: methods } = bench.store;
  for (const wrong of ['reflink', 'hardlink'] as const) {
    methods.remember(other, wrong);
    expect(await bench.publish('auto')).toMatchObject({ linked: 1, method: 'copy' });
    expect(methods.recall(other)).toBeUndefined();
    // What is recorded is what is there.
    expect(await bench.publish('auto')).toMatchObject({ linked: 0, already: 1 });
    rmSync(bench.target);
  }
});
