import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createObjectLayout, encodeKeyName } from '../../../../src/cache/s3/index/layout.ts';
import { parseS3Location } from '../../../../src/cache/s3/location/location.ts';

describe('keys of objects', () => {
  it('are as documented', () => {
    const layout = createObjectLayout(parseS3Location('s3://builds/ci'), 'tf cache');
    expect(layout.packKey('branch-main', 'tf cache-v1-ab')).toBe(
      'ci/v1/branch-main/packs/tf=20cache-v1-ab',
    );
    expect(layout.indexPrefix('branch-main')).toBe('ci/v1/branch-main/index/tf=20cache/');
    expect(createObjectLayout(parseS3Location('s3://builds'), 'x').indexPrefix('shared')).toBe(
      'v1/shared/index/x/',
    );
  });

  it('are short, no paths, and different for different texts', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ minLength: 200, maxLength: 600 }),
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(encodeKeyName(one)).toMatch(/^[A-Za-z0-9._=-]{0,250}$/);
        expect(['.', '..']).not.toContain(encodeKeyName(one));
        // Lone surrogates become the same bytes: they cannot stand in a key prefix that was typed.
        if (one.isWellFormed() && other.isWellFormed() && one !== other) {
          expect(encodeKeyName(one)).not.toBe(encodeKeyName(other));
        }
      }),
    );
  });

  it('of long texts with the same beginning differ', () => {
    const names = ['a', 'b', ''].map((end) => encodeKeyName(`${'x'.repeat(400)}${end}`));
    expect(new Set(names).size).toBe(3);
    expect(names.every((name) => name.length === 250)).toBe(true);
  });
});
