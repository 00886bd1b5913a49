import { describe, expect, it } from 'vitest';
import { parseS3Location } from '../../../../src/cache/s3/location/location.ts';
import { describeError, TfcacheError } from '../../../../src/platform/error.ts';

function fault(text: string): string {
  try {
    parseS3Location(text);
  } catch (error) {
    if (error instanceof TfcacheError && error.code === 'usage') return describeError(error);
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('the address of an S3 cache', () => {
  it('needs only a bucket', () => {
    expect(parseS3Location('s3://builds')).toEqual({
      bucket: 'builds',
      prefix: '',
      endpoint: undefined,
      region: undefined,
      pathStyle: undefined,
      readOnly: false,
      scope: undefined,
      defaultBranch: undefined,
      name: 's3://builds',
    });
  });

  it('has these parameters', () => {
    const text =
      's3://My_bucket.1/ci/tfcache/?endpoint=http://minio.internal:9000/&region=eu-central-1&path-style=false&read-only=true&scope=branch-main&default-branch=release/2';
    expect(parseS3Location(text)).toEqual({
      bucket: 'My_bucket.1',
      prefix: 'ci/tfcache',
      endpoint: 'http://minio.internal:9000',
      region: 'eu-central-1',
      pathStyle: false,
      readOnly: true,
      scope: 'branch-main',
      defaultBranch: 'release/2',
      name: 's3://My_bucket.1/ci/tfcache',
    });
  });

  it('uses path style by default for stores other than AWS', () => {
    expect(parseS3Location('s3://builds?endpoint=https://s3.internal').pathStyle).toBe(true);
  });

  it('has one scope for all jobs with scope=none, and the job’s with scope=auto', () => {
    expect(parseS3Location('s3://builds?scope=none').scope).toBe('shared');
    expect(parseS3Location('s3://builds?scope=auto').scope).toBeUndefined();
  });

  it.each([
    ['s3:builds', /not the address/],
    ['https://builds', /not the address/],
    ['s3://', /names no valid bucket/],
    ['s3://ab', /names no valid bucket/],
    ['s3://a..b', /names no valid bucket/],
    ['s3://-builds', /names no valid bucket/],
    ['s3://builds:9000/x', /endpoint=https:\/\/host:port/],
    ['s3://builds/x#y', /# part/],
    ['s3://builds/a//b', /prefix/],
    ['s3://builds/a b', /prefix/],
    ['s3://builds/%2e%2e/b', /prefix/],
    [`s3://builds/${'x'.repeat(301)}`, /at most 300/],
    ['s3://builds?endpoint=minio:9000', /https:\/\/host:port, without a path/],
    ['s3://builds?endpoint=ftp://minio', /endpoint in the address of the S3 store is not valid/],
    ['s3://builds?endpoint=https://minio/path', /without a path/],
    ['s3://builds?endpoint=https://minio/%26x', /without a path/],
    ['s3://builds?region=eu/central', /region in the address of the S3 store is not valid/],
    ['s3://builds?path-style=yes', /true or false/],
    ['s3://builds?read-only=1', /true or false/],
    ['s3://builds?scope=../main', /scope in the address of the S3 store is not valid/],
    ['s3://builds?scope=a/b', /scope in the address of the S3 store is not valid/],
    ['s3://builds?read-only=true&read-only=false', /read-only twice/],
    ['s3://builds?storage=cold', /unknown parameter: "storage"/],
  ])('refuses %s', (text, words) => {
    expect(fault(text)).toMatch(words);
    expect(fault(text)).toMatch(/where: {4}input cache/);
  });

  it.each([
    's3://AKIA123456:hidden-secret@builds/x',
    's3://builds?access-key=AKIA123456&secret=hidden-secret',
    's3://builds?aws_secret_access_key=hidden-secret',
    's3://builds?X-Amz-Signature=hidden-secret',
    's3://builds?endpoint=https://AKIA123456:hidden-secret@minio:9000',
    's3://AKIA123456/hidden-secret@builds/x',
    's3://AKIA123456:hidden-secret/more@builds/x',
    's3://AKIA123456:hidden-secret%40builds/x',
    's3://builds/secret=hidden-secret/x',
    's3://builds/x&secret=hidden-secret',
    's3://builds/token:hidden-secret',
    's3://builds?secret=abc&hidden-secret/x=1',
    's3://builds?endpoint=https://AKIA123456:hid/hidden-secret@minio:9000',
    's3://builds?endpoint=https://AKIA123456/hidden-secret@minio',
    's3://builds?password=hidden-secret&password=hidden-secret',
  ])('does not show the credentials in %s', (text) => {
    expect(fault(text)).not.toMatch(/hidden-secret|AKIA123456/);
    expect(fault(text)).toMatch(/AWS/);
  });
});
