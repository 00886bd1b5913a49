import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cache, CacheIndex, Pack, PackedContent, PackOutcome } from '../../src/cache/cache.ts';
import { startFaultyProxy } from './faulty-proxy.ts';
import { MEBIBYTE, openS3Workbench, type S3Access, type S3Workbench } from './s3-workbench.ts';

export interface ContractServer {
  access: S3Access;
  /** Credentials that may read, not write; undefined where the server knows no rights. */
  reader?: S3Access | undefined;
  stop(): Promise<void>;
}

const EMPTY: CacheIndex = { packs: [], files: [] };

/** What a cache must do with any S3 server. Each server that we can start runs all of it. */
export function describeS3Cache(name: string, start: () => Promise<ContractServer>): void {
  describe(name, () => {
    let server: ContractServer;
    let bench: S3Workbench;

    beforeAll(async () => {
      server = await start();
      bench = await openS3Workbench(server.access);
    }, 180_000);
    afterAll(async () => {
      bench?.close();
      await server?.stop();
    });

    it('restores what was saved: a large file, small ones, an empty one', async () => {
      const large = packOf('large', bench.addContent(12 * MEBIBYTE + 7));
      const small = packOf(
        'small',
        ...[0, 1, 1000, 300_000, MEBIBYTE, 2 * MEBIBYTE + 1].map((size) => bench.addContent(size)),
      );
      const empty = packOf('empty', bench.addContent(0));
      const packs = [large, small, empty];
      expect(statuses(await bench.save(packs))).toEqual(['saved', 'saved', 'saved']);
      expect(statuses(await bench.save(packs))).toEqual(Array(3).fill('already-saved'));
      const restored = await bench.restore(packs);
      expect(restored).toHaveLength(3);
      expectSound(restored);
      expect(await bench.unfinishedUploads()).toBe(0);
    });

    it('is read without the SDK', async () => {
      const proxy = await startFaultyProxy(server.access.endpoint);
      try {
        const packs = ['direct-1', 'direct-2'].map((one) =>
          packOf(one, bench.addContent(3 * MEBIBYTE)),
        );
        const parameters = '&scope=direct&region=eu-north-1';
        await bench.save(packs, bench.cache({ parameters }));
        await bench.cache({ parameters }).writeIndex({ packs, files: [] }, '');
        const cache = bench.cache({ parameters, endpoint: proxy.endpoint });
        expect((await cache.readIndex('')).index.packs).toHaveLength(2);
        const gone = packOf('direct-gone', bench.addContent(10));
        const outcomes = await bench.restore([...packs, gone], cache);
        expect(statuses(outcomes)).toEqual(['missing', 'restored', 'restored']);
        expectSound(outcomes.filter(({ status }) => status === 'restored'));
        for (const { agent } of proxy.asked) expect(agent).toMatch(/^tfcache\//);
        // A list, an entry, three ranges of each pack, and what is not there.
        expect(proxy.asked).toHaveLength(1 + 1 + 6 + 1);
      } finally {
        await proxy.stop();
      }
    });

    it('separates many small files', async () => {
      const contents = Array.from({ length: 700 }, (_, at) =>
        bench.addContent(1 + ((at * 37) % 9000)),
      );
      const packs = bench.plan(contents);
      expect(packs).toHaveLength(1);
      expect(statuses(await bench.save(packs))).toEqual(['saved']);
      expectSound(await bench.restore(packs));
    });

    it('finds exact keys only', async () => {
      const there = packOf('exact', bench.addContent(1000));
      const shorter = { ...there, key: there.key.slice(0, -1) };
      const longer = { ...there, key: `${there.key}0` };
      await bench.save([there]);
      const all = [there, shorter, longer];
      expect(await bench.cache().lookup(all, bench.scratch())).toEqual(new Set([there.key]));
      expect(statuses(await bench.restore([shorter, longer]))).toEqual(['missing', 'missing']);
    });

    it('saves each pack once with concurrent writers', async () => {
      const packs = [
        packOf('race-parts', bench.addContent(11 * MEBIBYTE)),
        packOf('race-one', bench.addContent(1000)),
      ];
      const outcomes = await Promise.all([1, 2, 3].map(() => bench.save(packs)));
      for (const pack of packs) {
        const ends = outcomes.flat().filter((outcome) => outcome.pack === pack);
        expect(statuses(ends)).toEqual(['already-saved', 'already-saved', 'saved']);
      }
      expectSound(await bench.restore(packs));
      expect(await bench.unfinishedUploads()).toBe(0);
    });

    it('merges the indexes of all writers, newest last, without the packs to forget', async () => {
      const own = (parameters = '&scope=index') => bench.cache({ parameters, random: () => 0.9 });
      expect(await own().readIndex('')).toMatchObject({ index: EMPTY, state: 'empty' });
      const packs = [1, 2, 3, 4, 5].map((one) => packOf(`index-${one}`, bench.addContent(one)));
      await Promise.all(packs.map((pack) => own().writeIndex({ packs: [pack], files: [] }, '')));
      const first = await own().readIndex('');
      expect(first.reason).toBeUndefined();
      expect(keysOf(first.index)).toEqual(packs.map(({ key }) => key).sort());
      const [gone, again] = packs;
      if (gone === undefined || again === undefined) throw new Error('no packs');
      const file = { bucket: 'tensorflow', path: 'a', size: 1, mtime: 7, sha256: 'a'.repeat(64) };
      // What is forgotten and added in one go was found missing and saved anew.
      await own().writeIndex({ packs: [again], files: [file] }, '', [gone.key, again.key]);
      const second = await own().readIndex('');
      expect(keysOf(second.index)).toEqual(
        packs
          .slice(1)
          .map(({ key }) => key)
          .sort(),
      );
      expect(second.index.files).toEqual([file]);
      expect(second.index.packs.at(-1)?.key).toBe(again.key);
    });

    it('combines the entries of an index without losing any', async () => {
      const cache = (draw: number) =>
        bench.cache({ parameters: '&scope=combined', random: () => draw });
      const packs = Array.from({ length: 20 }, (_, one) =>
        packOf(`entry-${one}`, bench.addContent(one + 1)),
      );
      for (const pack of packs.slice(0, 19)) {
        await cache(0.9).writeIndex({ packs: [pack], files: [] }, '');
      }
      const folder = '/combined/index/';
      const entries = async () => (await bench.keys()).filter((key) => key.includes(folder));
      expect(await entries()).toHaveLength(19);
      await cache(0).writeIndex({ packs: packs.slice(19), files: [] }, '');
      const left = await entries();
      expect(left.map((key) => key.replace(/^.*-/, ''))).toEqual(['all.jsonl']);
      const { index } = await cache(0).readIndex('');
      expect(index.packs.map(({ key }) => key)).toEqual(packs.map(({ key }) => key));
      await cache(0).writeIndex({ packs: [], files: [] }, '', [packs[0]?.key ?? '']);
      expect((await cache(0).readIndex('')).index.packs).toHaveLength(19);
    });

    it('finds the index among thousands of other keys with any names', async () => {
      const cache = bench.cache({ parameters: '&scope=pages', random: () => 0.9 });
      const pack = packOf('pages', bench.addContent(1));
      await cache.writeIndex({ packs: [pack], files: [] }, '');
      const entry = (await bench.keys()).find((key) => key.includes('/pages/index/')) ?? '';
      const folder = entry.replace(/[^/]*$/, '');
      const odd = ['中文 名', 'a"b\'c', 'x&y<z>', '50%25+1', '#?=;,', 'ü', '😀', '&amp;'];
      const names = Array.from(
        { length: 2500 },
        (_, at) => `0-${String(at).padStart(5, '0')}${odd[at % 40] ?? ''}`,
      );
      for (let at = 0; at < names.length; at += 20) {
        await Promise.all(
          names.slice(at, at + 20).map((one) => bench.put(`${folder}${one}`, Buffer.from('no'))),
        );
      }
      const there = (await bench.keys()).filter((key) => key.startsWith(folder));
      expect(new Set(there)).toEqual(new Set([entry, ...names.map((name) => `${folder}${name}`)]));
      expect(keysOf((await cache.readIndex('')).index)).toEqual([pack.key]);
    }, 300_000);

    it('finds what was saved under a key prefix of any characters', async () => {
      const content = bench.addContent(1000);
      const cache = () => bench.cache({ keyPrefix: '模型 "a" & b=\'c\'/ü+%' });
      const pack = { ...packOf('odd', content), key: '模型 "a" & b=\'c\'/ü+%-v1-odd' };
      expect(statuses(await bench.save([pack], cache()))).toEqual(['saved']);
      await cache().writeIndex({ packs: [pack], files: [] }, '');
      expect(keysOf((await cache().readIndex('')).index)).toEqual([pack.key]);
      expectSound(await bench.restore([pack], cache()));
      const near = { ...pack, key: pack.key.replace('模型', '模') };
      expect(statuses(await bench.restore([near], cache()))).toEqual(['missing']);
    });

    it('hides what a pull request saved from the default branch, which it may read', async () => {
      const job = (ref: string, more: NodeJS.ProcessEnv = {}) =>
        bench.cache({
          parameters: '&default-branch=main',
          environment: bench.environment({ GITHUB_REF: ref, ...more }),
        });
      const main = () => job('refs/heads/main');
      const pull = () =>
        job('refs/pull/17/merge', { GITHUB_BASE_REF: 'release/2', GITHUB_HEAD_REF: 'x' });
      const release = () => job('refs/heads/release/2');
      const [common, base, poison] = ['common', 'base', 'poison'].map((one) =>
        packOf(`scope-${one}`, bench.addContent(500)),
      );
      if (!common || !base || !poison) throw new Error('no packs');
      const tell = (cache: Cache, pack: Pack) => cache.writeIndex({ packs: [pack], files: [] }, '');
      await bench.save([common], main());
      await tell(main(), common);
      await bench.save([base], release());
      await tell(release(), base);
      // What it can read already is not sent again.
      expect(statuses(await bench.save([poison, common], pull()))).toEqual([
        'already-saved',
        'saved',
      ]);
      await tell(pull(), poison);

      expect(keysOf((await main().readIndex('')).index)).toEqual([common.key]);
      expect(keysOf((await release().readIndex('')).index)).toEqual([base.key, common.key].sort());
      expect(keysOf((await pull().readIndex('')).index)).toEqual(
        [base.key, common.key, poison.key].sort(),
      );
      const all = [common, base, poison];
      expect(restoredKeys(await bench.restore(all, main()))).toEqual([common.key]);
      expect(restoredKeys(await bench.restore(all, release()))).toEqual(
        [base.key, common.key].sort(),
      );
      expect(restoredKeys(await bench.restore(all, pull()))).toHaveLength(3);
      expect(restoredKeys(await bench.restore(all, job('refs/pull/18/merge')))).toEqual([
        common.key,
      ]);
      expect(await main().lookup(all, '')).toEqual(new Set([common.key]));
    });

    it('reports an object of the wrong size, and overwrites it', async () => {
      for (const [name, size] of [
        ['cut', 900],
        ['long', 1100],
      ] as const) {
        const pack = packOf(`size-${name}`, bench.addContent(1000));
        await bench.put(await keyFor(bench, pack), randomBytes(size));
        const [outcome] = await bench.restore([pack]);
        expect(outcome).toEqual({ status: 'restored', pack, files: new Map() });
        expect(bench.log.lines.at(-1)).toMatch(
          new RegExp(`Could not use pack ${pack.key} of 1000 bytes`),
        );
        expect((await bench.cache().lookup([pack], '')).size).toBe(0);
        expect(statuses(await bench.save([pack]))).toEqual(['saved']);
        expectSound(await bench.restore([pack]));
      }
    });

    it('restores wrong bytes of the right size, which the caller verifies', async () => {
      const pack = packOf('wrong', bench.addContent(3 * MEBIBYTE));
      const wrong = randomBytes(3 * MEBIBYTE);
      await bench.put(await keyFor(bench, pack), wrong);
      const [outcome] = await bench.restore([pack]);
      if (outcome?.status !== 'restored') throw new Error(JSON.stringify(outcome));
      const [[claimed, file] = ['', '']] = [...outcome.files];
      expect(readFileSync(file).equals(wrong)).toBe(true);
      expect(claimed).not.toBe(createHash('sha256').update(wrong).digest('hex'));
    });

    it('writes nothing if it is read-only', async () => {
      const pack = packOf('read-only', bench.addContent(10));
      await bench.save([pack]);
      const before = await bench.keys();
      const cache = bench.cache({ parameters: '&read-only=true' });
      expect(cache.unwritableReason).toMatch(/read-only/);
      const fresh = packOf('read-only-2', bench.addContent(10));
      expect(statuses(await bench.save([fresh], cache))).toEqual(['denied']);
      expect((await cache.writeIndex({ packs: [fresh], files: [] }, '')).reason).toMatch(
        /read-only/,
      );
      expectSound(await bench.restore([pack], cache));
      expect(await bench.keys()).toEqual(before);
    });

    it('reports wrong credentials or a wrong bucket', async () => {
      const pack = packOf('words', bench.addContent(10));
      const later = packOf('words-2', bench.addContent(10));
      const secret = 'a-secret-that-is-not-theirs-0123456789';
      const wrong = () =>
        bench.cache({ environment: bench.environment({ AWS_SECRET_ACCESS_KEY: secret }) });
      const unknown = () =>
        bench.cache({
          environment: bench.environment({ AWS_ACCESS_KEY_ID: 'AKIANOBODYKNOWSTHIS1' }),
        });
      const nowhere = () => bench.cache({ bucket: 'there-is-no-such-bucket' });
      for (const [cache, words] of [
        [wrong, /rejected the credentials \(SignatureDoesNotMatch\)/],
        [unknown, /rejected the credentials \(InvalidAccessKeyId\)/],
        [nowhere, /there is no bucket there-is-no-such-bucket/],
      ] as const) {
        const outcomes = await bench.restore([pack, later], cache());
        expect(statuses(outcomes)).toEqual(['failed', 'failed']);
        for (const outcome of outcomes) expect(reasonOf(outcome)).toMatch(words);
        expect((await cache().readIndex('')).reason).toMatch(words);
      }
      expect(['denied', 'failed']).toContain((await bench.save([pack], wrong()))[0]?.status);
      expect(['denied', 'failed']).toContain((await bench.save([pack], nowhere()))[0]?.status);
      expect(bench.log.lines.join('\n')).not.toMatch(/a-secret-that|AKIANOBODY|secret-0123/);
    });

    it('reports that writing is denied, and can still read', async ({ skip }) => {
      const { reader } = server;
      if (reader === undefined) return skip('this server knows no rights');
      const pack = packOf('rights', bench.addContent(6 * MEBIBYTE));
      await bench.save([pack]);
      const cache = () =>
        bench.cache({
          environment: bench.environment({
            AWS_ACCESS_KEY_ID: reader.accessKeyId,
            AWS_SECRET_ACCESS_KEY: reader.secretAccessKey,
          }),
        });
      expectSound(await bench.restore([pack], cache()));
      const fresh = ['a', 'b'].map((one) =>
        packOf(`rights-${one}`, bench.addContent(6 * MEBIBYTE)),
      );
      const outcomes = await bench.save(fresh, cache());
      expect(statuses(outcomes)).toEqual(['denied', 'denied']);
      expect(reasonOf(outcomes[0])).toMatch(/do not permit this \(403 AccessDenied\)/);
      expect((await cache().writeIndex(EMPTY, '')).reason).toMatch(/do not permit this/);
    });
  });
}

/** A pack of its own name, so that tests need no 32 MiB to get more than one. */
export function packOf(name: string, ...contents: PackedContent[]): Pack {
  const key = `tfcache-v1-${createHash('sha256').update(name).digest('hex')}`;
  return { key, size: contents.reduce((sum, { size }) => sum + size, 0), contents };
}

/** Where the workbench's caches keep a pack. */
export async function keyFor(bench: S3Workbench, pack: Pack): Promise<string> {
  const [known = ''] = await bench.keys();
  return known.replace(/\/v1\/.*$/, `/v1/local/packs/${pack.key}`);
}

export function statuses(outcomes: readonly PackOutcome[]): string[] {
  return outcomes.map(({ status }) => status).sort();
}

export function reasonOf(outcome: PackOutcome | undefined): string {
  return outcome !== undefined && 'reason' in outcome ? outcome.reason : '';
}

/** Every file came back with the bytes of its name. */
export function expectSound(outcomes: readonly PackOutcome[]): void {
  for (const outcome of outcomes) {
    if (outcome.status !== 'restored') throw new Error(JSON.stringify(outcome));
    expect(outcome.files.size).toBe(outcome.pack.contents.length);
    for (const [sha256, file] of outcome.files) {
      expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(sha256);
    }
  }
}

function keysOf(index: CacheIndex): string[] {
  return index.packs.map(({ key }) => key).sort();
}

function restoredKeys(outcomes: readonly PackOutcome[]): string[] {
  return outcomes.flatMap(({ status, pack }) => (status === 'restored' ? [pack.key] : [])).sort();
}
