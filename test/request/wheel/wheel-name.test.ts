import { describe, expect, it } from 'vitest';
import { normalizeProject } from '../../../src/mirror/package-index/project-name.ts';
import { compareBuild, parseWheelName } from '../../../src/request/wheel/wheel-name.ts';

describe("a wheel's file name", () => {
  it('has all parts of a wheel', () => {
    expect(
      parseWheelName(
        'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
      ),
    ).toMatchObject({
      distribution: 'tensorflow_cpu',
      project: 'tensorflow-cpu',
      version: '2.15.1',
      build: undefined,
      pythons: ['cp311'],
      abis: ['cp311'],
      platforms: ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'],
    });
  });

  it.each([
    ['a-1.0-1-py3-none-any.whl', '1.0', { number: 1, rest: '' }],
    ['a-1.0-20b-py3-none-any.whl', '1.0', { number: 20, rest: 'b' }],
    ['a-0.12.0RC1-py3-none-any.whl', '0.12.0rc1', undefined],
    ['protobuf-3.0.0b2.post2-cp34-none-linux_x86_64.whl', '3.0.0b2.post2', undefined],
    ['a-1.0+cu12.1-py3-none-any.whl', '1.0+cu12.1', undefined],
    ['a-1.0_1-py3-none-any.whl', '1.0.post1', undefined],
    ['a-1!2.0-py3-none-any.whl', '1!2.0', undefined],
  ])('%s', (fileName, version, build) => {
    expect(parseWheelName(fileName)).toMatchObject({ version, build });
  });

  it.each([
    'tensorflow-2.15.0.tar.gz',
    'a-1.0-py3-none.whl',
    'a-1.0-b1-py3-none-any.whl',
    'a-1.0-1-2-py3-none-any.whl',
    'a-one-py3-none-any.whl',
    'a b-1.0-py3-none-any.whl',
    '../a-1.0-py3-none-any.whl',
    'a-1.0-py3..py2-none-any.whl',
    '-1.0-py3-none-any.whl',
    'a-1.0-py3-none-any.whl.part',
    '.whl',
  ])('%s is not a wheel', (fileName) => {
    expect(parseWheelName(fileName)).toBeUndefined();
  });

  it('orders builds by number, then by the rest, none first', () => {
    const builds = [
      undefined,
      { number: 1, rest: '' },
      { number: 2, rest: 'a' },
      { number: 2, rest: 'b' },
      { number: 10, rest: '' },
    ];
    expect(
      builds
        .toReversed()
        .sort(compareBuild)
        .map((build) => build?.number),
    ).toEqual([1, 2, 2, 10, undefined]);
    expect(compareBuild(undefined, { number: 0, rest: '' })).toBeLessThan(0);
  });
});

it.each([
  ['TensorFlow_CPU', 'tensorflow-cpu'],
  ['a.-_b', 'a-b'],
])('%s is compared as %s', (name, normal) => {
  expect(normalizeProject(name)).toBe(normal);
});
