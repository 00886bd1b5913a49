import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FaultyServer, serveFile, startFaultyHttp } from '../../support/faulty-http.ts';
import { errorOf, fetchInto, temporaryFolder, testMirror } from '../../support/https-mirror.ts';
import { startApache } from '../../support/web-servers.ts';

let temporary: ReturnType<typeof temporaryFolder>;
let server: FaultyServer | undefined;

beforeEach(() => {
  temporary = temporaryFolder();
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  temporary.remove();
});

const archive = gzipSync(randomBytes(20_000_000));

test('Apache with AddEncoding gives archives as they are, also in parts', async () => {
  const tree = temporaryFolder();
  chmodSync(tree.folder, 0o755);
  writeFileSync(join(tree.folder, 'x.tar.gz'), archive);
  writeFileSync(join(tree.folder, 'x.tgz'), archive);
  const apache = await startApache(tree.folder, [
    'AddEncoding x-gzip .gz .tgz',
    'IndexOptions FancyIndexing',
  ]);
  try {
    const mirror = testMirror(`http://127.0.0.1:${apache.port}/`);
    const files = await mirror.listTree('tensorflow', '');
    const { arrived } = await fetchInto(mirror, join(temporary.folder, 'staging'), files);
    expect(arrived.toSorted()).toEqual(['x.tar.gz', 'x.tgz']);
    for (const name of arrived) {
      const got = readFileSync(join(temporary.folder, 'staging', name));
      expect(got.equals(archive), name).toBe(true);
    }
    expect(apache.log()).toMatch(/GET \/x\.t.* 206/);
  } finally {
    await apache.stop();
    tree.remove();
  }
});

test.each(['gzip', 'x-gzip', 'aws-chunked', 'aws-chunked,gzip', 'UTF-8', 'binary', 'br'])(
  'Content-Encoding: %s with the length of the file',
  async (encoding) => {
    server = await startFaultyHttp({ 'x.gz': archive }, (request, response, data) => {
      serveFile(request, response, data, { 'content-encoding': encoding });
      return true;
    });
    const file = { path: 'x.gz', size: archive.length, mtime: 1 };
    await fetchInto(testMirror(server.url), join(temporary.folder, 'staging'), [file]);
    const got = readFileSync(join(temporary.folder, 'staging', 'x.gz'));
    expect(got.equals(archive)).toBe(true);
  },
);

test.each(['with its own length', 'without a length'])(
  'what is compressed on the way is refused, %s',
  async (how) => {
    const plain = Buffer.alloc(100_000, 'plain');
    const packed = gzipSync(plain);
    server = await startFaultyHttp({ 'x.txt': plain }, (_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      if (how === 'with its own length') response.setHeader('content-length', packed.length);
      response.write(packed);
      response.end();
      return true;
    });
    const file = { path: 'x.txt', size: plain.length, mtime: 1 };
    const staging = join(temporary.folder, 'staging');
    const error = await errorOf(fetchInto(testMirror(server.url), staging, [file]));
    expect(error.message).toContain('compressed');
  },
);

test.each(['UTF-8', 'aws-chunked'])(
  'a listing with Content-Encoding: %s is read',
  async (encoding) => {
    server = await startFaultyHttp({}, (request, response) => {
      response.setHeader('content-encoding', encoding);
      response.end(
        '<title>Index of /</title><a href="x.whl">x.whl</a> 05-Jan-2022 05:45  5'.repeat(
          request.method === 'GET' ? 1 : 0,
        ),
      );
      return true;
    });
    const [root] = await testMirror(server.url).listFolders('tensorflow', ['']);
    expect(root?.files.map(({ path, size }) => [path, size])).toEqual([['x.whl', 5]]);
  },
);
