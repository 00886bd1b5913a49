import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Pack } from '../../src/cache/cache.ts';
import { choosePacks } from '../../src/cache/choose-packs.ts';

const pack = (key: string, contents: Record<string, number>): Pack => ({
  key,
  // A lie: what counts is the sum of the contents.
  size: 0,
  contents: Object.entries(contents).map(([sha256, size]) => ({ sha256, size })),
});

describe('choosePacks', () => {
  it('chooses no pack without a wanted content', () => {
    expect(choosePacks(['z'], [pack('one', { a: 1 })])).toEqual([]);
    expect(choosePacks([], [pack('one', { a: 1 })])).toEqual([]);
  });

  it('chooses the pack with the fewest unwanted bytes', () => {
    const crowd = pack('crowd', { a: 10, b: 1000 });
    const alone = pack('alone', { a: 10 });
    expect(choosePacks(['a'], [crowd, alone])).toEqual([alone]);
    expect(choosePacks(['a', 'b'], [crowd, alone])).toEqual([crowd]);
  });

  it('chooses no second pack for a content of a chosen pack', () => {
    const both = pack('both', { a: 10, b: 10 });
    const second = pack('second', { b: 10, c: 1 });
    const third = pack('third', { c: 1, d: 5 });
    expect(choosePacks(['a', 'b', 'c'], [both, second, third])).toEqual([both, third]);
  });

  it('chooses packs of empty files', () => {
    const empty = pack('empty', { a: 0 });
    expect(choosePacks(['a'], [empty])).toEqual([empty]);
  });

  it('covers all available contents, each pack adding one, in any order', () => {
    const name = fc.constantFrom(...'abcdefghij');
    const packs = fc.uniqueArray(
      fc.record({
        key: fc.stringMatching(/^[a-z]{3}$/),
        contents: fc.dictionary(name, fc.nat(50), { minKeys: 1 }),
      }),
      { selector: ({ key }) => key, maxLength: 12 },
    );
    fc.assert(
      fc.property(packs, fc.uniqueArray(name), (specs, wanted) => {
        const all = specs.map(({ key, contents }) => pack(key, contents));
        const chosen = choosePacks(wanted, all);
        const coverable = wanted.filter((one) =>
          all.some(({ contents }) => contents.some(({ sha256 }) => sha256 === one)),
        );
        const left = new Set(coverable);
        for (const { contents } of chosen) {
          const before = left.size;
          for (const { sha256 } of contents) left.delete(sha256);
          expect(left.size).toBeLessThan(before);
        }
        expect(left.size).toBe(0);
        expect(choosePacks(wanted, [...all].reverse())).toEqual(chosen);
      }),
    );
  });

  it('is fast with thousands of packs', () => {
    const packs = Array.from({ length: 3000 }, (_, at) =>
      pack(`pack-${at}`, { [`own-${at}`]: 10, [`shared-${at % 7}`]: 5 }),
    );
    const wanted = packs.flatMap(({ contents }) => contents.map(({ sha256 }) => sha256));
    expect(choosePacks(wanted, packs)).toHaveLength(3000);
  });
});
