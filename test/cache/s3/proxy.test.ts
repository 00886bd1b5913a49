import { describe, expect, it } from 'vitest';
import { needsProxy } from '../../../src/cache/s3/proxy.ts';

const HTTPS = 'https://s3.internal:9000';

describe('a proxy that the environment names', () => {
  it.each([
    [{}, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p' }, HTTPS, true],
    [{ https_proxy: 'http://p' }, HTTPS, true],
    [{ HTTP_PROXY: 'http://p' }, HTTPS, false],
    [{ HTTP_PROXY: 'http://p' }, 'http://s3.internal', true],
    [{ HTTPS_PROXY: 'http://p' }, undefined, true],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: '*' }, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'a, S3.Internal' }, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p', no_proxy: 's3.internal:9000' }, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 's3.internal:443' }, HTTPS, true],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: '.internal' }, HTTPS, false],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'internal' }, HTTPS, true],
    [{ HTTPS_PROXY: 'http://p', NO_PROXY: 'xs3.internal,3.internal' }, HTTPS, true],
  ])('%j stands before %s: %s', (environment, endpoint, expected) => {
    expect(needsProxy(environment, endpoint)).toBe(expected);
  });
});
