import type { ArtifactReport, ErrorReport, FileReport, Report } from '../../src/report/report.ts';

/** A report of one file that came from the mirror; a test states only what matters to it. */
export function exampleReport(overrides: Partial<Report> = {}): Report {
  return {
    version: 1,
    outcome: 'done',
    cacheHit: false,
    path: '/home/runner/work/app/tensorflow-artifacts',
    bytes: { 'in-place': 0, store: 0, cache: 0, mirror: 220_200_960 },
    artifacts: [exampleArtifact()],
    mirror: 'rsync://mirror.example/tensorflow/',
    lockDigest: '',
    lockFile: '',
    lockChanges: [],
    spaceNeeded: undefined,
    warnings: [],
    refused: [],
    steps: [
      { step: 'resolve', milliseconds: 240 },
      { step: 'sync', milliseconds: 12_300 },
    ],
    error: undefined,
    ...overrides,
  };
}

export function exampleArtifact(overrides: Partial<ArtifactReport> = {}): ArtifactReport {
  return {
    request: 'wheel:tensorflow-cpu~=2.15.0',
    id: 'wheel:tensorflow-cpu~=2.15.0?platform=linux_x86_64&python=3.11',
    title: 'tensorflow_cpu 2.15.1 (cp311)',
    version: '2.15.1',
    outcome: 'done',
    files: [exampleFile()],
    ...overrides,
  };
}

export function exampleError(overrides: Partial<ErrorReport> = {}): ErrorReport {
  return {
    code: 'failed',
    reason: 'defect',
    message: 'it did not work',
    where: undefined,
    expected: undefined,
    found: undefined,
    hint: undefined,
    ...overrides,
  };
}

export function exampleFile(overrides: Partial<FileReport> = {}): FileReport {
  return {
    bucket: 'tensorflow',
    path: 'linux/cpu/tensorflow_cpu-2.15.1-cp311-cp311-manylinux2014_x86_64.whl',
    size: 220_200_960,
    sha256: 'ab'.repeat(32),
    source: 'mirror',
    origin: 'rsync://mirror.example/tensorflow/',
    skipped: [
      { source: 'store', reason: 'it is not in the store' },
      { source: 'cache', reason: 'no job saved it to the cache' },
    ],
    verifiedBy: 'unverified',
    ...overrides,
  };
}

/** Names that try to leave the place they are shown in. */
export const HOSTILE_NAMES = [
  'a|b.whl',
  'a\\|b.whl',
  'tick`tock``.whl',
  '<script>alert(1)</script>',
  '</details></table><img src=x onerror=alert(1)>',
  'two\nlines\r\n| x | y |',
  '@octocat and @org/team',
  '**bold** _it_ ~~no~~ [link](https://evil.example) ![i](https://evil.example/i.png)',
  '$\\frac{1}{0}$ `$x$`',
  '::error::pwned',
  '  ::stop-commands::x',
  '##[add-mask]x',
  '\u001b[31mred\u001b[0m \u202egnp.exe',
  '&lt;b&gt; &amp; &#60;',
  '# heading',
  '- item',
  '```',
  '"quoted" 2.21.0 中文 é',
  '-rf --delete',
  'lone \ud800 surrogate',
  ':tada: https://evil.example www.evil.example',
  '$(id) %PATH%',
  'trailing\\',
  ' ',
];
