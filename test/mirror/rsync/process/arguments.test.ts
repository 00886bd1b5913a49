import { describe, expect, test } from 'vitest';
import {
  buildFetchArguments,
  buildListArguments,
  buildModuleListArguments,
} from '../../../../src/mirror/rsync/process/arguments.ts';
import { parseRemote } from '../../../../src/mirror/rsync/url/remote.ts';

const url = parseRemote('rsync://ci@mirror.example:8730/tensorflow/');
const COMMON = [
  '--from0',
  '--files-from=-',
  '--no-implied-dirs',
  '--8-bit-output',
  '--no-motd',
  '--timeout=120',
  '--contimeout=120',
  '--sockopts=TCP_NODELAY',
  '--',
  'rsync://ci@mirror.example:8730/tensorflow/',
];
const FETCH = [
  '-t',
  '--chmod=D755,F644',
  '--partial-dir=.tfcache-partial',
  '-ii',
  '--out-format=%i|%l|%b|%n',
  '--outbuf=L',
];

test('one level of folders', () => {
  expect(buildListArguments(url, 'one-level', { timeout: 120 })).toEqual([
    ...['--list-only', '--dirs', '--no-human-readable'],
    ...COMMON,
    '.',
  ]);
});

test('a tree', () => {
  expect(buildListArguments(url, 'tree', { timeout: 120 })).toEqual([
    ...['--list-only', '-r', '--no-human-readable'],
    ...COMMON,
    '.',
  ]);
});

test('a fetch', () => {
  expect(
    buildFetchArguments(url, '/s/staging', { timeout: 120, bandwidthLimit: undefined }),
  ).toEqual([...FETCH, ...COMMON, '/s/staging/']);
});

test('a fetch held to a bandwidth', () => {
  expect(buildFetchArguments(url, '/s/staging', { timeout: 120, bandwidthLimit: 500 })).toEqual([
    ...FETCH,
    '--bwlimit=500',
    ...COMMON,
    '/s/staging/',
  ]);
});

test("the daemon's modules", () => {
  expect(buildModuleListArguments('[::1]:8730', { timeout: 20 })).toEqual([
    '--contimeout=20',
    '--timeout=20',
    '--',
    'rsync://[::1]:8730/',
  ]);
});

describe('what never stands among the options', () => {
  const all = [
    ...buildListArguments(url, 'tree', { timeout: 1 }),
    ...buildFetchArguments(url, '/s', { timeout: 1, bandwidthLimit: 1 }),
  ];
  test.each([
    '--checksum',
    '-c',
    '--delete',
    '--trust-sender',
    '-l',
    '-L',
    '-a',
    '-z',
    '--inplace',
  ])('%s', (option) => {
    expect(all.some((arg) => arg === option || arg.startsWith(`${option}=`))).toBe(false);
  });
});
