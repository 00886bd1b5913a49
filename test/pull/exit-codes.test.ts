import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRoom, type Room, recordingLog } from '../support/engine.ts';
import { freePort, type RsyncDaemon, startRsyncDaemon } from '../support/rsync-daemon.ts';
import { pages, startHttpServer } from '../support/tcp-servers.ts';

/** Exit code 5 says that a retry may help, 7 that it does not: which of them a mirror that cannot be used causes. */

let room: Room;
let daemon: RsyncDaemon;

beforeEach(async () => {
  room = makeRoom();
  room.put('a/x.bin', 'x');
  const secrets = join(room.folder, 'secrets');
  writeFileSync(secrets, 'ci:right\n', { mode: 0o600 });
  const withPassword = ['auth users = ci', `secrets file = ${secrets}`];
  daemon = await startRsyncDaemon({
    modules: {
      tensorflow: room.tree,
      secret: { path: room.tree, lines: withPassword },
      denied: { path: room.tree, lines: ['hosts deny = *'] },
      gone: join(room.folder, 'nowhere'),
      refusing: { path: room.tree, lines: ['refuse options = dirs times'] },
    },
  });
});

afterEach(async () => {
  await daemon.stop();
  room.remove();
});

async function failure(mirror: string | readonly string[], more = {}) {
  const log = recordingLog();
  const { error } = await room.pull({
    artifacts: 'path:a/*.bin',
    mirror,
    log,
    retries: 0,
    ...more,
  });
  return { code: error?.exitCode, message: error?.message, log };
}

const unreachable = async () => `rsync://127.0.0.1:${await freePort()}/tensorflow/`;

describe('7: a retry does not help', () => {
  test.each([
    ['an unknown module', 'nope', {}],
    ['a folder that the module does not have', 'tensorflow/nope', {}],
    ['a module without a folder', 'gone', {}],
    ['a module that this machine may not read', 'denied', {}],
    ['a module that refuses an option', 'refusing', {}],
    ['a wrong password', 'secret', { rsyncPassword: 'wrong' }],
    ['no password', 'secret', {}],
  ])('rsync: %s', async (_what, module, more) => {
    const url = daemon.url(module).replace('//', '//ci@');
    expect((await failure(url, more)).code).toBe(7);
  });

  test('rsync: a web server on the port', async () => {
    const port = await startHttpServer((_request, response) => response.end('hello'));
    expect((await failure(`rsync://127.0.0.1:${port}/tensorflow/`)).code).toBe(7);
  });

  test.each([401, 403, 404])('https: %i for the root folder', async (status) => {
    const port = await startHttpServer((_request, response) => response.writeHead(status).end());
    const { code, message } = await failure(`http://127.0.0.1:${port}/tensorflow/`);
    expect(message).toContain(`(${status})`);
    expect(code).toBe(7);
  });

  test('https: pages that list nothing', async () => {
    const port = await startHttpServer((_request, response) => response.end('no listing'));
    expect((await failure(`http://127.0.0.1:${port}/tensorflow/`)).code).toBe(7);
  });

  test('file: a folder that does not exist', async () => {
    expect((await failure(`file://${room.folder}/nowhere/`)).code).toBe(7);
  });

  test('a bucket without a mirror', async () => {
    const { error } = await room.pull({
      artifacts: 'path:a/*.bin',
      mirrors: `keras=${daemon.url('tensorflow')}`,
    });
    expect(error?.exitCode).toBe(7);
  });

  test('offline, and not cached', async () => {
    expect((await failure(daemon.url('tensorflow'), { offline: true })).code).toBe(7);
  });
});

describe('5: a retry may help', () => {
  test('rsync, https: nothing listens', async () => {
    expect((await failure(await unreachable())).code).toBe(5);
    expect((await failure(`http://127.0.0.1:${await freePort()}/x/`)).code).toBe(5);
  });

  test('https: the server cannot answer now', async () => {
    const port = await startHttpServer((_request, response) => response.writeHead(503).end());
    expect((await failure(`http://127.0.0.1:${port}/x/`)).code).toBe(5);
  });
});

describe('several mirrors', () => {
  test('5 wins over 7, whichever failed first, and the other is shown as a warning', async () => {
    const dead = await unreachable();
    for (const mirrors of [
      [dead, daemon.url('nope')],
      [daemon.url('nope'), dead],
      [daemon.url('nope'), dead, daemon.url('denied')],
    ]) {
      const { code, log } = await failure(mirrors);
      expect(code).toBe(5);
      const warned = log.lines.filter((line) => line.startsWith('warning')).join('\n');
      expect(warned).toContain("no module 'nope'");
      if (mirrors.length === 3) expect(warned).toContain("does not serve its module 'denied'");
    }
  });

  test('also for files that the lockfile names', async () => {
    const lockFile = room.lockFile;
    await room.pull({ artifacts: 'path:a/*.bin', mirror: daemon.url('tensorflow'), lockFile });
    const empty = {
      lockFile,
      path: join(room.folder, 'other'),
      store: { folder: join(room.folder, 'empty'), lifetime: 'persistent' },
    };
    const dead = await unreachable();
    const { code, log } = await failure([daemon.url('nope'), dead, daemon.url('denied')], empty);
    expect(code).toBe(5);
    const warned = log.lines.filter((line) => line.startsWith('warning')).join('\n');
    expect(warned).toContain("no module 'nope'");
    expect(warned).toContain("does not serve its module 'denied'");
    expect((await failure([daemon.url('nope'), daemon.url('denied')], empty)).code).toBe(7);
  });

  test('7 if none can be used without a change', async () => {
    expect((await failure([daemon.url('nope'), daemon.url('denied')])).code).toBe(7);
  });

  test('a mirror that has no such file wins over one that cannot be used', async () => {
    const mirror = [daemon.url('nope'), daemon.url('tensorflow')];
    expect((await failure(mirror, { artifacts: 'path:b/*' })).code).toBe(4);
    expect((await failure(mirror.toReversed(), { artifacts: 'path:b/*' })).code).toBe(4);
  });

  test('a mirror that can be used is enough', async () => {
    const mirror = [daemon.url('nope'), await unreachable(), daemon.url('tensorflow')];
    expect((await failure(mirror)).code).toBeUndefined();
    expect(room.read('a/x.bin')).toBe('x');
  });
});

describe('https: a folder that does not exist', () => {
  test('is no wrong URL when the root exists', async () => {
    const listing = (body: string) => ({
      type: 'text/html',
      body: `<html><head><title>Index of /</title></head><body><h1>Index of /</h1><a href="../">../</a>${body}</body></html>`,
    });
    const files = { '/m/': listing('<a href="a/">a/</a>'), '/m/a/': listing('') };
    const port = await startHttpServer(pages(files));
    const { code } = await failure(`http://127.0.0.1:${port}/m/`, { artifacts: 'path:b/*' });
    expect(code).toBe(4);
  });

  test('nor when the root may not be listed', async () => {
    const port = await startHttpServer(({ url }, response) =>
      response.writeHead(url === '/m/' ? 403 : 404).end(),
    );
    const { code, message } = await failure(`http://127.0.0.1:${port}/m/`);
    expect(message).not.toContain('404');
    expect(code).toBe(7);
  });
});
