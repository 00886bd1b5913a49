import { execFileSync, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTree } from '../../support/bucket-tree.ts';
import { errorOf, temporaryFolder, testMirror } from '../../support/https-mirror.ts';
import type { PrivateServer } from '../../support/private-server.ts';
import { freePort } from '../../support/rsync-daemon.ts';
import { startNginx } from '../../support/web-servers.ts';

const tree = temporaryFolder();
const keys = temporaryFolder();
let nginx: PrivateServer;
let tlsPort = 0;

beforeAll(async () => {
  writeTree(tree.folder);
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'],
      ...['-keyout', join(keys.folder, 'key'), '-out', join(keys.folder, 'certificate')],
    ],
    { stdio: 'ignore' },
  );
  tlsPort = await freePort();
  nginx = await startNginx([
    `root ${tree.folder};`,
    'autoindex on;',
    `ssl_certificate ${keys.folder}/certificate;`,
    `ssl_certificate_key ${keys.folder}/key;`,
    'location /down/ { return 302 http://127.0.0.1:1/; }',
    `listen 127.0.0.1:${tlsPort} ssl;`,
  ]);
});
afterAll(async () => {
  await nginx.stop();
  tree.remove();
  keys.remove();
});

test('a certificate of an unknown authority: what to set, and no further try', async () => {
  const error = await errorOf(
    testMirror(`https://127.0.0.1:${tlsPort}/`).listFolders('tensorflow', ['']),
  );
  expect(error).toMatchObject({
    code: 'configuration',
    message: expect.stringContaining('cannot be trusted'),
  });
  expect(error.hint).toContain('NODE_EXTRA_CA_CERTS');
});

test('with that authority in NODE_EXTRA_CA_CERTS it works', () => {
  const script = `
    import { testMirror } from ${JSON.stringify(join(import.meta.dirname, '../../support/https-mirror.ts'))};
    const files = await testMirror('https://127.0.0.1:${tlsPort}/').listTree('tensorflow', '');
    process.stdout.write(String(files.length));`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: join(keys.folder, 'certificate') },
    encoding: 'utf8',
  });
  expect(result.stdout, result.stderr).toBe('5');
});

test('a redirect from https:// down to http:// is refused, even to this machine', () => {
  const script = `
    import { errorOf, testMirror } from ${JSON.stringify(join(import.meta.dirname, '../../support/https-mirror.ts'))};
    const error = await errorOf(testMirror('https://127.0.0.1:${tlsPort}/down/').listFolders('tensorflow', ['']));
    process.stdout.write(error.message);`;
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: join(keys.folder, 'certificate') },
    encoding: 'utf8',
  });
  expect(result.stdout, result.stderr).toContain('not safe');
});

test('https:// to a port that does not speak TLS', async () => {
  const error = await errorOf(
    testMirror(`https://127.0.0.1:${nginx.port}/`).listFolders('tensorflow', ['']),
  );
  expect(error.message).toContain('does not speak TLS');
});

test('a port on which no one listens', async () => {
  const error = await errorOf(
    testMirror(`http://127.0.0.1:${await freePort()}/`).listFolders('tensorflow', ['']),
  );
  expect(error).toMatchObject({
    code: 'no-mirror',
    message: expect.stringContaining('refuses the connection'),
  });
});

test('a server that hangs up before it answers', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.once('data', () => socket.resetAndDestroy());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const error = await errorOf(
    testMirror(`http://127.0.0.1:${port}/`).listFolders('tensorflow', ['']),
  );
  expect(error.message).toContain('broke');
  expect(connections).toBe(3);
  await new Promise((resolve) => server.close(resolve));
});

test('plain http:// to another machine is refused unless that host is allowed by name', async () => {
  const url = 'http://mirror.invalid/';
  const refused = await errorOf(testMirror(url).listFolders('tensorflow', ['']));
  expect(refused).toMatchObject({ code: 'usage', expected: expect.stringContaining('127.0.0.1') });
  const allowed = testMirror(url, { plainHttpHosts: ['mirror.invalid'], retries: 0 });
  expect((await errorOf(allowed.listFolders('tensorflow', ['']))).code).toBe('no-mirror');
});

test.each(['https://', 'ftp://host/', 'https://host/?a=b', 'https://host/#x', 'host/x'])(
  'the URL %s is refused',
  (url) => {
    expect(() => testMirror(url)).toThrow('cannot be used');
  },
);
