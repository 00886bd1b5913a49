import { describe, expect, test } from 'vitest';
import {
  formatHost,
  formatRsyncUrl,
  formatRsyncUrlWithoutUser,
  getRsyncPort,
  parseRsyncUrl,
} from '../../../../src/mirror/rsync/url/rsync-url.ts';
import { TfcacheError } from '../../../../src/platform/error.ts';

describe('what is read, and what rsync is given', () => {
  test.each([
    ['rsync://mirror.example/tensorflow/', 'rsync://mirror.example/tensorflow/'],
    ['rsync://mirror.example/tensorflow', 'rsync://mirror.example/tensorflow/'],
    ['rsync://mirror.example:8730/tf/a/b', 'rsync://mirror.example:8730/tf/a/b/'],
    ['rsync://mirror.example/tf//a///b//', 'rsync://mirror.example/tf/a/b/'],
    ['rsync://ci@mirror.example/tf/', 'rsync://ci@mirror.example/tf/'],
    ['rsync://[::1]:8730/tf/', 'rsync://[::1]:8730/tf/'],
    ['rsync://[fe80::1%eth0]/tf/', 'rsync://[fe80::1%eth0]/tf/'],
    ['rsync://192.0.2.1/tf/', 'rsync://192.0.2.1/tf/'],
    ['mirror.example::tf', 'rsync://mirror.example/tf/'],
    ['ci@mirror.example::tf/linux', 'rsync://ci@mirror.example/tf/linux/'],
    ['[::1]::tf/', 'rsync://[::1]/tf/'],
    ['rsync://mirror/tf/"2.21.0"/中文/', 'rsync://mirror/tf/"2.21.0"/中文/'],
    ['rsync://mirror/tf/-x/', 'rsync://mirror/tf/-x/'],
    ['rsync://mirror/My%20Module/some%20folder/', 'rsync://mirror/My Module/some folder/'],
    ['rsync://mirror/tf/100%25/', 'rsync://mirror/tf/100%/'],
    ['rsync://mirror/tf/%E4%B8%AD/', 'rsync://mirror/tf/中/'],
    ['rsync://ci%40corp.example@mirror/tf/', 'rsync://ci@corp.example@mirror/tf/'],
    ['mirror::tf/100%/', 'rsync://mirror/tf/100%/'],
  ])('%s', (text, operand) => {
    expect(formatRsyncUrl(parseRsyncUrl(text))).toBe(operand);
  });

  test.each([
    ['rsync://ci@mirror/My%20Module/100%25/', 'rsync://mirror/My%20Module/100%25/'],
    ['rsyncs://mirror/tf/', 'rsyncs://mirror/tf/'],
    ['rsyncs://mirror:8740/tf/', 'rsyncs://mirror:8740/tf/'],
  ])('%s in a message', (text, shown) => {
    expect(formatRsyncUrlWithoutUser(parseRsyncUrl(text))).toBe(shown);
  });

  test('the port of each scheme', () => {
    expect(getRsyncPort(parseRsyncUrl('rsync://mirror/tf/'))).toBe(873);
    expect(getRsyncPort(parseRsyncUrl('rsyncs://mirror/tf/'))).toBe(874);
    expect(getRsyncPort(parseRsyncUrl('rsyncs://mirror:9/tf/'))).toBe(9);
  });

  test('the host as it stands in a URL', () => {
    expect(formatHost(parseRsyncUrl('rsync://ci@[::1]:8730/tf/'))).toBe('[::1]:8730');
  });
});

describe('what is refused', () => {
  test.each([
    ['https://mirror/tf/', 'not an rsync URL'],
    ['mirror:tf', 'not an rsync URL'],
    ['/local/folder', 'not an rsync URL'],
    ['rsync://ci:hunter2@mirror/tf/', 'holds a password'],
    ['rsync://-oops@mirror/tf/', 'user name'],
    ['rsync://@mirror/tf/', 'user name'],
    ['rsync:///tf/', 'neither a name nor an address'],
    ['rsync://-mirror/tf/', 'neither a name nor an address'],
    ['-mirror::tf', 'neither a name nor an address'],
    ['rsync://mir;ror/tf/', 'neither a name nor an address'],
    ['rsync://[mirror]/tf/', 'neither a name nor an address'],
    ['rsync://mirror:0/tf/', 'port'],
    ['rsync://mirror:65536/tf/', 'port'],
    ['rsync://mirror:x/tf/', 'port'],
    ['rsync://mirror:/tf/', 'port'],
    ['rsync://mirror/', 'names no module'],
    ['rsync://mirror', 'names no module'],
    ['mirror::', 'names no module'],
    ['rsync://mirror/-tf/', 'module begins with "-"'],
    ['rsync://mirror/tf/../x/', '"." or ".."'],
    ['rsync://mirror/tf/./x/', '"." or ".."'],
    ['rsync://mirror/tf/a b/', 'white space'],
    ['rsync://mirror/tf/100%/', 'begins no escape'],
    ['rsync://mirror/tf/%ff/', 'begins no escape'],
    ['rsync://mirror/tf/a%2fb/', 'slash or a control character'],
    ['rsync://mirror/tf/a%0ab/', 'slash or a control character'],
    ['rsync://mirror/tf/%2e%2e/', '"." or ".."'],
    ['rsync://mirror/%2dtf/', 'module begins with "-"'],
    ['rsync://mirror/tf/%2a/', 'one of'],
    ['rsync://ci@corp@mirror/tf/', 'user name holds an @'],
    ['rsync://%2doops@mirror/tf/', 'user name'],
    ['rsync://a%3ab@mirror/tf/', 'user name'],
    ['rsync://mirror/tf/\n', 'white space'],
    ['rsync://mirror/t\u0000f/', 'control characters'],
    ['rsync://mirror/tf/*/', 'one of'],
    ['rsync://mirror/tf/[a]/', 'one of'],
    ['rsync://mirror/tf/a\\b/', 'one of'],
    ['', 'not an rsync URL'],
  ])('%j: %s', (text, what) => {
    let error: unknown;
    try {
      parseRsyncUrl(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(TfcacheError);
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining(what) });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });
});
