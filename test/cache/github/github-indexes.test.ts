import { setTimeout as sleep } from 'node:timers/promises';
import { zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ArtifactIndexes, Cache, CacheIndex } from '../../../src/cache/cache.ts';
import { EMPTY_INDEX, formatIndex } from '../../../src/cache/index-file.ts';
import { type CacheWorkbench, openCacheWorkbench } from '../../support/cache-workbench.ts';
import { writeTar } from '../../support/tar-writer.ts';

let bench: CacheWorkbench;
beforeEach(async () => {
  bench = await openCacheWorkbench();
});
afterEach(() => bench.close());

/** An index of one pack with one file of this name. */
function indexOf(path: string): CacheIndex {
  const packs = bench.plan([bench.addContent(9)]);
  const sha256 = packs[0]?.contents[0]?.sha256 ?? '';
  return { packs, files: [{ bucket: 'tensorflow', path, size: 9, mtime: 1, sha256 }] };
}

function together(...parts: CacheIndex[]): CacheIndex {
  return {
    packs: parts.flatMap(({ packs }) => packs),
    files: parts.flatMap(({ files }) => files),
  };
}

function inMode(mode: string): Cache {
  const environment = { ...process.env, ...bench.server.environment, ACTIONS_CACHE_MODE: mode };
  return bench.cache({ environment });
}

function artifactsOf(cache: Cache): ArtifactIndexes {
  if (cache.artifactIndexes === undefined) throw new Error('this cache has no such indexes');
  return cache.artifactIndexes;
}

const names = (index: CacheIndex) => index.files.map(({ path }) => path).sort();
const read = async (cache = bench.cache()) => (await cache.readIndex(bench.scratch())).index;

it('is not replaced by a job that cannot read it, which reports why', async () => {
  await bench.cache().writeIndex(indexOf('one'), bench.scratch());
  const entries = bench.server.entries();
  bench.server.faults.downloadStatus = 500;
  const { reason } = await bench.cache().writeIndex(indexOf('two'), bench.scratch());
  delete bench.server.faults.downloadStatus;
  expect(reason).toMatch(/the current index could not be read: .*500/);
  expect(bench.server.entries()).toEqual(entries);
  expect(names(await read())).toEqual(['one']);
});

it('is not replaced by a job that may not read it, without a warning', async () => {
  await bench.cache().writeIndex(indexOf('one'), bench.scratch());
  const written = await inMode('write-only').writeIndex(indexOf('two'), bench.scratch());
  expect(written).toEqual({ reason: undefined });
  bench.server.faults.readDenied = true;
  expect(await bench.cache().writeIndex(indexOf('three'), bench.scratch())).toEqual(written);
  bench.server.faults.readDenied = false;
  expect(names(await read())).toEqual(['one']);
});

it('is written again if another job has replaced it without a merge', async () => {
  const mine = indexOf('mine');
  const other = indexOf('other');
  const writing = bench.cache().writeIndex(mine, bench.scratch());
  while (bench.server.entries().length === 0) await sleep(2);
  const [entry] = bench.server.entries();
  if (entry === undefined) throw new Error('nothing was written');
  const data = formatIndex(other);
  const archive = writeTar([{ name: 'tfcache-pack/index.json', data }]);
  bench.server.setEntry({ ...entry, key: `${entry.key}-other` }, zstdCompressSync(archive));
  expect(await writing).toEqual({ reason: undefined });
  expect(await read()).toEqual(together(other, mine));
  expect(bench.server.entries()).toHaveLength(3);
});

it('is written once if no other job writes', async () => {
  await bench.cache().writeIndex(indexOf('mine'), bench.scratch());
  expect(bench.server.entries()).toHaveLength(1);
});

it('of an artifact is found by its id, and is separate from the general one', async () => {
  const [one, two] = [indexOf('one'), indexOf('two')];
  const writer = artifactsOf(inMode('write-only'));
  const indexes = [
    { id: 'path:one', index: one, isComplete: true },
    { id: 'path:two', index: two, isComplete: true },
  ];
  expect(await writer.write(indexes, bench.scratch())).toEqual({ reason: undefined });
  const reader = bench.cache();
  expect(await reader.readIndex(bench.scratch())).toEqual({
    index: EMPTY_INDEX,
    state: 'empty',
    reason: 'nothing was saved yet',
  });
  const { index } = await artifactsOf(reader).read(['path:two', 'path:three'], bench.scratch());
  expect(index).toEqual(two);
  const all = await artifactsOf(reader).read(['path:one', 'path:two'], bench.scratch());
  expect(names(all.index)).toEqual(['one', 'two']);
});

it('of an artifact is replaced by a complete one, and merged with an incomplete one', async () => {
  const [one, two, three] = [indexOf('one'), indexOf('two'), indexOf('three')];
  const id = 'path:**';
  const readBack = async () => (await artifactsOf(bench.cache()).read([id], bench.scratch())).index;
  const write = (index: CacheIndex, whole: boolean, forget: readonly string[] = []) =>
    artifactsOf(bench.cache()).write([{ id, index, isComplete: whole }], bench.scratch(), forget);
  await write(one, true);
  await write(two, false);
  expect(await readBack()).toEqual(together(one, two));
  const gone = one.packs.map(({ key }) => key);
  await write(three, false, gone);
  expect((await readBack()).packs).toEqual([...two.packs, ...three.packs]);
  await write(one, true);
  expect(await readBack()).toEqual(one);
});

it('of an artifact is not replaced if an incomplete one cannot be merged', async () => {
  const id = 'path:**';
  await artifactsOf(bench.cache()).write(
    [{ id, index: indexOf('one'), isComplete: true }],
    bench.scratch(),
  );
  const entries = bench.server.entries();
  const part = [{ id, index: indexOf('two'), isComplete: false }];
  const blind = await artifactsOf(inMode('write-only')).write(part, bench.scratch());
  expect(blind.reason).toMatch(/path:\*\*.*write-only/);
  bench.server.faults.downloadStatus = 500;
  expect((await artifactsOf(bench.cache()).write(part, bench.scratch())).reason).toMatch(/500/);
  expect((await artifactsOf(bench.cache()).read([id], bench.scratch())).reason).toMatch(/500/);
  expect(bench.server.entries()).toEqual(entries);
});
