import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandBraces } from '../../../src/request/glob/braces.ts';
import { escapeGlob, parseGlobs } from '../../../src/request/glob/glob.ts';
import { createNameMatcher, createPathMatcher } from '../../../src/request/glob/glob-match.ts';
import { parseRequests } from '../../../src/request/grammar.ts';
import { getRequestKind } from '../../support/requests.ts';
import { thrownBy } from '../../support/thrown.ts';

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

  it('an escaped path matches only itself', () => {
    fc.assert(
      fc.property(path, path, (wanted, other) => {
        const globs = parseGlobs(escapeGlob(wanted));
        expect(globs).toHaveLength(1);
        for (const glob of globs) {
          expect(createPathMatcher(glob)(wanted)).toBe(true);
          expect(createPathMatcher(glob)(other)).toBe(other === wanted);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a star matches any rest of a name, and no slash', () => {
    fc.assert(
      fc.property(name, name, (start, rest) => {
        const matches = createNameMatcher(`${escapeGlob(start)}*`);
        expect(matches(start + rest)).toBe(true);
        expect(matches(start)).toBe(true);
        expect(matches(`${start}x/y`)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('two stars match any depth', () => {
    fc.assert(
      fc.property(path, path, name, (base, middle, last) => {
        for (const glob of parseGlobs(`${escapeGlob(base)}/**/*${escapeGlob(last)}`)) {
          const matches = createPathMatcher(glob);
          expect(glob.base).toBe(base);
          expect(matches(`${base}/${last}`)).toBe(true);
          expect(matches(`${base}/${middle}/x${last}`)).toBe(true);
          expect(matches(`x${base}/${last}`)).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('expands braces like bash', () => {
    const texts = fc
      .array(fc.constantFrom('{', '{', '}', '}', ',', ',', 'a', 'b'), {
        minLength: 1,
        maxLength: 12,
      })
      .map((parts) => parts.join(''))
      .filter((text) => text.split('{').length === text.split('}').length);
    const wanted = fc.sample(texts, { numRuns: 500, seed: 8 });
    const script = wanted.map((text) => `printf '%s ' x${text}; echo`).join('\n');
    const lines = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n');
    for (const [index, text] of wanted.entries()) {
      if (!isBalanced(text)) continue;
      const ours = expandBraces(`x${text}`).join(' ');
      expect(ours, text).toBe(lines[index]?.trimEnd());
    }
  });
});

/** True if no brace closes that was not opened: bash treats the others in ways of its own. */
function isBalanced(text: string): boolean {
  let depth = 0;
  return [...text].every((character) => {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    return depth >= 0;
  });
}

describe('names with brackets', () => {
  it.each([
    ['[abc]', ['a', 'c'], ['d', '[abc]']],
    ['[!a-c]x', ['dx', '中x'], ['ax', 'x']],
    ['[^a]', ['b'], ['a']],
    ['[]x]', [']', 'x'], ['[]x]']],
    ['[[:digit:]]', ['1'], ['d', ':']],
    ['[\\]]', [']'], ['\\']],
    ['[a', ['[a'], ['a']],
    ['[a*', ['[a', '[ab'], ['a']],
    ['a**b', ['ab', 'axxb'], ['a/b', 'b']],
    ['\\**', ['*', '*x'], ['x']],
    ['?', ['x', '中'], ['', 'xy']],
    ['[模-版]?', ['模型'], ['型']],
  ])('%s', (glob, matching, others) => {
    const matches = createNameMatcher(glob);
    for (const name of matching) expect(matches(name), name).toBe(true);
    for (const name of others) expect(matches(name), name).toBe(false);
  });

  it.each([
    ['a/**', ['a/b', 'a/b/c'], ['a', 'b/a']],
    ['**', ['a', 'a/b'], []],
    ['**/**/b', ['b', 'a/b', 'a/a/b'], ['b/a']],
    ['**/a/**', ['a/b', 'x/a/b/c'], ['x/a', 'a']],
    ['**/a/*/b', ['a/a/x/b', 'x/a/y/b'], ['a/b']],
    ['x/**/a/**/b', ['x/a/b', 'x/y/a/a/y/b'], ['x/b', 'x/b/a']],
  ])('of whole paths: %s', (glob, matching, others) => {
    const [parsed] = parseGlobs(glob);
    if (parsed === undefined) throw new Error('no glob');
    const matches = createPathMatcher(parsed);
    for (const path of matching) expect(matches(path), path).toBe(true);
    for (const path of others) expect(matches(path), path).toBe(false);
  });
});

/** A test that hangs in matching cannot be ended by vitest: these take milliseconds, or minutes when they are wrong. */
describe('globs that are expensive to match', () => {
  const name = `${'-'.repeat(250)}x`;
  it.each([
    '*-*-*-*.whl',
    `${'*-'.repeat(40)}*.whl`,
    `${'*?'.repeat(100)}.whl`,
    `${'*[-a]'.repeat(100)}.whl`,
    `${'*'.repeat(1000)}y`,
    `${'[!x]*'.repeat(100)}y`,
  ])('matches %s against a name of dashes at once', (glob) => {
    expect(createNameMatcher(glob)(name)).toBe(false);
    for (const parsed of parseGlobs(`**/${glob}`)) {
      expect(createPathMatcher(parsed)(`${'-/'.repeat(500)}${name}`)).toBe(false);
    }
  });

  it('matches many ** at once', () => {
    for (const parsed of parseGlobs(`${'**/a/'.repeat(100)}b`)) {
      expect(createPathMatcher(parsed)(`${'a/'.repeat(1000)}c`)).toBe(false);
    }
  });

  it.each([
    ['{'.repeat(100_000), 'characters long'],
    ['['.repeat(60_000), 'characters long'],
    ['{a,b}'.repeat(2_000), 'more than 1000'],
    ['{a,b}'.repeat(20), 'more than 1000'],
    ['{'.repeat(30_000), 'deep'],
    [`${'{a,'.repeat(20)}b${'}'.repeat(20)}`, 'deep'],
    ['['.repeat(30_000), 'characters long'],
    ['[[:alpha:]'.repeat(3_000), 'characters long'],
    ['\\['.repeat(30_000), 'characters long'],
    ['{}'.repeat(10_000), 'characters long'],
    [`{a,${'b'.repeat(3_000)}}`, 'characters long'],
    [`{${'a,'.repeat(1_500)}b}`, 'more than 1000'],
    ['\\'.repeat(30_001), 'characters long'],
  ])('refuses %.20s… at once', (glob, reason) => {
    expect(() => parseGlobs(glob)).toThrow(reason);
    expect(() => parseRequests(`path:${glob}`, getRequestKind)).toThrow(
      glob.length > 65_000 ? 'characters long' : reason,
    );
  });

  it.each(['['.repeat(2_000), '[[:alpha:]'.repeat(200), '[[:'.repeat(600), '\\['.repeat(1_000)])(
    'reads %.20s… at once',
    (glob) => {
      for (const parsed of parseGlobs(`{a,b,c,d}{a,b,c,d}{a,b,c,d}${glob}`)) {
        expect(createPathMatcher(parsed)('a')).toBe(false);
      }
    },
  );

  it('accepts a list of a thousand names', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `tensorflow-2.${index}.0.whl`);
    expect(parseGlobs(`linux/{${names.join(',')}}`).map(({ names: [, name] }) => name)).toEqual(
      names,
    );
  });

  it.each([
    [`wheel:a${' '.repeat(60_000)}b`, '(line 1) is not valid'],
    [`path:${' '.repeat(60_000)}b`, 'characters long'],
    [`path:${'\\'.repeat(60_000)}b`, 'characters long'],
    ['x'.repeat(100_000), 'characters long'],
    [`wheel:tensorflow${'['.repeat(60_000)}`, 'extras'],
  ])('refuses the request %.20s… at once, and shows a part of it', (text, reason) => {
    const error = thrownBy(() => parseRequests(text, getRequestKind));
    expect(error.message).toContain(reason);
    expect(error.message.length).toBeLessThan(2_000);
  });
});
