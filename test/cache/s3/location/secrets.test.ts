import { expect, it } from 'vitest';
import { createRedactor } from '../../../../src/cache/s3/location/secrets.ts';

const redact = createRedactor({
  AWS_ACCESS_KEY_ID: 'minio-user',
  AWS_SECRET_ACCESS_KEY: 'se/cret+value',
  AWS_SESSION_TOKEN: '',
});

it.each([
  ['the key minio-user is unknown', 'the key *** is unknown'],
  ['secret se/cret+value', 'secret ***'],
  ['as se%2Fcret%2Bvalue in a query', 'as *** in a query'],
  ['AKIAIOSFODNN7EXAMPLE from a profile', '*** from a profile'],
  ['ASIAIOSFODNN7EXAMPLE, too', '***, too'],
  [
    'X-Amz-Credential=abc%2F2026&X-Amz-Signature=def&x=1',
    'X-Amz-Credential=***&X-Amz-Signature=***&x=1',
  ],
  [
    'Authorization: AWS4 Credential=a/b, SignedHeaders=host, Signature=00ff',
    'Authorization: AWS4 Credential=***, SignedHeaders=host, Signature=***',
  ],
  [
    'connect through http://user:pass@proxy:3128 failed',
    'connect through http://***@proxy:3128 failed',
  ],
  ['no space left', 'no space left'],
])('%s', (text, safe) => {
  expect(redact(text)).toBe(safe);
});

it('redacts all of a secret that has another one as its prefix', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'builder', AWS_SECRET_ACCESS_KEY: 'builder-0123 ' };
  expect(createRedactor(keys)('builder-0123 of builder')).toBe('*** of ***');
});
