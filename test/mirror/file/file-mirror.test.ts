import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { copyFileToStaging } from '../../../src/mirror/file/copy.ts';
import { createFileMirror } from '../../../src/mirror/file/file-mirror.ts';
import { MTIME, TREE, writeTree } from '../../support/bucket-tree.ts';
import { errorOf, fetchInto, recordingLog, temporaryFolder } from '../../support/https-mirror.ts';

let temporary: ReturnType<typeof temporaryFolder>;
let share: string;
let staging: string;
let recorded: ReturnType<typeof recordingLog>;

beforeEach(() => {
  temporary = temporaryFolder();
  share = join(temporary.folder, 'share #1');
  staging = join(temporary.folder, 'staging');
  mkdirSync(join(share, 'tensorflow'), { recursive: true });
  writeTree(join(share, 'tensorflow'));
  recorded = recordingLog();
});
afterEach(() => temporary.remove());

function mirror(folder = share) {
  const url = `${pathToFileURL(folder).href}/{bucket}/`;
  return createFileMirror({ url, bucket: undefined, log: recorded.log });
}

test('lists folders and trees as they stand', async () => {
  const [root, linux, none, file] = await mirror().listFolders('tensorflow', [
    '',
    'linux',
    'none',
    'linux/empty',
  ]);
  expect(root).toMatchObject({ exists: true, files: [] });
  expect([...(root?.folders ?? [])].sort()).toEqual(['linux', 'versions']);
  expect([...(linux?.files ?? [])].sort((a, b) => a.size - b.size)).toEqual([
    { path: 'linux/empty', size: 0, mtime: MTIME },
    { path: 'linux/libtensorflow.tar.gz', size: 3_000_000, mtime: MTIME },
  ]);
  expect(none?.exists).toBe(false);
  expect(file?.exists).toBe(false);
  const tree = await mirror().listTree('tensorflow', '');
  expect(tree.map(({ path }) => path).sort()).toEqual(Object.keys(TREE).sort());
  expect(await mirror().listTree('tensorflow', 'none')).toEqual([]);
});

test('brings files with their time, and leaves the share alone', async () => {
  const files = await mirror().listTree('tensorflow', '');
  chmodSync(join(share, 'tensorflow/linux/libtensorflow.tar.gz'), 0o444);
  const result = await fetchInto(mirror(), staging, [
    ...files,
    { path: 'gone', size: 1, mtime: 1 },
  ]);
  expect(result.arrived.sort()).toEqual(Object.keys(TREE).sort());
  expect(result.missing).toEqual(['gone']);
  for (const { path } of files) {
    const staged = join(staging, path);
    expect(readFileSync(staged).equals(TREE[path] ?? Buffer.alloc(0))).toBe(true);
    expect(statSync(staged).mtimeMs).toBe(MTIME * 1000);
    // No hard link: what becomes of the staged file must not become of the share's.
    expect(statSync(staged).ino).not.toBe(statSync(join(share, 'tensorflow', path)).ino);
    expect(statSync(join(share, 'tensorflow', path)).nlink).toBe(1);
  }
  expect(readdirSync(join(staging, '@partial'))).toEqual([]);
});

test('links that lead out, pipes and devices are neither listed nor followed', async () => {
  const bucket = join(share, 'tensorflow');
  const outside = join(temporary.folder, 'secret');
  writeFileSync(outside, 'secret');
  mkdirSync(join(temporary.folder, 'folder'));
  writeFileSync(join(temporary.folder, 'folder/inner'), 'secret');
  symlinkSync(outside, join(bucket, 'link'));
  symlinkSync(join(temporary.folder, 'folder'), join(bucket, 'linked'));
  execFileSync('mkfifo', [join(bucket, 'pipe')]);
  const [root] = await mirror().listFolders('tensorflow', ['']);
  expect(root?.files).toEqual([]);
  expect([...(root?.folders ?? [])].sort()).toEqual(['linux', 'versions']);
  expect(recorded.lines.join('\n')).toMatch(/info: .*: 3 entries are left out/);
  const paths = ['link', 'linked/inner', 'pipe', 'linux'];
  const result = await fetchInto(
    mirror(),
    staging,
    paths.map((path) => ({ path, size: 6, mtime: 1 })),
  );
  expect(result).toMatchObject({ arrived: [], missing: paths });
  expect((await mirror().listFolders('tensorflow', ['linked']))[0]?.exists).toBe(false);
});

test('links that stay inside are followed, to files and to folders', async () => {
  const bucket = join(share, 'tensorflow');
  symlinkSync('libtensorflow.tar.gz', join(bucket, 'linux/latest.tar.gz'));
  symlinkSync(join(bucket, 'linux'), join(bucket, 'absolute'));
  symlinkSync('absolute', join(bucket, 'twice'));
  const [root, twice] = await mirror().listFolders('tensorflow', ['', 'twice']);
  expect([...(root?.folders ?? [])].sort()).toEqual(['absolute', 'linux', 'twice', 'versions']);
  const files = twice?.files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
  expect(files).toEqual([
    { path: 'twice/empty', size: 0, mtime: MTIME },
    { path: 'twice/latest.tar.gz', size: 3_000_000, mtime: MTIME },
    { path: 'twice/libtensorflow.tar.gz', size: 3_000_000, mtime: MTIME },
  ]);
  const tree = (await mirror().listTree('tensorflow', '')).map(({ path }) => path);
  const below = Object.keys(TREE).filter((path) => path.startsWith('linux/'));
  const linux = [...below, 'linux/latest.tar.gz'];
  const expected = [
    ...Object.keys(TREE).filter((path) => !path.startsWith('linux/')),
    ...linux,
    ...linux.map((path) => path.replace('linux', 'absolute')),
    ...linux.map((path) => path.replace('linux', 'twice')),
  ];
  expect(tree.sort()).toEqual(expected.sort());
  const result = await fetchInto(mirror(), staging, files ?? []);
  expect(result.missing).toEqual([]);
  const staged = join(staging, 'twice/latest.tar.gz');
  expect(lstatSync(staged).isFile()).toBe(true);
  expect(readFileSync(staged).equals(TREE['linux/libtensorflow.tar.gz'] ?? Buffer.alloc(0))).toBe(
    true,
  );
  expect(recorded.lines).toEqual([]);
});

