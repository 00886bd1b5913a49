import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
    expect(save.stdout).toContain('Nothing new to save.');
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
    ['no service', { ACTIONS_RESULTS_URL: '', ACTIONS_CACHE_URL: '' }, 'no GitHub cache service'],
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
