import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readWebProxies } from '../../../src/platform/proxy/web-proxy.ts';
import { TREE, writeTree } from '../../support/bucket-tree.ts';
import {
  errorOf,
  fetchInto,
  recordingLog,
  temporaryFolder,
  testMirror,
} from '../../support/https-mirror.ts';
import type { PrivateServer } from '../../support/private-server.ts';
import { startNginx, startTinyproxy } from '../../support/web-servers.ts';

const tree = temporaryFolder();
const path = 'linux/libtensorflow.tar.gz';
const file = { path, size: TREE[path]?.length ?? 0, mtime: 1 };
let nginx: PrivateServer;
let proxy: PrivateServer | undefined;
let staging: ReturnType<typeof temporaryFolder>;

beforeAll(async () => {
  writeTree(tree.folder);
  nginx = await startNginx([`root ${tree.folder};`, 'autoindex on;']);
});
afterAll(async () => {
  await nginx.stop();
  tree.remove();
});
afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
  staging?.remove();
});

function mirrorThrough(environment: NodeJS.ProcessEnv, protocol = 'http') {
  staging = temporaryFolder();
  return testMirror(`${protocol}://127.0.0.1:${nginx.port}/`, { environment });
}

test.each(['http_proxy', 'HTTP_PROXY', 'ALL_PROXY'])(
  '%s is used, with and without a scheme',
  async (name) => {
    proxy = await startTinyproxy();
    const before = nginx.log().length;
    const address = `127.0.0.1:${proxy.port}`;
    for (const value of [`http://${address}`, `HTTP://${address}/`, address]) {
      const mirror = mirrorThrough({ [name]: value });
      expect((await mirror.listTree('tensorflow', '')).length).toBe(5);
      await fetchInto(mirror, staging.folder, [file]);
      expect(existsSync(join(staging.folder, path))).toBe(true);
      staging.remove();
    }
    expect(nginx.log().length).toBeGreaterThan(before);
    expect(proxy.log()).toContain('Connect');
  },
);

test.each(['127.0.0.1', '127.0.0.0/8', '*', 'a.example 127.0.0.1:PORT'])(
  'NO_PROXY %s leaves a host out',
  async (list) => {
    proxy = await startTinyproxy();
    const environment = {
      HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
      NO_PROXY: list.replace('PORT', String(nginx.port)),
    };
    await fetchInto(mirrorThrough(environment), staging.folder, [file]);
    expect(proxy.log()).not.toContain('Request');
  },
);

test('NO_PROXY of other hosts leaves none out', async () => {
  proxy = await startTinyproxy();
  const environment = {
    HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
    NO_PROXY: 'example,10.0.0.0/8,127.0.0.1:1',
  };
  await fetchInto(mirrorThrough(environment), staging.folder, [file]);
  expect(proxy.log()).toContain('Request');
});

test('a proxy with a password: given it serves, without it says what to set', async () => {
  proxy = await startTinyproxy(['BasicAuth me secret']);
  const error = await errorOf(
    fetchInto(mirrorThrough({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }), staging.folder, [
      file,
    ]),
  );
  expect(error).toMatchObject({ code: 'configuration', message: expect.stringContaining('407') });
  expect(error.hint).toContain('user:password@host:port');
  await fetchInto(
    mirrorThrough({ HTTP_PROXY: `http://me:secret@127.0.0.1:${proxy.port}` }),
    staging.folder,
    [file],
  );
});

test('a proxy that refuses CONNECT, or asks for a password, is told as that', async () => {
  proxy = await startTinyproxy(['ConnectPort 1']);
  const refused = await errorOf(
    fetchInto(
      mirrorThrough({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }, 'https'),
      staging.folder,
      [file],
    ),
  );
  expect(refused).toMatchObject({
    code: 'configuration',
    message: expect.stringContaining('proxy refuses'),
  });
  expect(refused.hint).toContain('NO_PROXY');
  await proxy.stop();

  proxy = await startTinyproxy(['BasicAuth me secret']);
  const without = await errorOf(
    fetchInto(
      mirrorThrough({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }, 'https'),
      staging.folder,
      [file],
    ),
  );
  expect(without.message).toContain('407');
  const error = await errorOf(
    fetchInto(
      mirrorThrough({ HTTPS_PROXY: `http://me:wrongsecret@127.0.0.1:${proxy.port}` }, 'https'),
      staging.folder,
      [file],
    ),
  );
  expect(error.code).toBe('configuration');
  expect(JSON.stringify([error.message, error.found, error.where, error.hint])).not.toContain(
    'wrongsecret',
  );
});

test('a proxy is read in capitals, without a scheme, and with a password', () => {
  const { log, lines } = recordingLog();
  const read = (HTTPS_PROXY: string) => readWebProxies({ HTTPS_PROXY }, log).https_proxy;
  expect(read('HTTP://PROXY.EXAMPLE:3128')).toBe('http://proxy.example:3128/');
  expect(read('PROXY.EXAMPLE:3128')).toBe('http://proxy.example:3128/');
  expect(read('User:Pw@proxy.example:3128')).toBe('http://User:Pw@proxy.example:3128/');
  expect(lines).toEqual([]);
});

test('a variable that is no HTTP proxy is told and left out', () => {
  const { log, lines } = recordingLog();
  expect(readWebProxies({ HTTPS_PROXY: 'socks5://user:pw@127.0.0.1:1080' }, log)).toEqual({});
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain('pw');
});
