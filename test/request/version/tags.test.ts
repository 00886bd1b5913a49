import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { getPlatformFamily, listPlatformTags } from '../../../src/request/version/platform-tags.ts';
import { findBestTag, parsePythonVersion, rankTags } from '../../../src/request/version/tags.ts';
import { parseWheelName } from '../../../src/request/wheel/wheel-name.ts';
import { pythonWithPackaging } from '../../support/python.ts';

function ranked(python: string, platform: string): string[] {
  const version = parsePythonVersion(python);
  if (version === undefined) throw new Error(`no version: ${python}`);
  return [...rankTags(version, platform).keys()];
}

function installs(fileName: string, python: string, platform: string): boolean {
  const wheel = parseWheelName(fileName);
  const version = parsePythonVersion(python);
  if (wheel === undefined || version === undefined) throw new Error('unreadable');
  return findBestTag(wheel, rankTags(version, platform)) !== undefined;
}

describe('wheels that a machine can install', () => {
  it.each([
    [
      'a-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
      '3.11',
      'linux_x86_64',
      true,
    ],
    ['a-1-cp311-cp311-manylinux_2_17_x86_64.whl', '3.10', 'linux_x86_64', false],
    ['a-1-cp311-cp311-manylinux_2_17_x86_64.whl', '3.11', 'linux_aarch64', false],
    ['a-1-cp311-cp311-linux_x86_64.whl', '3.11', 'linux_x86_64', true],
    ['a-1-cp35-cp35m-linux_x86_64.whl', '3.5', 'linux_x86_64', true],
    ['a-1-cp37-cp37m-manylinux2010_x86_64.whl', '3.7', 'linux_x86_64', true],
    ['a-1-cp37-cp37-manylinux2010_x86_64.whl', '3.7', 'linux_x86_64', false],
    ['a-1-cp38-cp38m-manylinux2010_x86_64.whl', '3.8', 'linux_x86_64', false],
    ['a-1-cp37-abi3-manylinux2010_x86_64.whl', '3.11', 'linux_x86_64', true],
    ['a-1-cp312-abi3-manylinux2010_x86_64.whl', '3.11', 'linux_x86_64', false],
    ['a-1-py3-none-any.whl', '3.11', 'win_amd64', true],
    ['a-1-py2.py3-none-any.whl', '3.11', 'macosx_arm64', true],
    ['a-1-py2-none-any.whl', '3.11', 'linux_x86_64', false],
    ['a-1-cp27-none-linux_x86_64.whl', '2.7', 'linux_x86_64', true],
    ['a-1-cp27-cp27mu-linux_x86_64.whl', '2.7', 'linux_x86_64', true],
    ['a-1-cp27-cp27m-macosx_10_11_x86_64.whl', '2.7', 'macosx_x86_64', true],
    ['a-1-cp39-cp39-musllinux_1_1_x86_64.whl', '3.9', 'linux_x86_64', false],
    ['a-1-cp39-cp39-musllinux_1_1_x86_64.whl', '3.9', 'musllinux_1_1_x86_64', true],
    ['a-1-cp311-cp311-macosx_12_0_arm64.whl', '3.11', 'macosx_arm64', true],
    ['a-1-cp311-cp311-macosx_10_9_universal2.whl', '3.11', 'macosx_arm64', true],
    ['a-1-cp311-cp311-macosx_10_15_x86_64.whl', '3.11', 'macosx_arm64', false],
    ['a-1-cp311-cp311-macosx_10_15_x86_64.whl', '3.11', 'macosx_x86_64', true],
    ['a-1-cp35-cp35m-macosx_10_6_intel.whl', '3.5', 'macosx_x86_64', true],
    ['a-1-cp311-cp311-win_amd64.whl', '3.11', 'win_amd64', true],
    ['a-1-cp311-cp311-win32.whl', '3.11', 'win_amd64', false],
    // Free-threaded builds load wheels of their own ABI, and none of the other.
    ['a-1-cp314-cp314t-manylinux_2_28_x86_64.whl', '3.14t', 'linux_x86_64', true],
    ['a-1-cp314-cp314-manylinux_2_28_x86_64.whl', '3.14t', 'linux_x86_64', false],
    ['a-1-cp314-cp314t-manylinux_2_28_x86_64.whl', '3.14', 'linux_x86_64', false],
    ['a-1-cp313-cp313t-manylinux_2_28_x86_64.whl', '3.14t', 'linux_x86_64', false],
    ['a-1-cp39-abi3-manylinux_2_28_x86_64.whl', '3.14t', 'linux_x86_64', false],
    ['a-1-cp315-abi3.abi3t-manylinux_2_28_x86_64.whl', '3.15t', 'linux_x86_64', true],
    ['a-1-py3-none-any.whl', '3.14t', 'linux_x86_64', true],
    // Exact tags, as pip's --platform takes them.
    ['a-1-cp311-cp311-manylinux2014_x86_64.whl', '3.11', 'manylinux2014_x86_64', true],
    ['a-1-cp311-cp311-manylinux_2_17_x86_64.whl', '3.11', 'manylinux2014_x86_64', true],
    ['a-1-cp311-cp311-manylinux2014_x86_64.whl', '3.11', 'manylinux_2_17_x86_64', true],
    ['a-1-cp38-cp38-manylinux2010_x86_64.whl', '3.8', 'manylinux2014_x86_64', true],
    ['a-1-cp311-cp311-manylinux_2_28_x86_64.whl', '3.11', 'manylinux2014_x86_64', false],
    ['a-1-cp311-cp311-manylinux_2_28_x86_64.whl', '3.11', 'manylinux_2_28_x86_64', true],
    ['a-1-cp311-cp311-macosx_11_0_arm64.whl', '3.11', 'macosx_12_0_arm64', true],
    ['a-1-cp311-cp311-macosx_13_0_arm64.whl', '3.11', 'macosx_12_0_arm64', false],
    ['a-1-py3-none-any.whl', '3.11', 'manylinux2014_x86_64', true],
  ])('%s, python %s, %s: %s', (fileName, python, platform, expected) => {
    expect(installs(fileName, python, platform)).toBe(expected);
  });

  it('prefers a wheel for this Python, then a stable one, then an older one, then a pure one', () => {
    const tags = ranked('3.11', 'linux_x86_64');
    const order = [
      'cp311-cp311-manylinux_2_28_x86_64',
      'cp311-cp311-manylinux_2_17_x86_64',
      'cp311-cp311-manylinux2014_x86_64',
      'cp311-abi3-manylinux_2_17_x86_64',
      'cp311-none-manylinux_2_17_x86_64',
      'cp37-abi3-manylinux_2_17_x86_64',
      'py3-none-manylinux_2_17_x86_64',
      'py3-none-any',
    ];
    expect(order.map((tag) => tags.indexOf(tag))).toEqual(
      order.map((tag) => tags.indexOf(tag)).toSorted((a, b) => a - b),
    );
    expect(tags).toEqual(expect.arrayContaining(order));
  });
});

