import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { describeError } from '../../../src/error.ts';
import type { RsyncMirrorOptions } from '../../../src/mirror/rsync/rsync-mirror.ts';
import { freePort } from '../../support/rsync-daemon.ts';
import {
  createRsyncWorkbench,
  everythingIn,
  fetchInto,
  type RsyncWorkbench,
} from '../../support/rsync-workbench.ts';
import { knownHost, makeKey, type SshServer, startSshServer } from '../../support/ssh-server.ts';
import { rejectionOf } from '../../support/thrown.ts';

const withPassphrase = makeKey('secret words');
let bench: RsyncWorkbench;
let server: SshServer;
/** Holds what tfcache makes for ssh. */
let temporary: string;
const big = randomBytes(3_000_000);

beforeAll(async () => {
  bench = createRsyncWorkbench();
  // A shell would take each of these apart, and so would a splitting at spaces.
  bench.put('tree $(touch x) \'q\' "d";&/tensorflow/linux/cpu/a b.whl', 'wheel');
  bench.put('tree $(touch x) \'q\' "d";&/tensorflow/linux/cpu/$HOME;`id`.whl', 'odd');
  bench.put('tree $(touch x) \'q\' "d";&/tensorflow/linux/cpu/中\n.whl', 'newline');
  bench.put('tree/tensorflow/linux/cpu/a.whl', 'wheel');
  bench.put('tree/tensorflow/big', big);
  server = await startSshServer({ authorized: [withPassphrase.publicKey] });
});
afterAll(async () => {
  await server.stop();
  bench.remove();
});
beforeEach(() => {
  temporary = mkdtempSync(join(bench.root, 'runner temp-'));
  bench.pauses.length = 0;
});

function mirror(url: string, changes: Partial<RsyncMirrorOptions> = {}) {
  return bench.mirror(url, {
    ssh: { privateKey: server.privateKey, knownHosts: server.knownHosts },
    environment: { ...process.env, RUNNER_TEMP: temporary, SSH_AUTH_SOCK: undefined },
    ...changes,
  });
}

const tree = (path = '/tree/{bucket}') => server.url(`${bench.root}${path}`);

