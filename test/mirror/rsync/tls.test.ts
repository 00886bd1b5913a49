import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { RsyncMirrorOptions } from '../../../src/mirror/rsync/rsync-mirror.ts';
import { withTunnel } from '../../../src/mirror/rsync/tls/tunnel.ts';
import { startFaultProxy } from '../../support/fault-proxy.ts';
import { probeMirror } from '../../support/probing.ts';
import { freePort, type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';
import { fetchInto, useRsyncWorkbench } from '../../support/rsync-workbench.ts';
import { ROOT } from '../../support/runner.ts';
import { startTcpServer } from '../../support/tcp-servers.ts';
import { rejectionOf } from '../../support/thrown.ts';
import {
  type Certificate,
  makeCertificate,
  STUNNEL,
  startStunnel,
  startTlsFront,
  type TlsFront,
  trust,
} from '../../support/tls-front.ts';
import { startTinyproxy } from '../../support/web-servers.ts';

const bench = useRsyncWorkbench();
const big = randomBytes(6_000_000);
let daemon: RsyncDaemon;
let certificate: Certificate;
let front: TlsFront;

beforeAll(async () => {
  const secrets = join(bench.root, 'secrets');
  writeFileSync(secrets, 'ci:pass word\nci@corp.example:other\n', { mode: 0o600 });
  for (const name of ['a', 'b', 'c', 'd']) bench.put(`tree/linux/${name}.whl`, `wheel ${name}`);
  for (const name of ['big', 'big2', 'big3']) bench.put(`tree/${name}.bin`, big);
  const tree = join(bench.root, 'tree');
  daemon = await startRsyncDaemon({
    modules: {
      tensorflow: tree,
      secret: { path: tree, lines: ['auth users = ci', `secrets file = ${secrets}`] },
    },
  });
  certificate = makeCertificate(bench.root, 'DNS:localhost,IP:127.0.0.1');
  trust(certificate);
  front = await startTlsFront(daemon.port, certificate);
});
afterAll(async () => {
  await front.stop();
  await daemon.stop();
});

const mirrorAt = (port: number, changes: Partial<RsyncMirrorOptions> = {}) =>
  bench.mirror(`rsyncs://127.0.0.1:${port}/tensorflow/`, { retries: 2, ...changes });
const fail = (url: string, changes: Partial<RsyncMirrorOptions> = {}) =>
  rejectionOf(bench.mirror(url, { retries: 2, ...changes }).listTree('tensorflow', ''));

/** Resolves with the exit code. */
async function runIn(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<unknown> {
  const env = { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, ...environment };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  return code;
}

async function expectWorking(port: number): Promise<void> {
  const mirror = mirrorAt(port, { connections: 3 });
  expect(mirror.url).toBe(`rsyncs://127.0.0.1:${port}/tensorflow/`);
  const listed = await mirror.listTree('tensorflow', '');
  expect(listed).toHaveLength(7);
  const staging = bench.staging();
  const { told } = await fetchInto(mirror, listed, staging);
  expect(told).toHaveLength(7);
  expect(readFileSync(join(staging, 'big.bin')).equals(big)).toBe(true);
}

describe('rsync inside TLS', () => {
  test('lists, and fetches with several connections', async () => {
    const before = front.connections();
    await expectWorking(front.port);
    expect(front.connections() - before).toBe(4);
  });

  test.runIf(STUNNEL !== undefined)('behind stunnel', async () => {
    const folder = mkdtempSync(join(bench.root, 'stunnel-'));
    const stunnel = await startStunnel(STUNNEL ?? '', daemon.port, certificate, folder);
    onTestFinished(() => stunnel.stop());
    await expectWorking(stunnel.port);
    const error = await fail(`rsync://127.0.0.1:${stunnel.port}/tensorflow/`);
    expect(error.message).toContain('speaks TLS');
    expect(bench.pauses).toEqual([]);
  });

  test('a module with a password, and a name in place of an address', async () => {
    const url = `rsyncs://ci@localhost:${front.port}/secret/linux/`;
    const right = bench.mirror(url, { password: 'pass word' });
    expect(await right.listTree('tensorflow', '')).toHaveLength(4);
    expect(await fail(url, { password: 'wrong' })).toMatchObject({ code: 'configuration' });
    expect(await fail(url)).toMatchObject({ message: expect.stringContaining('none was given') });
  });

  test('through an HTTP proxy', async () => {
    const proxy = await startTinyproxy([`ConnectPort ${front.port}`]);
    onTestFinished(() => proxy.stop());
    const environment = { ...process.env, NO_PROXY: '', no_proxy: '' };
    const mirror = mirrorAt(front.port, { proxy: `127.0.0.1:${proxy.port}`, environment });
    expect(await mirror.listTree('tensorflow', 'linux')).toHaveLength(4);
    expect(proxy.log()).toContain(`CONNECT 127.0.0.1:${front.port}`);
    const plain = `rsync://127.0.0.1:${front.port}/tensorflow/`;
    const error = await fail(plain, { proxy: `127.0.0.1:${proxy.port}`, environment });
    expect(error.message).toContain('speaks TLS');
  });

  test('a proxy that refuses, and one that does not listen', async () => {
    const strict = await startTinyproxy(['ConnectPort 443']);
    onTestFinished(() => strict.stop());
    const url = `rsyncs://127.0.0.1:${front.port}/tensorflow/`;
    const environment = { ...process.env, NO_PROXY: '', no_proxy: '' };
    const refused = await fail(url, { proxy: `127.0.0.1:${strict.port}`, environment });
    expect(refused).toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('does not let rsync through: 403'),
    });
    expect(bench.pauses).toEqual([]);
    const absent = await fail(url, { proxy: `127.0.0.1:${await freePort()}`, environment });
    expect(absent).toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('cannot be reached'),
    });
  });

  test('an unknown module: the modules there are', async () => {
    const error = await fail(`rsyncs://127.0.0.1:${front.port}/nope/`);
    expect(error).toMatchObject({
      code: 'configuration',
      hint: expect.stringContaining('tensorflow'),
      where: `rsyncs://127.0.0.1:${front.port}/nope/`,
    });
  });

  test('what broke off in the middle is resumed', async () => {
    const between = await startFaultProxy(front.port, (connection) =>
      connection === 2 ? { kind: 'cut', after: 2_000_000, how: 'reset' } : undefined,
    );
    onTestFinished(() => between.stop());
    const mirror = mirrorAt(between.port);
    const listed = await mirror.listTree('tensorflow', '');
    const staging = bench.staging();
    await fetchInto(mirror, listed, staging);
    expect(readFileSync(join(staging, 'big.bin')).equals(big)).toBe(true);
    expect(bench.pauses).toEqual([3_000]);
    expect(between.passed()[2]).toBeLessThan(17_000_000);
  });
});

