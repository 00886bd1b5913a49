import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  hasAmbiguousUser,
  maskSecrets,
  maskValue,
} from '../../../src/platform/text/mask-secrets.ts';

describe('maskSecrets', () => {
  test.each([
    's3://AKIA:HIDDEN/HIDDEN@bucket/prefix',
    's3://AKIA/HIDDEN@bucket/prefix',
    's3://host.example/HIDDEN@bucket',
    's3://user:HIDDEN%40bucket/x',
    'https://user:HID/DEN/HIDDEN@host.example/a/',
    'https://user.name:HIDDEN@host/',
    'https://user:1/HIDDEN@host/',
    'https://HIDDEN@host/',
    'https://user:HIDDEN@user@host/',
    'https://userHIDDEN@host/',
    'https://user@HIDDEN@host/',
    'HTTPS://u:HIDDEN@host/',
    'https:/u:HIDDEN@host/',
    'rsync:/u:HIDDEN@host/module',
    'rsync://u:HIDDEN@[::1]:873/module/',
    'u:HIDDEN@host::module/',
    'https://host.example/simple/?token=HIDDEN',
    'https://host.example/x?a=1&api_key=HIDDEN/HIDDEN#x',
    's3://bucket/x?aws_secret_access_key=HIDDEN',
    's3://bucket/password:HIDDEN',
    's3://bucket/x?X-Amz-Signature=HIDDEN',
  ])('of %s', (address) => {
    for (const text of [
      address,
      `found: "${address}"`,
      `a ${address} b ${address}`,
      `(${address})`,
    ]) {
      expect(maskSecrets(text)).not.toMatch(/HIDDEN|DEN/);
      expect(maskSecrets(text)).toContain('***');
    }
  });

  test.each([
    'wheel:tensorflow-cpu@2.15.0 on line 1',
    'keras-weights:ResNet50?variant=notop',
    'Write ?key=value&key=value.',
    'https://mirror.example/models/a@b.bin: 404',
    'https://mirror.example:8443/@keras/x.h5',
    'file:///mnt/a@b/token/x',
    'Set cache to s3://bucket/prefix?endpoint=https://host:port&region=name, to github or to none.',
    'rsync://mirror.example/tensorflow/ (in linux/)',
    'cache-key-prefix: tfcache',
    '@keras-applications/x and @octocat',
    'Write rsync://host/module/, ssh://user@host/path/ or https://host/folder/.',
    'expected: rsync://[user@]host[:port]/module/[folder/]',
    'path:linux/**/*@*.whl',
  ])('leaves %s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  test('masks what is masked no further, and never takes long', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ':', '/', '@', '.', 'key', '=', ' ', '::') }),
        (text) => {
          const once = maskSecrets(text);
          expect(maskSecrets(once)).toBe(once);
        },
      ),
    );
    for (const unit of ['a.', 'key', '@', 'a@', 'a:', 'http://', 'x::', '[', '/', 'key=', '"']) {
      maskSecrets(unit.repeat(100_000));
      maskValue(unit.repeat(100_000));
      maskSecrets(`https://${unit.repeat(100_000)}`);
    }
  }, 20_000);
});

describe('maskValue', () => {
  test.each([
    ['s3://AKIA/HIDDEN@bucket/prefix', 's3://***@bucket/prefix'],
    ['S3://AKIA:HID DEN@bucket', 'S3://***@bucket'],
    ['user:HIDDEN "x@host:3128', '***@host:3128'],
    ['pypi=https://u:HIDDEN@host/simple/', '***@host/simple/'],
    ['token=HIDDEN', 'token=***'],
    ['https://host/?secret=HIDDEN', 'https://host/?secret=***'],
    ['redis', 'redis'],
    ['-1', '-1'],
    ['rsync:/host/module', 'rsync:/host/module'],
  ])('of %s', (value, shown) => {
    expect(maskValue(value)).toBe(shown);
  });
});

test.each([
  ['https://us/er:pw@host/', true],
  ['rsync://us/er:pw@host/module/', true],
  ['https://u:p@s/s@host/', true],
  ['https://user:p%2Fw@host/', false],
  ['https://host/%40scope/', false],
  ['file:///mnt/a@b/', false],
])('hasAmbiguousUser of %s is %s', (address, expected) => {
  expect(hasAmbiguousUser(address)).toBe(expected);
});
