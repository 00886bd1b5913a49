import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createRsyncMirror } from '../../../../src/mirror/rsync/rsync-mirror.ts';
import { selectNamesToFetch } from '../../../../src/mirror/rsync/transfer/folder-names.ts';
import { silentLog } from '../../../../src/platform/log.ts';
import { startRsyncDaemon } from '../../../support/rsync-daemon.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const files = (folder: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    path: folder === '' ? `f${index}` : `${folder}/f${index}`,
    size: 1,
    mtime: 0,
  }));

describe('namesToFetch', () => {
  test('names a folder where all of its files are wanted', () => {
    const wanted = [...files('a/b', 20), ...files('c', 20), ...files('', 20)];
    const counts: Record<string, number> = { 'a/b': 20, c: 21, '': 20 };
    const { names, hasFolders } = selectNamesToFetch(wanted, (folder) => counts[folder]);
    expect(names).toContain('a/b/');
    expect(names).toContain('./');
    expect(names).toHaveLength(22);
    expect(hasFolders).toBe(true);
  });

  test('names files of small folders, and of folders nobody listed', () => {
    const { names, hasFolders } = selectNamesToFetch(
      [...files('a', 3), ...files('b', 20)],
      (folder) => (folder === 'a' ? 3 : undefined),
    );
    expect(names).toHaveLength(23);
    expect(hasFolders).toBe(false);
  });
});

describe('a folder that is another when it is fetched', () => {
  async function room() {
    const tree = temporaryFolder();
    const staging = temporaryFolder();
    mkdirSync(join(tree, 'many'));
    for (let index = 0; index < 30; index += 1) writeFileSync(join(tree, 'many', `${index}`), 'x');
    const daemon = await startRsyncDaemon({ modules: { tensorflow: tree } });
    onTestFinished(() => daemon.stop());
    const mirror = createRsyncMirror({
      url: daemon.url('tensorflow'),
      bucket: 'tensorflow',
      rsyncPath: 'rsync',
      timeout: 10,
      retries: 0,
      bandwidthLimit: undefined,
      password: undefined,
      environment: process.env,
      log: silentLog,
    });
    const [listing] = await mirror.listFolders('tensorflow', ['many']);
    const arrived: string[] = [];
    const fetch = () =>
      mirror.fetch('tensorflow', listing?.files ?? [], staging, {
        onFile: (path) => arrived.push(path),
        onBytes: () => undefined,
      });
    return { tree, staging, fetch, arrived };
  }

  test('unchanged: every file arrives once', async () => {
    const { staging, fetch, arrived } = await room();
    expect((await fetch()).missing).toEqual([]);
    expect(new Set(arrived).size).toBe(30);
    expect(arrived).toHaveLength(30);
    expect(readdirSync(join(staging, 'many'))).toHaveLength(30);
  });

  test('a new file is not kept, and all that were asked for arrive', async () => {
    const { tree, staging, fetch, arrived } = await room();
    writeFileSync(join(tree, 'many', '0-new'), 'new');
    expect((await fetch()).missing).toEqual([]);
    expect(arrived).toHaveLength(30);
    expect(existsSync(join(staging, 'many', '0-new'))).toBe(false);
  });

  test('a file that is gone is missing, the others arrive', async () => {
    const { tree, fetch, arrived } = await room();
    rmSync(join(tree, 'many', '7'));
    expect((await fetch()).missing).toEqual(['many/7']);
    expect(arrived).toHaveLength(29);
  });

  test('a file that became much larger than listed is still fetched', async () => {
    const { tree, fetch, arrived } = await room();
    writeFileSync(join(tree, 'many', '3'), Buffer.alloc(20 * 1024 * 1024));
    await fetch().catch(() => undefined);
    expect(arrived.length).toBeGreaterThanOrEqual(29);
  });
});
