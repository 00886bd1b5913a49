import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRoom, type Room, recordingLog } from '../support/engine.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../support/rsync-daemon.ts';

let room: Room;
let daemon: RsyncDaemon;
let mirror: string;

beforeEach(async () => {
  room = makeRoom();
  daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
  mirror = daemon.url('tensorflow');
});

afterEach(async () => {
  await daemon.stop();
  room.remove();
});

test('publishes the files that a glob matches', async () => {
  room.put('linux/cpu/a.whl', 'wheel a');
  room.put('linux/cpu/notes.txt', 'notes');
  room.put('linux/gpu/b.whl', 'wheel b');

  const { report, error } = await room.pull({ artifacts: 'path:linux/*/*.whl', mirror });

  expect(error).toBeUndefined();
  expect(room.read('linux/cpu/a.whl')).toBe('wheel a');
  expect(room.read('linux/gpu/b.whl')).toBe('wheel b');
  expect(existsSync(join(room.destination, 'linux/cpu/notes.txt'))).toBe(false);
  expect(statSync(join(room.destination, 'linux/cpu/a.whl')).mtimeMs).toBe(1_700_000_000_000);
  expect(report).toMatchObject({ outcome: 'done', cacheHit: false, bytes: { mirror: 14 } });
});

test('downloads nothing twice: in place, then from the store', async () => {
  room.put('a.bin', 'a');
  await room.pull({ artifacts: 'path:*.bin', mirror });

  const again = await room.pull({ artifacts: 'path:*.bin', mirror });
  expect(again.report).toMatchObject({ cacheHit: true, bytes: { 'in-place': 1, mirror: 0 } });

  const elsewhere = await room.pull({
    artifacts: 'path:*.bin',
    mirror,
    path: join(room.folder, 'elsewhere'),
  });
  expect(elsewhere.report).toMatchObject({ cacheHit: true, bytes: { store: 1, mirror: 0 } });
});

test('with a complete lockfile and a filled store, no mirror is contacted', async () => {
  room.put('a.bin', 'a');
  const lockFile = room.lockFile;
  await room.pull({ artifacts: 'path:*.bin', mirror, lockFile });
  const before = daemon.connections();

  const { report } = await room.pull({
    artifacts: 'path:*.bin',
    mirror,
    lockFile,
    path: join(room.folder, 'elsewhere'),
  });

  expect(report).toMatchObject({ outcome: 'done', cacheHit: true });
  expect(daemon.connections()).toBe(before);
});

test('bytes that differ from the lockfile are refused, and the destination is unchanged', async () => {
  room.put('a.bin', 'a');
  const lockFile = room.lockFile;
  await room.pull({ artifacts: 'path:*.bin', mirror, lockFile });
  room.put('a.bin', 'b', 1_700_000_000);

  const fresh = { path: join(room.folder, 'fresh'), store: storeIn(join(room.folder, 'other')) };
  const { error, report } = await room.pull({
    artifacts: 'path:*.bin',
    mirror,
    lockFile,
    ...fresh,
  });

  expect(error).toMatchObject({ code: 'integrity', where: mirror });
  expect(error?.expected).toContain(
    'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
  );
  expect(error?.found).toContain(
    '3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',
  );
  expect(existsSync(fresh.path)).toBe(false);
  expect(report).toMatchObject({ outcome: 'failed', cacheHit: false });
  expect(report.artifacts.map(({ outcome }) => outcome)).toEqual(['failed']);
  const { where, expected, found } = error ?? {};
  expect(report.error).toMatchObject({ code: 'integrity', where, expected, found });
  expect(report.refused).toEqual([
    { bucket: 'tensorflow', path: 'a.bin', origin: mirror, expected, found },
  ]);
  expect(filesBelow(join(room.folder, 'other', 'v1', 'objects'))).toEqual([]);
  expect(filesBelow(join(room.folder, 'other', 'v1', 'staging'))).toEqual([]);
});

test('frozen refuses a request that is not locked, before a mirror is contacted', async () => {
  room.put('a.bin', 'a');
  const lockFile = room.lockFile;
  await room.pull({ artifacts: 'path:a.bin', mirror, lockFile });
  const before = daemon.connections();

  const artifacts = 'path:a.bin\npath:b.bin';
  const { error } = await room.pull({ artifacts, mirror, lockFile, frozen: true });

  expect(error?.code).toBe('failed');
  expect(error?.found).toContain('path:b.bin');
  expect(daemon.connections()).toBe(before);
});

