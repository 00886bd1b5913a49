import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createFilterMatcher } from '../../../src/mirror/filter/match.ts';
import { parseFilterRules } from '../../../src/mirror/filter/parse.ts';
import { LineSplitter } from '../../../src/mirror/rsync/output/lines.ts';
import { ListingReader } from '../../../src/mirror/rsync/output/listing.ts';

const TREES = 60;
const CASES = 2_200;

const root = mkdtempSync(join(tmpdir(), 'tfcache-filter-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const name = fc.constantFrom(
  ...['a', 'b', 'ab', 'a.whl', 'b.whl', 'cpu', 'A1', '中', '中b.whl', 'é', 'x y', '#c', '-d'],
  ...['[a]', 'a\\b', '*', 'a]', '.h', '"q"', 'a_b', ']', '^', '!'],
);
const folderName = fc.constantFrom('a', 'cpu', '中', '[a]', 'a\\b', 'x y');
/** Paths of files; folders are those above them. */
const tree = fc.uniqueArray(
  // Few names above, many below: siblings and cousins of one name are what rules tell apart.
  fc
    .tuple(fc.array(folderName, { size: 'max', maxLength: 3 }), name)
    .map(([folders, file]) => [...folders, file].join('/')),
  { minLength: 20, maxLength: 40 },
);

const piece = fc.oneof(
  { weight: 6, arbitrary: name },
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      '*',
      '**',
      '***',
      '?',
      '??',
      '*.whl',
      'a*',
      '*b',
      '\\a',
      '\\*',
      '\\',
    ),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      ...['[ab]', '[!a]', '[^b]', '[a-c]', '[[:alpha:]]', '[![:digit:]]', '[[:punct:][:upper:]]'],
      ...['[]a]', '[]-a]', '[a-]', '[\\]]', '[', '[a', '[[:nope:]]', '[[:alpha]', '[--0]', '[中]'],
      ...['[[:blank:]]x', '[!]]', '[/]', '[[:cntrl:]]', '[[:constructor:]]', '[z-a]', '[a-\\c]'],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.constantFrom(...'ab*?[]\\!-^:.中 /'), maxLength: 6 }),
  },
);
const segment = fc
  .oneof(
    { weight: 3, arbitrary: fc.array(piece, { minLength: 1, maxLength: 1 }) },
    fc.array(piece, { minLength: 1, maxLength: 3 }),
  )
  .map((pieces) => pieces.join(''));
const loosePattern = fc
  .tuple(
    fc.constantFrom('', '', '/', '/', '**/', '//'),
    fc.oneof(
      { weight: 2, arbitrary: fc.array(segment, { minLength: 1, maxLength: 1 }) },
      fc.array(segment, { minLength: 1, maxLength: 3 }),
    ),
    fc.constantFrom('', '', '', '/', '/**', '/***', '/*', '*'),
  )
  .map(([start, segments, end]) => start + segments.join('/') + end);

/** A pattern made from a path of the tree, so that rules match often. */
function patternFrom(paths: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...paths),
      fc.nat(3),
      fc.nat(3),
      fc.array(fc.constantFrom('keep', 'keep', 'keep', '*', '**', '?*', 'escaped'), {
        minLength: 4,
        maxLength: 4,
      }),
      fc.constantFrom('', '/', '**', '**/'),
      fc.constantFrom('', '', '/', '/*', '/**', '/***'),
    )
    .map(([path, from, length, changes, start, end]) => {
      const names = path.split('/');
      const first = start === '/' ? 0 : from % names.length;
      const kept = names.slice(first, first + 1 + length).map((each, at) => {
        const change = changes[at] ?? 'keep';
        if (change === 'keep') return each;
        return change === 'escaped' ? each.replace(/[*?[\\]/g, '\\$&') : change;
      });
      return start + kept.join('/') + end;
    });
}

const ruleName = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('+ ', '- ', '- ') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...['+s ', '-sr ', '-p ', 'include ', 'exclude ', 'H ', 'S ', 'hide ', '-_', '-,p '],
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom('-! ', '+! ', '-,! ', 'exclude,! ', 'show,! ') },
);

