import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Cache, CacheIndex, Pack, PackedContent, PackOutcome } from '../../src/cache/cache.ts';
import { EMPTY_INDEX } from '../../src/cache/index-file.ts';
import { MIN_STANDALONE_BYTES, planPacks } from '../../src/cache/packs.ts';
import { openCacheWorkbench, sha256Of } from '../support/cache-workbench.ts';
import { startStandIn } from '../support/s3-stand-in.ts';
import { BUCKET, openS3Workbench } from '../support/s3-workbench.ts';
import { writeTar } from '../support/tar-writer.ts';

/** A key prefix and names that a shell, a URL or a header would have to quote. */
const ODD_NAME = '模型 "a" & b=\'c\' %41+ü';

/** A cache on its server, and what a test needs to check it. */
interface Served {
  /** A cache as a new job has it. */
  cache(keyPrefix?: string): Cache;
  /** A cache of a job that the service allows to read only. */
  readOnlyCache(): Cache;
  /** A cache of a job whose cache mode (`ACTIONS_CACHE_MODE`) allows neither reading nor writing. */
  deniedCache(): Cache;
  /** Replaces the stored bytes of a saved pack, keeping their number. */
  damage(pack: Pack): void;
  addContent(bytes: number | Uint8Array): PackedContent;
  locate(sha256: string): string;
  scratch(): string;
  stopServer(): Promise<void>;
  close(): Promise<void> | void;
}

/** Each starts the server of one implementation. */
const SERVICES: Readonly<Record<string, () => Promise<Served>>> = {
  async 'the service of GitHub'() {
    const bench = await openCacheWorkbench();
    const environment = { ...process.env, ...bench.server.environment };
    return {
      ...bench,
      cache: (keyPrefix = 'tfcache') => bench.cache({ keyPrefix }),
      readOnlyCache: () =>
        bench.cache({
          environment: {
            ...process.env,
            ...bench.server.environmentFor({ scopes: ['refs/heads/main'], readOnly: true }),
          },
        }),
      deniedCache: () =>
        bench.cache({ environment: { ...environment, ACTIONS_CACHE_MODE: 'none' } }),
      damage(pack) {
        const entry = bench.server.entries().find(({ key }) => key === pack.key);
        if (entry === undefined) throw new Error('the pack was not saved');
        const members = pack.contents.map(({ sha256, size }) => ({
          name: `tfcache-pack/${sha256}`,
          data: Buffer.alloc(size, 'x'),
        }));
        bench.server.setEntry(entry, zstdCompressSync(writeTar(members)));
      },
      stopServer: () => bench.server.stop(),
      close: () => bench.close(),
    };
  },
  async 'an S3 store'() {
    const writer = { accessKeyId: 'tfcacheWriter', secretAccessKey: 'writer-secret-0123456789' };
    const reader = { accessKeyId: 'tfcacheReader', secretAccessKey: 'reader-secret-0123456789' };
    const server = await startStandIn({
      buckets: [BUCKET],
      keys: {
        [writer.accessKeyId]: writer.secretAccessKey,
        [reader.accessKeyId]: reader.secretAccessKey,
      },
      readOnly: [reader.accessKeyId],
    });
    const bench = await openS3Workbench({ endpoint: server.endpoint, ...writer });
    return {
      ...bench,
      cache: (keyPrefix = 'tfcache') => bench.cache({ keyPrefix }),
      readOnlyCache: () =>
        bench.cache({
          environment: bench.environment({
            AWS_ACCESS_KEY_ID: reader.accessKeyId,
            AWS_SECRET_ACCESS_KEY: reader.secretAccessKey,
          }),
        }),
      deniedCache: () =>
        bench.cache({ environment: bench.environment({ ACTIONS_CACHE_MODE: 'none' }) }),
      damage(pack) {
        const name = [...server.objects.keys()].find((key) => key.endsWith(`/packs/${pack.key}`));
        if (name === undefined) throw new Error('the pack was not saved');
        server.objects.set(name, Buffer.alloc(server.objects.get(name)?.length ?? 0, 'x'));
      },
      stopServer: () => server.stop(),
      async close() {
        bench.close();
        await server.stop();
      },
    };
  },
};

async function withServed(
  start: () => Promise<Served>,
  work: (served: Served) => Promise<void>,
): Promise<void> {
  const served = await start();
  try {
    await work(served);
  } finally {
    await served.close();
  }
}

async function save(served: Served, packs: readonly Pack[], cache = served.cache()) {
  const outcomes: PackOutcome[] = [];
  await cache.save(packs, served.locate, served.scratch(), (outcome) => outcomes.push(outcome));
  return outcomes;
}