describe('names of platforms and pythons', () => {
  it.each([
    ['linux_x86_64', 'linux'],
    ['manylinux2014_aarch64', 'linux'],
    ['manylinux_2_27_x86_64', 'linux'],
    ['musllinux_1_2_x86_64', 'linux'],
    ['linux_armv7l', 'linux'],
    ['macosx_arm64', 'mac'],
    ['macosx_12_0_arm64', 'mac'],
    ['win_amd64', 'windows'],
    ['win32', 'windows'],
    ['windows', undefined],
    ['macos', undefined],
    ['manylinux_2_27', undefined],
    ['linux_x86_64;rm', undefined],
  ])('%s: %s', (platform, family) => {
    expect(getPlatformFamily(platform)).toBe(family);
  });

  it.each(['3', '3.x', 'cp311', '4.0', '3.11t', '3.12.1t', '2.7t', '3.14tt', ' 3.11', '3.11.4.5'])(
    '%s is no python',
    (text) => {
      expect(parsePythonVersion(text)).toBeUndefined();
    },
  );

  it.each([
    ['3.11', { major: 3, minor: 11 }],
    ['3.11.9', { major: 3, minor: 11, patch: 9 }],
    ['3.14t', { major: 3, minor: 14, isFreeThreaded: true }],
    ['3.13.2t', { major: 3, minor: 13, patch: 2, isFreeThreaded: true }],
  ])('reads %s', (text, version) => {
    expect(parsePythonVersion(text)).toEqual(version);
  });
});

const python = pythonWithPackaging('tags');
describe.skipIf(python === undefined)(
  'against the reference (skipped without python and its "packaging")',
  () => {
    function reference(script: string): string[] {
      const answer: unknown = JSON.parse(
        execFileSync(python ?? '', [
          '-c',
          `import json\nfrom packaging import tags as t\n${script}`,
        ]).toString(),
      );
      return answer as string[];
    }

    it.each([
      ['3.11', 'linux_x86_64', 'cp311'],
      ['3.13', 'linux_aarch64', 'cp313'],
      ['3.7', 'linux_x86_64', 'cp37m'],
      ['3.12', 'macosx_arm64', 'cp312'],
      ['3.5', 'macosx_x86_64', 'cp35m'],
      ['2.7', 'linux_x86_64', 'cp27mu'],
      ['3.11', 'win_amd64', 'cp311'],
      ['3.14t', 'linux_x86_64', 'cp314t'],
      ['3.15t', 'macosx_arm64', 'cp315t'],
    ])('ranks the tags of python %s on %s alike', (version, platform, abi) => {
      const numbers = version.replace('t', '').replace('.', ',');
      const expected = reference(
        [
          `p = json.loads('${JSON.stringify(listPlatformTags(platform))}')`,
          `c = list(t.cpython_tags((${numbers}), ['${abi}'], p))`,
          `c += list(t.compatible_tags((${numbers}), 'cp${version.replace(/[.t]/g, '')}', p))`,
          'print(json.dumps(list(dict.fromkeys(map(str, c)))))',
        ].join('\n'),
      );
      expect(ranked(version, platform)).toEqual(expected);
    });

    it.each([
      ['x86_64', 'macosx_x86_64'],
      ['arm64', 'macosx_arm64'],
    ])('lists the platforms of a Mac with %s alike', (arch, platform) => {
      expect(listPlatformTags(platform)).toEqual(
        reference(`print(json.dumps(list(t.mac_platforms((26, 0), '${arch}'))))`),
      );
    });

    it('lists the platforms of an older Mac alike', () => {
      expect(listPlatformTags('macosx_10_15_x86_64')).toEqual(
        reference("print(json.dumps(list(t.mac_platforms((10, 15), 'x86_64'))))"),
      );
    });

    it.each([
      ['x86_64', 'linux_x86_64'],
      ['aarch64', 'linux_aarch64'],
    ])('lists the manylinux tags of %s alike', (arch, platform) => {
      const expected = reference(
        [
          'from packaging import _manylinux as m',
          'm._get_glibc_version = lambda: (2, 44)',
          'm._have_compatible_abi = lambda *a: True',
          `print(json.dumps(list(m.platform_tags(['${arch}']))))`,
        ].join('\n'),
      );
      expect(listPlatformTags(platform).filter((tag) => tag.startsWith('manylinux'))).toEqual(
        expected,
      );
    });
  },
);
