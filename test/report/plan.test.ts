import { expect, test } from 'vitest';
import { renderPlan } from '../../src/report/plan.ts';
import { exampleArtifact, exampleFile, exampleReport } from './example.ts';

test('names size and source of every file, totals by source and the free space needed', () => {
  const files = [
    exampleFile({ sha256: '' }),
    exampleFile({
      path: 'a.bin',
      size: 10,
      source: 'store',
      origin: undefined,
      because: ['absent'],
    }),
    exampleFile({
      bucket: 'tfds-data',
      path: 'b.bin',
      size: 20,
      source: 'in-place',
      origin: undefined,
      because: [],
    }),
  ];
  const report = exampleReport({
    outcome: 'planned',
    artifacts: [exampleArtifact({ files })],
    spaceNeeded: 440_401_920,
    path: '/data/artifacts',
  });
  expect(renderPlan(report)).toEqual([
    'tensorflow_cpu 2.15.1 (cp311)  [wheel:tensorflow-cpu~=2.15.0]',
    '  210 MiB  linux/cpu/tensorflow_cpu-2.15.1-cp311-cp311-manylinux2014_x86_64.whl  mirror (rsync://mirror.example/tensorflow/)',
    '             because it is not in the store',
    '             because no job saved it to the cache',
    '     10 B  a.bin  store',
    '             because absent',
    '     20 B  @tfds-data/b.bin  in place',
    'already in place: 20 B in 1 file',
    'from the store: 10 B in 1 file',
    'from the mirror: 210 MiB in 1 file',
    'free space needed: 420 MiB for /data/artifacts',
    'Dry run: nothing was fetched.',
  ]);
});