function ruleText(paths: readonly string[]): fc.Arbitrary<string> {
  const rule = fc
    .tuple(ruleName, fc.oneof(loosePattern, patternFrom(paths), patternFrom(paths)))
    .filter(([, pattern]) => pattern !== '')
    .map(([start, pattern]) => start + pattern);
  return fc
    .array(fc.oneof({ weight: 12, arbitrary: rule }, fc.constantFrom('# said', '', '!', '; so')), {
      minLength: 1,
      maxLength: 5,
    })
    .chain((rules) =>
      fc
        .constantFrom([], [], [], ['- *.whl'], ['- *'], ['+ */', '- *'])
        .map((end) => [...rules, ...end]),
    )
    .map((lines) => lines.join('\n'));
}

function foldersOf(paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = dirname(path); at !== '.'; at = dirname(at)) folders.add(at);
  }
  return [...folders];
}

/** Makes the tree; a path that another needs as a folder is one. Returns the files. */
function plant(folder: string, paths: readonly string[]): string[] {
  const folders = new Set(foldersOf(paths));
  const files = paths.filter((path) => !folders.has(path));
  for (const path of folders) mkdirSync(join(folder, path), { recursive: true });
  mkdirSync(folder, { recursive: true });
  for (const path of files) writeFileSync(join(folder, path), '');
  return files;
}

/** What rsync itself takes of the tree. The base is made sure of: it was asked for by name. */
function takenByRsync(folder: string, rules: string, base: string): string[] {
  const lines = rules.split('\n');
  const literal = /[*?[]/.test(base) ? base.replace(/[*?[\\]/g, '\\$&') : base;
  if (base !== '') lines.splice(lines.lastIndexOf('!') + 1, 0, `+ /${literal}/`);
  const source = base === '' ? `${folder}/` : `${folder}/./${base}/`;
  const args = [base === '' ? '-r' : '-rR', '--list-only', '-8', '--no-h', '--filter=. -'];
  const result = spawnSync('rsync', [...args, '--', source, '.'], {
    input: `${lines.join('\n')}\n`,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  });
  expect(result.stderr.toString()).toBe('');
  expect(result.status).toBe(0);
  const reader = new ListingReader();
  const reading = new LineSplitter((line) => reader.add(line));
  reading.add(result.stdout);
  reading.end();
  return reader.files.map((file) => file.path).sort();
}

test('the matcher takes what rsync takes, on random trees and random rules', () => {
  const seed = Number(process.env['TFCACHE_SEED'] ?? Date.now() % 2 ** 31);
  console.log(`filter property test: TFCACHE_SEED=${seed}, ${CASES} cases`);
  const trees = fc.sample(tree, { seed, numRuns: TREES }).map((paths, index) => {
    const folder = join(root, String(index));
    return { folder, paths, files: plant(folder, paths) };
  });
  const scene = fc.constantFrom(...trees).chain((planted) =>
    fc.record({
      planted: fc.constant(planted),
      rules: ruleText(planted.paths),
      base: fc.oneof(
        { weight: 2, arbitrary: fc.constant('') },
        fc.constantFrom(...foldersOf(planted.paths)),
      ),
    }),
  );
  let telling = 0;
  fc.assert(
    fc.property(scene, ({ planted, rules, base }) => {
      const verdict = createFilterMatcher(parseFilterRules(rules), base);
      const below = planted.files.filter((path) => base === '' || path.startsWith(`${base}/`));
      const taken = below.filter((path) => verdict(path).included).sort();
      const expected = takenByRsync(planted.folder, rules, base);
      if (expected.length > 0 && expected.length < below.length) telling++;
      expect(taken).toEqual(expected);
    }),
    { seed, numRuns: CASES },
  );
  // A test of rules that always take all or nothing would say little.
  expect(telling).toBeGreaterThan(CASES / 5);
}, 240_000);
