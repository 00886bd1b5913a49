import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toVariableName } from '../../src/cli/options.ts';
import { INPUT_NAMES } from '../../src/inputs/table.ts';
import { EXIT_CODES } from '../../src/platform/error.ts';
import { type ExampleMachine, objectsIn, prepareMachine } from '../support/example-job.ts';
import { type Job, startJob } from '../support/job.ts';
import { cancel, processesNaming } from '../support/processes.ts';
import { ROOT } from '../support/runner.ts';

const WARM_STORE = join(ROOT, 'deploy/warm-store.sh');
const CRON_JOB = join(ROOT, 'examples/cron/cron-job.sh');
const HOOK = join(ROOT, 'examples/runner-hook/job-started.sh');

let job: Job;
let machine: ExampleMachine;

beforeEach(async () => {
  job = await startJob();
  machine = await prepareMachine(job);
});

afterEach(async () => {
  await job.stop();
});

/** What the scripts are told, on this machine. */
function settings(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    TFCACHE_STORE: machine.store,
    TFCACHE_LOCK_FILE: join(job.folder, 'tfcache.lock'),
    TFCACHE_MIRRORS: job.mirror,
    TFCACHE_RETRIES: '0',
    ...more,
  };
}

/** An environment file of an example: its own lines, with the values of this machine. */
function environmentFile(path: string, more: Readonly<Record<string, string>>): string {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const lines = Object.entries(more).map(([name, value]) => `${name}='${value}'`);
  return `${text}\n${lines.join('\n')}\n`;
}

const warm = (environment: Record<string, string>, onStart?: (pid: number) => void) =>
  machine.run([WARM_STORE], { folder: job.folder, environment, ...(onStart && { onStart }) });

const leftOvers = () => readdirSync(machine.store).filter((name) => name.startsWith('warm.'));

/** Makes a transfer last: 8 MiB, at a rate that is given with it. */
function makeSlow(): Record<string, string> {
  writeFileSync(join(job.tree, 'big.bin'), randomBytes(8 * 1024 * 1024));
  return {
    TFCACHE_LOCK_FILE: '',
    TFCACHE_BANDWIDTH_LIMIT: '1024',
    TFCACHE_ARTIFACTS: 'path:big.bin',
  };
}

