/** Platform tags of manylinux2014 wheels. */
export const M17 = 'manylinux_2_17_x86_64.manylinux2014_x86_64';
export const A17 = 'manylinux_2_17_aarch64.manylinux2014_aarch64';

/** Wheels as the bucket keeps them today: by system and device up to 2.15, by release since. */
export const TODAY = [
  'linux/cpu/tensorflow-1.14.0-cp36-cp36m-linux_x86_64.whl',
  'linux/cpu/tensorflow_cpu-2.8.0-cp38-cp38-manylinux2010_x86_64.whl',
  ...['2.14.0', '2.14.1', '2.15.0', '2.15.1'].flatMap((version) =>
    ['cp39', 'cp310', 'cp311'].flatMap((python) => [
      `linux/cpu/tensorflow_cpu-${version}-${python}-${python}-${M17}.whl`,
      `linux/gpu/tensorflow-${version}-${python}-${python}-${M17}.whl`,
    ]),
  ),
  'linux/gpu/tensorflow_gpu-1.14.0-cp36-cp36m-linux_x86_64.whl',
  `linux/gpu/tensorflow_gpu-2.11.0-cp310-cp310-${M17}.whl`,
  `linux/gpu/tensorflow-2.12.0-cp311-cp311-${M17}.whl`,
  'mac/cpu/tensorflow-2.15.0-cp311-cp311-macosx_10_15_x86_64.whl',
  'windows/cpu/tensorflow_cpu-2.15.0-cp311-cp311-win_amd64.whl',
  'windows/gpu/tensorflow_gpu-2.10.0-cp310-cp310-win_amd64.whl',
  ...['2.16.1', '2.17.0', '2.18.1'].flatMap((version) => [
    `versions/${version}/tensorflow-${version}-cp311-cp311-${M17}.whl`,
    `versions/${version}/tensorflow_cpu-${version}-cp311-cp311-${M17}.whl`,
    `versions/${version}/tensorflow-${version}-cp311-cp311-${A17}.whl`,
    `versions/${version}/tensorflow-${version}-cp311-cp311-macosx_12_0_arm64.whl`,
    `versions/${version}/tensorflow-${version}-cp311-cp311-win_amd64.whl`,
    `versions/${version}/libtensorflow-cpu-linux-x86_64.tar.gz`,
  ]),
  `versions/2.19.0-rc0/tensorflow_cpu-2.19.0rc0-cp311-cp311-${M17}.whl`,
  'versions/"2.21.0"/tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  'versions/"2.21.0"/tensorflow-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
];