describe('over SSH', () => {
  test('lists, and fetches files of any name', async () => {
    // Spaces cannot stand in a URL line, so the awkward part is below the folder.
    const ssh = mirror(server.url(bench.root));
    const top = 'tree $(touch x) \'q\' "d";&';
    const listed = await ssh.listTree('tensorflow', top);
    expect(listed).toHaveLength(3);
    const staging = bench.staging();
    const fetched = await fetchInto(ssh, listed, staging);
    expect(fetched.told.sort()).toEqual(listed.map(({ path }) => path).sort());
    expect(fetched.missing).toEqual([]);
    for (const { path } of listed) {
      expect(readFileSync(join(staging, path))).toEqual(readFileSync(join(bench.root, path)));
    }
    expect(everythingIn(staging)).toHaveLength(3);
    expect(existsSync(join(homedir(), 'x'))).toBe(false);
  });

  test('{bucket} in the path, and no user in what is shown', async () => {
    const ssh = mirror(tree(), { bucket: undefined });
    expect(ssh.url).not.toContain('@');
    const [linux] = await ssh.listFolders('tensorflow', ['linux/cpu']);
    expect(linux?.files.map(({ path }) => path)).toEqual(['linux/cpu/a.whl']);
    const staging = bench.staging();
    const asked = ['linux/cpu/a.whl', 'nope'].map((path) => ({ path, size: 5, mtime: undefined }));
    const fetched = await fetchInto(ssh, asked, staging);
    expect(fetched).toMatchObject({ told: ['linux/cpu/a.whl'], missing: ['nope'] });
  });

  test('the key is on disk only while ssh runs, for nobody else to read', async () => {
    const wrapper = join(bench.root, 'wrapper');
    mkdirSync(wrapper, { recursive: true });
    writeFileSync(
      join(wrapper, 'ssh'),
      `#!/bin/sh\nstat -c '%a %n' . key known_hosts > "${wrapper}/seen"\necho "$@" > "${wrapper}/args"\nexec /usr/bin/ssh "$@"\n`,
      { mode: 0o755 },
    );
    const environment = {
      ...process.env,
      RUNNER_TEMP: temporary,
      PATH: `${wrapper}:${process.env['PATH']}`,
    };
    await mirror(tree(), { environment }).listTree('tensorflow', 'linux');
    expect(readFileSync(join(wrapper, 'seen'), 'utf8')).toBe('700 .\n600 key\n600 known_hosts\n');
    expect(readFileSync(join(wrapper, 'args'), 'utf8')).not.toContain('/linux');
    expect(readdirSync(temporary)).toEqual([]);
    expect(bench.log.lines.join('\n')).not.toContain('PRIVATE KEY');
  });

  test('no configuration of the user or the system is read', async () => {
    const args = bench.log.lines.filter((line) => line.includes('ssh -F none')).at(-1) ?? '';
    for (const setting of [
      'StrictHostKeyChecking=yes',
      'GlobalKnownHostsFile=none',
      'BatchMode=yes',
      'IdentitiesOnly=yes',
      'ForwardAgent=no',
    ]) {
      expect(args).toContain(setting);
    }
    expect(args).toContain('--secluded-args');
  });

  test('a key that lost its last line break, or came with those of Windows', async () => {
    for (const privateKey of [
      server.privateKey.trimEnd(),
      server.privateKey.replaceAll('\n', '\r\n'),
    ]) {
      const ssh = mirror(tree(), { ssh: { privateKey, knownHosts: server.knownHosts } });
      expect(await ssh.listTree('tensorflow', 'linux')).toHaveLength(1);
    }
  });

  test('without a key, those of the agent', async () => {
    const socket = join(temporary, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      await vi.waitFor(() => expect(existsSync(socket)).toBe(true));
      const environment = { ...process.env, SSH_AUTH_SOCK: socket, RUNNER_TEMP: bench.root };
      spawnSync('ssh-add', ['-q', '-'], { input: server.privateKey, env: environment });
      const ssh = { privateKey: undefined, knownHosts: server.knownHosts };
      const listed = await mirror(tree(), { ssh, environment }).listTree('tensorflow', 'linux');
      expect(listed).toHaveLength(1);
    } finally {
      agent.kill();
    }
  });

  test('cancelled in the middle: partial data stays, the key does not, and the next run goes on', async () => {
    const staging = bench.staging();
    const file = { path: 'big', size: big.length, mtime: undefined };
    const cancel = new AbortController();
    const slow = mirror(tree(), { bandwidthLimit: 2_000 });
    const timer = setInterval(() => {
      const name = readdirSync(staging).find((entry) => entry.startsWith('.big.'));
      if (name !== undefined && readFileSync(join(staging, name)).length > 1_000_000) {
        cancel.abort();
      }
    }, 20);
    const error = await rejectionOf(fetchInto(slow, [file], staging, cancel.signal));
    clearInterval(timer);
    expect(error.message).toBe('The transfer was cancelled.');
    expect(readdirSync(temporary)).toEqual([]);
    const rest = await fetchInto(mirror(tree()), [file], staging);
    expect(rest.bytesReceived).toBeLessThan(2_400_000);
    expect(readFileSync(join(staging, 'big')).equals(big)).toBe(true);
  });
});