test('nothing matched is an error with the nearest names', async () => {
  room.put('linux/cpu/a.whl', 'a');
  const { error, report } = await room.pull({
    artifacts: 'path:linux/cpu/*.whl\npath:linux/cpu/*.zip',
    mirror,
  });
  expect(error?.code).toBe('nothing-matched');
  expect(report.artifacts).toMatchObject([
    { request: 'path:linux/cpu/*.whl', outcome: 'missing', files: [] },
    { request: 'path:linux/cpu/*.zip', outcome: 'failed', files: [] },
  ]);
});

test('a filter that excludes a folder is named in the error', async () => {
  room.put('linux/cpu/a.whl', 'a');
  const filters = '+ /linux/cpu/*.whl\n- *';
  const { error } = await room.pull({ artifacts: 'path:**', filters, mirror });
  expect(error?.code).toBe('nothing-matched');
  expect(`${error?.message} ${error?.found} ${error?.hint}`).toContain('- *');

  const named = await room.pull({ artifacts: 'path:linux/cpu/**', filters, mirror });
  expect(named.error).toBeUndefined();
  expect(room.read('linux/cpu/a.whl')).toBe('a');
});

test('a dry run reports the sources, and downloads nothing', async () => {
  room.put('a.bin', 'aaaa');
  const { report, save } = await room.pull({ artifacts: 'path:a.bin', mirror, lookupOnly: true });
  expect(report).toMatchObject({ outcome: 'planned', bytes: { mirror: 4 }, spaceNeeded: 4 });
  expect(save).toBeUndefined();
  expect(existsSync(room.destination)).toBe(false);
});

test('offline needs no mirror if everything is locked and stored, and fails otherwise', async () => {
  room.put('a.bin', 'a');
  const lockFile = room.lockFile;
  await room.pull({ artifacts: 'path:a.bin', mirror, lockFile });
  const path = join(room.folder, 'elsewhere');
  const offline = await room.pull({ artifacts: 'path:a.bin', lockFile, offline: true, path });
  expect(offline.error).toBeUndefined();

  const store = storeIn(join(room.folder, 'other'));
  const cold = await room.pull({
    artifacts: 'path:a.bin',
    lockFile,
    offline: true,
    store,
    path: join(room.folder, 'third'),
  });
  expect(cold.error?.reason).toBe('not-cached');
  expect(cold.error?.message).toContain('a.bin');
});

test('offline with a cold cache names the missing files, the cache and its prefix, and what to do', async () => {
  room.put('a.bin', 'a');
  room.put('b.bin', 'b');
  const lockFile = room.lockFile;
  await room.pull({ artifacts: 'path:*.bin', mirror, lockFile });
  const cache = 's3://builds/ci?endpoint=http://127.0.0.1:9&region=us-east-1' as const;
  const cold = {
    artifacts: 'path:*.bin',
    lockFile,
    offline: true,
    store: storeIn(join(room.folder, 'other')),
    path: join(room.folder, 'third'),
    cacheKeyPrefix: 'team-a',
  };
  const { error } = await room.pull({
    ...cold,
    cache,
    environment: { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'none' },
  });
  expect(error).toMatchObject({ reason: 'not-cached', exitCode: 7 });
  expect(error?.message).toMatch(/2 files are .*a\.bin, b\.bin/);
  expect(error?.where).toContain(`store ${cold.store.folder}`);
  expect(error?.where).toContain('cache s3://builds/ci with the key prefix team-a');
  expect(error?.where).not.toContain('endpoint');
  expect(error?.found).toContain('the cache could not be read');
  expect(error?.hint).toMatch(/offline: false.*team-a/);

  const without = await room.pull({ ...cold, cache: 'none' });
  expect(without.error?.where).toContain('no cache (cache: none)');
  expect(without.error?.hint).toContain('Set cache');
});

