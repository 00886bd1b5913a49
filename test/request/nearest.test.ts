import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, likelySlip, nearest, shortList } from '../../src/request/nearest.ts';

describe('the nearest names', () => {
  it.each([
    ['wheel', 'wheel', 0],
    ['weel', 'wheel', 1],
    ['whele', 'wheel', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
  ])('%s and %s are %d edits apart', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits);
  });

  it('are those with the fewest edits, or that a forgotten ending leaves', () => {
    expect(nearest('resnet5', ['VGG16', 'ResNet50', 'ResNet50V2', 'ResNet101'], 2)).toEqual([
      'ResNet50',
      'ResNet50V2',
    ]);
    expect(likelySlip('weel', ['wheel', 'path'])).toBe('wheel');
    expect(likelySlip('something', ['wheel', 'path'])).toBeUndefined();
    expect(likelySlip('x', [])).toBeUndefined();
  });

  it('measure a distance', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  it('are listed briefly', () => {
    expect(shortList(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
    expect(shortList(['a', 'b'], 2)).toBe('a, b');
  });
});
