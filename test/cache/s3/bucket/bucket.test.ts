import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { createObjectResponse } from '../../../../src/cache/s3/bucket/bucket.ts';

const RANGE = { start: 100, end: 199 };

it.each([
  ['bytes 100-199/1000', 100, { totalBytes: 1000, isRanged: true }],
  ['bytes 100-149/1000', 50, { totalBytes: 1000, isRanged: true }],
  ['bytes 100-199/*', 100, { totalBytes: undefined, isRanged: true }],
  [undefined, 1000, { totalBytes: 1000, isRanged: false }],
  ['items 100-199/1000', 100, { totalBytes: 100, isRanged: false }],
  ['bytes */1000', 100, { totalBytes: 100, isRanged: false }],
])('parses the range that a store sends: %s', (contentRange, length, expected) => {
  const body = Readable.from([]);
  expect(createObjectResponse(body, RANGE, contentRange, length)).toEqual({ body, ...expected });
});

it('refuses bytes of another range', () => {
  const body = Readable.from([]);
  expect(() => createObjectResponse(body, RANGE, 'bytes 0-99/1000', 100)).toThrow(/another range/);
  expect(body.destroyed).toBe(true);
});