test('offline needs a lockfile that has the request', async () => {
  room.put('a.bin', 'a');
  const offline = { artifacts: 'path:a.bin\npath:b.bin', mirror, offline: true };
  const { error } = await room.pull(offline);
  expect(error).toMatchObject({ reason: 'not-locked', exitCode: 7 });
  expect(error?.message).toBe('Offline runs need a lockfile, and lock-file is not set.');
  expect(error?.hint).toContain('tfcache lock');

  const { lockFile } = room;
  const absent = await room.pull({ ...offline, lockFile });
  expect(absent.error?.message).toContain(`${lockFile} does not exist`);
  const nothingAsked = await room.pull({ lockFile, mirror, offline: true });
  expect(nothingAsked.error?.message).toContain(`${lockFile} does not exist`);

  await room.pull({ artifacts: 'path:a.bin', mirror, lockFile });
  const lacking = await room.pull({ ...offline, lockFile });
  expect(lacking.error?.reason).toBe('not-locked');
  expect(lacking.error?.message).toContain('the lockfile does not have path:b.bin');
  expect(lacking.error?.message).not.toContain('path:a.bin');
});

test('fail-on-cache-miss fails instead of taking bytes from a mirror', async () => {
  room.put('a.bin', 'a');
  const { error } = await room.pull({ artifacts: 'path:a.bin', mirror, failOnCacheMiss: true });
  expect(error).toMatchObject({ code: 'failed' });
  expect(error?.message).toContain('a.bin');
  expect(existsSync(room.destination)).toBe(false);
});

test('files of earlier requests are deleted, user files are kept', async () => {
  room.put('a.bin', 'a');
  room.put('b.bin', 'b');
  await room.pull({ artifacts: 'path:*.bin', mirror });
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(room.destination, 'mine.txt'), 'mine');

  await room.pull({ artifacts: 'path:a.bin', mirror });

  expect(readdirSync(room.destination).sort()).toEqual(['@tfcache.json', 'a.bin', 'mine.txt']);
});

test('a locked file that the mirror no longer has is named', async () => {
  room.put('a.bin', 'a');
  room.put('b.bin', 'b');
  await room.pull({ artifacts: 'path:*.bin', mirror, lockFile: room.lockFile });
  const { rmSync } = await import('node:fs');
  rmSync(join(room.tree, 'b.bin'));

  const { error } = await room.pull({
    artifacts: 'path:*.bin',
    mirror,
    lockFile: room.lockFile,
    store: storeIn(join(room.folder, 'other')),
    path: join(room.folder, 'fresh'),
  });
  expect(error?.code).toBe('nothing-matched');
  expect(error?.message).toContain('b.bin');
});

test('files that were verified before a run failed are saved', async () => {
  room.put('a.bin', 'a');
  room.put('b.bin', 'b');
  const lockFile = room.lockFile;
  await room.pull({ artifacts: 'path:*.bin', mirror, lockFile });
  room.put('b.bin', 'x');

  const { error, save } = await room.pull({
    artifacts: 'path:*.bin',
    mirror,
    lockFile,
    cache: 'github',
    store: storeIn(join(room.folder, 'other')),
    path: join(room.folder, 'fresh'),
  });
  expect(error?.code).toBe('integrity');
  expect(save?.files.map(({ path }) => path)).toEqual(['a.bin']);
});

test('a cancelled run reports so, and leaves the destination unchanged', async () => {
  room.put('a.bin', 'a');
  const signal = AbortSignal.abort(new Error('The job was cancelled (SIGINT).'));
  const { error } = await room.pull({ artifacts: 'path:a.bin', mirror, signal });
  expect(error).toMatchObject({
    code: 'interrupted',
    message: 'The job was cancelled (SIGINT).',
    found: `no file was complete; ${room.destination} is unchanged`,
  });
  expect(existsSync(room.destination)).toBe(false);
});

test('names of every kind arrive intact', async () => {
  const names = ['-dash', '#hash', 'a b', '"quoted"/x', 'back\\slash', '中文/模型.h5', "it's"];
  for (const name of [...names, 'new\nline']) room.put(name, name);
  const log = recordingLog();
  const { error } = await room.pull({ artifacts: 'path:**', mirror, log });
  expect(error).toBeUndefined();
  for (const name of names) expect(room.read(name)).toBe(name);
  expect(existsSync(join(room.destination, 'new\nline'))).toBe(false);
  expect(log.lines.join('\n')).toContain('1 entry whose name cannot be used');
});

function storeIn(folder: string): { folder: string; lifetime: 'persistent' } {
  return { folder, lifetime: 'persistent' };
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
