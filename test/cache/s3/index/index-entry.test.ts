import { describe, expect, it } from 'vitest';
import type { Pack } from '../../../../src/cache/cache.ts';
import { EMPTY_INDEX, INDEX_LIMITS } from '../../../../src/cache/index-file.ts';
import {
  createCombinedEntryName,
  createEntryName,
  formatIndexEntry,
  type IndexEntry,
  mergeIndexEntries,
  parseEntryName,
  parseIndexEntry,
} from '../../../../src/cache/s3/index/index-entry.ts';

const pack = (key: string): Pack => ({
  key,
  size: 1,
  contents: [{ sha256: 'a'.repeat(64), size: 1 }],
});
const entry = (keys: string[], forget: string[] = []): IndexEntry => ({
  forget,
  index: { packs: keys.map(pack), files: [] },
});
const keys = (entries: IndexEntry[]) =>
  mergeIndexEntries(EMPTY_INDEX, entries).packs.map(({ key }) => key);

describe('an index entry', () => {
  it('is parsed as it was formatted', () => {
    const one = entry(['x', 'y'], ['z']);
    expect(parseIndexEntry(formatIndexEntry(one))).toEqual(one);
  });

  it.each([
    ['', /first line/],
    ['{}', /first line/],
    ['{}\n{}', /head/],
    [formatIndexEntry(entry([])).replace('"version":1', '"version":2'), /head/],
    [formatIndexEntry(entry([])).replace('"forget":[]', '"forget":["a,b"]'), /head/],
    [formatIndexEntry(entry([])).replace('"packs":[]', '"packs":7'), /malformed/],
    [formatIndexEntry(entry(['x'])).replace('"size":1', '"size":-1'), /malformed/],
  ])('that is %j is refused', (text, words) => {
    expect(parseIndexEntry(text)).toMatch(words);
  });
});

describe('entries, oldest first', () => {
  it('are merged, and forget packs of older entries only', () => {
    expect(keys([entry(['a', 'b']), entry(['c'], ['a'])])).toEqual(['b', 'c']);
    expect(keys([entry(['a']), entry(['a', 'b'], ['a'])])).toEqual(['a', 'b']);
    expect(keys([entry([], ['a']), entry(['a'])])).toEqual(['a']);
    expect(keys([entry(['a', 'b']), entry([], ['a']), entry(['a']), entry(['c'])])).toEqual([
      'b',
      'a',
      'c',
    ]);
  });

  it('forget packs of the previous index', () => {
    const older = entry(['a', 'b']).index;
    const { packs } = mergeIndexEntries(older, [entry(['c']), entry(['d'], ['b', 'c'])]);
    expect(packs.map(({ key }) => key)).toEqual(['a', 'd']);
  });

  it('apply the limits of an index once, to the result', () => {
    const full = Array.from({ length: INDEX_LIMITS.packs }, (_, at) => `p${at}`);
    const found = keys([entry(full), entry(['new']), entry([], ['p7'])]);
    expect(found).toHaveLength(INDEX_LIMITS.packs);
    expect(found[0]).toBe('p0');
    expect(keys([entry(full), entry(['new'])])[0]).toBe('p1');
  });
});

describe('names of entries', () => {
  it('sort the newest first', () => {
    const times = [1, 1_795_000_000_000, 1_795_000_000_001, 9_999_999_999_999];
    const names = times.map(createEntryName);
    expect([...names].sort().reverse()).toEqual(names);
  });

  it('of combined entries have the stamp of their newest part', () => {
    const newest = parseEntryName(createEntryName(1_795_000_000_000));
    if (newest === undefined) throw new Error('not a name');
    const combined = parseEntryName(createCombinedEntryName(newest));
    expect(combined).toMatchObject({ stamp: newest.stamp, kind: 'all' });
    expect(createEntryName(1_795_000_000_001) < createCombinedEntryName(newest)).toBe(true);
  });

  it('of another form are ignored', () => {
    for (const name of [
      '',
      'x',
      '../a',
      '1-2-one.jsonl',
      `${createEntryName(1)}x`,
      `a/${createEntryName(1)}`,
    ]) {
      expect(parseEntryName(name)).toBeUndefined();
    }
  });
});
