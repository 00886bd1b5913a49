import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../support/cli.ts';
import { type Job, startJob } from '../support/job.ts';
import { withoutAgeOfRsync } from '../support/old-rsync.ts';

let job: Job;
let scratch: string;
beforeEach(async () => {
  job = await startJob();
  scratch = join(job.folder, 'tmpdir');
  mkdirSync(scratch);
});
afterEach(() => job.stop());

function tfcache(...args: string[]) {
  return runCli([...args, '--mirrors', job.mirror], {
    folder: job.workspace,
    environment: { TMPDIR: scratch, TEMP: scratch },
  });
}

describe('tfcache pull', () => {
  it('brings files, prints its result on standard output, and leaves nothing behind', async () => {
    const run = await tfcache('pull', 'path:data/*');
    expect(run.stdout).toContain('Everything is there');
    expect(run.stderr).not.toContain('Everything is there');
    expect(run.exitCode).toBe(0);
    expect(readFileSync(join(job.workspace, 'tensorflow-artifacts/data/a.txt'), 'utf8')).toBe(
      'file a',
    );
    expect(readdirSync(scratch)).toEqual([]);
    // No colour and no bar where no terminal is.
    expect(run.stderr).not.toContain('\x1b');
  });

  it('prints the report as JSON, and nothing else, on standard output', async () => {
    const run = await tfcache('pull', 'path:data/*', '--json', '--path', 'out', '--store', 'store');
    expect(run.exitCode).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      version: 1,
      outcome: 'done',
      bytes: { mirror: 12 },
    });
    expect(existsSync(join(job.workspace, 'store'))).toBe(true);
    const again = await tfcache(
      'pull',
      'path:data/*',
      '--json',
      '--path',
      'other',
      '--store',
      'store',
    );
    expect(JSON.parse(again.stdout)).toMatchObject({
      cacheHit: true,
      bytes: { mirror: 0, store: 12 },
    });
  });

  it.each([
    [['path:nothing/*'], 4],
    [['path:data/*', '--offline'], 7],
    [['path:data/*', '--lock-file', 'x.lock', '--frozen'], 1],
    [['path:data/*', '--rsync-path', '/nowhere/rsync'], 1],
  ])('%j exits with %i', async (args, code) => {
    const run = await tfcache('pull', ...args);
    expect(run.exitCode).toBe(code);
    expect(run.stderr).toContain('error: ');
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('exits with 5 when no mirror can be reached', async () => {
    const { url } = { url: job.mirror };
    await job.daemon.stop();
    const run = await runCli(['pull', 'path:data/*', '--retries', '0', '--mirrors', url], {
      folder: job.workspace,
      environment: { TMPDIR: scratch },
    });
    expect(run.exitCode).toBe(5);
  });

  it('exits with 3 when bytes are not those of the lock', async () => {
    await tfcache('pull', 'path:data/*', '--lock-file', 'tfcache.lock');
    const lock = join(job.workspace, 'tfcache.lock');
    writeFileSync(
      lock,
      readFileSync(lock, 'utf8').replace(
        /"sha256": ?"[0-9a-f]{64}"/,
        `"sha256": "${'0'.repeat(64)}"`,
      ),
    );
    const run = await tfcache(
      'pull',
      'path:data/*',
      '--lock-file',
      'tfcache.lock',
      '--path',
      'out',
    );
    expect(run.exitCode).toBe(3);
    expect(existsSync(join(job.workspace, 'out/data/a.txt'))).toBe(false);
  });
});