async function restore(served: Served, packs: readonly Pack[], cache = served.cache()) {
  const scratch = served.scratch();
  const outcomes: PackOutcome[] = [];
  await cache.restore(packs, scratch, (outcome) => outcomes.push(outcome));
  for (const outcome of outcomes) {
    if (outcome.status !== 'restored') continue;
    for (const file of outcome.files.values()) {
      expect(file.startsWith(`${scratch}/`)).toBe(true);
      expect(lstatSync(file).isFile()).toBe(true);
    }
  }
  return outcomes;
}

const statuses = (outcomes: readonly PackOutcome[]) => outcomes.map(({ status }) => status).sort();
const reasons = (outcomes: readonly PackOutcome[]) =>
  outcomes.map((outcome) => ('reason' in outcome ? outcome.reason : ''));
const keys = (index: CacheIndex) => index.packs.map(({ key }) => key);

/** Expects one outcome per pack, with all contents and correct checksums. */
function expectRestored(outcomes: readonly PackOutcome[], packs: readonly Pack[]): void {
  expect(outcomes.map(({ pack }) => pack.key).sort()).toEqual(packs.map(({ key }) => key).sort());
  for (const outcome of outcomes) {
    if (outcome.status !== 'restored') throw new Error(JSON.stringify(outcome));
    expect([...outcome.files.keys()].sort()).toEqual(
      outcome.pack.contents.map(({ sha256 }) => sha256),
    );
    for (const [sha256, file] of outcome.files) expect(sha256Of(file)).toBe(sha256);
  }
}

/** A large pack, and one of several small files, one of them empty. */
function addPacks(served: Served, keyPrefix = 'tfcache'): Pack[] {
  const sizes = [MIN_STANDALONE_BYTES + 1, 0, 1, 511, 300_000];
  const packs = planPacks(
    sizes.map((size) => served.addContent(size)),
    keyPrefix,
  );
  expect(packs).toHaveLength(2);
  return packs;
}

function addSmallPack(served: Served): Pack {
  const [pack] = planPacks([served.addContent(1000)], 'tfcache');
  if (pack === undefined) throw new Error('no pack was planned');
  return pack;
}

