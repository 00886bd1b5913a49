import { describe, expect, it } from 'vitest';
import { resolveProxyEnvironment } from '../../../../src/cache/s3/http/proxy.ts';
import { parseS3Location } from '../../../../src/cache/s3/location/location.ts';

const HTTPS = 's3://bucket/x?endpoint=https://s3.internal:9000';
const AWS = 's3://bucket/x?region=eu-central-1';

describe('a proxy that the environment names', () => {
  it.each([
    [{}, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p' }, HTTPS, true],
    [{ https_proxy: 'http://p' }, HTTPS, true],
    [{ HTTPS_PROXY: 'p:3128' }, HTTPS, true],
    [{ ALL_PROXY: 'HTTP://P:3128' }, HTTPS, true],
    [{ HTTP_PROXY: 'http://p' }, HTTPS, false],
    [{ HTTP_PROXY: 'http://p' }, 's3://bucket/x?endpoint=http://127.0.0.1', true],
    [
      { HTTP_PROXY: 'http://p', NO_PROXY: '127.0.0.0/8' },
      's3://bucket/x?endpoint=http://127.0.0.1',
      false,
    ],
    [{ HTTPS_PROXY: 'http://p' }, AWS, true],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: '.amazonaws.com' }, AWS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 's3.eu-central-1.amazonaws.com' }, AWS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'bucket.s3.eu-central-1.amazonaws.com' }, AWS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 's3.us-east-1.amazonaws.com' }, AWS, true],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: '*' }, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'a, S3.Internal' }, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p', no_proxy: 's3.internal:9000' }, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 's3.internal:443' }, HTTPS, true],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: '.internal' }, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'internal' }, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'xs3.internal,3.internal' }, HTTPS, true],
  ])('%j stands before %s: %s', (environment, address, expected) => {
    expect(resolveProxyEnvironment(parseS3Location(address), environment) !== undefined).toBe(
      expected,
    );
  });

  it('is told to Node with a scheme, and without a value that is none', () => {
    const location = parseS3Location(HTTPS);
    expect(
      resolveProxyEnvironment(location, { HTTPS_PROXY: 'P:3128', HTTP_PROXY: 'socks5://p:1' }),
    ).toEqual({
      https_proxy: 'http://p:3128/',
    });
  });
});
