import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createFileMirror } from '../../src/mirror/file/file-mirror.ts';
import type { FetchFile, Mirror } from '../../src/mirror/mirror.ts';
import { createPackageIndexMirror } from '../../src/mirror/package-index/package-index-mirror.ts';
import { MTIME, TREE, writeTree } from '../support/bucket-tree.ts';
import { recordingLog, testMirror } from '../support/https-mirror.ts';
import { startIndexServer } from '../support/index-server.ts';
import { startRsyncDaemon } from '../support/rsync-daemon.ts';
import { createRsyncWorkbench } from '../support/rsync-workbench.ts';
import { startSshServer } from '../support/ssh-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startNginx } from '../support/web-servers.ts';

/** A mirror, what it must serve, and how to stop its server. */
interface Served {
  mirror: Mirror;
  bucket: string;
  /** Content by path. */
  tree: Readonly<Record<string, Buffer>>;
  /** A folder with at least one file of `tree` directly inside. */
  folder: string;
  stop(): Promise<void> | void;
}

/** The bucket `tensorflow` as real servers serve it; each starts one. */
const TRANSPORTS: Readonly<Record<string, (root: string) => Promise<Served>>> = {
  async rsync(root) {
    const daemon = await startRsyncDaemon({ modules: { tensorflow: root } });
    const bench = createRsyncWorkbench();
    const stop = async () => {
      await daemon.stop();
      bench.remove();
    };
    return bucketTree(bench.mirror(daemon.url('tensorflow')), stop);
  },
  async ssh(root) {
    const server = await startSshServer();
    const bench = createRsyncWorkbench();
    const { privateKey, knownHosts } = server;
    const mirror = bench.mirror(server.url(root), {
      ssh: { privateKey, knownHosts },
      environment: { ...process.env, RUNNER_TEMP: bench.root, SSH_AUTH_SOCK: undefined },
    });
    const stop = async () => {
      await server.stop();
      bench.remove();
    };
    return bucketTree(mirror, stop);
  },
  async https(root) {
    const nginx = await startNginx([`root ${root};`, 'autoindex on;', 'autoindex_exact_size on;']);
    return bucketTree(testMirror(`http://127.0.0.1:${nginx.port}/`), () => nginx.stop());
  },
  async file(root) {
    const url = `${pathToFileURL(root).href}/`;
    return bucketTree(
      createFileMirror({ url, bucket: 'tensorflow', log: recordingLog().log }),
      () => undefined,
    );
  },
  async 'package index'() {
    const content = Buffer.from('the bytes of a wheel');
    const name = 'demo-1.0-py3-none-any.whl';
    const server = await startIndexServer({ demo: [{ name, content }] });
    const mirror = createPackageIndexMirror({
      ...{ url: server.url, timeout: 5, retries: 0, bandwidthLimit: undefined, connections: 1 },
      ...{ environment: {}, log: recordingLog().log },
    });
    const tree = { [`demo/${name}`]: content };
    return { mirror, bucket: 'pypi', tree, folder: 'demo', stop: () => server.stop() };
  },
};

function bucketTree(mirror: Mirror, stop: Served['stop']): Served {
  return { mirror, bucket: 'tensorflow', tree: TREE, folder: 'linux', stop };
}

