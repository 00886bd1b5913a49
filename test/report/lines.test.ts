import { expect, test } from 'vitest';
import { renderLogLines } from '../../src/report/lines.ts';
import {
  exampleArtifact,
  exampleError,
  exampleFile,
  exampleReport,
  HOSTILE_NAMES,
} from './example.ts';

test('tells what came from where, why not from nearer, and how long it took', () => {
  expect(renderLogLines(exampleReport())).toEqual([
    'Everything is there (1 file, 210 MiB), all of it from the mirror.',
    '  tensorflow_cpu 2.15.1 (cp311): 1 file, 210 MiB, mirror (rsync://mirror.example/tensorflow/)',
    '    because it is not in the store; no job saved it to the cache',
    'time: 12.5 s (resolve 240 ms, sync 12.3 s)',
    'path: /home/runner/work/app/tensorflow-artifacts',
  ]);
});

test('a warm run says that nothing came from a mirror', () => {
  const file = exampleFile({
    source: 'cache',
    origin: 'github',
    skipped: [{ source: 'store', reason: 'it is not in the store' }],
  });
  const lines = renderLogLines(
    exampleReport({ cacheHit: true, artifacts: [exampleArtifact({ files: [file] })] }),
  );
  expect(lines[0]).toBe(
    'Everything is there (1 file, 210 MiB) and nothing came from a mirror: cache (github).',
  );
});

test('files of several fates are told one by one, up to a cap', () => {
  const files = Array.from({ length: 4000 }, (_, index) =>
    exampleFile({
      path: `data/${index}.bin`,
      size: 1024,
      source: index % 2 === 0 ? 'store' : 'mirror',
      origin: index % 2 === 0 ? undefined : 'rsync://mirror.example/tensorflow/',
      skipped: index % 2 === 0 ? [] : [{ source: 'store', reason: 'it is not in the store' }],
    }),
  );
  const lines = renderLogLines(exampleReport({ artifacts: [exampleArtifact({ files })] }));
  expect(lines[1]).toContain(
    'store 2,000 files, mirror (rsync://mirror.example/tensorflow/) 2,000 files',
  );
  expect(lines).toContain('    data/0.bin: 1.00 KiB, store');
  expect(lines.filter((line) => line.startsWith('    data/'))).toHaveLength(12);
  expect(lines).toContain('    … and 3,988 more files');
});

test('a hint of several lines has several lines', () => {
  const error = exampleError({
    code: 'nothing-matched' as const,
    message: 'all was excluded',
    hint: 'Put a rule in front (the first match decides):\n+ /linux/cpu/*.whl\n::stop-commands::x',
  });
  const lines = renderLogLines(
    exampleReport({ outcome: 'failed', artifacts: [], steps: [], error }),
  );
  expect(lines.slice(1)).toEqual([
    'next: Put a rule in front (the first match decides):',
    '      + /linux/cpu/*.whl',
    '      \\::stop-commands::x',
  ]);
});

test('a failure names the reason and the next step', () => {
  const lines = renderLogLines(
    exampleReport({
      outcome: 'failed',
      artifacts: [exampleArtifact({ files: [] })],
      error: exampleError({
        code: 'no-mirror',
        message: 'no mirror answered\nat all',
        hint: 'check the port',
      }),
    }),
  );
  expect(lines.slice(0, 3)).toEqual([
    'Failed: no mirror answered',
    '  tensorflow_cpu 2.15.1 (cp311): not here',
    'next: check the port',
  ]);
});

test('no name becomes a command to the runner, a second line or an invisible mark', () => {
  for (const name of HOSTILE_NAMES) {
    const report = exampleReport({
      path: name,
      artifacts: [
        exampleArtifact({
          title: name,
          files: [
            exampleFile({ path: name, origin: name, skipped: [{ source: 'store', reason: name }] }),
            exampleFile({ path: `${name}2`, source: 'store', skipped: [] }),
          ],
        }),
      ],
      error: exampleError({ code: 'failed', message: name, hint: name }),
      outcome: 'failed',
    });
    for (const line of renderLogLines(report)) {
      expect(line).not.toMatch(/^\s*::/);
      expect(line).not.toContain('##[');
      expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u202e]/u);
    }
  }
});
