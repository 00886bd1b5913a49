import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CacheServer, startCacheServer } from '../support/cache-server.ts';
import { type Job, startJob } from '../support/job.ts';
import type { ActionResult } from '../support/runner.ts';
import { writeTar } from '../support/tar-writer.ts';

let job: Job;
let server: CacheServer;

beforeEach(async () => {
  job = await startJob();
  server = await startCacheServer();
});

afterEach(async () => {
  await server.stop();
  await job.stop();
});

/** Main and then post, on a machine that has nothing yet but what is in the repository: the lock, when there is one. */
async function build(
  inputs: Readonly<Record<string, string>>,
): Promise<{ main: ActionResult; post: ActionResult }> {
  job.next();
  rmSync(join(job.workspace, 'artifacts'), { recursive: true, force: true });
  const common = {
    inputs: { cache: 'github', path: 'artifacts', ...inputs },
    environment: server.environment as never,
  };
  const main = await job.run({ entry: 'main', ...common });
  const post = await job.run({ entry: 'post', ...common, state: main.state });
  return { main, post };
}

const published = (path: string): string =>
  readFileSync(join(job.workspace, 'artifacts', path), 'utf8');

const sha256 = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

const packs = () => server.entries().filter(({ key }) => !key.includes('-index-'));

test('the second build takes everything from the cache, without a lock', async () => {
  const artifacts = 'path:data/*.txt';
  const first = await build({ artifacts });
  expect(first.main.exitCode, first.main.stdout).toBe(0);
  expect(first.main.outputs).toMatchObject({ 'cache-hit': 'false', 'bytes-from-mirror': '12' });
  expect(first.post.stdout).toContain('Saved 1 pack');

  const second = await build({ artifacts });
  expect(second.main.outputs).toMatchObject({
    'cache-hit': 'true',
    'bytes-from-cache': '12',
    'bytes-from-mirror': '0',
    mirror: '',
  });
  expect(published('data/a.txt')).toBe('file a');
  expect(second.main.summary).toContain('data/*.txt');
});

test('with a lock the mirror is not even asked what it has', async () => {
  const inputs = { artifacts: 'path:data/*.txt', 'lock-file': 'tfcache.lock' };
  await build(inputs);
  const connections = job.daemon.connections();

  const second = await build({ ...inputs, frozen: 'true' });

  expect(second.main.outputs['cache-hit'], second.main.stdout).toBe('true');
  expect(job.daemon.connections()).toBe(connections);
});

test('two requests that overlap: only what is missing is fetched, only what is new is saved', async () => {
  await build({ artifacts: 'path:data/a.txt' });
  const saved = packs().length;

  const second = await build({ artifacts: 'path:data/*.txt' });

  expect(second.main.outputs).toMatchObject({ 'bytes-from-cache': '6', 'bytes-from-mirror': '6' });
  expect(packs().length).toBe(saved + 1);
  const third = await build({ artifacts: 'path:data/*.txt' });
  expect(third.main.outputs['cache-hit']).toBe('true');
  expect(packs().length).toBe(saved + 1);
});

test('a file that changed at the mirror is fetched anew when no lock holds it', async () => {
  await build({ artifacts: 'path:data/*.txt' });
  writeFileSync(join(job.tree, 'data/a.txt'), 'file a, newer');
  const second = await build({ artifacts: 'path:data/*.txt' });
  expect(second.main.outputs['bytes-from-mirror']).toBe('13');
  expect(published('data/a.txt')).toBe('file a, newer');
});

test('saving also happens when a later step failed; a job that may not write says why it does not', async () => {
  job.next();
  const environment = server.environmentFor({ scopes: ['refs/heads/main'], readOnly: true });
  const inputs = { cache: 'github', artifacts: 'path:data/a.txt' };
  const main = await job.run({ entry: 'main', inputs, environment: environment as never });
  const post = await job.run({
    entry: 'post',
    inputs,
    environment: environment as never,
    state: main.state,
  });
  expect(post.exitCode).toBe(0);
  expect(post.stdout).toMatch(/::warning::.*Not saved/);
  expect(packs()).toEqual([]);
});

