import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIndexKeyPrefix, MIN_STANDALONE_BYTES, planPacks } from '../../src/cache/packs.ts';

const MIB = 1024 * 1024;
const content = (digit: string, size: number) => ({ sha256: digit.repeat(64), size });

const contents = fc.uniqueArray(
  fc.record({
    sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
    size: fc.oneof(fc.nat(64 * MIB), fc.nat(100)),
  }),
  { selector: ({ sha256 }) => sha256, maxLength: 60 },
);

describe('planPacks', () => {
  it('packs a large file alone, under a key that depends on that file only', () => {
    const large = content('a', MIN_STANDALONE_BYTES);
    const [alone] = planPacks([large], 'tfcache');
    const among = planPacks([content('b', 5), large, content('c', 40 * MIB)], 'tfcache');
    expect(among.map(({ key }) => key)).toContain(alone?.key);
    expect(alone?.key).toMatch(/^tfcache-v1-[0-9a-f]{64}$/);
  });

  it('has at most one pack under 32 MiB, holds every content once, and ignores the order', () => {
    fc.assert(
      fc.property(contents, fc.infiniteStream(fc.nat()), (files, order) => {
        const packs = planPacks(files, 'p');
        expect(packs.filter(({ size }) => size < MIN_STANDALONE_BYTES).length).toBeLessThanOrEqual(
          1,
        );
        const held = packs.flatMap((pack) => pack.contents.map(({ sha256 }) => sha256));
        expect(held.sort()).toEqual(files.map(({ sha256 }) => sha256).sort());
        for (const pack of packs) {
          expect(pack.size).toBe(pack.contents.reduce((sum, { size }) => sum + size, 0));
          if (pack.contents.length > 1) expect(pack.size).toBeLessThan(2 * MIN_STANDALONE_BYTES);
        }
        const shuffled = files
          .map((file) => ({ file, at: order.next().value as number }))
          .sort((one, other) => one.at - other.at)
          .map(({ file }) => file);
        expect(planPacks([...shuffled, ...files.slice(0, 3)], 'p')).toEqual(packs);
      }),
    );
  });

  it('creates other keys for other contents, another prefix and another salt', () => {
    const files = [content('a', 1), content('b', 2)];
    const keys = [
      ...planPacks(files, 'tfcache'),
      ...planPacks(files.slice(1), 'tfcache'),
      ...planPacks(files, 'other'),
      ...planPacks(files, 'tfcache', 'again'),
    ].map(({ key }) => key);
    expect(new Set(keys).size).toBe(4);
  });

  it.each(['', 'a,b', 'a\nb', 'x'.repeat(401)])('refuses the prefix %j', (prefix) => {
    expect(() => planPacks([content('a', 1)], prefix)).toThrow(/key prefix/);
    expect(() => createIndexKeyPrefix(prefix)).toThrow(/key prefix/);
  });

  it('keeps keys within the 512 characters of the service', () => {
    const [pack] = planPacks([content('a', 1)], 'x'.repeat(400));
    expect(pack?.key.length).toBeLessThanOrEqual(512);
    expect(`${createIndexKeyPrefix('x'.repeat(400))}${'9'.repeat(60)}`.length).toBeLessThanOrEqual(
      512,
    );
  });
});
