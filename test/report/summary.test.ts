import { describe, expect, test } from 'vitest';
import type { FileReport, Report, SourceName } from '../../src/report/report.ts';
import { renderSummary } from '../../src/report/summary.ts';
import {
  exampleArtifact,
  exampleError,
  exampleFile,
  exampleReport,
  HOSTILE_NAMES,
} from './example.ts';

const MIB = 1024 ** 2;

function withFiles(files: readonly FileReport[], overrides: Partial<Report> = {}): Report {
  return exampleReport({ artifacts: [exampleArtifact({ files })], ...overrides });
}

function fileFrom(source: SourceName, size = 10 * MIB): FileReport {
  return exampleFile({ path: `${source}.bin`, source, size, origin: undefined, skipped: [] });
}

describe('the headline', () => {
  test.each<[string, Report, string]>([
    ['cold', withFiles([fileFrom('mirror')]), 'all of it from the mirror'],
    [
      'partial',
      withFiles([fileFrom('mirror'), fileFrom('cache')]),
      '10.0 MiB of it came from the mirror',
    ],
    [
      'warm',
      withFiles([fileFrom('cache')], { cacheHit: true }),
      'nothing came from a mirror: cache',
    ],
    ['in place', withFiles([fileFrom('in-place')], { cacheHit: true }), 'in place already'],
    [
      'planned',
      withFiles([fileFrom('mirror')], { outcome: 'planned' }),
      'Dry run, nothing was fetched',
    ],
    ['empty', exampleReport({ artifacts: [] }), 'Nothing was asked for'],
  ])('of a %s run', (_, report, sentence) => {
    expect(renderSummary(report).split('\n')[2]).toContain(sentence);
  });

  test('of a failed run, followed by the next step', () => {
    const error = exampleError({
      code: 'integrity',
      message: 'wrong bytes',
      hint: 'ask the <owner>\nthen retry',
    });
    const summary = renderSummary(exampleReport({ outcome: 'failed', error }));
    expect(summary).toMatch(/^### ❌ /);
    expect(summary).toContain('Failed: wrong bytes');
    expect(summary).toContain('- **Next step:** ask the &#60;owner&#62;<br>then retry\n');
  });
});

describe('a failure', () => {
  const sha256 = 'ab'.repeat(32);
  const other = 'cd'.repeat(32);
  const report = exampleReport({
    outcome: 'failed',
    warnings: [`Wrong bytes: x.\n  where:    https://one.example/\n  expected: sha256 ${sha256}`],
    artifacts: [
      exampleArtifact({ title: 'good', request: 'path:good' }),
      exampleArtifact({ title: 'bad', request: 'path:bad', outcome: 'failed', files: [] }),
      exampleArtifact({ title: 'later', request: 'path:later', outcome: 'missing', files: [] }),
    ],
    error: exampleError({
      code: 'integrity',
      message: 'Wrong bytes: bad.whl does not have the digest it must have.',
      where: 'https://two.example/',
      expected: `sha256 ${sha256} (from the lock, 9 bytes)`,
      found: `sha256 ${other} (9 bytes)`,
      hint: 'Ask who runs the source.',
    }),
  });

  test('says where it happened, what was expected and found, with whole digests, and the next step', () => {
    const summary = renderSummary(report);
    expect(summary).toContain('- **Where:** https&#58;//two.example/\n');
    expect(summary).toContain(`- **Expected:** sha256 ${sha256} (from the lock, 9 bytes)\n`);
    expect(summary).toContain(`- **Found:** sha256 ${other} (9 bytes)\n`);
    expect(summary).toContain('- **Next step:** Ask who runs the source.\n');
  });

  test('marks the row of what failed, and only that, and shows it first', () => {
    const rows = renderSummary(report)
      .split('\n')
      .filter((line) => line.includes('`path:'));
    expect(rows.map((row) => row.split(' | ')[0])).toEqual([
      '| ❌ **failed**: bad<br>`path:bad`',
      '| good<br>`path:good`',
      '| later<br>`path:later`',
    ]);
  });

  test('has its warnings above all tables, each line of one on a line of its own, whole', () => {
    const summary = renderSummary(report);
    expect(summary.indexOf('1 warning')).toBeLessThan(summary.indexOf('| From |'));
    expect(summary).toContain(
      `- Wrong bytes: x.<br>where: https&#58;//one.example/<br>expected: sha256 ${sha256}\n`,
    );
    expect(summary).not.toContain('\\n');
    expect(summary).not.toContain('&#92;n');
  });

  test('keeps what is important of a long message: only the end of a line is cut off', () => {
    const found = `${'rsync said something; '.repeat(30)}sha256 ${other}`;
    expect(renderSummary({ ...report, error: exampleError({ found }) })).toContain(other);
  });
});

describe('the title', () => {
  test('names the step', () => {
    const [title] = renderSummary(exampleReport(), { name: 'fetch-tf' }).split('\n');
    expect(title).toBe('### ✅ TensorFlow artifacts: fetch-tf');
  });

  test('warns when wrong bytes were refused, though another source gave the right ones', () => {
    const refused = [
      { bucket: 'tensorflow', path: 'a', origin: 'x', expected: 'sha256 1', found: 'sha256 2' },
    ];
    expect(renderSummary(exampleReport({ refused }))).toMatch(/^### ⚠️ /);
    expect(renderSummary(exampleReport({ refused, outcome: 'failed' }))).toMatch(/^### ❌ /);
    expect(renderSummary(exampleReport({ warnings: ['slow'] }))).toMatch(/^### ✅ /);
  });
});

test('has a row per artifact: what, version, size, from where, why not from nearer, held to', () => {
  expect(renderSummary(exampleReport())).toContain(
    '| tensorflow_cpu 2.15.1 (cp311)<br>`wheel:tensorflow-cpu~=2.15.0` | 2.15.1 | 210 MiB |' +
      ' mirror |' +
      ' it is not in the store<br>no job saved it to the cache | unverified |',
  );
});

test('names mirrors in the rows only when there are several', () => {
  const files = ['a', 'b'].map((name) => exampleFile({ path: name, origin: `rsync://${name}/` }));
  expect(renderSummary(withFiles(files))).toContain('mirror (rsync://a/, rsync://b/)');
});

test('an artifact of a failed run that is not here says so', () => {
  const error = exampleError({ code: 'no-mirror', message: 'no mirror answered', hint: undefined });
  const report = withFiles([], { outcome: 'failed', error });
  expect(renderSummary(report)).toContain(
    '`wheel:tensorflow-cpu~=2.15.0` | 2.15.1 |  | not here |',
  );
});

test('shows when each artifact was ready, once that is measured', () => {
  const summary = renderSummary(
    exampleReport({ artifacts: [exampleArtifact({ milliseconds: 4200 })] }),
  );
  expect(summary).toContain('| Ready after |');
  expect(summary).toContain('| 4.2 s |');
});

test('draws bytes by source as bars that are never full, nor empty, for a part', () => {
  const bars = (files: readonly FileReport[]) =>
    renderSummary(withFiles(files))
      .match(/`[█░]+` \d+ %/g)
      ?.map((bar) => `${bar.split('█').length - 1} ${bar.split('` ')[1]}`);
  expect(bars([fileFrom('mirror')])).toEqual(['40 100 %']);
  expect(bars([fileFrom('store'), fileFrom('mirror')])).toEqual(['20 50 %', '20 50 %']);
  expect(bars([fileFrom('store', 1), fileFrom('mirror')])).toEqual(['1 0 %', '39 99 %']);
});

test('warnings, folder, lock and the time of each step are there', () => {
  const summary = renderSummary(
    exampleReport({ warnings: ['the cache said 503'], lockDigest: 'cd'.repeat(32) }),
  );
  expect(summary).toContain('**⚠️ 1 warning**\n\n- the cache said 503');
  expect(summary).toContain('Folder: `/home/runner/work/app/tensorflow-artifacts`');
  expect(summary).toContain('cd'.repeat(32));
  expect(summary).toContain('<summary>Time: 12.5 s</summary>');
  expect(summary).toContain('| sync | 12.3 s |');
});

describe('names from outside', () => {
  const hostileError = (name: string) =>
    exampleError({ message: name, where: name, expected: name, found: name, hint: name });

  test.each(HOSTILE_NAMES.map((name) => [JSON.stringify(name), name]))(
    '%s stays text',
    (_, name) => {
      const report = exampleReport({
        path: name,
        lockChanges: [name],
        warnings: [name],
        steps: [{ step: name, milliseconds: 1 }],
        artifacts: [
          exampleArtifact({
            title: name,
            request: name,
            version: name,
            files: [
              exampleFile({
                path: name,
                origin: name,
                skipped: [{ source: 'store', reason: name }],
                verifiedBy: name,
              }),
            ],
          }),
        ],
        error: hostileError(name),
        outcome: 'failed',
      });
      const summary = renderSummary(report, { name });
      const plain = renderSummary(
        exampleReport({
          lockChanges: ['x'],
          warnings: ['x'],
          steps: [{ step: 'x', milliseconds: 1 }],
          error: hostileError('x'),
          outcome: 'failed',
          artifacts: [
            exampleArtifact({
              title: 'x',
              request: 'x',
              version: 'x',
              files: [
                exampleFile({
                  path: 'x',
                  origin: 'x',
                  skipped: [{ source: 'store', reason: 'x' }],
                  verifiedBy: 'x',
                }),
              ],
            }),
          ],
        }),
      );
      // The same lines and the same cells as with a harmless name: only a message of several lines has details.
      const differs = name.includes('\n') || name.trim() === '';
      if (!differs) expect(summary.split('\n')).toHaveLength(plain.split('\n').length);
      for (const row of summary.split('\n').filter((line) => line.startsWith('| '))) {
        const cells = row.split('|').length - 2;
        expect([2, 4, 6]).toContain(cells);
      }
      const outsideCode = summary
        .replace(/`[^`\n]*`/g, '')
        .replace(/<pre>\n.*?\n<\/pre>/gs, (block) => block.replace(/https?:/g, ''));
      const tags = outsideCode.match(/<[^>]*>/g) ?? [];
      const ours = [
        '<br>',
        '<details>',
        '</details>',
        '<summary>',
        '</summary>',
        '<pre>',
        '</pre>',
        '<code>',
        '</code>',
      ];
      expect(tags.filter((tag) => !ours.includes(tag))).toEqual([]);
      expect(outsideCode).not.toMatch(/@\w/);
      expect(outsideCode).not.toMatch(/https?:\/\/(?!\s)/);
      expect(summary).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
      expect(summary.isWellFormed()).toBe(true);
    },
  );
});

describe('size', () => {
  test('4,000 files are folded, capped, and the rest is counted', () => {
    const files = Array.from({ length: 4000 }, (_, index) =>
      exampleFile({ path: `data/part-${index}.tfrecord`, size: 32 * 1024 }),
    );
    const summary = renderSummary(withFiles(files));
    expect(summary).toContain('125 MiB in 4,000 files');
    expect(summary.match(/data\/part-/g)).toHaveLength(500);
    expect(summary).toContain('… and 3,500 more files.');
    expect(Buffer.byteLength(summary)).toBeLessThan(256 * 1024);
  });

  test('stays below 1 MiB whatever the names and numbers', () => {
    const long = '|<&`'.repeat(5000);
    const artifact = exampleArtifact({
      title: long,
      request: long,
      version: long,
      files: Array.from({ length: 20 }, (_, index) =>
        exampleFile({
          path: `${index}${long}`,
          origin: `${index}${long}`,
          skipped: [
            { source: 'store', reason: `${index}${long}` },
            { source: 'cache', reason: long },
          ],
          verifiedBy: `${index}${long}`,
        }),
      ),
    });
    const summary = renderSummary(
      exampleReport({
        path: long,
        artifacts: Array.from({ length: 1000 }, () => artifact),
        warnings: Array.from({ length: 1000 }, () => long),
        error: exampleError({ code: 'failed', message: `${long}\n${long}`, hint: long }),
        outcome: 'failed',
      }),
    );
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(summary).toContain('more artifacts.');
    expect(summary).toContain('more warnings.');
  });
});