describe('a poisoned cache', () => {
  /** Replaces every pack by an archive of this kind. */
  function poison(archive: (names: string[]) => Buffer): void {
    for (const { key, version } of packs()) {
      const names = ['file a', 'file b'].map(sha256);
      server.setEntry({ key, version }, zstd(archive(names)));
    }
  }

  test.each([
    ['other bytes', (names: string[]) => writeTar(names.map((name) => member(name, 'evil!!')))],
    ['an empty archive', () => writeTar([])],
    ['no archive at all', () => Buffer.from('not a tar')],
  ])(
    '%s: the build goes on from the mirror, and the next one finds a sound cache',
    async (_, archive) => {
      const inputs = { artifacts: 'path:data/*.txt', 'lock-file': 'tfcache.lock' };
      await build(inputs);
      poison(archive);

      const second = await build(inputs);
      expect(second.main.exitCode, second.main.stdout).toBe(0);
      expect(second.main.outputs).toMatchObject({
        'cache-hit': 'false',
        'bytes-from-mirror': '12',
      });
      expect(published('data/a.txt')).toBe('file a');
      expect(published('data/b.txt')).toBe('file b');

      const third = await build(inputs);
      expect(third.main.outputs['cache-hit'], third.main.stdout).toBe('true');
    },
  );

  test('wrong bytes are said loudly, with both digests and the source', async () => {
    const inputs = { artifacts: 'path:data/*.txt', 'lock-file': 'tfcache.lock' };
    await build(inputs);
    poison((names) => writeTar(names.map((name) => member(name, 'evil!!'))));

    const { main } = await build(inputs);

    expect(main.stdout).toMatch(/::error::/);
    expect(main.stdout).toContain(sha256('file a'));
    expect(main.stdout).toContain(sha256('evil!!'));
    expect(main.stdout).toContain('cache github');
  });

  test('with no mirror to turn to, the build fails and publishes nothing', async () => {
    const inputs = { artifacts: 'path:data/*.txt', 'lock-file': 'tfcache.lock' };
    await build(inputs);
    poison((names) => writeTar(names.map((name) => member(name, 'evil!!'))));

    const { main } = await build({ ...inputs, offline: 'true' });

    expect(main.exitCode).toBe(1);
    expect(main.outputs['cache-hit']).toBe('false');
    expect(existsSync(join(job.workspace, 'artifacts'))).toBe(false);
  });

  test('an archive that would write outside writes nothing outside', async () => {
    const inputs = { artifacts: 'path:data/*.txt', 'lock-file': 'tfcache.lock' };
    await build(inputs);
    const outside = join(tmpdir(), `tfcache-escaped-${process.pid}`);
    const up = '../'.repeat(20);
    poison((names) =>
      writeTar([
        member(`${up}${outside.slice(1)}-relative`, 'evil'),
        member(`${outside}-absolute`, 'evil'),
        { name: 'tfcache-pack/link', type: 'symbolic link', linkName: tmpdir() },
        member(`tfcache-pack/link/${outside.split('/').at(-1)}-linked`, 'evil'),
        ...names.map((name) => member(name, 'evil!!')),
      ]),
    );

    const { main } = await build(inputs);

    expect(main.exitCode, main.stdout).toBe(0);
    expect(published('data/a.txt')).toBe('file a');
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('tfcache-escaped-'))).toEqual([]);
    expect(readdirSync(job.workspace).sort()).toEqual(['artifacts', 'tfcache.lock']);
  });
});

test('a cache service that is down costs a warning with its reason', async () => {
  server.faults.disconnect = true;
  const { main } = await build({ artifacts: 'path:data/a.txt' });
  expect(main.exitCode, main.stdout).toBe(0);
  expect(published('data/a.txt')).toBe('file a');
}, 180_000);

test('an entry that is evicted between look-up and download is a miss', async () => {
  const inputs = { artifacts: 'path:data/*.txt', 'lock-file': 'tfcache.lock' };
  await build(inputs);
  for (const { key } of packs()) server.removeEntry(key);

  const second = await build(inputs);
  expect(second.main.outputs['bytes-from-mirror']).toBe('12');
  expect(second.main.summary).toContain('evicted');

  const third = await build(inputs);
  expect(third.main.outputs['cache-hit'], third.main.stdout).toBe('true');
});

test('large files stand alone: one of several that changed is all that is saved again', async () => {
  const size = 33 * 1024 * 1024;
  mkdirSync(join(job.tree, 'large'));
  for (const name of ['1', '2']) writeFileSync(join(job.tree, 'large', name), randomBytes(size));
  await build({ artifacts: 'path:large/*' });
  expect(packs()).toHaveLength(2);
  const before = server.counts.bytesUploaded;

  writeFileSync(join(job.tree, 'large', '1'), randomBytes(size));
  const second = await build({ artifacts: 'path:large/*' });

  expect(second.main.outputs['bytes-from-cache']).toBe(String(size));
  expect(packs()).toHaveLength(3);
  expect(server.counts.bytesUploaded - before).toBeLessThan(1.1 * size);
});

