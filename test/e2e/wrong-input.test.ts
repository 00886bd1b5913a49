import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CliResult, runCli } from '../support/cli.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { type Job, startJob } from '../support/job.ts';
import { CANNOT_MOUNT, mountSmall } from '../support/mounts.ts';

/** The exit codes of the contract. */
const USAGE = 2;
const INTEGRITY = 3;
const NOTHING_MATCHED = 4;
const NO_MIRROR = 5;
const NO_SPACE = 6;
const CONFIGURATION = 7;

let job: Job;

beforeEach(async () => {
  job = await startJob();
});

afterEach(async () => {
  await job.stop();
});

function tfcache(...args: string[]): Promise<CliResult> {
  const common = ['--store', 'store', '--retries', '0', '--timeout', '5'];
  const mirror = args.includes('--mirrors') ? [] : ['--mirrors', job.mirror];
  return runCli(['pull', ...common, ...mirror, ...args], { folder: job.workspace });
}

/** One clear error: what happened, and what to do next; and nothing published. */
function expectRefused({ exitCode, stderr }: CliResult, code: number, what: RegExp): void {
  expect(exitCode, stderr).toBe(code);
  expect(stderr).toMatch(what);
  expect(stderr).toMatch(/next: /);
  expect(existsSync(join(job.workspace, 'tensorflow-artifacts'))).toBe(false);
}

/** Compared with `equals`: matchers look at each byte of a Buffer as an element. */
const published = (path: string): Buffer =>
  readFileSync(join(job.workspace, 'tensorflow-artifacts', path));

const objects = (): string[] => filesBelow(join(job.workspace, 'store', 'v1', 'objects'));

test('an unknown kind', async () => {
  expectRefused(await tfcache('weel:tensorflow'), USAGE, /line 1.*weel|weel.*wheel/s);
});

test('a malformed specifier', async () => {
  expectRefused(await tfcache('wheel:tensorflow-cpu~=2'), USAGE, /~=2/);
});

test('a mirror without the module', async () => {
  const result = await tfcache('path:a', '--mirrors', job.daemon.url('nowhere'));
  expectRefused(result, CONFIGURATION, /nowhere.*tensorflow/s);
});

test('a filter that matches nothing', async () => {
  const result = await tfcache('path:**', '--filters', '- *');
  expectRefused(result, NOTHING_MATCHED, /- \*/);
});

test('a request that nothing fits names the nearest things there', async () => {
  const result = await tfcache('wheel:tensorflow-cpu==2.15.9?python=3.11&platform=linux_x86_64');
  expectRefused(result, NOTHING_MATCHED, /2\.15\.1/);
});

test('a mirror that dies half way; the next run goes on from what came', async () => {
  const content = randomBytes(8 << 20);
  writeFileSync(join(job.tree, 'big.bin'), content);
  const proxy = await startFaultProxy(job.daemon.port, (connection) =>
    connection === 2 ? { kind: 'cut', after: 6 << 20, how: 'reset' } : undefined,
  );
  try {
    const mirror = `rsync://127.0.0.1:${proxy.port}/tensorflow/`;
    const result = await tfcache('path:big.bin', '--mirrors', mirror);
    expectRefused(result, NO_MIRROR, /127\.0\.0\.1/);
    expect(objects()).toEqual([]);

    const again = await tfcache('path:big.bin', '--mirrors', mirror);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(published('big.bin').equals(content)).toBe(true);
    expect(Math.max(...proxy.passed().slice(2))).toBeLessThan(4 << 20);
  } finally {
    await proxy.stop();
  }
});

test('a file that grows while it is copied is not taken for whole', async () => {
  const file = join(job.tree, 'growing.bin');
  writeFileSync(file, randomBytes(4 << 20));
  let growing = true;
  const growth = (async () => {
    while (growing) {
      appendFileSync(file, randomBytes(1000));
      await sleep(5);
    }
  })();
  try {
    const result = await tfcache('path:growing.bin', '--bandwidth-limit', '8000');
    expectRefused(result, INTEGRITY, /content on the mirror changed/s);
  } finally {
    growing = false;
    await growth;
  }
  const again = await tfcache('path:growing.bin');
  expect(again.exitCode, again.stderr).toBe(0);
  expect(published('growing.bin').equals(readFileSync(file))).toBe(true);
});

test('a digest that does not fit the lock', async () => {
  const args = ['path:data/a.txt', '--lock-file', 'tfcache.lock'];
  expect((await tfcache(...args)).exitCode).toBe(0);
  rmSync(join(job.workspace, 'store'), { recursive: true });
  rmSync(join(job.workspace, 'tensorflow-artifacts'), { recursive: true });
  writeFileSync(join(job.tree, 'data/a.txt'), 'evil a');

  const result = await tfcache(...args);
  expectRefused(result, INTEGRITY, /expected: +sha256 [0-9a-f]{64}.*found: +sha256 [0-9a-f]{64}/s);
  expect(objects()).toEqual([]);
});

test('a full disk: what was complete stays, and the next run needs only the rest', async (context) => {
  const small = mountSmall('size=12m');
  if (small === undefined) return context.skip(CANNOT_MOUNT);
  mkdirSync(join(job.tree, 'disk'));
  for (const name of ['1', '2', '3']) {
    writeFileSync(join(job.tree, 'disk', name), randomBytes(5 << 20));
  }
  const args = ['path:disk/*', '--store', join(small, 'store')];
  expectRefused(await tfcache(...args), NO_SPACE, /space/);
});

test.each([
  ['an offline run', ['path:a', '--offline'], CONFIGURATION],
  [
    'a port where nothing listens',
    ['path:a', '--mirrors', 'rsync://127.0.0.1:9/tensorflow/'],
    NO_MIRROR,
  ],
  ['a path that leads outside', ['path:../a'], USAGE],
  ['a mirror that looks like an option', ['path:a', '--mirrors', 'rsync://-e/x/'], USAGE],
])('%s', async (_, args, code) => {
  expectRefused(await tfcache(...args), code, /./);
});

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