describe('tfcache, interrupted', () => {
  /** A server that takes the connection and never says a word; the command gets the signal then. */
  async function interrupted(signal: 'SIGINT' | 'SIGTERM', args: (port: number) => string[]) {
    const server = createServer(() => undefined);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      return await runCli(args(port), {
        folder: job.workspace,
        environment: { TMPDIR: scratch },
        onStart: (pid) => {
          server.once('connection', () => process.kill(pid, signal));
        },
      });
    } finally {
      server.close();
    }
  }

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends in good order on %s with 130, and takes its temporary folder with it',
    async (signal) => {
      const run = await interrupted(signal, (port) => [
        ...['pull', 'path:data/*', '--json', '--mirrors', `rsync://127.0.0.1:${port}/m/`],
      ]);
      expect(run.exitCode).toBe(130);
      expect(run.stderr).toContain(`error: Stopped by ${signal}.`);
      // The store was a temporary one: nothing is promised of it.
      expect(run.stderr).toContain('Nothing is kept for the next run: its store was temporary.');
      expect(JSON.parse(run.stdout)).toMatchObject({
        outcome: 'failed',
        error: { code: 'interrupted' },
        artifacts: [{ request: 'path:data/*', outcome: expect.stringMatching(/missing|failed/) }],
      });
      expect(readdirSync(scratch)).toEqual([]);
    },
  );

  it.each([
    ['plan', 'path:data/*', '--mirrors'],
    ['lock', 'path:data/*', '--mirrors'],
    ['probe', '--timeout', '8', '--mirrors'],
  ])('tfcache %s ends with 130 too', async (...args) => {
    const run = await interrupted('SIGINT', (port) => [...args, `rsync://127.0.0.1:${port}/m/`]);
    expect(run.exitCode, run.stderr).toBe(130);
    expect(run.stderr).toContain('Stopped by SIGINT.');
  });

  // Ctrl-C on a terminal reaches rsync as well.
  it.each(['the process', 'its group'])(
    'says what a named store keeps, and the next run resumes there: %s',
    async (target) => {
      const content = randomBytes(6 << 20);
      writeFileSync(join(job.tree, 'data/big.bin'), content);
      const store = join(job.folder, 'store');
      const args = ['pull', 'path:data/*', '--mirrors', job.mirror, '--store', store];
      const staging = join(store, 'v1/staging');
      const bytesStaged = () =>
        existsSync(staging)
          ? readdirSync(staging, { recursive: true, encoding: 'utf8' })
              .map((name) => statSync(join(staging, name), { throwIfNoEntry: false })?.size ?? 0)
              .reduce((sum, size) => Math.max(sum, size), 0)
          : 0;
      const first = await runCli([...args, '--bandwidth-limit', '1000'], {
        folder: job.workspace,
        environment: { TMPDIR: scratch },
        group: 'own',
        onStart: (pid) => {
          const timer = setInterval(() => {
            if (bytesStaged() < 1 << 20) return;
            clearInterval(timer);
            process.kill(target === 'the process' ? pid : -pid, 'SIGINT');
          }, 20);
        },
      });
      expect(first.exitCode, first.stderr).toBe(130);
      expect(first.stderr).toContain(`kept in ${store}, and it resumes there`);
      expect(first.stderr).toContain(`${join(job.workspace, 'tensorflow-artifacts')} is unchanged`);
      expect(existsSync(join(job.workspace, 'tensorflow-artifacts'))).toBe(false);
      // As it said: what had come is there.
      expect(bytesStaged()).toBeGreaterThan(1 << 19);

      const again = await runCli(args, { folder: job.workspace, environment: { TMPDIR: scratch } });
      expect(again.exitCode, again.stderr).toBe(0);
      const published = readFileSync(join(job.workspace, 'tensorflow-artifacts/data/big.bin'));
      expect(published.equals(content)).toBe(true);
    },
  );

  it('takes it well when nobody reads on', async () => {
    for (let index = 0; index < 3000; index += 1) {
      writeFileSync(join(job.tree, 'data', `file-${index}`), '');
    }
    const run = await runCli(['plan', 'path:data/*', '--json', '--mirrors', job.mirror], {
      folder: job.workspace,
      environment: { TMPDIR: scratch },
      closeOutput: true,
    });
    expect({ ...run, stderr: withoutAgeOfRsync(run.stderr) }).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
  });
});

