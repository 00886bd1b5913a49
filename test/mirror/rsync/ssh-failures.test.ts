import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RsyncMirrorOptions } from '../../../src/mirror/rsync/rsync-mirror.ts';
import { describeError } from '../../../src/platform/error.ts';
import { freePort } from '../../support/rsync-daemon.ts';
import { useSshBench } from '../../support/ssh-bench.ts';
import { knownHost, makeKey, startSshServer } from '../../support/ssh-server.ts';
import { rejectionOf } from '../../support/thrown.ts';

const withPassphrase = makeKey('secret words');
const ssh = useSshBench([withPassphrase.publicKey]);

beforeAll(() => ssh.bench.put('tree/tensorflow/linux/cpu/a.whl', 'wheel'));

describe('what can go wrong with SSH', () => {
  const fail = (url: string, changes: Partial<RsyncMirrorOptions> = {}) =>
    rejectionOf(ssh.mirror(url, { retries: 2, ...changes }).listTree('tensorflow', 'linux'));
  const login = (privateKey: string | undefined, knownHosts: string | undefined) => ({
    ssh: { privateKey, knownHosts },
  });

  test('a host key that is not known: how to obtain it', async () => {
    const error = await fail(ssh.tree(), login(ssh.server().privateKey, '# nothing\n'));
    expect(error).toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('not in ssh-known-hosts'),
      hint: expect.stringContaining(`ssh-keyscan -p ${ssh.server().port} 127.0.0.1`),
    });
    expect(ssh.bench.pauses).toEqual([]);
  });

  test('another host key than the known one', async () => {
    const other = knownHost(ssh.server().port, makeKey().publicKey);
    const error = await fail(ssh.tree(), login(ssh.server().privateKey, other));
    expect(error.message).toContain('another host key');
    expect(error.hint).toContain('somebody stands in between');
    expect(ssh.bench.pauses).toEqual([]);
  });

  test('no host keys given at all: refused before anything is contacted', async () => {
    const error = await fail('ssh://ci@127.0.0.1:1/x/', login(ssh.server().privateKey, undefined));
    expect(error).toMatchObject({ code: 'usage', where: 'input ssh-known-hosts' });
    expect(error.hint).toContain('ssh-keyscan -p 1 127.0.0.1');
  });

  test('no key, and no agent', async () => {
    const error = await fail(ssh.tree(), login(undefined, ssh.server().knownHosts));
    expect(error).toMatchObject({ code: 'usage', where: 'input ssh-private-key' });
  });

  test.each([
    ['a public key', 'ssh-ed25519 AAAA someone', 'a public key'],
    ['a key of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nSECRET', 'a key of PuTTY'],
    ['something else', 'c2VjcmV0', 'something else'],
  ])('%s is no private key, and is not printed', async (_what, text, found) => {
    const error = await fail(ssh.tree(), login(text, ssh.server().knownHosts));
    expect(error).toMatchObject({ code: 'usage', found });
    expect(describeError(error)).not.toMatch(/SECRET|c2VjcmV0|AAAA/);
  });

  test.each([
    ['that the machine does not know', () => makeKey().privateKey],
    ['with a passphrase', () => withPassphrase.privateKey],
  ])('a key %s: permission denied, not tried again', async (_what, key) => {
    const error = await fail(ssh.tree(), login(key(), ssh.server().knownHosts));
    expect(error).toMatchObject({
      code: 'configuration',
      message: 'The machine refused the login (it takes: publickey).',
      hint: expect.stringContaining('authorized_keys'),
    });
    expect(ssh.bench.pauses).toEqual([]);
    expect(readdirSync(ssh.temporary())).toEqual([]);
  });

  test('a key that is torn', async () => {
    const torn = ssh.server().privateKey.replace(/\n.{20}/, '\n');
    const error = await fail(ssh.tree(), login(torn, ssh.server().knownHosts));
    expect(error.message).toMatch(/private key cannot be read/);
  });

  test('nobody listens: few tries with growing pauses', async () => {
    const port = await freePort();
    const error = await fail(`ssh://ci@127.0.0.1:${port}/x/`);
    expect(error).toMatchObject({
      code: 'no-mirror',
      message: 'The machine cannot be reached by SSH: Connection refused.',
    });
    expect(ssh.bench.pauses).toEqual([3_000, 12_000]);
  });

  test('a name that has no address', async () => {
    const error = await fail('ssh://ci@no-such-host.invalid/x/', { retries: 0 });
    expect(error.message).toContain('could not be resolved');
  });

  test('a folder that is not there is not an empty mirror', async () => {
    const error = await fail(ssh.tree('/tree/nope'));
    expect(error).toMatchObject({
      code: 'configuration',
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