test.each([
  ['deploy/warm-store.sh', WARM_STORE],
  ['examples/cron/cron-job.sh', CRON_JOB],
  ['examples/runner-hook/job-started.sh', HOOK],
])('%s is a shell script', (_, script) => {
  expect(spawnSync('sh', ['-n', script], { encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
});

test.each(['examples/cron/warm-store.env', 'examples/runner-hook/warm.env'])(
  'every TFCACHE_ variable in %s is one',
  (path) => {
    const names = readFileSync(join(ROOT, path), 'utf8').match(/^TFCACHE_\w+/gm) ?? [];
    expect(names).not.toEqual([]);
    expect(names.filter((name) => !INPUT_NAMES.map(toVariableName).includes(name))).toEqual([]);
  },
);

describe('warm-store.sh', () => {
  test('fills the store, leaves nothing else there, and needs no mirror the next time', async () => {
    expect(await warm(settings())).toMatchObject({ exitCode: 0 });
    expect(objectsIn(machine.store)).toHaveLength(2);
    expect(leftOvers()).toEqual([]);
    await job.daemon.stop();
    expect(await warm(settings())).toMatchObject({ exitCode: 0 });
  });

  test('fetches again what the store has lost', async () => {
    await warm(settings());
    rmSync(objectsIn(machine.store)[0] ?? '');
    expect(await warm(settings())).toMatchObject({ exitCode: 0 });
    expect(objectsIn(machine.store)).toHaveLength(2);
  });

  test('ends with the exit code of tfcache', async () => {
    await job.daemon.stop();
    expect(await warm(settings())).toMatchObject({ exitCode: EXIT_CODES['no-mirror'] });
    expect(await warm({ ...settings(), TFCACHE_STORE: '' })).toMatchObject({
      exitCode: EXIT_CODES.usage,
      stderr: expect.stringContaining('TFCACHE_STORE'),
    });
  });

  test('asked to end, it ends tfcache, tidies up, and the next goes on', async () => {
    const { TFCACHE_ARTIFACTS: request = '', ...slow } = makeSlow();
    const cancelled = await machine.run([WARM_STORE, request], {
      folder: job.folder,
      environment: settings(slow),
      onStart: (pid) => void whenStaged().then(() => cancel(pid)),
    });
    expect(cancelled.exitCode).toBe(EXIT_CODES.interrupted);
    expect(cancelled.stderr).toContain('Stopped by SIGTERM');
    expect(processesNaming(machine.store)).toEqual([]);
    expect(leftOvers()).toEqual([]);
    expect(await warm(settings())).toMatchObject({ exitCode: 0 });
  });
});

// flock(1) and timeout(1) are Linux'.
describe.skipIf(process.platform !== 'linux')('cron-job.sh', () => {
  function prepare(more: Readonly<Record<string, string>> = {}): string {
    const file = join(job.folder, 'warm-store.env');
    const own = { WARM_STORE, SPREAD_SECONDS: '0', PATH: `${machine.bin}:${process.env['PATH']}` };
    writeFileSync(
      file,
      environmentFile('examples/cron/warm-store.env', settings({ ...own, ...more })),
    );
    return file;
  }

  const run = (file: string) => machine.run([CRON_JOB, file], { folder: job.folder });

  test('is silent when all is well', async () => {
    expect(await run(prepare())).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(objectsIn(machine.store)).toHaveLength(2);
  });

  test('says what is wrong', async () => {
    await job.daemon.stop();
    const { exitCode, stderr } = await run(prepare());
    expect(exitCode).toBe(EXIT_CODES['no-mirror']);
    expect(stderr).toMatch(/next: .*exit code 5/s);
  });

  test('leaves the field to another that still runs', async () => {
    mkdirSync(machine.store, { recursive: true });
    const file = prepare();
    const both = ['flock', machine.store, CRON_JOB, file];
    expect(await machine.run(both, { folder: job.folder })).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
    expect(existsSync(join(machine.store, 'v1'))).toBe(false);
  });

  test('the crontab names it, in the form of /etc/cron.d', () => {
    const [line = ''] = readFileSync(join(ROOT, 'examples/cron/tfcache.cron'), 'utf8')
      .split('\n')
      .filter((text) => text !== '' && !/^(#|\w+=)/.test(text));
    const fields = /^(\S+ ){5}\w+ (?<script>\S+) (?<settings>\S+)$/.exec(line)?.groups;
    const script = fields?.['script']?.replace('/opt/tfcache', ROOT) ?? '';
    expect(existsSync(script), line).toBe(true);
    // A % would end the command (crontab(5)).
    expect(line).not.toContain('%');
  });
});

describe.skipIf(process.platform !== 'linux')("a runner's hook", () => {
  const folder = () => join(job.folder, 'hook');
  const environmentOfJob = () => join(job.folder, 'github-env');

  /** As it is installed: the script and its settings in one folder. */
  function install(more: Readonly<Record<string, string>> = {}): void {
    mkdirSync(folder(), { recursive: true });
    copyFileSync(HOOK, join(folder(), 'job-started.sh'));
    const own = { WARM_STORE, PATH: `${machine.bin}:${process.env['PATH']}` };
    const text = environmentFile('examples/runner-hook/warm.env', settings({ ...own, ...more }));
    writeFileSync(join(folder(), 'warm.env'), text);
    writeFileSync(environmentOfJob(), '');
  }

  /** As the runner starts it: `bash -e SCRIPT`. */
  const run = (environment: Record<string, string> = {}) =>
    machine.run(['bash', '-e', join(folder(), 'job-started.sh')], {
      folder: job.folder,
      environment: { GITHUB_ENV: environmentOfJob(), ...environment },
    });

  test('warms the store and tells the job where it is', async () => {
    install();
    const { exitCode, stdout } = await run();
    expect(exitCode, stdout).toBe(0);
    expect(stdout).not.toContain('::warning');
    expect(objectsIn(machine.store)).toHaveLength(2);
    expect(readFileSync(environmentOfJob(), 'utf8')).toBe(`TFCACHE_STORE=${machine.store}\n`);
  });

  test('the job that follows needs no mirror', async () => {
    install();
    await run();
    await job.daemon.stop();
    copyFileSync(join(job.folder, 'tfcache.lock'), join(job.workspace, 'tfcache.lock'));
    const main = await job.run({
      entry: 'main',
      inputs: { 'lock-file': 'tfcache.lock', store: machine.store },
    });
    expect(main.exitCode, main.stdout).toBe(0);
    expect(main.outputs['cache-hit']).toBe('true');
  });

  test('never fails a job: without a mirror, without settings', async () => {
    install();
    await job.daemon.stop();
    const refused = await run();
    expect(refused.exitCode).toBe(0);
    expect(refused.stdout).toMatch(/^::warning title=tfcache::.*exit code 5/m);

    rmSync(join(folder(), 'warm.env'));
    const unset = await run();
    expect(unset.exitCode).toBe(0);
    expect(unset.stdout).toMatch(/^::warning title=tfcache::/m);
  });

  test('a job waits no longer than is set, and nothing goes on behind it', async () => {
    const { TFCACHE_ARTIFACTS: request = '', ...slow } = makeSlow();
    const script = join(job.folder, 'warm-slow.sh');
    writeFileSync(script, `#!/bin/sh\nexec '${WARM_STORE}' '${request}'\n`, { mode: 0o755 });
    install({ ...slow, WARM_STORE: script, TFCACHE_FROZEN: 'false', WARM_SECONDS: '2' });
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^::warning title=tfcache::.*exit code 124/m);
    expect(processesNaming(machine.store)).toEqual([]);
    expect(leftOvers()).toEqual([]);
  });

  test('what a mirror or a tool prints is not read as a workflow command', async () => {
    const script = join(job.folder, 'loud.sh');
    writeFileSync(script, "#!/bin/sh\necho '::add-path::/tmp/evil'\n", { mode: 0o755 });
    install({ WARM_STORE: script });
    const { stdout } = await run();
    const [, token] = /^::stop-commands::(\w{32})$/m.exec(stdout) ?? [];
    const [before = '', after = ''] = stdout.split('::add-path::');
    expect(before).toContain(`::stop-commands::${token}`);
    expect(after).toContain(`::${token}::`);
  });

  test('the job cannot steer it', async () => {
    install();
    const { stdout } = await run({
      TFCACHE_MIRRORS: 'rsync://127.0.0.1:1/evil/',
      TFCACHE_PATH: join(job.folder, 'evil'),
      NODE_OPTIONS: '--no-such-option',
    });
    expect(stdout).not.toContain('::warning');
    expect(existsSync(join(job.folder, 'evil'))).toBe(false);
  });
});

/** Until part of the large file is there. */
async function whenStaged(): Promise<void> {
  const staging = join(machine.store, 'v1/staging');
  for (;;) {
    const files = existsSync(staging)
      ? readdirSync(staging, { recursive: true, withFileTypes: true })
      : [];
    if (files.some((entry) => entry.isFile())) return;
    await sleep(10);
  }
}
