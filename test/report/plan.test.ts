import { expect, test } from 'vitest';
import { renderPlan } from '../../src/report/plan.ts';
import { exampleArtifact, exampleFile, exampleReport } from './example.ts';

test('names every file with its size below its source and the reasons, then totals by source and the free space needed', () => {
  const files = [
    exampleFile({ sha256: '' }),
    exampleFile({
      path: 'a.bin',
      size: 10,
      source: 'store',
      origin: undefined,
      skipped: [{ source: 'store', reason: 'absent' }],
    }),
    exampleFile({
      bucket: 'tfds-data',
      path: 'b.bin',
      size: 20,
      source: 'in-place',
      origin: undefined,
      skipped: [],
    }),
    exampleFile({ path: 'c.bin', size: 30, sha256: '' }),
  ];
  const report = exampleReport({
    outcome: 'planned',
    artifacts: [exampleArtifact({ files })],
    spaceNeeded: 440_401_920,
    path: '/data/artifacts',
  });
  expect(renderPlan(report)).toEqual([
    'tensorflow_cpu 2.15.1 (cp311)  [wheel:tensorflow-cpu~=2.15.0]',
    '  mirror (rsync://mirror.example/tensorflow/), 2 files (it is not in the store; no job saved it to the cache)',
    '    210 MiB  linux/cpu/tensorflow_cpu-2.15.1-cp311-cp311-manylinux2014_x86_64.whl',
    '       30 B  c.bin',
    '  store, 1 file (absent)',
    '       10 B  a.bin',
    '  in place, 1 file',
    '       20 B  @tfds-data/b.bin',
    'already in place: 20 B in 1 file',
    'from the store: 10 B in 1 file',
    'from the mirror: 210 MiB in 2 files',
    'free space needed: 420 MiB for /data/artifacts',
    'Dry run: nothing was fetched.',
  ]);
});
