import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type CacheServer, startCacheServer } from '../support/cache-server.ts';
import { runCli } from '../support/cli.ts';
import { startIndexServer } from '../support/index-server.ts';
import { type Job, startJob } from '../support/job.ts';
import type { PrivateServer } from '../support/private-server.ts';
import { freePort } from '../support/rsync-daemon.ts';
import type { ActionResult, ActionRun } from '../support/runner.ts';
import { startNginx } from '../support/web-servers.ts';

const MIB = 1024 * 1024;
const PASSWORD = 's3cr/et@x';
const LOGIN_PAGE = '<html><body>Welcome to the hotel. Please log in.</body></html>';

let job: Job;
let nginx: PrivateServer;
let port: number;
let certificate: string;

beforeEach(async () => {
  job = await startJob();
  certificate = join(job.folder, 'certificate');
  const key = join(job.folder, 'key');
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  writeFileSync(join(job.folder, 'users'), `ci:{PLAIN}${PASSWORD}\n`);
  port = await freePort();
  const folder = (path: string, ...lines: string[]): string =>
    `location ${path} { alias ${job.tree}/; autoindex on; autoindex_format json; ${lines.join(' ')} }`;
  nginx = await startNginx([
    `listen 127.0.0.1:${port} ssl;`,
    `ssl_certificate ${certificate};`,
    `ssl_certificate_key ${key};`,
    folder('/'),
    folder('/private/', 'auth_basic mirror;', `auth_basic_user_file ${job.folder}/users;`),
    folder('/slow/', 'limit_rate 6m;'),
    'location /forbidden/ { return 403; }',
    `location /portal/ { default_type text/html; return 200 "${LOGIN_PAGE}"; }`,
    `location ~ ^/later-portal/.*txt$ { default_type text/html; return 200 "${LOGIN_PAGE}"; }`,
    folder('/later-portal/'),
  ]);
});

afterEach(async () => {
  await nginx.stop();
  await job.stop();
});

const mirror = (path = '/', login = ''): string => `https://${login}127.0.0.1:${port}${path}`;

function run(
  inputs: Readonly<Record<string, string>>,
  more: Partial<ActionRun> & { server?: CacheServer; trust?: 'certificate' | 'nothing' } = {},
): Promise<ActionResult> {
  const { entry = 'main', server, trust = 'certificate', environment, ...rest } = more;
  return job.run({
    entry,
    inputs: {
      mirrors: mirror(),
      path: 'artifacts',
      retries: '0',
      timeout: '10',
      ...(server === undefined ? {} : { cache: 'github' }),
      ...inputs,
    },
    environment: {
      ...server?.environment,
      ...(trust === 'certificate' ? { NODE_EXTRA_CA_CERTS: certificate } : {}),
      ...environment,
    } as never,
    ...rest,
  });
}

const published = (path: string): string =>
  readFileSync(join(job.workspace, 'artifacts', path), 'utf8');

function expectRefused(result: ActionResult, what: RegExp): void {
  expect(result.exitCode, result.stdout).toBe(1);
  expect(result.stdout).toMatch(what);
  expect(result.stdout).toMatch(/next: /);
  expect(existsSync(join(job.workspace, 'artifacts'))).toBe(false);
  expect(result.outputs['cache-hit']).toBe('false');
}

test('cold from an https:// mirror, then from the cache, then by the lock without any mirror', async () => {
  const server = await startCacheServer();
  try {
    const inputs = { artifacts: 'path:data/*.txt', 'lock-file': 'tfcache.lock' };
    const cold = await run(inputs, { server });
    expect(cold.exitCode, cold.stdout).toBe(0);
    expect(cold.outputs).toMatchObject({
      'cache-hit': 'false',
      'bytes-from-mirror': '12',
      mirror: mirror(),
    });
    expect(cold.summary).toContain(mirror());
    await run(inputs, { server, entry: 'post', state: cold.state });

    job.next();
    rmSync(join(job.workspace, 'artifacts'), { recursive: true });
    const before = nginx.log();
    const warm = await run({ ...inputs, frozen: 'true' }, { server });
    expect(warm.outputs, warm.stdout).toMatchObject({
      'cache-hit': 'true',
      'bytes-from-cache': '12',
      mirror: '',
    });
    expect(nginx.log()).toBe(before);
    expect(published('data/a.txt')).toBe('file a');
  } finally {
    await server.stop();
  }
});

