import { existsSync, linkSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VerifiedFile } from '../../../src/bucket/file.ts';
import type { Pack } from '../../../src/cache/cache.ts';
import { choosePacks } from '../../../src/cache/choose-packs.ts';
import { EMPTY_INDEX } from '../../../src/cache/index-file.ts';
import {
  areSound,
  type CacheWorkbench,
  openCacheWorkbench,
} from '../../support/cache-workbench.ts';

const MIB = 1024 * 1024;
let bench: CacheWorkbench;
beforeEach(async () => {
  bench = await openCacheWorkbench();
});
afterEach(() => bench.close());

const statuses = (outcomes: readonly { status: string }[]) =>
  outcomes.map(({ status }) => status).sort();

describe('packs through GitHub’s cache', () => {
  it.each([1, 511, 1 * MIB, 33 * MIB, 150 * MIB])('saves and restores %i bytes', async (size) => {
    const packs = bench.plan([bench.addContent(size)]);
    expect(statuses(await bench.save(packs))).toEqual(['saved']);
    const outcomes = await bench.restore(packs);
    expect(areSound(outcomes)).toBe(true);
  });

  it('saves and restores 512 MB', async () => {
    // Zeros with something in them: the archive is small, tar and the toolkit still move every byte.
    const bytes = Buffer.alloc(512_000_000);
    bytes.writeUInt32BE(0xdecade, 300_000_000);
    const packs = bench.plan([bench.addContent(bytes)]);
    expect(statuses(await bench.save(packs))).toEqual(['saved']);
    expect(areSound(await bench.restore(packs))).toBe(true);
    expect(bench.server.counts.bytesUploaded).toBeLessThan(10 * MIB);
  });

  it('saves and restores an empty file and many small ones in one entry', async () => {
    const contents = Array.from({ length: 300 }, (_, size) => bench.addContent(size * 7));
    const packs = bench.plan(contents);
    expect(packs).toHaveLength(1);
    await bench.save(packs);
    expect(bench.server.entries()).toHaveLength(1);
    expect(areSound(await bench.restore(packs))).toBe(true);
  });

  it('transfers several packs at once, and leaves only the files that it reports', async () => {
    const packs = bench.plan([33, 34, 35, 36, 37].map((size) => bench.addContent(size * MIB)));
    const sha256 = packs[0]?.contents[0]?.sha256 ?? '';
    const { ctimeMs, mtimeMs, mode, nlink } = lstatSync(bench.locate(sha256));
    const before = { ctimeMs, mtimeMs, mode, nlink };
    expect(statuses(await bench.save(packs))).toEqual(Array(5).fill('saved'));
    // Saving leaves no trace on the files of the store, which other jobs may be saving too.
    expect(lstatSync(bench.locate(sha256))).toMatchObject(before);
    const scratch = bench.scratch();
    await bench.cache().save(packs, bench.locate, scratch, () => undefined);
    expect(readdirSync(scratch)).toEqual([]);
    expect(areSound(await bench.restore(packs))).toBe(true);
    expect(bench.logged).toEqual([]);
  });

  it('fetches only packs with wanted contents, and saves only new packs', async () => {
    const [one, two, three] = [33, 34, 35].map((size) => bench.addContent(size * MIB));
    if (one === undefined || two === undefined || three === undefined)
      throw new Error('no content');
    await bench.save(bench.plan([one, two]));
    const downloads = bench.server.counts.bytesDownloaded;
    const chosen = choosePacks([two.sha256, three.sha256], bench.plan([one, two]));
    expect(areSound(await bench.restore(chosen))).toBe(true);
    expect(bench.server.counts.bytesDownloaded - downloads).toBeLessThan(36 * MIB);
    const uploads = bench.server.counts.bytesUploaded;
    expect(statuses(await bench.save(bench.plan([one, two, three])))).toEqual([
      'already-saved',
      'already-saved',
      'saved',
    ]);
    expect(bench.server.counts.bytesUploaded - uploads).toBeLessThan(36 * MIB);
  });

  it('looks up packs without fetching them', async () => {
    const [there, absent] = [bench.plan([bench.addContent(9)]), bench.plan([bench.addContent(8)])];
    await bench.save(there);
    const found = await bench.cache().lookup([...there, ...absent], bench.scratch());
    expect([...found]).toEqual(there.map(({ key }) => key));
    expect(bench.server.counts.downloads).toBe(0);
  });

  it('does not match an entry whose key only begins with the requested key', async () => {
    const [pack] = bench.plan([bench.addContent(9)]);
    if (pack === undefined) throw new Error('no pack');
    await bench.save([{ ...pack, key: `${pack.key}0` }]);
    expect(statuses(await bench.restore([pack]))).toEqual(['missing']);
    expect(await bench.cache().lookup([pack], bench.scratch())).toEqual(new Set());
  });

  it('lets two jobs save the same packs at once', async () => {
    const packs = bench.plan([33, 34].map((size) => bench.addContent(size * MIB)));
    const outcomes = (await Promise.all([bench.save(packs), bench.save(packs)])).flat();
    expect(outcomes).toHaveLength(4);
    expect(outcomes.every(({ status }) => status === 'saved' || status === 'already-saved')).toBe(
      true,
    );
    expect(outcomes.filter(({ status }) => status === 'saved')).toHaveLength(2);
    expect(areSound(await bench.restore(packs))).toBe(true);
  });

  it('saves a file to which another job creates links at the same time', async () => {
    const content = bench.addContent(64 * MIB);
    const link = join(bench.folder, 'link');
    let links = 0;
    const linking = setInterval(() => {
      // For half a second, so that the last try has the file to itself.
      if (links < 25) linkSync(bench.locate(content.sha256), `${link}-${links}`);
      links += 1;
    }, 20);
    try {
      expect(statuses(await bench.save(bench.plan([content])))).toEqual(['saved']);
    } finally {
      clearInterval(linking);
    }
  });

  it('finds packs of another branch only if the job may read them', async () => {
    const packs = bench.plan([bench.addContent(10)]);
    await bench.save(packs);
    const environment = (scopes: string[]) => ({
      ...process.env,
      ...bench.server.environmentFor({ scopes }),
    });
    const child = bench.cache({ environment: environment(['refs/heads/x', 'refs/heads/main']) });
    const unrelated = bench.cache({ environment: environment(['refs/heads/y']) });
    expect(statuses(await bench.restore(packs, child))).toEqual(['restored']);
    expect(statuses(await bench.restore(packs, unrelated))).toEqual(['missing']);
  });

  it('passes only allowed variables to the worker', async () => {
    process.env['SECRET_OF_THE_JOB'] = 'hidden';
    const { createWorkerEnvironment } = await import('../../../src/cache/github/environment.ts');
    const environment = createWorkerEnvironment({
      ...process.env,
      ...bench.server.environment,
      TAR_OPTIONS: '--to-command=false',
      NODE_OPTIONS: '--bad',
    });
    delete process.env['SECRET_OF_THE_JOB'];
    expect(environment['ACTIONS_RUNTIME_TOKEN']).toBeDefined();
    expect(environment['PATH']).toBeDefined();
    for (const name of ['SECRET_OF_THE_JOB', 'TAR_OPTIONS', 'NODE_OPTIONS']) {
      expect(environment).not.toHaveProperty(name);
    }
  });
});

