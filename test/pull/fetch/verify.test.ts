import { expect, test } from 'vitest';
import type { ExpectedDigest } from '../../../src/bucket/file.ts';
import { findMismatch, listNeededAlgorithms } from '../../../src/pull/fetch/verify.ts';

const listed: ExpectedDigest = {
  algorithm: 'md5',
  value: 'a'.repeat(32),
  source: 'listing',
  from: 'https://one/',
};
const catalogue: ExpectedDigest = { algorithm: 'md5', value: 'b'.repeat(32), source: 'catalogue' };
const saved: ExpectedDigest = { algorithm: 'sha256', value: 'c'.repeat(64), source: 'cache' };
const found = { size: 1, sha256: 'c'.repeat(64), md5: 'b'.repeat(32), ino: '1' };
const file = (...digests: ExpectedDigest[]) => ({
  bucket: 'tensorflow',
  path: 'a.bin',
  size: 1,
  mtime: 1,
  digests,
});
const judge = (...digests: ExpectedDigest[]) =>
  findMismatch(file(...digests), found, 'https://two/');

test('a listing is compared where nothing stronger is known, and both sides are named', () => {
  const error = judge(listed);
  expect(error?.message).toMatch(/https:\/\/two\/ and https:\/\/one\/ disagree/);
  expect(error?.hint).toContain('lock');
  expect(findMismatch(file(listed), found, 'https://one/')?.message).not.toContain('disagree');
});

test('the catalogue or the lock decides against a listing', () => {
  expect(judge(listed, catalogue)).toBeUndefined();
  const lock: ExpectedDigest = { ...saved, source: 'lock' };
  expect(judge(lock, listed)).toBeUndefined();
  expect(listNeededAlgorithms([lock, listed])).toEqual([]);
  expect(judge({ ...lock, value: 'd'.repeat(64) }, catalogue, listed)?.expected).toContain('lock');
});

test('what a cache recorded is compared beside all others', () => {
  expect(judge(catalogue, { ...saved, value: 'd'.repeat(64) })?.code).toBe('integrity');
  expect(judge(catalogue, saved)).toBeUndefined();
});

test('a locked size is held against the content with the locked digest, other sizes are not', () => {
  const size = 2;
  const sized = (digest: ExpectedDigest) =>
    findMismatch({ ...file(digest), size }, found, 'https://two/');
  expect(sized({ ...saved, source: 'lock' })).toMatchObject({
    code: 'integrity',
    expected: '2 bytes (from the lock)',
    found: expect.stringContaining('1 bytes'),
  });
  expect(sized(saved)).toBeUndefined();
  expect(sized(catalogue)).toBeUndefined();
});
