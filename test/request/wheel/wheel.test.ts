import { describe, expect, it } from 'vitest';
import { A17, M17, TODAY } from '../../support/bucket-today.ts';
import { LISTING_2016 } from '../../support/listing-2016.ts';
import {
  createMachine,
  errorOf,
  getRequestKind,
  oneRequest,
  pathsOf,
  resolveOne,
  unexaminedMachine,
} from '../../support/requests.ts';
import { createTreeLister } from '../../support/tree-lister.ts';

describe("today's bucket", () => {
  it.each([
    ['wheel:tensorflow-cpu~=2.15.0', `linux/cpu/tensorflow_cpu-2.15.1-cp311-cp311-${M17}.whl`],
    ['wheel:TensorFlow.CPU==2.15', `linux/cpu/tensorflow_cpu-2.15.0-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow-cpu>=2.14,<2.15', `linux/cpu/tensorflow_cpu-2.14.1-cp311-cp311-${M17}.whl`],
    [
      'wheel:tensorflow-cpu==2.15.*?python=3.9',
      `linux/cpu/tensorflow_cpu-2.15.1-cp39-cp39-${M17}.whl`,
    ],
    [
      'wheel:tensorflow-cpu<2.9?python=3.8',
      'linux/cpu/tensorflow_cpu-2.8.0-cp38-cp38-manylinux2010_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu',
      'versions/"2.21.0"/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu?platform=manylinux2014_x86_64',
      `versions/2.18.1/tensorflow_cpu-2.18.1-cp311-cp311-${M17}.whl`,
    ],
    [
      'wheel:tensorflow-cpu==2.21.0',
      'versions/"2.21.0"/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu===2.21.0',
      'versions/"2.21.0"/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu>=2.18,<2.20',
      `versions/2.18.1/tensorflow_cpu-2.18.1-cp311-cp311-${M17}.whl`,
    ],
    [
      'wheel:tensorflow-cpu==2.19.0rc0',
      `versions/2.19.0-rc0/tensorflow_cpu-2.19.0rc0-cp311-cp311-${M17}.whl`,
    ],
    [
      'wheel:tensorflow-cpu>=2.19.0rc0,<2.20',
      `versions/2.19.0-rc0/tensorflow_cpu-2.19.0rc0-cp311-cp311-${M17}.whl`,
    ],
    ['wheel:tensorflow==2.17.0', `versions/2.17.0/tensorflow-2.17.0-cp311-cp311-${M17}.whl`],
    [
      'wheel:tensorflow==2.17.0?device=gpu',
      `versions/2.17.0/tensorflow-2.17.0-cp311-cp311-${M17}.whl`,
    ],
    [
      'wheel:tensorflow==2.17.0?platform=linux_aarch64',
      `versions/2.17.0/tensorflow-2.17.0-cp311-cp311-${A17}.whl`,
    ],
    [
      'wheel:tensorflow~=2.16?platform=macosx_arm64',
      'versions/2.18.1/tensorflow-2.18.1-cp311-cp311-macosx_12_0_arm64.whl',
    ],
    [
      'wheel:tensorflow?platform=macosx_12_0_arm64',
      'versions/2.18.1/tensorflow-2.18.1-cp311-cp311-macosx_12_0_arm64.whl',
    ],
    [
      'wheel:tensorflow?platform=macosx_x86_64',
      'mac/cpu/tensorflow-2.15.0-cp311-cp311-macosx_10_15_x86_64.whl',
    ],
    [
      'wheel:tensorflow<2.18?platform=win_amd64',
      'versions/2.17.0/tensorflow-2.17.0-cp311-cp311-win_amd64.whl',
    ],
    [
      'wheel:tensorflow-cpu?platform=win_amd64',
      'windows/cpu/tensorflow_cpu-2.15.0-cp311-cp311-win_amd64.whl',
    ],
    // From 2.12 to 2.15 plain tensorflow is for the GPU, and the only one of its name.
    ['wheel:tensorflow==2.14.0', `linux/gpu/tensorflow-2.14.0-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow==2.14.0?device=gpu', `linux/gpu/tensorflow-2.14.0-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow==2.14.0?device=cpu', `linux/gpu/tensorflow-2.14.0-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow<2.16', `linux/gpu/tensorflow-2.15.1-cp311-cp311-${M17}.whl`],
    ['wheel:tensorflow-gpu?python=3.10', `linux/gpu/tensorflow_gpu-2.11.0-cp310-cp310-${M17}.whl`],
    [
      'wheel:tensorflow-gpu?python=3.10&platform=win_amd64',
      'windows/gpu/tensorflow_gpu-2.10.0-cp310-cp310-win_amd64.whl',
    ],
    [
      'wheel:tensorflow==1.14.0?python=3.6',
      'linux/cpu/tensorflow-1.14.0-cp36-cp36m-linux_x86_64.whl',
    ],
  ])('%s: %s', async (text, path) => {
    expect(await pathsOf(text, createTreeLister(TODAY))).toEqual([path]);
  });

  it('gives an artifact with the size and time of the listing', async () => {
    const artifact = await resolveOne('wheel:tensorflow-cpu==2.15.1', createTreeLister(TODAY));
    expect(artifact.title).toBe('tensorflow_cpu 2.15.1 (cp311, manylinux_2_17_x86_64)');
    expect(artifact.version).toBe('2.15.1');
    const [file] = artifact.files;
    expect(file).toMatchObject({ bucket: 'tensorflow', digests: [] });
    expect(file?.size).toBe(1000 + (file?.path.length ?? 0));
    expect(file?.mtime).toBe(1_480_000_000 + (file?.path.length ?? 0));
  });
});

describe('the bucket of 2016', () => {
  it.each([
    [
      'wheel:tensorflow==0.12.0?python=3.5',
      'linux/cpu/tensorflow-0.12.0-cp35-cp35m-linux_x86_64.whl',
    ],
    ['wheel:tensorflow?python=2.7', 'linux/cpu/tensorflow-0.12.0-cp27-none-linux_x86_64.whl'],
    [
      'wheel:tensorflow==0.11.0?python=3.5&device=gpu',
      'linux/gpu/tensorflow-0.11.0-cp35-cp35m-linux_x86_64.whl',
    ],
    [
      'wheel:tensorflow==0.12.0rc1?python=2.7',
      'linux/cpu/tensorflow-0.12.0rc1-cp27-none-linux_x86_64.whl',
    ],
    [
      'wheel:tensorflow-gpu?python=3.4',
      'linux/gpu/tensorflow_gpu-0.12.0-cp34-cp34m-linux_x86_64.whl',
    ],
    ['wheel:protobuf?python=2.7', 'linux/cpu/protobuf-3.1.0-cp27-cp27mu-linux_x86_64.whl'],
    [
      'wheel:protobuf==3.0.0b2.post2?python=3.4',
      'linux/cpu/protobuf-3.0.0b2.post2-cp34-none-linux_x86_64.whl',
    ],
    [
      'wheel:tensorflow?python=3.5&platform=macosx_x86_64',
      'mac/cpu/tensorflow-0.12.0-py3-none-any.whl',
    ],
    [
      'wheel:tensorflow==0.9.0?python=3.5&platform=macosx_x86_64',
      'mac/tensorflow-0.9.0-py3-none-any.whl',
    ],
    [
      'wheel:tensorflow==0.11.0?python=2.7&platform=macosx_x86_64&device=gpu',
      'mac/gpu/tensorflow-0.11.0-py2-none-any.whl',
    ],
    [
      'wheel:tensorflow-gpu?python=2.7&platform=macosx_x86_64',
      'mac/gpu/tensorflow_gpu-0.12.0-py2-none-any.whl',
    ],
  ])('%s: %s', async (text, path) => {
    expect(await pathsOf(text, createTreeLister(LISTING_2016))).toEqual([path]);
  });
});

describe('a malformed python', () => {
  it.each([
    ['cp311', '3.11'],
    ['python3.12', '3.12'],
    ['3.11.x', '3.11'],
    ['314t', '3.14t'],
    ['3.14-freethreaded', '3.14t'],
    ['3.14+freethreaded', '3.14t'],
    ['3.14T', '3.14t'],
    ['3.11t', '3.11'],
    ['pypy', '3.11'],
  ])('%s: the hint is %s', async (python, hint) => {
    const error = await errorOf(() => oneRequest(`wheel:a?python=${python}`));
    expect(error.code).toBe('usage');
    expect(error.hint).toBe(`Write ?python=${hint}`);
  });
});

describe('the id', () => {
  it.each([
    [
      'wheel:TensorFlow_CPU ~= 2.15.0',
      'wheel:tensorflow-cpu~=2.15.0?device=cpu&platform=linux_x86_64&python=3.11',
    ],
    [
      'wheel:a?python=3.12.1&device=gpu&platform=win_amd64',
      'wheel:a?device=gpu&platform=win_amd64&python=3.12.1',
    ],
    ['wheel:a?python=3.14t', 'wheel:a?device=cpu&platform=linux_x86_64&python=3.14t'],
  ])('%s: %s', async (text, id) => {
    expect(await getRequestKind('wheel').identify(oneRequest(text), createMachine())).toBe(id);
  });

  it('is the same on every patch release of the machine', async () => {
    const request = oneRequest('wheel:a');
    const ids = ['3.11.7', '3.11.9'].map((full) =>
      getRequestKind('wheel').identify(request, {
        ...createMachine(),
        getFullPythonVersion: () => Promise.resolve(full),
      }),
    );
    const id = 'wheel:a?device=cpu&platform=linux_x86_64&python=3.11';
    expect(await Promise.all(ids)).toEqual([id, id]);
  });

  it('does not examine the machine for what the request names', async () => {
    const text = 'wheel:tensorflow-cpu==2.15.0?python=3.11&platform=linux_x86_64';
    expect(
      await pathsOf(text, createTreeLister(TODAY), { machine: unexaminedMachine }),
    ).toHaveLength(1);
  });
});
