import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cache, Pack, PackOutcome } from '../../../src/cache/cache.ts';
import { type CacheWorkbench, openCacheWorkbench } from '../../support/cache-workbench.ts';
import { type TarMember, writeTar } from '../../support/tar-writer.ts';

let bench: CacheWorkbench;
let cache: Cache;
/** A folder that a poisoned archive tries to write to. */
let victim: string;
let sound: Pack;
let pack: Pack;
const bytes = Buffer.from('what the pack should hold');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const good: TarMember = { name: `tfcache-pack/${sha256}`, data: bytes, mode: 0o444 };

beforeAll(async () => {
  bench = await openCacheWorkbench();
  cache = bench.cache();
  victim = join(bench.folder, 'victim');
  mkdirSync(victim);
  writeFileSync(join(victim, 'precious'), 'precious', { mode: 0o600 });
  const [planned] = bench.plan([bench.addContent(bytes)]);
  if (planned === undefined) throw new Error('no pack');
  sound = planned;
  await bench.save([sound], cache);
});
beforeEach(() => {
  pack = sound;
});
afterAll(() => bench.close());

/** Puts another archive in the place of the pack's entry, as someone who can write the cache would. */
function poison(archive: Buffer): void {
  const entry = bench.server.entries().find(({ key }) => key === pack.key);
  if (entry === undefined) throw new Error('the pack was not saved');
  bench.server.setEntry(entry, archive);
}

async function restorePoisoned(members: readonly TarMember[]): Promise<PackOutcome | undefined> {
  poison(zstdCompressSync(writeTar(members)));
  const [outcome] = await bench.restore([pack], cache);
  expectVictimUntouched();
  return outcome;
}

function expectVictimUntouched(): void {
  expect(readdirSync(victim)).toEqual(['precious']);
  expect(readFileSync(join(victim, 'precious'), 'utf8')).toBe('precious');
  const { mode, nlink } = statSync(join(victim, 'precious'));
  expect([mode & 0o7777, nlink]).toEqual([0o600, 1]);
  // Neither beside the victim nor in the working folder of the test.
  expect(readdirSync(bench.folder).filter((name) => /attack/.test(name))).toEqual([]);
  expect(readdirSync('.').filter((name) => /attack/.test(name))).toEqual([]);
}

const filesOf = (outcome: PackOutcome | undefined) =>
  outcome?.status === 'restored' ? [...outcome.files.keys()] : outcome?.status;

describe('an archive with paths outside its folder', () => {
  const attacks: [string, () => TarMember[]][] = [
    ['an absolute name', () => [{ name: join(victim, 'attack'), data: 'x' }]],
    [
      'an absolute name of a file that is there',
      () => [{ name: join(victim, 'precious'), data: 'x' }],
    ],
    ['../', () => [{ name: '../../../attack', data: 'x' }]],
    ['../ further in', () => [{ name: 'tfcache-pack/../../../../attack', data: 'x' }]],
    ['../ as a folder with a mode', () => [{ name: '../..', type: 'folder', mode: 0o777 }]],
    [
      'a name in a pax header',
      () => [{ name: 'x', data: 'x', pax: { path: join(victim, 'attack') } }],
    ],
    [
      'the name of a sparse file',
      () => [
        {
          name: 'x',
          data: `${'1\n0\n1\n'.padEnd(512, '\0')}x`,
          pax: {
            'GNU.sparse.major': '1',
            'GNU.sparse.minor': '0',
            'GNU.sparse.name': join(victim, 'attack'),
            'GNU.sparse.realsize': '1',
          },
        },
      ],
    ],
    [
      'a symbolic link and a file through it',
      () => [
        { name: 'tfcache-pack/out', type: 'symbolic link', linkName: victim },
        { name: 'tfcache-pack/out/attack', data: 'x' },
      ],
    ],
    [
      'the pack’s folder as a symbolic link',
      () => [
        { name: 'tfcache-pack', type: 'symbolic link', linkName: victim },
        { name: 'tfcache-pack/attack', data: 'x' },
      ],
    ],
    [
      'a symbolic link to a file, and a file of the same name',
      () => [
        { name: 'tfcache-pack/a', type: 'symbolic link', linkName: join(victim, 'precious') },
        { name: 'tfcache-pack/a', data: 'x' },
      ],
    ],
    ['backslashes', () => [{ name: '..\\..\\..\\attack', data: 'x' }]],
    ['a folder of the workspace’s own', () => [{ name: './', type: 'folder', mode: 0o777 }]],
    ['names with newlines', () => [{ name: `a\n/../../../attack\n${victim}/attack`, data: 'x' }]],
  ];
  it.each(attacks)('%s', async (_name, members) => {
    expect(filesOf(await restorePoisoned([...members(), good]))).toEqual([sha256]);
  });

  it('is extracted into one folder, under names with our prefix', async () => {
    const outcome = await restorePoisoned([...attacks.flatMap(([, members]) => members()), good]);
    const file = outcome?.status === 'restored' ? (outcome.files.get(sha256) ?? '') : '';
    const names = readdirSync(dirname(file));
    expect(names).toContain('received-attack');
    expect(names.filter((name) => !name.startsWith('received-') || name.includes('\\'))).toEqual(
      [],
    );
    expect(readdirSync(dirname(dirname(file)))).toEqual(['tfcache-pack']);
  });

  it('the link target of a pax header', async () => {
    const link: TarMember = {
      name: `tfcache-pack/${sha256}`,
      type: 'symbolic link',
      linkName: 'x',
      pax: { linkpath: join(victim, 'precious') },
    };
    expect(filesOf(await restorePoisoned([link]))).toEqual([]);
  });

  it('a hard link to a file of the machine', async () => {
    const link: TarMember = {
      name: `tfcache-pack/${sha256}`,
      type: 'hard link',
      linkName: join(victim, 'precious'),
    };
    expect(filesOf(await restorePoisoned([link]))).toEqual([]);
    expect(bench.logged.join('\n')).toMatch(/warning: Could not use .*: .*Cannot hard link/);
  });

  it('a hard link by a relative name', async () => {
    const link: TarMember = {
      name: `tfcache-pack/${sha256}`,
      type: 'hard link',
      linkName: '../../victim/precious',
    };
    expect(filesOf(await restorePoisoned([link]))).toEqual([]);
  });
});

