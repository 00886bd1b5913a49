import { existsSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startCacheServerV1 } from '../support/cache-server-v1.ts';
import { type Job, startJob } from '../support/job.ts';
import type { ActionResult } from '../support/runner.ts';
import { startWrongServer, textAnswer, type WrongServer } from '../support/wrong-server.ts';

let job: Job;

beforeEach(async () => {
  job = await startJob();
});

afterEach(async () => {
  await job.stop();
});

/** Main and then post of one job, as a runner starts them, on a machine that has nothing yet. */
async function build(
  environment: NodeJS.ProcessEnv,
  inputs: Readonly<Record<string, string>> = {},
): Promise<{ main: ActionResult; post: ActionResult }> {
  job.next();
  rmSync(join(job.workspace, 'artifacts'), { recursive: true, force: true });
  const common = {
    inputs: { cache: 'github', path: 'artifacts', artifacts: 'path:data/*.txt', ...inputs },
    environment: environment as never,
  };
  const main = await job.run({ entry: 'main', ...common });
  const post = await job.run({ entry: 'post', ...common, state: main.state });
  return { main, post };
}

const warnings = ({ stdout }: ActionResult): string[] =>
  stdout.split('\n').filter((line) => line.startsWith('::warning'));

const version2 = (url: string) => ({
  ACTIONS_CACHE_SERVICE_V2: 'true',
  ACTIONS_RESULTS_URL: url,
  ACTIONS_RUNTIME_TOKEN: 'token',
});
const version1 = (url: string) => ({ ACTIONS_CACHE_URL: url });

/** The build goes on, and each step says once what is wrong with the cache. */
function expectOneWarning({ main, post }: { main: ActionResult; post: ActionResult }, why: RegExp) {
  expect(main.exitCode, main.stdout).toBe(0);
  expect(main.outputs['bytes-from-mirror']).toBe('12');
  expect(warnings(main), main.stdout).toHaveLength(1);
  expect(warnings(main)[0]).toMatch(/::warning::Cache github could not be read: /);
  expect(warnings(main)[0]).toMatch(why);
  expect(main.stdout).toMatch(/data\/\*\.txt.*\n.*the cache could not be read/);
  expect(main.stdout).not.toContain('the cache has no pack');
  expect(main.summary).toContain('could not be read');
  expect(post.exitCode, post.stdout).toBe(0);
  expect(warnings(post), post.stdout).toHaveLength(1);
  expect(warnings(post)[0]).toMatch(why);
}

