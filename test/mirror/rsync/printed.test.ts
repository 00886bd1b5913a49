import { describe, expect, test } from 'vitest';
import { parseItemizeLine } from '../../../src/mirror/rsync/output/itemize.ts';
import { LineSplitter } from '../../../src/mirror/rsync/output/lines.ts';
import { ListingReader, parseListLine } from '../../../src/mirror/rsync/output/listing.ts';
import { decodeName, isSafeRsyncPath } from '../../../src/mirror/rsync/output/name.ts';

describe('lines of a listing', () => {
  const list = (line: string) => parseListLine(Buffer.from(line));
  test.each([
    [
      '-rw-r--r--      300000 2026/11/22 07:35:24 linux/cpu/x.whl',
      {
        kind: 'file',
        path: 'linux/cpu/x.whl',
        size: 300000,
        mtime: Date.UTC(2026, 10, 22, 7, 35, 24) / 1000,
      },
    ],
    ['drwxr-xr-x        4096 2026/11/22 07:35:24 .', { kind: 'folder', path: '' }],
    ['drwxr-sr-t+       4096 2026/11/22 07:35:24 a b ', { kind: 'folder', path: 'a b ' }],
    ['lrwxrwxrwx           9 2026/11/22 07:35:24 link', { kind: 'other' }],
    ['prw-r--r--           0 2026/11/22 07:35:24 fifo', { kind: 'other' }],
    ['-rw-r--r-- 5368709120123 1969/01/01 00:00:00 x', { size: 5368709120123, mtime: -31536000 }],
    ['-rw-r--r--           1 2026/11/22 07:35:24 lit\\#134#012', { path: 'lit\\#012' }],
    ['-rw-r--r--           1 2026/11/22 07:35:24  lead', { path: ' lead' }],
  ])('%s', (line, expected) => {
    expect(list(line)).toMatchObject(expected);
  });

  test('a size with commas, as rsyncs print it that cannot be told not to', () => {
    expect(list('-rw-r--r--      1,300,000 2026/11/22 07:35:24 x')).toMatchObject({
      size: 1_300_000,
    });
  });

  test.each(['', 'Welcome to the mirror', 'drwx', '-rw-r--r-- 1.3M 2026/11/22 07:35:24 x'])(
    '%j is no entry',
    (line) => {
      expect(list(line)).toBeUndefined();
    },
  );

  test.each([
    '../x',
    '/etc/passwd',
    'a/../../x',
    'a//b',
    './a',
    'a/',
    'x\\#000y',
    'new\\#012line',
    'c1\u009bx',
  ])('%j cannot be used', (name) => {
    expect(list(`-rw-r--r--           1 2026/11/22 07:35:24 ${name}`)).toBe('unsafe');
  });

  test('more entries than allowed end it', () => {
    const reader = new ListingReader(2);
    const line = (name: string) => Buffer.from(`-rw-r--r--  1 2026/11/22 07:35:24 ${name}`);
    reader.add(line('a'));
    reader.add(line('b'));
    expect(() => reader.add(line('c'))).toThrow('more than can be taken in');
  });
});

describe('lines of a transfer', () => {
  const item = (line: string) => parseItemizeLine(Buffer.from(line));
  test.each([
    ['>f+++++++++|300|340|linux/a|b', { path: 'linux/a|b', size: 300, received: 340, fresh: true }],
    ['.f         |300|0|x', { path: 'x', size: 300, received: 0, fresh: false }],
    ['>f.st......|1|41|中\\#134#012', { path: '中\\#012', fresh: true }],
  ])('%s', (line, expected) => {
    expect(item(line)).toMatchObject(expected);
  });
  test.each([
    'cd+++++++++|4096|0|linux/',
    'skipping non-regular file "x"',
    'created directory out',
    '>f+++++++++|300|340|../x',
    '<f+++++++++|300|340|x',
    '',
  ])('%j is none', (line) => {
    expect(item(line)).toBeUndefined();
  });
});

describe('names and lines', () => {
  test('bytes that are not UTF-8 are no name', () => {
    expect(decodeName(Buffer.from([0x61, 0xff]))).toBeUndefined();
    expect(decodeName(Buffer.from('\\#344\\#270\\#255'))).toBe('中');
    expect(decodeName(Buffer.from('a\\#12'))).toBe('a\\#12');
    expect(decodeName(Buffer.from('\uFEFFx'))).toBe('\uFEFFx');
  });

  test.each([
    ['a/b', true],
    ['-a/#b', true],
    ['a\\..\\b', true],
    ['..a/b..', true],
    ['', false],
    ['a/..', false],
    ['a/', false],
  ])('%j is safe: %s', (path, safe) => {
    expect(isSafeRsyncPath(path)).toBe(safe);
  });

  test('lines are whole however the bytes come', () => {
    const text = 'one\n\ntwo 中\nlast';
    for (let size = 1; size < 6; size++) {
      const seen: string[] = [];
      const lines = new LineSplitter((line) => seen.push(line.toString()));
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) lines.add(bytes.subarray(at, at + size));
      lines.end();
      expect(seen).toEqual(['one', '', 'two 中', 'last']);
    }
  });
});
