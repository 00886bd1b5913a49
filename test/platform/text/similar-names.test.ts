import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeEditDistance,
  findNearestNames,
  formatShortList,
  suggestName,
} from '../../../src/platform/text/similar-names.ts';

describe('the nearest names', () => {
  it.each([
    ['wheel', 'wheel', 0],
    ['weel', 'wheel', 1],
    ['whele', 'wheel', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %d edits apart', (from, to, edits) => {
    expect(computeEditDistance(from, to)).toBe(edits);
  });

  it('are those with the fewest edits, or that a forgotten ending leaves', () => {
    expect(
      findNearestNames('resnet5', ['VGG16', 'ResNet50', 'ResNet50V2', 'ResNet101'], 2),
    ).toEqual(['ResNet50', 'ResNet50V2']);
    expect(suggestName('weel', ['wheel', 'path'])).toBe('wheel');
    expect(suggestName('something', ['wheel', 'path'])).toBeUndefined();
    expect(suggestName('x', [])).toBeUndefined();
  });

  it('measure a distance', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(computeEditDistance(a, b)).toBe(computeEditDistance(b, a));
        expect(computeEditDistance(a, a)).toBe(0);
        expect(computeEditDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it('are listed briefly', () => {
    expect(formatShortList(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
    expect(formatShortList(['a', 'b'], 2)).toBe('a, b');
  });
});