test('a password in the URL of a mirror is used, masked, and shown nowhere', async () => {
  const login = `ci:${encodeURIComponent(PASSWORD)}@`;
  const inputs = { artifacts: 'path:data/*.txt', mirrors: mirror('/private/', login) };
  const result = await run(inputs);
  expect(result.exitCode, result.stdout).toBe(0);
  expect(result.outputs['mirror']).toBe(mirror('/private/'));

  const [masks, rest] = [true, false].map((isMask) =>
    result.stdout
      .split('\n')
      .filter((line) => line.startsWith('::add-mask::') === isMask)
      .join('\n'),
  );
  const report = readFileSync(result.outputs['report'] ?? '', 'utf8');
  for (const secret of [
    PASSWORD,
    encodeURIComponent(PASSWORD),
    Buffer.from(`ci:${PASSWORD}`).toString('base64'),
  ]) {
    // Workflow commands spell a % as %25.
    expect(masks).toContain(secret.replaceAll('%', '%25'));
    for (const text of [rest, result.summary, report, JSON.stringify(result.state)]) {
      expect(text).not.toContain(secret);
    }
  }
  expectNoFileHolds(join(job.workspace, 'artifacts'), PASSWORD);

  rmSync(join(job.workspace, 'artifacts'), { recursive: true });
  job.next();
  const wrong = await run({ ...inputs, mirrors: mirror('/private/', 'ci:wrong-one@') });
  expectRefused(wrong, /refuses access \(401\)/);
  expect(wrong.stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('wrong-one');
});

test('killed in the middle, another mirror resumes it where a digest is known', async () => {
  const content = randomBytes(48 * MIB);
  writeFileSync(join(job.tree, 'big.bin'), content);
  utimesSync(join(job.tree, 'big.bin'), 1_700_000_000, 1_700_000_000);
  const locked = { artifacts: 'path:big.bin', 'lock-file': 'tfcache.lock' };
  expect((await run({ ...locked, mirrors: mirror() })).exitCode).toBe(0);
  rmSync(join(job.workspace, 'artifacts'), { recursive: true });
  job.next();
  const inputs = { ...locked, mirrors: mirror('/slow/'), store: 'store' };
  const killed = await run(inputs, {
    onStart(pid) {
      const timer = setInterval(() => {
        if (receivedBytes() < 12 * MIB) return;
        clearInterval(timer);
        process.kill(pid, 'SIGKILL');
      }, 20);
    },
  });
  expect(killed.exitCode).toBe(null);
  expect(existsSync(join(job.workspace, 'artifacts'))).toBe(false);
  const requestsBefore = nginx.log().split('\n').length;

  const again = await run({ ...inputs, mirrors: mirror() });
  expect(again.exitCode, again.stdout).toBe(0);
  const got = readFileSync(join(job.workspace, 'artifacts', 'big.bin'));
  expect(got.equals(content)).toBe(true);
  const sent = nginx
    .log()
    .split('\n')
    .slice(requestsBefore - 1)
    .flatMap((line) => /^GET \/big\.bin 206 (\d+)/.exec(line)?.[1] ?? [])
    .reduce((sum, bytes) => sum + Number(bytes), 0);
  expect(sent).toBeGreaterThan(0);
  expect(sent).toBeLessThanOrEqual(36 * MIB);
});

/** What the records of partial files in the store say is there. */
function receivedBytes(): number {
  return globSync(join(job.workspace, 'store/v*/staging/**/@partial/*.json'))
    .map((file) => JSON.parse(readFileSync(file, 'utf8') || '{"done":[]}') as { done: number[][] })
    .flatMap(({ done }) => done)
    .reduce((sum, [start = 0, end = 0]) => sum + end - start, 0);
}

describe('a mirror that cannot be used', () => {
  const artifacts = 'path:data/a.txt';
  test.each([
    ['a folder that is not to be listed', '/forbidden/', /refuses access \(403\)/],
    ['a captive portal', '/portal/', /captive portal/],
    ['a captive portal that comes between', '/later-portal/', /captive portal/],
    ['a path where nothing is', '/nothing/here/', /nothing\/here/],
  ])('%s', async (_, path, what) => {
    expectRefused(await run({ artifacts, mirrors: mirror(path) }), what);
  });

  test('a certificate of an unknown authority: what to set', async () => {
    const result = await run({ artifacts }, { trust: 'nothing' });
    expectRefused(result, /certificate of 127\.0\.0\.1:\d+ cannot be trusted/);
    expect(result.stdout).toContain('NODE_EXTRA_CA_CERTS');
  });

  test('is passed over when a further one is named: a share', async () => {
    const mirrors = [mirror('/forbidden/'), `file://${job.tree}/`].join('\n');
    const result = await run({ artifacts, mirrors });
    expect(result.exitCode, result.stdout).toBe(0);
    expect(result.stdout).toMatch(/::warning::.*403/);
    expect(result.outputs['mirror']).toBe(`file://${job.tree}/`);
    expect(published('data/a.txt')).toBe('file a');
  });
});

test('http:// is for this machine alone', async () => {
  const artifacts = 'path:data/a.txt';
  const result = await run({ artifacts, mirrors: `http://127.0.0.1:${nginx.port}/` });
  expect(result.exitCode, result.stdout).toBe(0);

  const args = ['pull', artifacts, '--retries', '0', '--timeout', '5', '--path', 'other'];
  const elsewhere = await runCli([...args, '--mirrors', 'http://192.0.2.1/{bucket}/'], {
    folder: job.workspace,
  });
  expect(elsewhere.exitCode, elsewhere.stderr).toBe(2);
  expect(elsewhere.stderr).toContain('https://');
});

test('a wheel from the index of pip’s configuration', async () => {
  const content = Buffer.from('a wheel');
  const name = 'demo_pkg-1.0-py3-none-any.whl';
  const index = await startIndexServer({ 'demo-pkg': [{ name, content }] });
  try {
    const result = await run(
      { artifacts: 'wheel:demo-pkg', mirrors: 'pypi=pip' },
      { environment: { PIP_INDEX_URL: index.url.replace('//', '//ci:hush-hush@') } as never },
    );
    expect(result.exitCode, result.stdout).toBe(0);
    expect(published(`@pypi/demo-pkg/${name}`)).toBe('a wheel');
    expect(result.outputs['mirror']).toBe(index.url);
    expect(result.stdout).toContain('::add-mask::hush-hush');
    expect(result.stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toContain('hush-hush');
  } finally {
    await index.stop();
  }
});

function expectNoFileHolds(folder: string, secret: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of globSync(`${folder}/**/*`, { withFileTypes: true })) {
    if (!file.isFile()) continue;
    expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain(secret);
  }
}