describe('tfcache plan', () => {
  it('prints a table with sizes, sources and the space needed, and fetches nothing', async () => {
    const run = await tfcache('plan', 'path:data/*');
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toMatch(/mirror.*, 2 files \(not in place; .*\)\n {4}6 B {2}data\/a\.txt\n/);
    expect(run.stdout).toContain('free space needed');
    expect(readdirSync(job.workspace)).toEqual([]);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('prints JSON alone when asked', async () => {
    const run = await tfcache('plan', 'path:data/*', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: 'planned', spaceNeeded: 12 });
  });
});

describe('tfcache lock', () => {
  it('writes a lock and no destination, and says what it holds', async () => {
    const run = await tfcache('lock', 'path:data/*');
    expect(run.stderr).toContain('+ path:data/*');
    expect(run.stderr).toContain('Commit it');
    expect(run.exitCode).toBe(0);
    expect(readdirSync(job.workspace)).toEqual(['tfcache.lock']);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('resolves the locked requests anew and says which bytes are others', async () => {
    await tfcache('lock', 'path:data/*', '--lock-file', 'my.lock');
    writeFileSync(join(job.tree, 'data/a.txt'), 'file A');
    writeFileSync(join(job.tree, 'data/c.txt'), 'file c');
    const run = await tfcache('lock', '--lock-file', 'my.lock');
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toMatch(/data\/a\.txt: sha256 .* became /);
    expect(run.stderr).toContain('data/c.txt');
    const same = await tfcache('lock', '--lock-file', 'my.lock', '--json');
    expect(same.stderr).toContain('is unchanged');
    expect(JSON.parse(same.stdout)).toMatchObject({
      lockFile: join(job.workspace, 'my.lock'),
      lockChanges: [],
      lockDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const pull = await tfcache('pull', '--lock-file', 'my.lock', '--frozen');
    expect(pull.exitCode).toBe(0);
    expect(readFileSync(join(job.workspace, 'tensorflow-artifacts/data/a.txt'), 'utf8')).toBe(
      'file A',
    );
  });

  it('resolves a request again that was edited by hand', async () => {
    await tfcache('lock', 'path:data/a.txt');
    const file = join(job.workspace, 'tfcache.lock');
    const edit = readFileSync(file, 'utf8').replace(/("request": ).*/, '$1"path:data/b.txt",');
    writeFileSync(file, edit);
    const refused = await tfcache('pull', '--lock-file', 'tfcache.lock');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('does not match its id');
    expect((await tfcache('lock')).exitCode).toBe(0);
    expect((await tfcache('pull', '--lock-file', 'tfcache.lock', '--frozen')).exitCode).toBe(0);
    expect(readdirSync(join(job.workspace, 'tensorflow-artifacts/data'))).toEqual(['b.txt']);
  });

  it('keeps what other machines locked for the same requests, and drops other requests', async () => {
    const file = join(job.workspace, 'tfcache.lock');
    const wheel = 'wheel:tensorflow-cpu~=2.15.0?python=3.11';
    const idsOf = () => readFileSync(file, 'utf8').match(/(?<="id": ").*(?=")/g);
    await tfcache('lock', `${wheel}&platform=linux_x86_64`, 'path:data/*');
    const text = readFileSync(file, 'utf8').replaceAll('linux_x86_64', 'macosx_arm64');
    writeFileSync(file, text.replace('manylinux2014_x86_64', 'macosx_12_0_arm64'));
    const other = idsOf()?.find((id) => id.includes('macosx_arm64'));
    const run = await tfcache('lock', `${wheel}&platform=linux_x86_64`);
    expect(run.exitCode).toBe(0);
    expect(run.stderr).toContain(`Kept for another platform or Python version: ${other}`);
    expect(run.stderr).toContain('- path:data/*');
    expect(idsOf()).toEqual([other?.replace('macosx_arm64', 'linux_x86_64'), other]);
    expect(readFileSync(file, 'utf8')).toContain('macosx_12_0_arm64');
    await tfcache('lock', 'path:data/*');
    expect(idsOf()).toEqual(['path:data/*']);
  });

  it('keeps the old lock when it fails', async () => {
    await tfcache('lock', 'path:data/*');
    const file = join(job.workspace, 'tfcache.lock');
    const before = [readFileSync(file, 'utf8'), statSync(file).ino];
    const run = await tfcache('lock', 'path:nothing/*');
    expect(run.exitCode).toBe(4);
    expect([readFileSync(file, 'utf8'), statSync(file).ino]).toEqual(before);
    expect(readdirSync(job.workspace)).toEqual(['tfcache.lock']);
  });

  it('fills a destination and a store when they are named, and leaves nothing else', async () => {
    const run = await tfcache('lock', 'path:data/*', '--path', 'out', '--store', 'stores/mine');
    expect(run.exitCode).toBe(0);
    expect(existsSync(join(job.workspace, 'out/data/a.txt'))).toBe(true);
    expect(readdirSync(join(job.workspace, 'stores'))).toEqual(['mine']);
  });

  it('has nothing to lock without requests or a lock', async () => {
    const run = await tfcache('lock');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('There are no requests and no lockfile.');
  });
});
