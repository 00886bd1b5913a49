import { describe, expect, it } from 'vitest';
import { parseSize } from '../../src/inputs/values.ts';

describe('parseSize', () => {
  it.each([
    ['50GB', 50e9],
    ['50 gb', 50e9],
    ['1.5GiB', 1.5 * 2 ** 30],
    ['512MiB', 512 * 2 ** 20],
    ['10kB', 10e3],
    ['2T', undefined],
    ['100', 100],
    ['1B', 1],
    ['0', undefined],
    ['-1GB', undefined],
    ['GB', undefined],
    ['1 GB extra', undefined],
  ])('%s', (text, bytes) => {
    if (bytes === undefined)
      expect(() => parseSize('store-max-size', text)).toThrow('store-max-size');
    else expect(parseSize('store-max-size', text)).toBe(bytes);
  });
});
