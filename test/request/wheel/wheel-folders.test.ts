import { describe, expect, it } from 'vitest';
import { M17, TODAY } from '../../support/bucket-today.ts';
import { pathsOf, resolveOne } from '../../support/requests.ts';
import { createTreeLister } from '../../support/tree-lister.ts';

describe('the folders that are listed', () => {
  it.each([
    ['wheel:tensorflow-cpu==2.15.0', ['linux/cpu']],
    ['wheel:tensorflow-cpu~=2.15.0', ['linux/cpu']],
    ['wheel:tensorflow-cpu<2.16', ['linux/cpu']],
    ['wheel:tensorflow==2.14.0', ['linux/cpu, linux/gpu']],
    ['wheel:tensorflow==2.14.0?device=gpu', ['linux/gpu']],
    ['wheel:tensorflow-cpu==2.17.0', ['versions', 'versions/2.17.0']],
    ['wheel:tensorflow-cpu==2.21.0', ['versions', 'versions/"2.21.0"']],
    ['wheel:tensorflow-cpu~=2.17.0', ['linux/cpu, versions', 'versions/2.17.0']],
    [
      'wheel:tensorflow-cpu>=2.14,<2.18',
      ['linux/cpu, versions', 'versions/2.16.1, versions/2.17.0'],
    ],
    ['wheel:tensorflow<2.16?platform=macosx_x86_64', ['mac/cpu, mac, mac/gpu']],
  ])('%s: %s', async (text, calls) => {
    const lister = createTreeLister(TODAY);
    await resolveOne(text, lister);
    expect(lister.calls).toEqual(calls.map((call) => `tensorflow: ${call}`));
  });
});

describe('a mirror with another layout', () => {
  it.each([
    [
      'wheel:tensorflow-cpu',
      'linux/cpu/tensorflow_cpu-2.22.0-cp311-cp311-manylinux_2_28_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu==2.22.0',
      'linux/cpu/tensorflow_cpu-2.22.0-cp311-cp311-manylinux_2_28_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu>=2.22',
      'linux/cpu/tensorflow_cpu-2.22.0-cp311-cp311-manylinux_2_28_x86_64.whl',
    ],
    [
      'wheel:tensorflow-cpu==2.13.1',
      `versions/2.13.1/tensorflow_cpu-2.13.1-cp311-cp311-${M17}.whl`,
    ],
    ['wheel:tensorflow-gpu==2.9.3', `linux/cpu/tensorflow_gpu-2.9.3-cp311-cp311-${M17}.whl`],
    ['wheel:lab-ops', 'linux/gpu/lab_ops-1.1-cp311-cp311-linux_x86_64.whl'],
    ['wheel:lab-ops<1.1', 'linux/cpu/lab_ops-1.0-py3-none-any.whl'],
    ['wheel:lab-extra', 'versions/2.18.1/lab_extra-0.1-py3-none-any.whl'],
  ])('has wheels in other folders: %s', async (text, path) => {
    const held = [
      ...TODAY,
      'linux/cpu/tensorflow_cpu-2.22.0-cp311-cp311-manylinux_2_28_x86_64.whl',
      `versions/2.13.1/tensorflow_cpu-2.13.1-cp311-cp311-${M17}.whl`,
      `linux/cpu/tensorflow_gpu-2.9.3-cp311-cp311-${M17}.whl`,
      'linux/cpu/lab_ops-1.0-py3-none-any.whl',
      'linux/gpu/lab_ops-1.1-cp311-cp311-linux_x86_64.whl',
      'versions/2.18.1/lab_extra-0.1-py3-none-any.whl',
    ];
    expect(await pathsOf(text, createTreeLister(held))).toEqual([path]);
  });
});
