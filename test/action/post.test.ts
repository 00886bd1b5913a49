import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CacheServer, startCacheServer } from '../support/cache-server.ts';
import { type Job, startJob } from '../support/job.ts';

let job: Job;
let cache: CacheServer;
let environment: NodeJS.ProcessEnv;
beforeEach(async () => {
  job = await startJob();
  cache = await startCacheServer();
  environment = cache.environment;
});
afterEach(async () => {
  await job.stop();
  await cache.stop();
});

/** Main and post as a runner starts them, in one job. */
function withCache(inputs: Record<string, string>) {
  return {
    inputs: { artifacts: 'path:data/*', cache: 'github', ...inputs },
    environment: { ...environment, RUNNER_TEMP: job.temporary, GITHUB_WORKSPACE: job.workspace },
  };
}

describe('main and post', () => {
  it('save what came from a mirror, so that the next job takes nothing from it', async () => {
    const main = await job.run({ entry: 'main', ...withCache({}) });
    expect(main.exitCode).toBe(0);
    expect(Object.keys(main.state)).toEqual(['tfcache']);
    const post = await job.run({ entry: 'post', ...withCache({}), state: main.state });
    expect(post.exitCode).toBe(0);
    expect(post.stdout).toContain('Saved 1 pack');

    job.next();
    rmSync(join(job.workspace, 'tensorflow-artifacts'), { recursive: true });
    const second = await job.run({ entry: 'main', ...withCache({}) });
    expect(second.outputs).toMatchObject({
      'cache-hit': 'true',
      'bytes-from-mirror': '0',
      'bytes-from-cache': '12',
    });
    const secondPost = await job.run({ entry: 'post', ...withCache({}), state: second.state });
    expect(secondPost.exitCode).toBe(0);
    expect(secondPost.stdout).not.toContain('::warning');
  });

  it('never leaves a work that post would not do', async () => {
    const main = await job.run({ entry: 'main', ...withCache({ save: 'never' }) });
    expect(main.exitCode).toBe(0);
    expect(main.state).toEqual({});
    expect(main.exportedVariables).toEqual({});
  });

  it('tells the runner only for on-success', async () => {
    const always = await job.run({ entry: 'main', ...withCache({}) });
    expect(always.exportedVariables).toEqual({});
    job.next();
    rmSync(join(job.workspace, 'tensorflow-artifacts'), { recursive: true });
    const main = await job.run({ entry: 'main', ...withCache({ save: 'on-success' }) });
    expect(main.exportedVariables).toEqual({ TFCACHE_SAVE: 'on-success' });
  });

  it('hand over thousands of files without filling the environment', async () => {
    mkdirSync(join(job.tree, 'many'));
    for (let index = 0; index < 1500; index += 1) {
      writeFileSync(join(job.tree, 'many', `file-${index}`), String(index));
    }
    const main = await job.run({ entry: 'main', ...withCache({ artifacts: 'path:many/*' }) });
    expect(main.exitCode).toBe(0);
    // The shortest limit is Windows' 32,767 characters for one variable.
    expect(main.state['tfcache']?.length).toBeLessThan(32_000);
    const post = await job.run({ entry: 'post', ...withCache({}), state: main.state });
    expect(post.exitCode).toBe(0);
    expect(post.stdout).toContain('Saved 1 pack');

    const left = readdirSync(join(job.temporary, 'tfcache')).find((name) =>
      name.startsWith('state-'),
    );
    expect(left).toBeDefined();
    writeFileSync(join(job.temporary, 'tfcache', left ?? ''), '{"version":1}');
    const tampered = await job.run({ entry: 'post', ...withCache({}), state: main.state });
    expect(tampered.exitCode).toBe(0);
    expect(tampered.stdout).toMatch(/^::warning::.*is not what the main step wrote/m);
  });

  it('restore leaves nothing for post; save takes what the destination holds', async () => {
    const restore = await job.run({ entry: 'restore', ...withCache({}) });
    expect(restore.exitCode).toBe(0);
    expect(restore.state).toEqual({});
    const save = await job.run({ entry: 'save', ...withCache({}) });
    expect(save.exitCode).toBe(0);
    expect(save.stdout).toContain('Saved 1 pack');
    const again = await job.run({ entry: 'save', ...withCache({}) });
    expect(again.stdout).not.toContain('::warning');
    expect(again.stdout).toContain('Nothing new to save: the cache has all of it already.');
  });

  it('save takes from the destination what the store no longer has, and nothing that was changed', async () => {
    await job.run({ entry: 'restore', ...withCache({ link: 'copy' }) });
    job.next();
    const changed = join(job.workspace, 'tensorflow-artifacts', 'data', 'a.txt');
    rmSync(changed);
    writeFileSync(changed, 'other!');
    const save = await job.run({ entry: 'save', ...withCache({}) });
    expect(save.exitCode).toBe(0);
    expect(save.stdout).toMatch(/^::warning::Not saved: data\/a\.txt: it has sha256 /m);
    expect(save.stdout).toContain('Saved 1 pack (6 B)');
  });

  it('save has nothing to do without a destination', async () => {
    const save = await job.run({ entry: 'save', ...withCache({}) });
    expect(save.exitCode).toBe(0);
    expect(save.stdout).toContain('Nothing new to save: ');
    expect(existsSync(join(job.workspace, 'tensorflow-artifacts'))).toBe(false);
  });
});