describe('certificates are checked', () => {
  test('one of an unknown authority', async () => {
    const unknown = makeCertificate(bench.root, 'IP:127.0.0.1');
    const other = await startTlsFront(daemon.port, unknown);
    onTestFinished(() => other.stop());
    const error = await fail(`rsyncs://127.0.0.1:${other.port}/tensorflow/`);
    expect(error).toMatchObject({
      code: 'configuration',
      message: `The certificate of 127.0.0.1:${other.port} cannot be trusted.`,
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
    expect(bench.pauses).toEqual([]);
  });

  test('one for another name', async () => {
    const elsewhere = makeCertificate(bench.root, 'DNS:other.example');
    trust(elsewhere);
    onTestFinished(() => trust(certificate));
    const other = await startTlsFront(daemon.port, elsewhere);
    onTestFinished(() => other.stop());
    for (const host of ['localhost', '127.0.0.1']) {
      const error = await fail(`rsyncs://${host}:${other.port}/tensorflow/`);
      expect(error).toMatchObject({
        code: 'configuration',
        message: expect.stringContaining('cannot be trusted'),
        found: expect.stringMatching(/other\.example|not in the cert's list/),
      });
    }
  });

  test('with the authority in NODE_EXTRA_CA_CERTS a pull works; without it exits with 7', () => {
    const pull = (environment: NodeJS.ProcessEnv) => {
      const folder = mkdtempSync(join(bench.root, 'work-'));
      const url = `rsyncs://localhost:${front.port}/tensorflow/`;
      const args = ['pull', 'path:linux/*', '--mirrors', url, '--path', 'out'];
      return runIn(folder, [join(ROOT, 'src/cli/main.ts'), ...args], environment);
    };
    return Promise.all([
      expect(pull({ NODE_EXTRA_CA_CERTS: certificate.certificate })).resolves.toBe(0),
      expect(pull({})).resolves.toBe(7),
    ]);
  });
});

describe('TLS on one side only', () => {
  test('rsync:// to a port that speaks TLS is no ban: no pause, and what to write', async () => {
    const error = await fail(`rsync://127.0.0.1:${front.port}/tensorflow/my%20folder/`);
    expect(error).toMatchObject({
      code: 'configuration',
      message: `The mirror speaks TLS on port ${front.port}, and rsync:// does not.`,
      hint: `Write rsyncs://127.0.0.1:${front.port}/tensorflow/my%20folder/`,
    });
    expect(bench.pauses).toEqual([]);
  });

  test('a reset by what is no TLS server is still taken for a ban', async () => {
    const reset = await startFaultProxy(daemon.port, () => ({
      kind: 'cut',
      after: 0,
      how: 'reset',
    }));
    onTestFinished(() => reset.stop());
    const error = await fail(`rsync://127.0.0.1:${reset.port}/tensorflow/`);
    expect(error).toMatchObject({ code: 'no-mirror' });
    expect(bench.pauses).toEqual([60_000]);
  });

  test('rsyncs:// to a daemon without TLS', async () => {
    const error = await fail(`rsyncs://127.0.0.1:${daemon.port}/tensorflow/`);
    expect(error).toMatchObject({
      code: 'configuration',
      message: `127.0.0.1:${daemon.port} does not speak TLS on this port.`,
      hint: expect.stringContaining('rsync://'),
    });
    expect(bench.pauses).toEqual([]);
  });

  test('nothing listens, and a server that stays silent', async () => {
    const port = await freePort();
    expect(await fail(`rsyncs://127.0.0.1:${port}/tensorflow/`)).toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('cannot be reached'),
    });
    expect(bench.pauses).toEqual([3_000, 12_000]);
    const silent = await startTcpServer(() => undefined);
    const url = `rsyncs://127.0.0.1:${silent}/tensorflow/`;
    expect(await fail(url, { timeout: 1, retries: 0 })).toMatchObject({
      code: 'no-mirror',
      message: 'The mirror did not answer within 1 seconds.',
    });
  });
});

describe('probe', () => {
  const localhost = () => `rsyncs://127.0.0.1:${front.port}`;

  test('a mirror inside TLS is usable; a host is asked for its modules', async () => {
    const found = await probeMirror(`${localhost()}/tensorflow/`);
    expect(found).toMatchObject({ verdict: 'usable', problem: undefined });
    expect(found.server).toContain('rsync daemon inside TLS');
    expect(found.content?.names).toContain('linux/');
    const host = await probeMirror(`${localhost()}/`);
    expect(host.modules?.names).toEqual(['secret', 'tensorflow']);
  });

  test('TLS on one side only is told, and is no ban', async () => {
    const plain = await probeMirror(`rsync://127.0.0.1:${front.port}/tensorflow/`);
    expect(plain.problem).toMatchObject({
      reason: 'tls-required',
      hint: `Write ${localhost()}/tensorflow/`,
    });
    const secure = await probeMirror(`rsyncs://127.0.0.1:${daemon.port}/tensorflow/`);
    expect(secure.problem).toMatchObject({
      reason: 'tls-unsupported',
      message: expect.stringContaining('does not speak TLS'),
    });
  });

  test('a certificate that cannot be trusted', async () => {
    const unknown = makeCertificate(bench.root, 'IP:127.0.0.1,DNS:unknown');
    const other = await startTlsFront(daemon.port, unknown);
    onTestFinished(() => other.stop());
    const found = await probeMirror(`rsyncs://127.0.0.1:${other.port}/tensorflow/`);
    expect(found.problem?.reason).toBe('certificate-untrusted');
    expect(found.printed).toContain('NODE_EXTRA_CA_CERTS');
  });
});

test('the tunnel takes one connection, from this machine', async () => {
  const address = {
    host: '127.0.0.1',
    port: front.port,
    proxy: undefined,
    url: 'rsyncs://test/',
    limitMs: 5_000,
    signal: undefined,
  };
  const dial = (port: number) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      socket.once('data', (data) => resolve(data.toString('latin1').slice(0, 8)));
      socket.once('error', () => resolve('refused'));
      socket.once('close', () => resolve('refused'));
    });
  await withTunnel(address, async ({ port }) => {
    expect(await dial(port)).toBe('@RSYNCD:');
    expect(await dial(port)).toBe('refused');
  });
});
