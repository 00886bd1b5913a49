import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escaped, parseGlobs } from '../../src/request/glob.ts';
import { nameMatcher, pathMatcher } from '../../src/request/glob-match.ts';

describe('properties of globs', () => {
  const character = fc.oneof(
    fc.constantFrom(...[...'ab1 .-#"\'\\*?[]{}()!@+|&;$`~%^=,:<>_\n\t']),
    fc.constantFrom('中', 'é', '🎉', '\u2028'),
  );
  const name = fc
    .array(character, { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join(''))
    .filter((text) => text !== '.' && text !== '..');
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));

  it('an escaped path matches itself alone', () => {
    fc.assert(
      fc.property(path, path, (wanted, other) => {
        const globs = parseGlobs(escaped(wanted));
        expect(globs).toHaveLength(1);
        for (const glob of globs) {
          expect(pathMatcher(glob)(wanted)).toBe(true);
          expect(pathMatcher(glob)(other)).toBe(other === wanted);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a star takes any rest of a name, and no slash', () => {
    fc.assert(
      fc.property(name, name, (start, rest) => {
        const matches = nameMatcher(`${escaped(start)}*`);
        expect(matches(start + rest)).toBe(true);
        expect(matches(start)).toBe(true);
        expect(matches(`${start}x/y`)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('two stars take any depth', () => {
    fc.assert(
      fc.property(path, path, name, (base, middle, last) => {
        for (const glob of parseGlobs(`${escaped(base)}/**/*${escaped(last)}`)) {
          const matches = pathMatcher(glob);
          expect(glob.base).toBe(base);
          expect(matches(`${base}/${last}`)).toBe(true);
          expect(matches(`${base}/${middle}/x${last}`)).toBe(true);
          expect(matches(`x${base}/${last}`)).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses more alternatives than anyone means', async () => {
    expect(() => parseGlobs('{a,b}'.repeat(20))).toThrow('more than 1000');
    expect(parseGlobs('{a,{b,c}}{,d}').map(({ names }) => names.join('/'))).toEqual([
      'a',
      'ad',
      'b',
      'bd',
      'c',
      'cd',
    ]);
  });
});