/** Starts the server, does the work, stops it. */
async function withServed(
  start: (root: string) => Promise<Served>,
  work: (served: Served, staging: string) => Promise<void>,
): Promise<void> {
  const folder = temporaryFolder();
  const root = join(folder, 'root');
  mkdirSync(root);
  writeTree(root);
  const served = await start(root);
  try {
    await work(served, mkdtempSync(join(folder, 'staging-')));
  } finally {
    await served.stop();
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function fetchFiles(tree: Served['tree']): FetchFile[] {
  return Object.entries(tree).map(([path, { length: size }]) => ({ path, size, mtime: MTIME }));
}

/** What every implementation of `Mirror` must do, whatever its transport. */
describe.each(Object.entries(TRANSPORTS))('a mirror by %s', (_name, start) => {
  test('lists folders one level deep, in the order asked', () =>
    withServed(start, async ({ mirror, bucket, tree, folder }) => {
      const listings = await mirror.listFolders(bucket, ['no-such-folder', folder]);
      expect(listings.map((listing) => listing.folder)).toEqual(['no-such-folder', folder]);
      const [missing, listed] = listings;
      expect(missing).toMatchObject({ exists: false, files: [], folders: [] });
      expect(listed?.exists).toBe(true);
      const direct = Object.entries(tree).filter(
        ([path]) => path.slice(0, path.lastIndexOf('/')) === folder,
      );
      const found = listed?.files.map(({ path, size }) => [path, size]).sort();
      expect(found).toEqual(direct.map(([path, { length }]) => [path, length]).sort());
    }));

  test('lists every file below a folder, and none of a folder that is not there', () =>
    withServed(start, async ({ mirror, bucket, tree, folder }) => {
      const listed = await mirror.listTree(bucket, folder);
      const below = Object.keys(tree).filter((path) => path.startsWith(`${folder}/`));
      expect(listed.map(({ path }) => path).sort()).toEqual(below.sort());
      expect(await mirror.listTree(bucket, 'no-such-folder')).toEqual([]);
    }));

  test('fetches the exact bytes, reports each file once, and writes nothing else', () =>
    withServed(start, async ({ mirror, bucket, tree }, staging) => {
      await mirror.listFolders(bucket, [...new Set(Object.keys(tree).map(folderOf))]);
      const reported: string[] = [];
      let bytes = 0;
      const events = {
        onFile(path: string) {
          expect(lstatSync(join(staging, path)).isFile()).toBe(true);
          reported.push(path);
        },
        onBytes(count: number) {
          bytes += count;
        },
      };
      const result = await mirror.fetch(bucket, fetchFiles(tree), staging, events);
      expect(result.missing).toEqual([]);
      expect(reported.sort()).toEqual(Object.keys(tree).sort());
      for (const [path, content] of Object.entries(tree)) {
        expect(readFileSync(join(staging, path)).equals(content), path).toBe(true);
      }
      const total = Object.values(tree).reduce((sum, { length }) => sum + length, 0);
      expect(bytes).toBeGreaterThanOrEqual(total);
      const own = filesBelow(staging).filter((path) => !path.startsWith('@'));
      expect(own).toEqual(Object.keys(tree).sort());
    }));

  test('reports a file that is gone as missing, and fetches the others', () =>
    withServed(start, async ({ mirror, bucket, tree, folder }, staging) => {
      await mirror.listFolders(bucket, [...new Set(Object.keys(tree).map(folderOf))]);
      const gone = { path: `${folder}/gone-1.0-py3-none-any.whl`, size: 5, mtime: MTIME };
      const [first] = fetchFiles(tree);
      if (first === undefined) throw new Error('the tree is empty');
      const events = { onFile: () => undefined, onBytes: () => undefined };
      const result = await mirror.fetch(bucket, [gone, first], staging, events);
      expect(result.missing).toEqual([gone.path]);
      expect(statSync(join(staging, first.path)).size).toBe(first.size);
    }));

  test('ends with the reason of a signal that is aborted', () =>
    withServed(start, async ({ mirror, bucket, tree, folder }, staging) => {
      const signal = AbortSignal.abort(new Error('the job was cancelled'));
      const events = { onFile: () => undefined, onBytes: () => undefined };
      await expect(mirror.listFolders(bucket, [folder], signal)).rejects.toThrow('cancelled');
      await expect(mirror.fetch(bucket, fetchFiles(tree), staging, events, signal)).rejects.toThrow(
        'cancelled',
      );
      expect(filesBelow(staging).filter((path) => !path.startsWith('@'))).toEqual([]);
    }));

  test('serves its bucket alone', () =>
    withServed(start, async ({ mirror, bucket }) => {
      expect(mirror.serves(bucket)).toBe(true);
      expect(mirror.serves('another-bucket')).toBe(false);
    }));
});

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
