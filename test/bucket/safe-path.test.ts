import { expect, test } from 'vitest';
import { findPathProblem, isBucketName } from '../../src/bucket/safe-path.ts';
import { AWKWARD_NAMES } from '../support/names.ts';

test.each(['a', 'a/b', '..a', 'a..', '...', 'a/.b', 'versions/"2.21.0"/x', '@x', 'é'.repeat(127)])(
  'the path %j can be used',
  (path) => expect(findPathProblem(path)).toBeUndefined(),
);

test.each(AWKWARD_NAMES)('the awkward name %j can be used', (name) => {
  if (process.platform !== 'win32') expect(findPathProblem(`${name}/${name}`)).toBeUndefined();
});

test.each([
  '',
  '/',
  '/a',
  '..',
  '../a',
  'a/..',
  'a/../b',
  '.',
  './a',
  'a//b',
  'a/',
  'a\0b',
  'é'.repeat(128),
  `${'a/'.repeat(2000)}a`,
])('the path %j cannot', (path) => expect(findPathProblem(path)).toBeDefined());

test('names of buckets', () => {
  const good = ['tensorflow', 'download.tensorflow.org', 'tf-builds', 'a_b', '1'];
  expect(good.filter((name) => !isBucketName(name))).toEqual([]);
  const bad = ['', '.', '..', '-x', 'a/b', 'a b', 'a.', 'a\n', '@x', '中', 'x'.repeat(300)];
  expect(bad.filter(isBucketName)).toEqual([]);
});