describe('post', () => {
  it('does nothing without state', async () => {
    const post = await job.run({ entry: 'post' });
    expect(post.exitCode).toBe(0);
    expect(post.stdout).not.toContain('::');
  });

  it.each([
    'not json',
    '{"version":2,"kind":"inline"}',
    '{"version":1,"kind":"inline","work":{"version":1,"store":7}}',
    `{"version":1,"kind":"file","file":"/nowhere/state.json","sha256":"${'0'.repeat(64)}"}`,
  ])('never fails a job: state %s is a warning', async (text) => {
    const post = await job.run({ entry: 'post', state: { tfcache: text } });
    expect(post.exitCode).toBe(0);
    expect(post.stdout).toMatch(/^::warning::Nothing was saved to the cache: /m);
  });

  it('never fails a job: a service that refuses is a warning with its reason', async () => {
    const main = await job.run({ entry: 'main', ...withCache({}) });
    cache.faults.readOnly = true;
    const post = await job.run({ entry: 'post', ...withCache({}), state: main.state });
    expect(post.exitCode).toBe(0);
    expect(post.stdout).toMatch(/^::warning::Not saved: /m);
  });

  it.each([
    [
      'no service',
      { ACTIONS_RESULTS_URL: '', ACTIONS_CACHE_URL: '' },
      'the runner offers no GitHub cache service',
    ],
    ['a mode that forbids it', { ACTIONS_CACHE_MODE: 'read' }, "the job's cache-mode is read"],
    ['a mode without a cache', { ACTIONS_CACHE_MODE: 'none' }, "the job's cache-mode is none"],
  ])('%s is nothing to warn of', async (_, changes, words) => {
    environment = { ...environment, ...changes };
    const main = await job.run({ entry: 'main', ...withCache({}) });
    expect(main.exitCode).toBe(0);
    const post = await job.run({ entry: 'post', ...withCache({}), state: main.state });
    expect(post.exitCode).toBe(0);
    expect(post.stdout).toContain(`Nothing is saved: ${words}`);
    expect(post.stdout).not.toContain('::warning');
  });
});