test('links in a circle, to nowhere and to the root end, and are told', async () => {
  const bucket = join(share, 'tensorflow');
  mkdirSync(join(bucket, 'a'));
  mkdirSync(join(bucket, 'b'));
  writeFileSync(join(bucket, 'a/file'), '1');
  symlinkSync('../b', join(bucket, 'a/to-b'));
  symlinkSync('../a', join(bucket, 'b/to-a'));
  symlinkSync('.', join(bucket, 'a/self'));
  symlinkSync('..', join(bucket, 'a/up'));
  symlinkSync('none', join(bucket, 'a/dangling'));
  symlinkSync('loop', join(bucket, 'a/loop'));
  const tree = await mirror().listTree('tensorflow', 'a');
  expect(tree.map(({ path }) => path)).toEqual(['a/file']);
  expect(recorded.lines).toEqual([
    expect.stringMatching(/^info: .*\/a: 4 entries are left out.*"dangling"/),
    expect.stringMatching(/^info: .*\/a\/to-b: 1 entry is left out.*"to-a"/),
  ]);
});

test('links that multiply end in an error', async () => {
  const bucket = join(share, 'tensorflow');
  for (let level = 0; level < 30; level += 1) {
    mkdirSync(join(bucket, `m${level}`));
    for (const name of ['x', 'y']) symlinkSync(`../m${level + 1}`, join(bucket, `m${level}`, name));
  }
  const error = await errorOf(mirror().listTree('tensorflow', 'm0'));
  expect(error).toMatchObject({ code: 'no-mirror', message: expect.stringContaining('links') });
});

test('paths that lead out are refused', async () => {
  for (const path of ['../x', '/etc/passwd', 'linux/../../x', '@partial/x']) {
    const error = await errorOf(fetchInto(mirror(), staging, [{ path, size: 1, mtime: 1 }]));
    expect(error.code).toBe('failed');
  }
  expect(existsSync(staging)).toBe(false);
});

test('a share that is not mounted is no empty mirror', async () => {
  const gone = await errorOf(
    mirror(join(temporary.folder, 'none')).listFolders('tensorflow', ['']),
  );
  expect(gone).toMatchObject({
    code: 'configuration',
    hint: expect.stringContaining('Mount the share'),
  });
  const fetched = await errorOf(
    fetchInto(mirror(join(temporary.folder, 'none')), staging, [{ path: 'x', size: 1, mtime: 1 }]),
  );
  expect(fetched.code).toBe('configuration');
  mkdirSync(join(temporary.folder, 'empty/tensorflow'), { recursive: true });
  await mirror(join(temporary.folder, 'empty')).listFolders('tensorflow', ['']);
  expect(recorded.lines.join('\n')).toContain('nothing is mounted');
});

test('another size than listed, or a change under the copy, is an error and leaves nothing', async () => {
  const path = 'linux/libtensorflow.tar.gz';
  const wrong = await errorOf(fetchInto(mirror(), staging, [{ path, size: 5, mtime: MTIME }]));
  expect(wrong).toMatchObject({ code: 'integrity', found: '3000000 bytes' });

  const source = join(share, 'tensorflow', path);
  const file = { path, size: 3_000_000, mtime: MTIME };
  const touch = () => utimesSync(source, MTIME + 5, MTIME + 5);
  const changed = await errorOf(
    copyFileToStaging(join(share, 'tensorflow'), file, staging, touch, undefined),
  );
  expect(changed).toMatchObject({ code: 'integrity', found: 'it changed while it was copied' });
  expect(existsSync(join(staging, path))).toBe(false);
});

test('a copy that was cancelled is gone on from, unless the file changed since', async () => {
  const path = 'big';
  const source = join(share, 'tensorflow', path);
  writeFileSync(source, Buffer.alloc(12 * 1024 * 1024, 'a'));
  utimesSync(source, MTIME, MTIME);
  const file = { path, size: 12 * 1024 * 1024, mtime: MTIME };
  async function half() {
    const cancel = new AbortController();
    const stop = () => cancel.abort();
    return errorOf(
      copyFileToStaging(join(share, 'tensorflow'), file, staging, stop, cancel.signal),
    );
  }
  expect((await half()).message).toContain('cancelled');
  const rest = await fetchInto(mirror(), staging, [file]);
  expect(rest.bytes).toBe(8 * 1024 * 1024);
  expect(readFileSync(join(staging, path)).equals(readFileSync(source))).toBe(true);

  utimesSync(join(staging, path), 1, 1);
  await half();
  writeFileSync(source, Buffer.alloc(12 * 1024 * 1024, 'b'));
  utimesSync(source, MTIME, MTIME + 1);
  const again = await fetchInto(mirror(), staging, [{ ...file, mtime: MTIME + 1 }]);
  expect(again.bytes).toBe(file.size);
  expect(readFileSync(join(staging, path)).equals(readFileSync(source))).toBe(true);
  appendFileSync(source, 'x');
});

test.each(['file://host/x/', 'file:///x?y', 'file:///x#y', 'file:relative%00'])(
  '%s is refused',
  (url) => {
    expect(() => createFileMirror({ url, bucket: 'tensorflow', log: recorded.log })).toThrow(
      'cannot be used',
    );
  },
);
