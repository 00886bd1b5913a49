import { describe, expect, test } from 'vitest';
import { formatBytes, formatCount, formatDuration } from '../../../src/platform/text/units.ts';

describe('bytes', () => {
  test.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1.00 KiB'],
    [1536, '1.50 KiB'],
    [10 * 1024 - 1, '10.0 KiB'],
    [12_900_000, '12.3 MiB'],
    [220_200_960, '210 MiB'],
    [1024 ** 2 - 1, '1.00 MiB'],
    [1024 ** 3, '1.00 GiB'],
    [5 * 1024 ** 4, '5.00 TiB'],
    [Number.MAX_SAFE_INTEGER, '8.00 PiB'],
  ])('%d is %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('durations', () => {
  test.each([
    [0, '0 ms'],
    [0.4, '0 ms'],
    [340, '340 ms'],
    [999.9, '1.0 s'],
    [3210, '3.2 s'],
    [59_960, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [3_599_600, '1 h 00 min'],
    [3_720_000, '1 h 02 min'],
  ])('%d ms is %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });
});

test('counts have a plural and separators', () => {
  expect([0, 1, 2, 4000].map((count) => formatCount(count, 'file'))).toEqual([
    '0 files',
    '1 file',
    '2 files',
    '4,000 files',
  ]);
});
