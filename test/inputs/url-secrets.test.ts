import { expect, test } from 'vitest';
import { findUrlSecrets } from '../../src/inputs/url-secrets.ts';

test.each([
  ['https://host/a/', []],
  ['https://a-very-long-name.example/a@b/', []],
  ['https://ci@host/', []],
  ['rsync://ci@host/module/', []],
  ['https://ci:s3cret@host/{bucket}/', ['s3cret', 'Y2k6czNjcmV0']],
  ['pypi=https://ci:p%40ss@host/simple/', ['p%40ss', 'p@ss', 'Y2k6cEBzcw==']],
  ['https://ci:a/b@c@host/', ['a/b@c', 'Y2k6YS9iQGM=']],
  ['https://ci:100%@host/', ['100%', 'Y2k6MTAwJQ==']],
  ['https://ghp_0123456789abcdef@host/', ['ghp_0123456789abcdef', 'Z2hwXzAxMjM0NTY3ODlhYmNkZWY6']],
  ['# nothing\nhttps://a:1@x/\nhttps://b:2@y/', ['1', 'YTox', '2', 'Yjoy']],
  ['s3://AKIA/se/cret@bucket/prefix', []],
  ['s3://AKIA:se/cret@bucket/prefix', ['se/cret', 'QUtJQTpzZS9jcmV0']],
  ['s3://bucket/x?secret=abc/def&region=x', ['abc/def']],
  ['https://host/simple/?token=a%2Bb', ['a%2Bb', 'a+b']],
])('%s', (text, secrets) => {
  expect(findUrlSecrets(text)).toEqual(secrets);
});