describe('no job takes from others what they saved', () => {
  const reader = { artifacts: 'path:data/a.txt\npath:data/b.txt\npath:linux/cpu/*' };
  const requests = reader.artifacts.split('\n');

  /** Main of a job on a machine of its own; `post` ends it. */
  async function begin(
    name: string,
    inputs: Readonly<Record<string, string>>,
    mode: Readonly<Record<string, string>> = {},
  ): Promise<{ main: ActionResult; post: () => Promise<ActionResult> }> {
    const machine = join(job.folder, `machine-${name}`);
    const common = {
      inputs: { cache: 'github', path: 'artifacts', ...inputs },
      environment: {
        ...server.environment,
        ...mode,
        RUNNER_TEMP: join(machine, 'temp'),
        GITHUB_WORKSPACE: join(machine, 'workspace'),
      },
    };
    mkdirSync(common.environment.GITHUB_WORKSPACE, { recursive: true });
    const main = await job.run({ entry: 'main', ...common });
    expect(main.exitCode, main.stdout).toBe(0);
    return { main, post: () => job.run({ entry: 'post', ...common, state: main.state }) };
  }

  test('jobs that may only write: a later job finds what each of them saved', async () => {
    const mode = { ACTIONS_CACHE_MODE: 'write-only' };
    for (const [at, artifacts] of requests.entries()) {
      const { post } = await begin(`writer-${at}`, { artifacts }, mode);
      expect((await post()).stdout).not.toContain('::warning::');
    }
    const { main } = await begin('reader', reader, { ACTIONS_CACHE_MODE: 'read' });
    expect(main.outputs, main.stdout).toMatchObject({ 'cache-hit': 'true' });
  });

  test('a job that may only write tells of all of an artifact, also of what its store had', async () => {
    const mode = { ACTIONS_CACHE_MODE: 'write-only' };
    const store = join(job.folder, 'store-of-the-machine');
    await (await begin('one', { artifacts: 'path:data/a.txt', store }, mode)).post();
    const second = await begin('two', { artifacts: 'path:data/*.txt', store }, mode);
    expect(second.main.outputs).toMatchObject({
      'bytes-from-store': '6',
      'bytes-from-mirror': '6',
    });
    await second.post();
    const { main } = await begin('reader', { artifacts: 'path:data/*.txt' });
    expect(main.outputs, main.stdout).toMatchObject({ 'cache-hit': 'true' });
  });

  test('a job that cannot read the index leaves it as it is, says so, and is found all the same', async () => {
    const [first = '', second = '', third = ''] = requests;
    await (await begin('one', { artifacts: first })).post();
    const { post } = await begin('two', { artifacts: second });
    server.faults.downloadStatus = 500;
    const { stdout, exitCode } = await post();
    delete server.faults.downloadStatus;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /::warning::Not saved: index: the current index could not be read: .*500/,
    );
    const { main } = await begin('reader', { artifacts: `${first}\n${second}` });
    expect(main.outputs, main.stdout).toMatchObject({ 'cache-hit': 'true' });
    // And the next one that can read the index adds to it.
    const { post: another } = await begin('three', { artifacts: third });
    expect((await another()).stdout).not.toContain('::warning::');
    const after = await begin('after', { artifacts: `path:data/[a]*\n${third}` });
    expect(after.main.outputs, after.main.stdout).toMatchObject({ 'cache-hit': 'true' });
  });

  test('jobs that save at once: each is found', async () => {
    const artifacts = [
      ...requests.slice(0, 2),
      'path:linux/cpu/*2.15.0*',
      'path:linux/cpu/*2.15.1*',
    ];
    const jobs = await Promise.all(
      artifacts.map((one) => begin(one.replace(/\W/g, ''), { artifacts: one })),
    );
    await Promise.all(jobs.map(({ post }) => post()));
    const { main } = await begin('reader', { artifacts: artifacts.join('\n') });
    expect(main.outputs, main.stdout).toMatchObject({ 'cache-hit': 'true' });
  });

  test('what was evicted is saved again and found again, with an index of its artifact that named it', async () => {
    const inputs = { artifacts: 'path:data/*.txt' };
    const mode = { ACTIONS_CACHE_MODE: 'write-only' };
    await (await begin('one', inputs, mode)).post();
    for (const { key } of packs()) server.removeEntry(key);
    const second = await begin('two', inputs);
    expect(second.main.outputs).toMatchObject({ 'bytes-from-mirror': '12' });
    await second.post();
    const third = await begin('three', inputs);
    expect(third.main.outputs, third.main.stdout).toMatchObject({ 'cache-hit': 'true' });
  });
});

function member(name: string, data: string) {
  return { name: name.includes('/') ? name : `tfcache-pack/${name}`, data };
}

function zstd(data: Buffer): Buffer {
  return execFileSync('zstd', ['-q', '-c'], { input: data, maxBuffer: 1 << 30 });
}