describe('what can go wrong with SSH', () => {
  const fail = (url: string, changes: Partial<RsyncMirrorOptions> = {}) =>
    rejectionOf(mirror(url, { retries: 2, ...changes }).listTree('tensorflow', 'linux'));
  const login = (privateKey: string | undefined, knownHosts: string | undefined) => ({
    ssh: { privateKey, knownHosts },
  });

  test('a host key that is not known: how to obtain it', async () => {
    const error = await fail(tree(), login(server.privateKey, '# nothing\n'));
    expect(error).toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('not in ssh-known-hosts'),
      hint: expect.stringContaining(`ssh-keyscan -p ${server.port} 127.0.0.1`),
    });
    expect(bench.pauses).toEqual([]);
  });

  test('another host key than the known one', async () => {
    const other = knownHost(server.port, makeKey().publicKey);
    const error = await fail(tree(), login(server.privateKey, other));
    expect(error.message).toContain('another host key');
    expect(error.hint).toContain('somebody stands in between');
    expect(bench.pauses).toEqual([]);
  });

  test('no host keys given at all: refused before anything is contacted', async () => {
    const error = await fail('ssh://ci@127.0.0.1:1/x/', login(server.privateKey, undefined));
    expect(error).toMatchObject({ code: 'usage', where: 'input ssh-known-hosts' });
    expect(error.hint).toContain('ssh-keyscan -p 1 127.0.0.1');
  });

  test('no key, and no agent', async () => {
    const error = await fail(tree(), login(undefined, server.knownHosts));
    expect(error).toMatchObject({ code: 'usage', where: 'input ssh-private-key' });
  });

  test.each([
    ['a public key', 'ssh-ed25519 AAAA someone', 'a public key'],
    ['a key of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nSECRET', 'a key of PuTTY'],
    ['something else', 'c2VjcmV0', 'something else'],
  ])('%s is no private key, and is not printed', async (_what, text, found) => {
    const error = await fail(tree(), login(text, server.knownHosts));
    expect(error).toMatchObject({ code: 'usage', found });
    expect(describeError(error)).not.toMatch(/SECRET|c2VjcmV0|AAAA/);
  });

  test.each([
    ['that the machine does not know', () => makeKey().privateKey],
    ['with a passphrase', () => withPassphrase.privateKey],
  ])('a key %s: permission denied, not tried again', async (_what, key) => {
    const error = await fail(tree(), login(key(), server.knownHosts));
    expect(error).toMatchObject({
      code: 'no-mirror',
      message: 'The machine refused the login (it takes: publickey).',
      hint: expect.stringContaining('authorized_keys'),
    });
    expect(bench.pauses).toEqual([]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('a key that is torn', async () => {
    const torn = server.privateKey.replace(/\n.{20}/, '\n');
    const error = await fail(tree(), login(torn, server.knownHosts));
    expect(error.message).toMatch(/private key cannot be read/);
  });

  test('nobody listens: few tries with growing pauses', async () => {
    const port = await freePort();
    const error = await fail(`ssh://ci@127.0.0.1:${port}/x/`);
    expect(error).toMatchObject({
      code: 'no-mirror',
      message: 'The machine cannot be reached by SSH: Connection refused.',
    });
    expect(bench.pauses).toEqual([3_000, 12_000]);
  });

  test('a name that has no address', async () => {
    const error = await fail('ssh://ci@no-such-host.invalid/x/', { retries: 0 });
    expect(error.message).toContain('could not be resolved');
  });

  test('a folder that is not there is not an empty mirror', async () => {
    const error = await fail(tree('/tree/nope'));
    expect(error).toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('is not, or cannot be entered'),
    });
  });

  test.each([
    [
      'no rsync on the far side',
      'rsync() { echo "bash: line 1: rsync: command not found" >&2; return 127; }; rsync',
      'There is no rsync on the far machine.',
    ],
    [
      'a shell that greets',
      'echo welcome; echo to this machine; cat',
      'prints something before rsync begins',
    ],
  ])('%s', async (_what, command, message) => {
    const other = await startSshServer({ extra: [`ForceCommand ${command}`] });
    try {
      const error = await fail(other.url('/x'), {
        ...login(other.privateKey, other.knownHosts),
        retries: 0,
      });
      expect(error.message).toContain(message);
    } finally {
      await other.stop();
    }
  });
});
