import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { MTIME, md5, TREE } from '../../support/bucket-tree.ts';
import { type GoogleServer, startGoogleServer } from '../../support/google-server.ts';
import {
  errorOf,
  fetchInto,
  recordingLog,
  temporaryFolder,
  testMirror,
} from '../../support/https-mirror.ts';

const composite = 'linux/libtensorflow.tar.gz';
const objects = { ...TREE, 'linux/': Buffer.alloc(0), 'hand-made/': Buffer.alloc(0) };
const setup = { bucket: 'tensorflow', objects, composite: [composite] };

let server: GoogleServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const WAYS = {
  'Google JSON': { options: {}, google: true, digests: true },
  'Google XML, JSON refused': { options: { jsonStatus: 403 }, google: true, digests: true },
  'S3-style XML, version 2': { options: {}, google: false, digests: false },
  'S3-style XML, version 1': { options: { xmlVersion: 1 as const }, google: false, digests: false },
};

describe.each(Object.entries(WAYS))('%s', (_name, { options, google, digests }) => {
  async function open(pageSize: number) {
    server = await startGoogleServer({ ...setup, ...options, pageSize });
    const environment = google ? { STORAGE_EMULATOR_HOST: server.host } : {};
    return testMirror(server.url, { bucket: undefined, environment });
  }

  test.each([1, 2, 1000])('lists everything in pages of %i', async (pageSize) => {
    const mirror = await open(pageSize);
    const files = await mirror.listTree('tensorflow', '');
    expect(files.map(({ path }) => path).sort()).toEqual(Object.keys(TREE).sort());
    for (const file of files) {
      const data = TREE[file.path] ?? Buffer.alloc(0);
      const known = digests && file.path !== composite;
      expect(file).toEqual({
        path: file.path,
        size: data.length,
        mtime: MTIME,
        ...(known ? { digests: [{ algorithm: 'md5', value: md5(data), source: 'listing' }] } : {}),
      });
    }
    expect((await mirror.listTree('tensorflow', 'versions')).length).toBe(2);
    expect(await mirror.listTree('tensorflow', 'vers')).toEqual([]);
  });

  test('lists folders one level deep', async () => {
    const mirror = await open(1);
    const folders = ['', 'linux', 'versions', 'versions/"2.21.0"', 'hand-made', 'none', 'lin'];
    const [root, linux, versions, quoted, handMade, none, half] = await mirror.listFolders(
      'tensorflow',
      folders,
    );
    expect(root).toMatchObject({
      exists: true,
      files: [],
      folders: ['hand-made', 'linux', 'versions'],
    });
    expect(linux?.folders).toEqual(['cpu']);
    expect(linux?.files.map(({ path }) => path)).toEqual(['linux/empty', composite]);
    expect([...(versions?.folders ?? [])].sort()).toEqual(['"2.21.0"', '2.20.0']);
    expect(quoted?.files.map(({ path }) => path)).toEqual(['versions/"2.21.0"/a+b & %41 ü;c.whl']);
    expect(handMade).toMatchObject({ exists: true, files: [], folders: [] });
    expect(none?.exists).toBe(false);
    expect(half?.exists).toBe(false);
  });

  test('what is listed can be fetched', async () => {
    const mirror = await open(1000);
    const temporary = temporaryFolder();
    const files = await mirror.listTree('tensorflow', '');
    await fetchInto(mirror, temporary.folder, files);
    for (const { path } of files) {
      expect(readFileSync(join(temporary.folder, path)).equals(TREE[path] ?? Buffer.alloc(0))).toBe(
        true,
      );
    }
    temporary.remove();
  });
});

test('a mirror that is a folder of a bucket lists below it, whatever kind of store', async () => {
  server = await startGoogleServer({
    bucket: 'shared',
    objects: Object.fromEntries(
      Object.entries(TREE).map(([path, data]) => [`copies/tf/${path}`, data]),
    ),
  });
  const url = `${server.host}/shared/copies/tf/`;
  for (const environment of [{}, { STORAGE_EMULATOR_HOST: server.host }]) {
    const files = await testMirror(url, { environment }).listTree('tensorflow', 'linux');
    expect(files.map(({ path }) => path).sort()).toEqual(
      Object.keys(TREE)
        .filter((path) => path.startsWith('linux/'))
        .sort(),
    );
  }
});

test('a bucket that does not exist is an error that says so', async () => {
  server = await startGoogleServer(setup);
  const environment = { STORAGE_EMULATOR_HOST: server.host };
  const { log } = recordingLog();
  const mirror = testMirror(server.url, { bucket: undefined, environment, log });
  const error = await errorOf(mirror.listFolders('no-such-bucket', ['']));
  expect(error).toMatchObject({ code: 'configuration', message: 'The mirror has no such bucket.' });
});

test('a composite object, which has no MD5, is held to its CRC32C', async () => {
  server = await startGoogleServer({ ...setup, crc32c: { [composite]: 'deadbeef' } });
  const environment = { STORAGE_EMULATOR_HOST: server.host };
  const mirror = testMirror(server.url, { bucket: undefined, environment });
  const files = await mirror.listTree('tensorflow', 'linux');
  const temporary = temporaryFolder();
  const error = await errorOf(fetchInto(mirror, temporary.folder, files));
  expect(error).toMatchObject({
    code: 'integrity',
    expected: 'crc32c deadbeef (from the listing)',
  });
  expect(existsSync(join(temporary.folder, composite))).toBe(false);
  expect(existsSync(join(temporary.folder, 'linux/empty'))).toBe(true);
  temporary.remove();
});