describe('the index', () => {
  const file = (path: string, sha256: string): VerifiedFile => ({
    bucket: 'tensorflow',
    path,
    size: 9,
    mtime: 1,
    sha256,
  });
  const indexOf = (packs: Pack[], path: string) => ({
    packs,
    files: [file(path, packs[0]?.contents[0]?.sha256 ?? '')],
  });

  it('is empty, with a reason, before the first save', async () => {
    expect(await bench.cache().readIndex(bench.scratch())).toEqual({
      index: EMPTY_INDEX,
      state: 'empty',
      reason: 'nothing was saved yet',
    });
  });

  it('is merged with the entries of other jobs, newest last', async () => {
    const one = indexOf(bench.plan([bench.addContent(9)]), 'one');
    const two = indexOf(bench.plan([bench.addContent(9)]), 'two');
    expect(await bench.cache().writeIndex(one, bench.scratch())).toEqual({ reason: undefined });
    expect(await bench.cache().writeIndex(two, bench.scratch())).toEqual({ reason: undefined });
    const { index, reason } = await bench.cache().readIndex(bench.scratch());
    expect(reason).toBeUndefined();
    expect(index).toEqual({
      packs: [...one.packs, ...two.packs],
      files: [...one.files, ...two.files],
    });
    const forget = one.packs.map(({ key }) => key);
    await bench.cache().writeIndex(EMPTY_INDEX, bench.scratch(), forget);
    expect((await bench.cache().readIndex(bench.scratch())).index.packs).toEqual(two.packs);
  });

  it('is separate for each key prefix', async () => {
    const one = indexOf(bench.plan([bench.addContent(9)]), 'one');
    await bench.cache().writeIndex(one, bench.scratch());
    const other = bench.cache({ keyPrefix: 'tfcache-v1' });
    expect((await other.readIndex(bench.scratch())).reason).toBe('nothing was saved yet');
  });
});

it('starts no process and creates no folder if there are no packs', async () => {
  const scratch = bench.scratch();
  const cache = bench.cache({ workerUrl: new URL('file:///nowhere/worker.js') });
  await cache.save([], bench.locate, scratch, () => undefined);
  await cache.restore([], scratch, () => undefined);
  expect((await cache.lookup([], scratch)).size).toBe(0);
  expect(existsSync(scratch)).toBe(false);
});

it('reports why its worker cannot start', async () => {
  const packs = bench.plan([bench.addContent(9)]);
  const cache = bench.cache({ workerUrl: new URL('file:///nowhere/worker.js') });
  const [outcome] = await bench.restore(packs, cache);
  expect(outcome).toMatchObject({ status: 'failed' });
  expect(JSON.stringify(outcome)).toMatch(/ended early.*Cannot find module/);
});

it('restores into a folder that only its owner can access', async () => {
  const packs = bench.plan([bench.addContent(9)]);
  await bench.save(packs);
  const scratch = bench.scratch();
  await bench.cache().restore(packs, scratch, () => undefined);
  const [folder] = readdirSync(scratch);
  expect(statSync(`${scratch}/${folder}`).mode & 0o077).toBe(0);
  expect(readdirSync(`${scratch}/${folder}`)).toEqual(['workspace']);
});
