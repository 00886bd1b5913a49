import { describe, expect, it } from 'vitest';
import type { VerifiedFile } from '../../src/bucket/file.ts';
import type { CacheIndex, Pack } from '../../src/cache/cache.ts';
import { EMPTY_INDEX, formatIndex, mergeIndexes, parseIndex } from '../../src/cache/index-file.ts';

const sha = (digit: string) => digit.repeat(64);
const pack = (key: string, ...digits: string[]): Pack => ({
  key,
  size: digits.length * 3,
  contents: digits.map((digit) => ({ sha256: sha(digit), size: 3 })),
});
const file = (path: string, digit: string, mtime = 1): VerifiedFile => ({
  bucket: 'tensorflow',
  path,
  size: 3,
  mtime,
  sha256: sha(digit),
});
const index: CacheIndex = {
  packs: [pack('k1', 'a', 'b')],
  files: [file('linux/cpu/x "1".whl', 'a')],
};

describe('parseIndex', () => {
  it('reads what formatIndex wrote', () => {
    expect(parseIndex(formatIndex(index))).toEqual(index);
    expect(parseIndex(formatIndex(EMPTY_INDEX))).toEqual(EMPTY_INDEX);
  });

  it.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    'a//b',
    'a/./b',
    'a/',
    '',
    'a\0b',
    '..',
    'x'.repeat(5000),
  ])('refuses an index with the path %j', (path) => {
    expect(parseIndex(formatIndex({ packs: [], files: [file(path, 'a')] }))).toMatch(/malformed/);
  });

  it.each([
    ['not JSON', '{"version":1'],
    ['format 2', '{"version":2,"packs":[],"files":[]}'],
    ['malformed', '[]'],
    ['malformed', '{"version":1,"packs":{},"files":[]}'],
    ['malformed', JSON.stringify({ version: 1, packs: [{ key: 'k', contents: [] }], files: [] })],
    [
      'malformed',
      JSON.stringify({
        version: 1,
        packs: [{ key: 'k', contents: [{ sha256: 'A'.repeat(64), size: 1 }] }],
        files: [],
      }),
    ],
    [
      'malformed',
      JSON.stringify({
        version: 1,
        packs: [{ key: 'a,b', contents: [{ sha256: sha('a'), size: 1 }] }],
        files: [],
      }),
    ],
    [
      'malformed',
      JSON.stringify({
        version: 1,
        packs: [{ key: 'k', contents: [{ sha256: sha('a'), size: -1 }] }],
        files: [],
      }),
    ],
    ['malformed', formatIndex({ packs: [], files: [{ ...file('x', 'a'), bucket: '../b' }] })],
    ['malformed', formatIndex({ packs: [], files: [{ ...file('x', 'a'), mtime: 1.5 }] })],
  ])('says that it is %s', (reason, text) => {
    expect(parseIndex(text)).toContain(reason);
  });

  it('computes the size of a pack from its contents', () => {
    const text = formatIndex(index).replace('"key":"k1"', '"key":"k1","size":999');
    expect(parseIndex(text)).toEqual(index);
  });
});

describe('mergeIndexes', () => {
  it('keeps both, of duplicates the newer one, newest last', () => {
    const older = {
      packs: [pack('k1', 'a'), pack('k2', 'b')],
      files: [file('x', 'a'), file('y', 'b')],
    };
    const newer = { packs: [pack('k1', 'a', 'c')], files: [file('x', 'c'), file('x', 'd', 2)] };
    expect(mergeIndexes(older, newer)).toEqual({
      packs: [pack('k2', 'b'), pack('k1', 'a', 'c')],
      files: [file('y', 'b'), file('x', 'c'), file('x', 'd', 2)],
    });
  });

  it('removes packs to forget', () => {
    expect(mergeIndexes(index, { packs: [pack('k2', 'c')], files: [] }, ['k1']).packs).toEqual([
      pack('k2', 'c'),
    ]);
  });

  it('drops the oldest beyond the limits', () => {
    const many = {
      packs: ['1', '2', '3', '4'].map((digit) => pack(digit, digit, 'a')),
      files: ['1', '2', '3'].map((digit) => file(digit, digit)),
    };
    const limited = mergeIndexes(EMPTY_INDEX, many, [], { packs: 3, contents: 5, files: 2 });
    expect(limited.packs.map(({ key }) => key)).toEqual(['3', '4']);
    expect(limited.files.map(({ path }) => path)).toEqual(['2', '3']);
  });
});