/** Objects of a store, by the bytes that they should have. */
function objectOf(store: string, size: number): string {
  const found = readdirSync(join(store, 'v1', 'objects'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .find((file) => lstatSync(file).size === size);
  if (found === undefined) throw new Error('no such object');
  return found;
}

/** Other bytes in the same file, with the size and time it had, as a failing disk leaves them. */
function rot(file: string): void {
  const { size, mtime, atime } = lstatSync(file);
  chmodSync(file, 0o644);
  writeFileSync(file, 'x'.repeat(size));
  utimesSync(file, atime, mtime);
  chmodSync(file, 0o444);
}

describe('what does not match its name is never saved', () => {
  const store = () => join(job.temporary, 'tfcache', 'store');

  it('by the post step', async () => {
    const main = await job.run({ entry: 'main', ...withCache({ artifacts: 'path:data/a.txt' }) });
    rot(objectOf(store(), 6));
    const post = await job.run({ entry: 'post', ...withCache({}), state: main.state });
    expect(post.exitCode).toBe(0);
    expect(post.stdout).toMatch(/^::error::data\/a\.txt is not saved to the cache/m);
    expect(post.stdout).toContain('Nothing was saved.');
    expect(post.summary).toContain('is not saved to the cache');
    expect(cache.entries()).toEqual([]);
  });

  it('by the sub-action save, which saves the rest', async () => {
    const artifacts = 'path:data/a.txt\npath:linux/cpu/*2.15.0*';
    await job.run({ entry: 'restore', ...withCache({ artifacts }) });
    rot(objectOf(store(), 6));
    const save = await job.run({ entry: 'save', ...withCache({}) });
    expect(save.exitCode).toBe(0);
    expect(save.stdout).toMatch(/^::error::data\/a\.txt is not saved to the cache/m);
    expect(save.stdout).toContain('Saved 1 pack (12 B).');
  });
});

describe('store together with cache', () => {
  it('saves what the store served if the cache lacks it, and looks at the index alone if not', async () => {
    const store = join(job.folder, 'persistent');
    const destination = join(job.workspace, 'tensorflow-artifacts');
    await job.run({ entry: 'main', ...withCache({ cache: 'none', store }) });

    job.next();
    rmSync(destination, { recursive: true });
    const second = await job.run({ entry: 'main', ...withCache({ store }) });
    expect(second.outputs).toMatchObject({ 'bytes-from-store': '12', 'bytes-from-mirror': '0' });
    const post = await job.run({ entry: 'post', ...withCache({ store }), state: second.state });
    expect(post.stdout).toContain('Saved 1 pack (12 B).');
    expect(post.stdout).not.toContain('::warning');

    job.next();
    rmSync(destination, { recursive: true });
    const third = await job.run({ entry: 'main', ...withCache({ store }) });
    const { calls } = cache.counts;
    const thirdPost = await job.run({ entry: 'post', ...withCache({ store }), state: third.state });
    expect(thirdPost.stdout).toContain('Nothing new to save: the cache has all of it already.');
    const after = cache.counts.calls;
    expect(after.GetCacheEntryDownloadURL - calls.GetCacheEntryDownloadURL).toBe(1);
    expect(after.CreateCacheEntry).toBe(calls.CreateCacheEntry);

    // Another machine, without the store.
    job.next();
    rmSync(destination, { recursive: true });
    const other = await job.run({ entry: 'main', ...withCache({}) });
    expect(other.outputs).toMatchObject({ 'bytes-from-cache': '12', 'bytes-from-mirror': '0' });
  });

  it('does not save what the store served while the index cannot be read', async () => {
    const store = join(job.folder, 'persistent');
    await job.run({ entry: 'main', ...withCache({ cache: 'none', store }) });
    rmSync(join(job.workspace, 'tensorflow-artifacts'), { recursive: true });
    const main = await job.run({ entry: 'main', ...withCache({ store }) });
    cache.faults.readDenied = true;
    const post = await job.run({ entry: 'post', ...withCache({ store }), state: main.state });
    expect(post.exitCode).toBe(0);
    expect(cache.entries()).toEqual([]);
  });

  it('has nothing to offer after a dry run, or with save: never', async () => {
    const store = join(job.folder, 'persistent');
    await job.run({ entry: 'main', ...withCache({ cache: 'none', store }) });
    rmSync(join(job.workspace, 'tensorflow-artifacts'), { recursive: true });
    for (const inputs of [{ 'lookup-only': 'true' }, { save: 'never' }]) {
      const main = await job.run({ entry: 'main', ...withCache({ store, ...inputs }) });
      expect(main.exitCode, main.stdout).toBe(0);
      expect(main.state).toEqual({});
    }
  });
});

describe('the job summary gets a line about what was saved', () => {
  it.each([
    [{}, {}, 'Saved 1 pack (12 B).'],
    [{ save: 'never' }, {}, 'Nothing is saved: save is never.'],
    [{ cache: 'none' }, {}, 'Nothing is saved: no cache is used.'],
    [{}, { ACTIONS_CACHE_MODE: 'read' }, "Nothing is saved: the job's cache-mode is read."],
  ])('%j %j', async (inputs, changes, sentence) => {
    environment = { ...environment, ...changes, GITHUB_ACTION: 'fetch' };
    const main = await job.run({ entry: 'main', ...withCache(inputs) });
    const post = await job.run({ entry: 'post', ...withCache(inputs), state: main.state });
    expect(post.summary).toBe(`\u{1f4be} **Saving to the cache** (\`fetch\`): ${sentence}\n\n`);
  });

  it('with what went wrong, and none if it is switched off', async () => {
    const main = await job.run({ entry: 'main', ...withCache({}) });
    cache.faults.readOnly = true;
    const post = await job.run({ entry: 'post', ...withCache({}), state: main.state });
    expect(post.summary).toMatch(
      /\*\*Saving to the cache\*\*.*Nothing was saved\.\n\n- .*cache write denied/,
    );
    const silent = withCache({ summary: 'false' });
    expect((await job.run({ entry: 'post', ...silent, state: main.state })).summary).toBe('');
    const broken = await job.run({ entry: 'post', ...withCache({}), state: { tfcache: 'no' } });
    expect(broken.summary).toContain('Nothing was saved to the cache');
  });
});

describe('restore with path, then save without', () => {
  it('says that nothing was published there, and which path this job used', async () => {
    await job.run({ entry: 'restore', ...withCache({ path: 'mine' }) });
    const save = await job.run({ entry: 'save', ...withCache({}) });
    expect(save.exitCode).toBe(0);
    const told =
      'Not saved: this job published nothing at tensorflow-artifacts. It published at mine: set path: mine in the step that saves.';
    expect(save.stdout).toContain(`::warning::${told}`);
    expect(save.summary).toContain('It published at mine');
    expect(cache.entries()).toEqual([]);
    const right = await job.run({ entry: 'save', ...withCache({ path: 'mine' }) });
    expect(right.stdout).toContain('Saved 1 pack (12 B).');
    expect(right.stdout).not.toContain('::warning');
  });

  it('says so also where an earlier job published, and saves that', async () => {
    await job.run({
      entry: 'restore',
      ...withCache({ cache: 'none', artifacts: 'path:data/a.txt' }),
    });
    job.next();
    await job.run({ entry: 'restore', ...withCache({ path: 'mine' }) });
    const save = await job.run({ entry: 'save', ...withCache({}) });
    expect(save.stdout).toMatch(/::warning::.*published nothing at tensorflow-artifacts/);
    expect(save.stdout).toContain('Saved 1 pack (6 B).');
  });

  it('warns about inputs that there are not', async () => {
    const { inputs, environment } = withCache({});
    const misspelt = { ...environment, INPUT_PATHS: 'mine', 'INPUT_CACHE-KEY': 'x' };
    const save = await job.run({ entry: 'save', inputs, environment: misspelt });
    expect(save.exitCode).toBe(0);
    expect(save.stdout).toContain('::warning::There is no input paths. Did you mean path?');
    expect(save.stdout).toContain('no input cache-key. Did you mean cache-key-prefix?');
  });

  it('without any step before: says where it looked', async () => {
    const save = await job.run({ entry: 'save', ...withCache({}) });
    expect(save.stdout).toContain('Nothing new to save: tfcache has published nothing at ');
    expect(save.stdout).not.toContain('::warning');
  });
});