/** What every implementation of `Cache` must do, whatever its service. */
describe.each(Object.entries(SERVICES))('a cache on %s', (_name, start) => {
  test('restores several packs that another job saved, and reports each once', () =>
    withServed(start, async (served) => {
      const packs = addPacks(served);
      expect(statuses(await restore(served, packs))).toEqual(['missing', 'missing']);
      expect(statuses(await save(served, packs))).toEqual(['saved', 'saved']);
      expect(statuses(await save(served, packs))).toEqual(['already-saved', 'already-saved']);
      expectRestored(await restore(served, packs), packs);
    }));

  test('leaves no file of a save in its scratch folder', () =>
    withServed(start, async (served) => {
      const scratch = served.scratch();
      await served.cache().save(addPacks(served), served.locate, scratch, () => undefined);
      await served.cache().lookup(addPacks(served), scratch);
      expect(listIfPresent(scratch)).toEqual([]);
    }));

  test('finds exact keys only, in a lookup and in a restore', () =>
    withServed(start, async (served) => {
      const saved = addSmallPack(served);
      const longer = { ...saved, key: `${saved.key}0` };
      const shorter = { ...saved, key: saved.key.slice(0, -1) };
      await save(served, [saved]);
      const found = await served.cache().lookup([longer, saved, shorter], served.scratch());
      expect([...found]).toEqual([saved.key]);
      const outcomes = await restore(served, [longer, saved, shorter]);
      expect(statuses(outcomes)).toEqual(['missing', 'missing', 'restored']);
    }));

  test('restores the other packs if one is missing', () =>
    withServed(start, async (served) => {
      const [saved, missing] = [addSmallPack(served), addSmallPack(served)];
      await save(served, [saved]);
      const outcomes = await restore(served, [missing, saved]);
      expect(outcomes.find(({ pack }) => pack === missing)?.status).toBe('missing');
      expectRestored(
        outcomes.filter(({ pack }) => pack === saved),
        [saved],
      );
    }));

  test('restores the bytes of a damaged pack unverified, and the other packs', () =>
    withServed(start, async (served) => {
      const [damaged, intact] = [addSmallPack(served), addSmallPack(served)];
      await save(served, [damaged, intact]);
      served.damage(damaged);
      const outcomes = await restore(served, [damaged, intact]);
      expect(statuses(outcomes)).toEqual(['restored', 'restored']);
      for (const outcome of outcomes) {
        if (outcome.status !== 'restored' || outcome.pack !== damaged) continue;
        const [[sha256, file] = ['', '']] = [...outcome.files];
        expect(readFileSync(file).equals(Buffer.alloc(1000, 'x'))).toBe(true);
        expect(sha256Of(file)).not.toBe(sha256);
      }
    }));

  test('merges the indexes of several jobs, newest last, without the packs to forget', () =>
    withServed(start, async (served) => {
      expect(await served.cache().readIndex(served.scratch())).toMatchObject({
        index: EMPTY_INDEX,
        state: 'empty',
      });
      const packs = [1, 2, 3].map(() => addSmallPack(served));
      const [first, second, third] = packs;
      if (!first || !second || !third) throw new Error('no packs');
      const file = {
        ...{ bucket: 'tensorflow', path: `keras/${ODD_NAME}.h5`, size: 1000, mtime: 7 },
        sha256: first.contents[0]?.sha256 ?? '',
      };
      for (const [pack, files] of [
        [first, [file]],
        [second, []],
      ] as const) {
        const written = await served.cache().writeIndex({ packs: [pack], files }, served.scratch());
        expect(written).toEqual({ reason: undefined });
      }
      const read = await served.cache().readIndex(served.scratch());
      expect(read).toMatchObject({ state: 'read', reason: undefined });
      expect(keys(read.index)).toEqual([first.key, second.key]);
      expect(read.index.files).toEqual([file]);
      const added = { packs: [third], files: [] };
      await served.cache().writeIndex(added, served.scratch(), [first.key]);
      const { index } = await served.cache().readIndex(served.scratch());
      expect(keys(index)).toEqual([second.key, third.key]);
      expect(index.files).toEqual([file]);
    }));

  test('keeps key prefixes with spaces, quotes and Chinese characters apart', () =>
    withServed(start, async (served) => {
      const packs = addPacks(served, ODD_NAME);
      const cache = () => served.cache(ODD_NAME);
      expect(statuses(await save(served, packs, cache()))).toEqual(['saved', 'saved']);
      await cache().writeIndex({ packs, files: [] }, served.scratch());
      expect(keys((await cache().readIndex(served.scratch())).index).sort()).toEqual(
        packs.map(({ key }) => key).sort(),
      );
      expect((await served.cache().readIndex(served.scratch())).state).toBe('empty');
      expectRestored(await restore(served, packs, cache()), packs);
    }));

  test('reads as before, and reports that writing is denied, with a read-only token', () =>
    withServed(start, async (served) => {
      const [saved, unsaved] = [addSmallPack(served), addSmallPack(served)];
      await save(served, [saved]);
      await served.cache().writeIndex({ packs: [saved], files: [] }, served.scratch());
      const outcomes = await save(served, [unsaved], served.readOnlyCache());
      expect(statuses(outcomes)).toEqual(['denied']);
      expect(reasons(outcomes)[0]).not.toBe('');
      const index = { packs: [unsaved], files: [] };
      const { reason } = await served.readOnlyCache().writeIndex(index, served.scratch());
      expect(reason).toBeDefined();
      expectRestored(await restore(served, [saved], served.readOnlyCache()), [saved]);
      expect(keys((await served.cache().readIndex(served.scratch())).index)).toEqual([saved.key]);
    }));

  test('requests nothing if the cache mode denies reading and writing, and reports it', () =>
    withServed(start, async (served) => {
      const pack = addSmallPack(served);
      await served.stopServer();
      const cache = served.deniedCache();
      expect(cache.unreadableReason).toMatch(/cache-mode is none/);
      expect(cache.unwritableReason).toMatch(/cache-mode is none/);
      for (const outcomes of [
        await save(served, [pack], cache),
        await restore(served, [pack], cache),
      ]) {
        expect(outcomes).toEqual([{ status: 'denied', pack, reason: cache.unreadableReason }]);
      }
      expect((await cache.lookup([pack], served.scratch())).size).toBe(0);
      expect((await cache.readIndex(served.scratch())).state).toBe('denied');
      const written = await cache.writeIndex({ packs: [pack], files: [] }, served.scratch());
      expect(written.reason).toMatch(/cache-mode is none/);
    }));

  test('reports failures, and never throws, if the service is unavailable', () =>
    withServed(start, async (served) => {
      const [one, other] = [addSmallPack(served), addSmallPack(served)];
      await save(served, [one]);
      await served.stopServer();
      const read = await served.cache().readIndex(served.scratch());
      expect(read).toMatchObject({ state: 'unavailable', index: EMPTY_INDEX });
      expect(read.reason).toBeTruthy();
      for (const outcomes of [await save(served, [other]), await restore(served, [one, other])]) {
        for (const outcome of outcomes) expect(outcome.status).toBe('failed');
        for (const reason of reasons(outcomes)) expect(reason).not.toBe('');
      }
      const index = { packs: [one], files: [] };
      expect((await served.cache().writeIndex(index, served.scratch())).reason).toBeTruthy();
    }));

  test('requests nothing if there are no packs', () =>
    withServed(start, async (served) => {
      await served.stopServer();
      expect(await save(served, [])).toEqual([]);
      expect(await restore(served, [])).toEqual([]);
      expect((await served.cache().lookup([], served.scratch())).size).toBe(0);
    }));
});

function listIfPresent(folder: string): string[] {
  return lstatSync(folder, { throwIfNoEntry: false }) === undefined
    ? []
    : readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)));
}
