import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OUTPUT_NAMES } from '../../src/action/outputs.ts';
import { type Job, startJob, TREE } from '../support/job.ts';

const WHEEL = 'linux/cpu/tensorflow_cpu-2.15.1-cp311-cp311-manylinux2014_x86_64.whl';
const REQUEST = 'wheel:tensorflow-cpu~=2.15.0?python=3.11&platform=linux_x86_64';

let job: Job;
beforeEach(async () => {
  job = await startJob();
});
afterEach(() => job.stop());

describe('main', () => {
  it('brings what was asked for, sets every output and writes report and summary', async () => {
    const run = await job.run({ entry: 'main', inputs: { artifacts: REQUEST } });
    expect(run.stdout).not.toContain('::error');
    expect(run.exitCode).toBe(0);
    const destination = join(job.workspace, 'tensorflow-artifacts');
    expect(readFileSync(join(destination, WHEEL), 'utf8')).toBe(TREE[WHEEL]);
    expect(Object.keys(run.outputs).sort()).toEqual([...OUTPUT_NAMES].sort());
    expect(run.outputs).toMatchObject({
      'cache-hit': 'false',
      path: destination,
      files: '1',
      'bytes-from-store': '0',
      'bytes-from-cache': '0',
      'bytes-from-mirror': '12',
      mirror: job.mirror,
      'lock-digest': '',
    });
    const report = JSON.parse(readFileSync(run.outputs['report'] ?? '', 'utf8'));
    expect(report).toMatchObject({ version: 1, outcome: 'done', cacheHit: false, error: null });
    expect(run.outputs['report']?.startsWith(job.temporary)).toBe(true);
    expect(run.summary).toContain('tensorflow');
  });

  it('hits when nothing had to come from a mirror', async () => {
    const inputs = { artifacts: REQUEST, 'lock-file': 'tfcache.lock' };
    await job.run({ entry: 'main', inputs });
    const before = job.daemon.connections();
    job.next();
    const run = await job.run({ entry: 'main', inputs });
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({
      'cache-hit': 'true',
      'bytes-from-mirror': '0',
      mirror: '',
    });
    expect(run.outputs['lock-digest']).toMatch(/^[0-9a-f]{64}$/);
    expect(job.daemon.connections()).toBe(before);
  });

  it('shows a changed lockfile in the log, the summary, the report and an output', async () => {
    const first = { artifacts: REQUEST, 'lock-file': 'tfcache.lock' };
    const both = { ...first, artifacts: `${REQUEST}\npath:data/*` };
    const created = await job.run({ entry: 'main', inputs: first });
    expect(created.outputs['lock-changed']).toBe('true');
    expect(created.stdout).toMatch(/^::warning::tfcache\.lock changed: \+ wheel:tensorflow-cpu/m);
    expect(created.stdout).toContain('Commit it');
    const added = await job.run({ entry: 'main', inputs: both });
    expect(added.outputs['lock-changed']).toBe('true');
    expect(added.stdout).toContain('tfcache.lock changed: + path:data/*: data/* (2 files)%0A');
    expect(added.summary).toContain('The lockfile changed.** Commit it');
    expect(added.summary).toContain('path:data/');
    expect(JSON.parse(readFileSync(added.outputs['report'] ?? '', 'utf8'))).toMatchObject({
      lockFile: join(job.workspace, 'tfcache.lock'),
      lockChanges: ['+ path:data/*: data/* (2 files)'],
    });
    const same = await job.run({ entry: 'main', inputs: both });
    expect(same.outputs['lock-changed']).toBe('false');
    expect(same.stdout).not.toContain('changed:');
    expect(same.summary).not.toContain('lockfile changed');
  });

  it('a step that fails without a changed lockfile says false', async () => {
    const inputs = { artifacts: 'path:nothing/*.here', 'lock-file': 'tfcache.lock' };
    const run = await job.run({ entry: 'main', inputs });
    expect(run.outputs['lock-changed']).toBe('false');
  });

  it('a lock and everything in place need no mirror, so the default one is no error', async () => {
    const inputs = { artifacts: REQUEST, 'lock-file': 'tfcache.lock' };
    await job.run({ entry: 'main', inputs });
    const run = await job.run({ entry: 'main', inputs: { ...inputs, mirrors: '' } });
    expect(run.exitCode).toBe(0);
    expect(run.outputs['cache-hit']).toBe('true');
  });

  it('a wrong input fails with one annotation, every output set and nothing made', async () => {
    const run = await job.run({ entry: 'main', inputs: { artifacts: REQUEST, frozen: 'maybe' } });
    expect(run.exitCode).toBe(1);
    expect(run.stdout.match(/^::error::/gm)).toHaveLength(1);
    expect(run.stdout).toContain('The value of the input frozen is not valid.%0A');
    expect(Object.keys(run.outputs).sort()).toEqual([...OUTPUT_NAMES].sort());
    expect(run.outputs).toMatchObject({ 'cache-hit': 'false', files: '0', path: '' });
    const report = JSON.parse(readFileSync(run.outputs['report'] ?? '', 'utf8'));
    expect(report).toMatchObject({
      outcome: 'failed',
      error: { code: 'usage', where: 'input frozen', expected: 'true or false', found: '"maybe"' },
    });
    expect(run.summary).toMatch(/^### ❌ TensorFlow artifacts: tensorflow-artifacts\n/);
    expect(run.summary).toContain('- **Expected:** true or false\n');
    expect(run.state).toEqual({});
    expect(readdirSync(job.workspace)).toEqual([]);
  });

  it('sets the outputs also when the step fails', async () => {
    const run = await job.run({ entry: 'main', inputs: { artifacts: 'path:nothing/*.here' } });
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({
      'cache-hit': 'false',
      path: join(job.workspace, 'tensorflow-artifacts'),
    });
    expect(existsSync(run.outputs['report'] ?? '')).toBe(true);
    expect(run.summary).not.toBe('');
  });

  it.each([
    ['fetch-tf', 'fetch-tf'],
    ['__tfcache_2', 'out/models'],
  ])('names the step %s in the title of the summary', async (action, name) => {
    const environment = {
      RUNNER_TEMP: job.temporary,
      GITHUB_WORKSPACE: job.workspace,
      GITHUB_ACTION: action,
    };
    const inputs = { artifacts: 'path:data/*', path: 'out/models' };
    const run = await job.run({ entry: 'main', inputs, environment });
    expect(run.summary).toMatch(new RegExp(`^### ✅ TensorFlow artifacts: ${name}\n`));
  });

  it('warns about inputs that there are not and that resemble one of its own', async () => {
    const environment = {
      RUNNER_TEMP: job.temporary,
      GITHUB_WORKSPACE: job.workspace,
      INPUT_MIRROR: 'https://m.example/',
      INPUT_LOCKFILE: 'tfcache.lock',
      INPUT_DESTINATION: 'out',
      'INPUT_PYTHON-VERSION': '3.11',
      INPUT_TOKEN: 'x',
    };
    const run = await job.run({ entry: 'main', inputs: { artifacts: 'path:data/*' }, environment });
    expect(run.exitCode).toBe(0);
    expect(run.stdout.match(/^::warning::There is no input .*$/gm)?.sort()).toEqual([
      '::warning::There is no input destination. Did you mean path?',
      '::warning::There is no input lockfile. Did you mean lock-file?',
      '::warning::There is no input mirror. Did you mean mirrors?',
    ]);
  });

  it('writes no summary of a wrong input when told so', async () => {
    const inputs = { artifacts: REQUEST, frozen: 'maybe', summary: 'false' };
    const run = await job.run({ entry: 'main', inputs });
    expect(run.exitCode).toBe(1);
    expect(run.summary).toBe('');
  });

  it('writes no summary when told so', async () => {
    const run = await job.run({
      entry: 'main',
      inputs: { artifacts: 'path:data/*', summary: 'false' },
    });
    expect(run.exitCode).toBe(0);
    expect(run.summary).toBe('');
  });

  it('does without a summary file', async () => {
    const run = await job.run({
      entry: 'main',
      inputs: { artifacts: 'path:data/*' },
      environment: {
        RUNNER_TEMP: job.temporary,
        GITHUB_WORKSPACE: job.workspace,
        GITHUB_STEP_SUMMARY: '',
      },
    });
    expect(run.exitCode).toBe(0);
  });

  it('masks a secret before anything else, and leaves it nowhere', async () => {
    const secret = 'hunter2-hunter2';
    const run = await job.run({
      entry: 'main',
      inputs: { artifacts: 'path:data/*', 'rsync-password': secret, cache: 'github' },
    });
    expect(run.stdout.split('\n')[0]).toBe(`::add-mask::${secret}`);
    const rest = run.stdout.replaceAll(`::add-mask::${secret}`, '');
    expect(
      rest + run.stderr + run.summary + JSON.stringify([run.outputs, run.state]),
    ).not.toContain(secret);
    for (const entry of readdirSync(job.folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      expect(readFileSync(join(entry.parentPath, entry.name), 'latin1')).not.toContain(secret);
    }
  });

  it("masks the passwords of pip's configuration, of proxies and of addresses", async () => {
    const home = join(job.folder, 'home');
    mkdirSync(join(home, '.config/pip'), { recursive: true });
    writeFileSync(
      join(home, '.config/pip/pip.conf'),
      '[global]\nindex-url = https://u:from-file@pip.example/\nextra-index-url =\n  https://x.example/\n  https://u:from-extra@y.example/\n',
    );
    const environment = {
      RUNNER_TEMP: job.temporary,
      GITHUB_WORKSPACE: job.workspace,
      HOME: home,
      PIP_EXTRA_INDEX_URL: 'https://u:from-variable@z.example/',
      https_proxy: 'http://u:from-proxy@proxy.example:3128',
    };
    const inputs = { artifacts: 'path:data/*', cache: 's3://AKIA:from/cache@bucket/x' };
    const run = await job.run({ entry: 'main', inputs, environment });
    const secrets = ['from-file', 'from-extra', 'from-variable', 'from-proxy', 'from/cache'];
    for (const secret of secrets) expect(run.stdout).toContain(`::add-mask::${secret}\n`);
    const said = run.stdout.replace(/^::add-mask::.*$/gm, '') + run.stderr + run.summary;
    const report = readFileSync(run.outputs['report'] ?? '', 'utf8');
    for (const secret of secrets) expect(said + report).not.toContain(secret);
    expect(said).toContain('The address of the S3 store contains a user name or a password.');
  });

  it('masks each line of a key', async () => {
    const run = await job.run({
      entry: 'main',
      inputs: { artifacts: 'path:data/*', 'ssh-private-key': 'BEGIN\nKEY-LINE\nEND\n' },
    });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('::add-mask::KEY-LINE');
    expect(run.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain('KEY-LINE');
  });

  it('keeps names of a mirror from being commands to the runner', async () => {
    const name = '::error::from a mirror ##[add-mask]x';
    mkdirSync(join(job.tree, 'odd'));
    writeFileSync(join(job.tree, 'odd', name), 'x');
    const run = await job.run({ entry: 'main', inputs: { artifacts: 'path:odd/*' } });
    expect(run.exitCode).toBe(0);
    expect(run.stdout).not.toMatch(/^\s*::error/m);
    expect(run.stdout).not.toContain('##[');
  });

  it('takes a destination outside of the workspace and inputs with hyphens', async () => {
    const run = await job.run({
      entry: 'main',
      inputs: {
        artifacts: 'path:data/*',
        path: join(job.folder, 'elsewhere'),
        'lookup-only': 'true',
      },
    });
    expect(run.exitCode).toBe(0);
    expect(run.outputs['path']).toBe(join(job.folder, 'elsewhere'));
    expect(existsSync(join(job.folder, 'elsewhere'))).toBe(false);
  });

  it('ends cleanly when the job is cancelled', async () => {
    // A server that takes the connection and never says a word.
    const { createServer } = await import('node:net');
    const server = createServer(() => undefined);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const run = await job.run({
        entry: 'main',
        inputs: { artifacts: 'path:data/*', mirrors: `rsync://127.0.0.1:${port}/m/` },
        onStart: (pid) => {
          server.once('connection', () => process.kill(pid, 'SIGINT'));
        },
      });
      expect(run.exitCode).toBe(130);
      expect(run.stdout).toMatch(/^::error::The job was cancelled \(SIGINT\)\./m);
      expect(run.stdout).toContain('Nothing is kept for the next run');
      expect(Object.keys(run.outputs)).toHaveLength(OUTPUT_NAMES.length);
      const report = JSON.parse(readFileSync(run.outputs['report'] ?? '', 'utf8'));
      expect(report.error.code).toBe('interrupted');
      expect(report.artifacts.map(({ outcome }: { outcome: string }) => outcome)).not.toContain(
        'done',
      );
    } finally {
      server.close();
    }
  });
});

describe('main on a machine in trouble', () => {
  it('tells the first error when outputs cannot be written either', async () => {
    const run = await job.run({
      entry: 'main',
      inputs: { artifacts: 'path:data/*', link: 'glue' },
      environment: {
        RUNNER_TEMP: job.temporary,
        GITHUB_WORKSPACE: job.workspace,
        GITHUB_OUTPUT: join(job.folder, 'missing', 'output'),
      },
    });
    expect(run.exitCode).toBe(1);
    expect(run.stdout.match(/^::error::/gm)).toHaveLength(1);
    expect(run.stdout).toContain('The value of the input link is not valid.');
    expect(run.stderr).toBe('');
  });

  it('does without a report that cannot be written', async () => {
    writeFileSync(join(job.temporary, 'tfcache'), 'in the way');
    const run = await job.run({
      entry: 'main',
      inputs: { artifacts: 'path:data/*', store: join(job.folder, 'store') },
    });
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ files: '2', report: '' });
    expect(run.stdout).toMatch(/^::warning::The JSON report was not written: /m);
  });
});