describe('a cache that cannot be asked is said once, and asked once a step', () => {
  const page = '<!DOCTYPE html><html><body>Sign in</body></html>';
  const answers: [string, (response: ServerResponse) => void, RegExp][] = [
    ['404 as text', textAnswer(404, 'text/plain', '404 page not found\n'), /404/],
    ['404 as a page', textAnswer(404, 'text/html', page), /404/],
    ['404 as JSON', textAnswer(404, 'application/json', '{"code":"bad_route","msg":"no"}'), /404/],
    [
      'a page',
      textAnswer(200, 'text/html; charset=utf-8', page),
      /text\/html instead of the JSON of a cache service/,
    ],
    [
      'an empty answer',
      textAnswer(200, 'application/json', ''),
      /instead of the JSON of a cache service/,
    ],
    ['403 as a page', textAnswer(403, 'text/html', page), /403/],
    ['429 as text', textAnswer(429, 'text/plain', 'slow down'), /429/],
    ['401 as JSON', textAnswer(401, 'application/json', '{"msg":"unknown token"}'), /401/],
    ['a redirect', (response) => response.writeHead(302, { location: '/login' }).end(), /302/],
  ];
  let server: WrongServer;
  afterEach(() => server?.stop());

  test.each(answers)('version 2: %s', async (_, answer, why) => {
    server = await startWrongServer(answer);
    expectOneWarning(await build(version2(server.url)), why);
    // One for each step.
    expect(server.count()).toBe(2);
  });

  test.each([
    ['404 as text', textAnswer(404, 'text/plain', '404 page not found\n'), /404/],
    [
      'a page',
      textAnswer(200, 'text/html', page),
      /text\/html instead of the JSON of a cache service/,
    ],
    ['403 as a page', textAnswer(403, 'text/html', page), /403/],
  ] as const)('version 1: %s', async (_, answer, why) => {
    server = await startWrongServer(answer);
    expectOneWarning(await build(version1(server.url)), why);
    expect(server.count()).toBe(2);
  });

  test('no server, or no such host', async () => {
    for (const environment of [
      version2('http://127.0.0.1:1/'),
      version1('http://127.0.0.1:1/'),
      version2('http://cache.invalid/'),
    ]) {
      expectOneWarning(await build(environment), /(?:127\.0\.0\.1:1|cache\.invalid).*E[A-Z_]+/);
    }
  });

  test('a server that never answers: the post step does not wait as long as main did', async () => {
    server = await startWrongServer(() => undefined);
    const both = await build(version2(server.url));
    expectOneWarning(both, /no progress for \d+ seconds/);
    expect(warnings(both.post)[0]).toContain('no progress for 5 seconds');
  }, 120_000);

  test('many artifacts and packs: still once', async () => {
    server = await startWrongServer(textAnswer(404, 'text/plain', 'no'));
    const artifacts = 'path:data/a.txt\npath:data/b.txt\npath:linux/cpu/*';
    const { main, post } = await build(version2(server.url), { artifacts });
    expect(warnings(main)).toHaveLength(1);
    expect(warnings(post)).toHaveLength(1);
    expect(server.count()).toBe(2);
  });

  test('an object store that is not there', async () => {
    const cache = 's3://bucket/prefix?endpoint=http://127.0.0.1:1&region=us-east-1';
    const environment = {
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'none',
      GITHUB_REF: 'refs/heads/main',
    };
    const { main, post } = await build(environment, { cache });
    expect(main.exitCode, main.stdout).toBe(0);
    expect(warnings(main), main.stdout).toHaveLength(1);
    expect(warnings(main)[0]).toMatch(/could not be read: .*ECONNREFUSED/);
    expect(main.stdout).toContain('the cache could not be read');
    expect(warnings(post), post.stdout).toHaveLength(1);
  });
});

describe('a cache service of version 1', () => {
  test('works without a token, as it does for actions/cache', async () => {
    const server = await startCacheServerV1();
    try {
      const inputs = { 'cache-key-prefix': 'MyCache' };
      const first = await build(server.environment, inputs);
      expect(first.main.exitCode, first.main.stdout).toBe(0);
      expect(warnings(first.main), first.main.stdout).toEqual([]);
      expect(first.post.stdout).toContain('Saved 1 pack');
      expect(warnings(first.post), first.post.stdout).toEqual([]);
      const second = await build(server.environment, inputs);
      expect(second.main.outputs, second.main.stdout).toMatchObject({
        'cache-hit': 'true',
        'bytes-from-cache': '12',
      });
      expect(warnings(second.main)).toEqual([]);
      // The sub-action save finds the pack there.
      rmSync(join(job.temporary, 'tfcache', 'store'), { recursive: true, force: true });
      const saved = server.keys().length;
      const save = await job.run({
        entry: 'save',
        inputs: { cache: 'github', path: 'artifacts', ...inputs },
        environment: server.environment as never,
      });
      expect(save.stdout).toContain('Nothing new to save');
      expect(server.keys()).toHaveLength(saved);
      expect(existsSync(join(job.workspace, 'artifacts', 'data', 'a.txt'))).toBe(true);
    } finally {
      await server.stop();
    }
  });

  test('version 2 without a token is not asked', async () => {
    const server = await startWrongServer(textAnswer(200, 'application/json', '{"ok":false}'));
    try {
      const { ACTIONS_RUNTIME_TOKEN: _, ...environment } = version2(server.url);
      const { main } = await build(environment);
      expect(main.exitCode, main.stdout).toBe(0);
      expect(main.stdout).toContain('ACTIONS_RUNTIME_TOKEN is not set');
      expect(server.count()).toBe(0);
    } finally {
      await server.stop();
    }
  });
});
