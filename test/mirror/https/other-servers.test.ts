import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MTIME, TREE, writeTree } from '../../support/bucket-tree.ts';
import { fetchInto, temporaryFolder, testMirror } from '../../support/https-mirror.ts';
import { type PrivateServer, startPrivateServer } from '../../support/private-server.ts';

const tree = temporaryFolder();
writeTree(tree.folder);
afterAll(() => tree.remove());

/** A server that is told everything by its arguments. */
const plain = (program: string, args: (port: string) => string[]) => () => {
  let given = '';
  return startPrivateServer({
    program,
    logName: 'configuration',
    configuration(port) {
      given = String(port);
      return '';
    },
    arguments: () => args(given),
  });
};

const SERVERS: Record<string, () => Promise<PrivateServer>> = {
  // Lists folders without a slash, with the size of the folder’s own entry.
  mini_httpd: plain('/usr/sbin/mini_httpd', (port) => [
    ...['-D', '-h', '127.0.0.1', '-p', port, '-d', tree.folder, '-u', 'root'],
    ...['-i', join(tree.folder, '..', `mini-${process.pid}.pid`)],
  ]),
  // Has a table with rounded sizes, and gives no Last-Modified for types that it does not know.
  lighttpd: () =>
    startPrivateServer({
      program: '/usr/sbin/lighttpd',
      arguments: (configuration) => ['-D', '-f', configuration],
      logName: 'access.log',
      configuration: (port) => `
server.document-root = "${tree.folder}"
server.bind = "127.0.0.1"
server.port = ${port}
dir-listing.activate = "enable"
`,
    }),
  // Lists names alone.
  'Python’s http.server': plain('/usr/bin/python3', (port) => [
    ...['-m', 'http.server', port, '--bind', '127.0.0.1', '-d', tree.folder],
  ]),
};

describe.each(Object.entries(SERVERS))('%s', (_name, start) => {
  let server: PrivateServer;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());

  test('lists folders as folders and files as files, and gives the files', async () => {
    const mirror = testMirror(`http://127.0.0.1:${server.port}/`);
    const [root, linux] = await mirror.listFolders('tensorflow', ['', 'linux']);
    expect(root?.files).toEqual([]);
    expect(root?.folders.toSorted()).toEqual(['linux', 'versions']);
    expect(linux?.folders).toEqual(['cpu']);

    const files = await mirror.listTree('tensorflow', '');
    expect(Object.fromEntries(files.map(({ path, size }) => [path, size]))).toEqual(
      Object.fromEntries(Object.entries(TREE).map(([path, data]) => [path, data.length])),
    );
    expect(new Set(files.map(({ mtime }) => mtime))).toEqual(new Set([MTIME]));
    const temporary = temporaryFolder();
    const result = await fetchInto(mirror, temporary.folder, files);
    expect(result.arrived.toSorted()).toEqual(Object.keys(TREE).toSorted());
    temporary.remove();
  });
});
