import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/platform/error.ts';
import {
  createMachine,
  errorOf,
  getRequestKind,
  oneRequest,
  pathsOf,
  resolveOne,
} from '../../support/requests.ts';
import { createTreeLister } from '../../support/tree-lister.ts';

const HELD = [
  ...['1.0.0-rc0', '1.15.0', '2.5.0rc2', '2.9.1', '2.15.0'].flatMap((version) => [
    `libtensorflow/libtensorflow-cpu-linux-x86_64-${version}.tar.gz`,
    `libtensorflow/libtensorflow-gpu-linux-x86_64-${version}.tar.gz`,
    `libtensorflow/libtensorflow-cpu-darwin-x86_64-${version}.tar.gz`,
    `libtensorflow/libtensorflow-cpu-windows-x86_64-${version}.zip`,
  ]),
  'libtensorflow/libtensorflow_jni-cpu-linux-x86_64-2.4.0.tar.gz',
  'libtensorflow/libtensorflow_proto-2.15.0.zip',
  'libtensorflow/libtensorflow-1.14.0.jar',
  ...['2.16.1', '2.18.1', '2.19.0-rc0'].flatMap((version) => [
    `versions/${version}/libtensorflow-cpu-linux-x86_64.tar.gz`,
    `versions/${version}/libtensorflow-gpu-linux-x86_64.tar.gz`,
    `versions/${version}/libtensorflow-cpu-darwin-arm64.tar.gz`,
    `versions/${version}/libtensorflow-cpu-windows-x86_64.zip`,
  ]),
  'versions/"2.21.0"/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
];

describe('the archive', () => {
  it.each([
    [
      'libtensorflow:cpu==2.15.0?os=linux&arch=x86_64',
      'libtensorflow/libtensorflow-cpu-linux-x86_64-2.15.0.tar.gz',
    ],
    ['libtensorflow:GPU==2.15.0', 'libtensorflow/libtensorflow-gpu-linux-x86_64-2.15.0.tar.gz'],
    [
      'libtensorflow:cpu<2.16?os=windows',
      'libtensorflow/libtensorflow-cpu-windows-x86_64-2.15.0.zip',
    ],
    ['libtensorflow:cpu~=2.9.0', 'libtensorflow/libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz'],
    [
      'libtensorflow:cpu==1.0.0rc0',
      'libtensorflow/libtensorflow-cpu-linux-x86_64-1.0.0-rc0.tar.gz',
    ],
    [
      'libtensorflow:cpu==2.5.0-rc2',
      'libtensorflow/libtensorflow-cpu-linux-x86_64-2.5.0rc2.tar.gz',
    ],
    ['libtensorflow:cpu', 'versions/2.18.1/libtensorflow-cpu-linux-x86_64.tar.gz'],
    ['libtensorflow:cpu==2.16.1', 'versions/2.16.1/libtensorflow-cpu-linux-x86_64.tar.gz'],
    ['libtensorflow:cpu==2.19.0rc0', 'versions/2.19.0-rc0/libtensorflow-cpu-linux-x86_64.tar.gz'],
    [
      'libtensorflow:cpu?os=darwin&arch=arm64',
      'versions/2.18.1/libtensorflow-cpu-darwin-arm64.tar.gz',
    ],
    [
      'libtensorflow:cpu?os=darwin&arch=x86_64',
      'libtensorflow/libtensorflow-cpu-darwin-x86_64-2.15.0.tar.gz',
    ],
    [
      'libtensorflow:cpu>=2.16,<2.18?os=windows',
      'versions/2.16.1/libtensorflow-cpu-windows-x86_64.zip',
    ],
  ])('%s: %s', async (text, path) => {
    expect(await pathsOf(text, createTreeLister(HELD))).toEqual([path]);
  });

  it('has the version of its folder, and a title', async () => {
    const artifact = await resolveOne('libtensorflow:cpu', createTreeLister(HELD));
    expect(artifact).toMatchObject({
      version: '2.18.1',
      title: 'libtensorflow cpu 2.18.1 (linux, x86_64)',
      id: 'libtensorflow:cpu?arch=x86_64&os=linux',
    });
  });

  it.each([
    ['libtensorflow:cpu==2.15.0', ['libtensorflow']],
    ['libtensorflow:cpu==2.16.1', ['versions', 'versions/2.16.1']],
    [
      'libtensorflow:cpu',
      ['libtensorflow, versions', 'versions/2.16.1, versions/2.18.1, versions/"2.21.0"'],
    ],
  ])('lists for %s only %s', async (text, calls) => {
    const lister = createTreeLister(HELD);
    await resolveOne(text, lister);
    expect(lister.calls).toEqual(calls.map((call) => `tensorflow: ${call}`));
  });

  it('is found in another folder of a mirror', async () => {
    const held = ['libtensorflow/libtensorflow-cpu-linux-x86_64-2.17.0.tar.gz'];
    expect(await pathsOf('libtensorflow:cpu==2.17.0', createTreeLister(held))).toEqual(held);
  });
});

describe('nothing matched', () => {
  it.each([
    ['libtensorflow:cpu==2.15.1', HELD, ['none that matches', '2.15.0']],
    ['libtensorflow:cpu==2.21.0', HELD, ['none that matches', '2.18.1']],
    ['libtensorflow:cpu>2.18.1', HELD, ['only pre-releases', '2.19.0rc0']],
    [
      'libtensorflow:cpu==2.16.1?arch=arm64',
      HELD,
      ['no libtensorflow-cpu-linux-arm64', 'versions/2.16.1/'],
    ],
    ['libtensorflow:cpu', ['linux/cpu/x'], ['in the root: linux/']],
  ])('%s', async (text, held, words) => {
    const error = await errorOf(() => resolveOne(text, createTreeLister(held)));
    expect(error.code).toBe('nothing-matched');
    for (const word of [...words, 'line 1', text]) expect(describeError(error)).toContain(word);
  });
});

it('has the system and processor of the machine by default', async () => {
  const request = oneRequest('libtensorflow:gpu == 2.15.0');
  expect(await getRequestKind('libtensorflow').identify(request, createMachine())).toBe(
    'libtensorflow:gpu==2.15.0?arch=x86_64&os=linux',
  );
});
