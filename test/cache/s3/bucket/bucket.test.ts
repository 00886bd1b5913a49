import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { createObjectResponse } from '../../../../src/cache/s3/bucket/bucket.ts';

const RANGE = { start: 100, end: 199 };

it.each([
  ['bytes 100-199/1000', 100, { total: 1000, ranged: true }],
  ['bytes 100-149/1000', 50, { total: 1000, ranged: true }],
  ['bytes 100-199/*', 100, { total: undefined, ranged: true }],
  [undefined, 1000, { total: 1000, ranged: false }],
  ['items 100-199/1000', 100, { total: 100, ranged: false }],
  ['bytes */1000', 100, { total: 100, ranged: false }],
])('reads what a store says of the bytes it sends: %s', (told, length, expected) => {
  const body = Readable.from([]);
  expect(createObjectResponse(body, RANGE, told, length)).toEqual({ body, ...expected });
});

it('does not take bytes of another place', () => {
  const body = Readable.from([]);
  expect(() => createObjectResponse(body, RANGE, 'bytes 0-99/1000', 100)).toThrow(/another range/);
  expect(body.destroyed).toBe(true);
});