describe('an archive with an unexpected member instead of a content', () => {
  const others: [string, TarMember][] = [
    ['a symbolic link', { name: good.name, type: 'symbolic link', linkName: '/etc/passwd' }],
    ['a fifo', { name: good.name, type: 'fifo' }],
    ['a folder', { name: good.name, type: 'folder' }],
    ['a file of another size', { ...good, data: 'short' }],
    ['nothing', { name: 'tfcache-pack/else', data: 'x' }],
  ];
  it.each(others)('%s', async (_name, member) => {
    expect(filesOf(await restorePoisoned([member]))).toEqual([]);
  });

  // Only root can make devices.
  it.runIf(process.getuid?.() === 0)('a device', async () => {
    const device: TarMember = { name: good.name, type: 'character device', mode: 0o666 };
    expect(filesOf(await restorePoisoned([device]))).toEqual([]);
  });

  it('restores the valid contents of a pack whose other members are invalid', async () => {
    const other = bench.addContent(7);
    const [both] = bench.plan([other, { sha256, size: bytes.length }]);
    if (both === undefined) throw new Error('no pack');
    pack = both;
    await bench.save([pack], cache);
    const wrongSize: TarMember = {
      name: `tfcache-pack/${other.sha256}`,
      data: 'a lie, not 7 bytes',
    };
    const unknownContent: TarMember = { name: `tfcache-pack/${'0'.repeat(64)}`, data: 'unknown' };
    expect(filesOf(await restorePoisoned([wrongSize, unknownContent, good]))).toEqual([sha256]);
  });

  it('reports contents with a wrong checksum, which the caller verifies', async () => {
    const lie = Buffer.from(bytes).reverse();
    const outcome = await restorePoisoned([{ ...good, data: lie }]);
    expect(filesOf(outcome)).toEqual([sha256]);
    const file = outcome?.status === 'restored' ? (outcome.files.get(sha256) ?? '') : '';
    expect(readFileSync(file)).toEqual(lie);
  });

  it('takes no set-user-ID bit from the archive', async () => {
    const outcome = await restorePoisoned([{ ...good, mode: 0o6777 }]);
    const file = outcome?.status === 'restored' ? (outcome.files.get(sha256) ?? '') : '';
    expect(lstatSync(file).mode & 0o7000).toBe(0);
  });
});

describe('an archive that is too large', () => {
  it('is cancelled if it holds far more bytes than the pack', async () => {
    // 1.5 GiB of zeros in a few kilobytes.
    const zeros = Buffer.alloc(64 * 1024 * 1024);
    const chunks = Array.from({ length: 24 }, (_, at) =>
      zstdCompressSync(writeTar([{ name: `z${at}`, data: zeros }]).subarray(0, -1024)),
    );
    poison(Buffer.concat([...chunks, zstdCompressSync(Buffer.alloc(1024))]));
    const [outcome] = await bench.restore([pack], cache);
    expect(filesOf(outcome)).toEqual([]);
    expect(bench.logged.join('\n')).toMatch(
      /Could not use .*: .*larger than the expected 25 bytes/,
    );
  });

  it('is extracted or refused if it has a hundred thousand members', async () => {
    const members = Array.from({ length: 100_000 }, (_, at) => ({ name: `m${at}` }));
    expect(filesOf(await restorePoisoned([...members, good]))).toBeDefined();
  });

  it('is refused if it is not an archive', async () => {
    poison(gzipSync('not what anybody expects'));
    expect(filesOf((await bench.restore([pack], cache))[0])).toEqual([]);
  });
});

describe('a poisoned index', () => {
  it.each([
    [
      'a path outside',
      JSON.stringify({
        version: 1,
        packs: [],
        files: [{ bucket: 'b', path: '../x', size: 1, mtime: 1, sha256 }],
      }),
      /malformed/,
    ],
    ['another format', '{"version":7}', /format 7/],
    ['no JSON', 'garbage', /not JSON/],
  ])('with %s is not used', async (_name, text, reason) => {
    await cache.writeIndex({ packs: [pack], files: [] }, bench.scratch());
    const entry = bench.server.entries().at(-1);
    if (entry === undefined) throw new Error('the index was not saved');
    const archive = writeTar([{ name: 'tfcache-pack/index.json', data: text }]);
    bench.server.setEntry(entry, zstdCompressSync(archive));
    const read = await cache.readIndex(bench.scratch());
    expect(read.index.packs).toEqual([]);
    expect(read.reason).toMatch(reason);
    // The next job begins a sound one.
    await cache.writeIndex({ packs: [pack], files: [] }, bench.scratch());
    expect((await cache.readIndex(bench.scratch())).index.packs).toEqual([pack]);
  });
});
