import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MTIME, TREE, writeTree } from '../../support/bucket-tree.ts';
import { fetchInto, temporaryFolder, testMirror } from '../../support/https-mirror.ts';
import type { PrivateServer } from '../../support/private-server.ts';
import { startApache, startNginx } from '../../support/web-servers.ts';

const tree = temporaryFolder();
writeTree(tree.folder);
afterAll(() => tree.remove());

const nginx =
  (...lines: string[]) =>
  () =>
    startNginx([`root ${tree.folder};`, ...lines]);
const apache =
  (...lines: string[]) =>
  () =>
    startApache(tree.folder, lines);

let markers = 0;

/** The log once everything that was answered so far stands in it: servers write it after they answer. */
async function settledLog(server: PrivateServer): Promise<string> {
  markers += 1;
  const marker = `/marker-${markers}`;
  await (await fetch(`http://127.0.0.1:${server.port}${marker}`)).text();
  while (!server.log().includes(marker)) await sleep(5);
  return server.log();
}

/** HTML has no seconds; JSON and HEAD have. */
const SERVERS: Record<
  string,
  { start: () => Promise<PrivateServer>; heads: number; seconds: boolean }
> = {
  'nginx autoindex': { start: nginx('autoindex on;'), heads: 0, seconds: false },
  'nginx autoindex, rounded': {
    start: nginx('autoindex on;', 'autoindex_exact_size off;'),
    heads: 2,
    seconds: false,
  },
  'nginx autoindex in JSON': {
    start: nginx('autoindex on;', 'autoindex_format json;'),
    heads: 0,
    seconds: true,
  },
  'nginx fancyindex': { start: nginx('fancyindex on;'), heads: 0, seconds: false },
  'nginx fancyindex, rounded, with a zone': {
    start: nginx(
      'fancyindex on;',
      'fancyindex_exact_size off;',
      'fancyindex_time_format "%d %b %Y %H:%M:%S +0000";',
    ),
    heads: 2,
    seconds: true,
  },
  'Apache without FancyIndexing': { start: apache(), heads: 5, seconds: true },
  // From 973 bytes on Apache rounds.
  'Apache FancyIndexing': { start: apache('IndexOptions FancyIndexing'), heads: 3, seconds: false },
  'Apache table with icons': {
    start: apache(
      'IndexOptions FancyIndexing HTMLTable IconsAreLinks',
      'AddIcon /icons/x.png ^^DIRECTORY^^ .whl .gz',
      'DefaultIcon /icons/y.png',
    ),
    heads: 3,
    seconds: false,
  },
};

describe.each(Object.entries(SERVERS))('%s', (_name, { start, heads, seconds }) => {
  let server: PrivateServer;
  let url: string;
  beforeAll(async () => {
    server = await start();
    url = `http://127.0.0.1:${server.port}/`;
  });
  afterAll(() => server.stop());

  test('lists folders: names decoded, sizes exact, what is not there said so', async () => {
    const [root, linux, none] = await testMirror(url).listFolders('tensorflow', [
      '',
      'linux',
      'none',
    ]);
    expect(root).toMatchObject({ exists: true, files: [], folders: ['linux', 'versions'] });
    expect(linux?.folders).toEqual(['cpu']);
    expect(linux?.files.map(({ path, size }) => [path, size])).toEqual([
      ['linux/empty', 0],
      ['linux/libtensorflow.tar.gz', 3_000_000],
    ]);
    expect(none).toEqual({ folder: 'none', exists: false, files: [], folders: [] });
  });

  test('lists the tree, and everything listed can be fetched', async () => {
    const mirror = testMirror(url);
    const before = await settledLog(server);
    const files = await mirror.listTree('tensorflow', '');
    expect(Object.fromEntries(files.map(({ path, size }) => [path, size]))).toEqual(
      Object.fromEntries(Object.entries(TREE).map(([path, data]) => [path, data.length])),
    );
    for (const { mtime } of files) {
      if (seconds) expect(mtime).toBe(MTIME);
      else expect([MTIME, MTIME - 10]).toContain(mtime);
    }
    // Asked one by one only where the page rounds.
    expect((await settledLog(server)).slice(before.length).match(/^HEAD /gm)?.length ?? 0).toBe(
      heads,
    );

    const temporary = temporaryFolder();
    const result = await fetchInto(mirror, temporary.folder, files);
    expect(result.arrived.sort()).toEqual(Object.keys(TREE).sort());
    for (const { path, mtime } of files) {
      const file = join(temporary.folder, path);
      expect(readFileSync(file).equals(TREE[path] ?? Buffer.alloc(0)), path).toBe(true);
      expect(statSync(file).mtimeMs).toBe((mtime ?? 0) * 1000);
    }
    temporary.remove();
  });
});

test('a large file comes in parts over several connections', async () => {
  const temporary = temporaryFolder();
  const data = Buffer.alloc(40 * 1024 * 1024, 'tensorflow');
  writeFileSync(join(temporary.folder, 'big.whl'), data);
  const server = await startNginx([`root ${temporary.folder};`]);
  await fetchInto(
    testMirror(`http://127.0.0.1:${server.port}/`),
    join(temporary.folder, 'staging'),
    [{ path: 'big.whl', size: data.length, mtime: 1 }],
  );
  expect(readFileSync(join(temporary.folder, 'staging/big.whl')).equals(data)).toBe(true);
  expect((await settledLog(server)).match(/ 206 8388608 /g)).toHaveLength(5);
  await server.stop();
  temporary.remove();
});

test('what was fetched is asked for again when listed again, the rest is remembered', async () => {
  const server = await startApache(tree.folder, ['IndexOptions FancyIndexing']);
  const mirror = testMirror(`http://127.0.0.1:${server.port}/`);
  const files = await mirror.listTree('tensorflow', '');
  const temporary = temporaryFolder();
  await fetchInto(
    mirror,
    temporary.folder,
    files.filter(({ path }) => path.endsWith('.gz')),
  );
  const before = await settledLog(server);
  expect(await mirror.listTree('tensorflow', '')).toEqual(files);
  expect((await settledLog(server)).slice(before.length).match(/^HEAD .*/gm)).toEqual([
    expect.stringContaining('libtensorflow.tar.gz'),
  ]);
  temporary.remove();
  await server.stop();
});
