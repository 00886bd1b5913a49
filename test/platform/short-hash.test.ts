import { expect, test } from 'vitest';
import { createRandomDigits, shortHash } from '../../src/platform/short-hash.ts';

// The test vectors of http://www.isthe.com/chongo/src/fnv/test_fnv.c, without the final NUL.
test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['b', 'af63df4c8601f1a5'],
  ['foobar', '85944171f73967e8'],
])('%j', (text, hash) => {
  expect(shortHash(text)).toBe(hash);
});

test('texts that differ little have hashes that differ', () => {
  const texts = Array.from({ length: 20_000 }, (_, index) => `mirror-bucket-${index}`);
  for (const length of [8, 16]) {
    const hashes = new Set(texts.map((text) => shortHash(text).slice(0, length)));
    expect(hashes.size).toBeGreaterThanOrEqual(texts.length - (length === 8 ? 3 : 0));
  }
});

test('digits by chance do not come twice', () => {
  const digits = Array.from({ length: 20_000 }, createRandomDigits);
  expect(new Set(digits).size).toBe(digits.length);
  for (const each of digits) expect(each).toMatch(/^[0-9a-f]{16}$/);
});
