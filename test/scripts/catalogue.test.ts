import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareCatalogue, type KerasFiles } from '../../scripts/catalogue/compare.ts';
import { DATASET_FILES, WEIGHT_FILES } from '../../src/request/keras/keras-catalogue.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const hasPython = spawnSync('python3', ['--version']).status === 0;

/** A wheel with these modules below `keras/src/`. */
function wheelOf(modules: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, source] of Object.entries(modules)) {
    mkdirSync(join(folder, 'keras/src', path, '..'), { recursive: true });
    writeFileSync(join(folder, 'keras/src', path), source);
  }
  const wheel = join(folder, 'keras-9.9-py3-none-any.whl');
  const zipped = spawnSync('python3', ['-m', 'zipfile', '-c', wheel, 'keras/'], { cwd: folder });
  if (zipped.status !== 0) throw new Error(String(zipped.stderr));
  return wheel;
}

function readWheel(wheel: string): KerasFiles {
  const read = spawnSync('python3', [join(ROOT, 'scripts/catalogue/keras_files.py'), wheel]);
  if (read.status !== 0) throw new Error(String(read.stderr));
  return JSON.parse(String(read.stdout));
}

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const C = 'c'.repeat(64);

describe.skipIf(!hasPython)('reading the source of a wheel', () => {
  test('finds what it downloads: constants, loops, templates, tables', () => {
    const keras = readWheel(
      wheelOf({
        'applications/one.py': `
BASE = "https://storage.googleapis.com/tensorflow/one/"
WHOLE = BASE + "one.h5"
TABLE = {"b0": ("${A}", "${B}")}
def one(alpha, include_top=True):
    """Not a download: get_file("x", "https://example.com/x")."""
    if include_top:
        path = file_utils.get_file("one.h5", WHOLE, cache_subdir="models", file_hash="${A}")
    else:
        name = "one_%s_no_top.h5" % alpha
        path = file_utils.get_file(name, BASE + name, cache_subdir="models")
    suffix = ".h5" if include_top else "_notop.h5"
    hash = TABLE[suffix][0]
    return get_file("b0" + suffix, origin=f"{BASE}b0{suffix}", file_hash=hash)
`,
        'datasets/two.py': `
def load_data():
    base = "https://storage.googleapis.com/tensorflow/two/"
    paths = []
    for fname in ["x.gz", "y.gz"]:
        paths.append(get_file(fname, origin=base + fname))
    return get_file("z.npz", origin="https://example.org/z.npz", file_hash=("${C}"))
`,
        'datasets/two_test.py': 'get_file("t", "https://example.com/t")',
        'utils/file_utils.py': 'def get_file(fname, origin): pass',
      }),
    );
    const storage = 'https://storage.googleapis.com/tensorflow';
    expect(keras.files.map(({ url, hash }) => [url, hash])).toEqual([
      [`${storage}/one/one.h5`, A],
      [`${storage}/one/one_*_no_top.h5`, null],
      [`${storage}/one/b0*`, '*'],
      [`${storage}/two/x.gz`, null],
      [`${storage}/two/y.gz`, null],
      ['https://example.org/z.npz', C],
    ]);
    expect(keras.digests).toEqual([A, B, C]);
    expect(keras.tables).toEqual([{ name: 'b0', top: A, notop: B }]);
  });

  test('a wheel of another layout is said to be one', () => {
    expect(() => readWheel(wheelOf({ 'elsewhere/one.py': 'x = 1' }))).toThrow('layout');
  });
});

describe('comparing', () => {
  const storage = 'https://storage.googleapis.com/tensorflow';
  const keras: KerasFiles = {
    files: [
      { module: 'm', url: `${storage}/one/one.h5`, hash: A },
      { module: 'm', url: `${storage}/b/b0*`, hash: '*' },
      { module: 'm', url: `${storage}/two/x.gz`, hash: null },
    ],
    digests: [A, B, C],
    tables: [{ name: 'b0', top: B, notop: C }],
  };
  const file = (path: string, md5?: string, more: object = {}) => ({
    model: 'm',
    variant: 'top',
    bucket: 'tensorflow',
    path,
    md5,
    ...more,
  });
  const same = [
    file('one/one.h5', A),
    file('b/b0.h5', B),
    file('b/b0_notop.h5', C),
    file('two/x.gz'),
    file('old/o.h5', undefined, { legacy: true }),
  ];

  test('finds no difference in the same', () => {
    expect(compareCatalogue(keras, same)).toEqual([]);
  });

  test.each([
    ['a digest', [file('one/one.h5', B), ...same.slice(1)], 'digests differ'],
    ['no digest', [file('one/one.h5'), ...same.slice(1)], 'digests differ'],
    ['a file too few', same.slice(0, -2), 'not in the catalogue'],
    ['a file too many', [...same, file('more/m.h5')], 'not in this Keras'],
    ['a digest too few', same.filter(({ md5 }) => md5 !== B), 'digest not in the catalogue'],
    [
      'digests that were swapped',
      [...same.slice(0, 1), file('b/b0.h5', C), file('b/b0_notop.h5', B), ...same.slice(3)],
      'digest of another file',
    ],
    ['a digest of its own', [...same.slice(0, 3), file('two/x.gz', A)], 'Keras has none'],
  ])('finds %s', (_, catalogue, difference) => {
    expect(compareCatalogue(keras, catalogue).join('\n')).toContain(difference);
  });
});

test('the files of fashion_mnist have digests', () => {
  const fashion = DATASET_FILES.filter(({ dataset }) => dataset === 'fashion_mnist');
  expect(fashion).toHaveLength(4);
  for (const { sha256 } of fashion) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  const all = [...WEIGHT_FILES, ...DATASET_FILES].flatMap(({ sha256 }) => sha256 ?? []);
  expect(new Set(all).size).toBe(all.length);
});
