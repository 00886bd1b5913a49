import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { everythingIn, fetchInto } from '../../../support/rsync-workbench.ts';
import { useSshBench } from '../../../support/ssh-bench.ts';
import { rejectionOf } from '../../../support/thrown.ts';

const ssh = useSshBench();
const big = randomBytes(3_000_000);

beforeAll(() => {
  // A shell would take each of these apart, and so would a splitting at spaces.
  ssh.bench.put('tree $(touch x) \'q\' "d";&/tensorflow/linux/cpu/a b.whl', 'wheel');
  ssh.bench.put('tree $(touch x) \'q\' "d";&/tensorflow/linux/cpu/$HOME;`id`.whl', 'odd');
  ssh.bench.put('tree $(touch x) \'q\' "d";&/tensorflow/linux/cpu/中 .whl', 'spaced');
  ssh.bench.put('tree/tensorflow/linux/cpu/a.whl', 'wheel');
  ssh.bench.put('tree/tensorflow/big', big);
});

describe('over SSH', () => {
  test('lists, and fetches files of any name', async () => {
    // Spaces cannot stand in a URL line, so the awkward part is below the folder.
    const mirrored = ssh.mirror(ssh.server().url(ssh.bench.root));
    const top = 'tree $(touch x) \'q\' "d";&';
    const listed = await mirrored.listTree('tensorflow', top);
    expect(listed).toHaveLength(3);
    const staging = ssh.bench.staging();
    const fetched = await fetchInto(mirrored, listed, staging);
    expect(fetched.told.sort()).toEqual(listed.map(({ path }) => path).sort());
    expect(fetched.missing).toEqual([]);
    for (const { path } of listed) {
      expect(readFileSync(join(staging, path))).toEqual(readFileSync(join(ssh.bench.root, path)));
    }
    expect(everythingIn(staging)).toHaveLength(3);
    expect(existsSync(join(homedir(), 'x'))).toBe(false);
  });

  test('{bucket} in the path, and no user in what is shown', async () => {
    const mirrored = ssh.mirror(ssh.tree(), { bucket: undefined });
    expect(mirrored.url).not.toContain('@');
    const [linux] = await mirrored.listFolders('tensorflow', ['linux/cpu']);
    expect(linux?.files.map(({ path }) => path)).toEqual(['linux/cpu/a.whl']);
    const staging = ssh.bench.staging();
    const asked = ['linux/cpu/a.whl', 'nope'].map((path) => ({ path, size: 5, mtime: undefined }));
    const fetched = await fetchInto(mirrored, asked, staging);
    expect(fetched).toMatchObject({ told: ['linux/cpu/a.whl'], missing: ['nope'] });
  });

  test('the key is on disk only while ssh runs, for nobody else to read', async () => {
    const wrapper = join(ssh.bench.root, 'wrapper');
    mkdirSync(wrapper, { recursive: true });
    writeFileSync(
      join(wrapper, 'ssh'),
      `#!/bin/sh\nstat -c '%a %n' . key known_hosts > "${wrapper}/seen"\necho "$@" > "${wrapper}/args"\nexec /usr/bin/ssh "$@"\n`,
      { mode: 0o755 },
    );
    const environment = {
      ...process.env,
      RUNNER_TEMP: ssh.temporary(),
      PATH: `${wrapper}:${process.env['PATH']}`,
    };
    await ssh.mirror(ssh.tree(), { environment }).listTree('tensorflow', 'linux');
    expect(readFileSync(join(wrapper, 'seen'), 'utf8')).toBe('700 .\n600 key\n600 known_hosts\n');
    expect(readFileSync(join(wrapper, 'args'), 'utf8')).not.toContain('/linux');
    expect(readdirSync(ssh.temporary())).toEqual([]);
    expect(ssh.bench.log.lines.join('\n')).not.toContain('PRIVATE KEY');
  });

  test('no configuration of the user or the system is read', async () => {
    await ssh.mirror(ssh.tree()).listTree('tensorflow', 'linux');
    const args = ssh.bench.log.lines.filter((line) => line.includes('ssh -F none')).at(-1) ?? '';
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
      ssh.server().privateKey.trimEnd(),
      ssh.server().privateKey.replaceAll('\n', '\r\n'),
    ]) {
      const mirrored = ssh.mirror(ssh.tree(), {
        ssh: { privateKey, knownHosts: ssh.server().knownHosts },
      });
      expect(await mirrored.listTree('tensorflow', 'linux')).toHaveLength(1);
    }
  });

  test('without a key, those of the agent', async () => {
    const socket = join(ssh.temporary(), 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      await vi.waitFor(() => expect(existsSync(socket)).toBe(true));
      const environment = { ...process.env, SSH_AUTH_SOCK: socket, RUNNER_TEMP: ssh.bench.root };
      spawnSync('ssh-add', ['-q', '-'], { input: ssh.server().privateKey, env: environment });
      const login = { privateKey: undefined, knownHosts: ssh.server().knownHosts };
      const listed = await ssh
        .mirror(ssh.tree(), { ssh: login, environment })
        .listTree('tensorflow', 'linux');
      expect(listed).toHaveLength(1);
    } finally {
      agent.kill();
    }
  });

  test('cancelled in the middle: partial data stays, the key does not, and the next run goes on', async () => {
    const staging = ssh.bench.staging();
    const file = { path: 'big', size: big.length, mtime: undefined };
    const cancel = new AbortController();
    const slow = ssh.mirror(ssh.tree(), { bandwidthLimit: 2_000 });
    const timer = setInterval(() => {
      const name = readdirSync(staging).find((entry) => entry.startsWith('.big.'));
      if (name !== undefined && readFileSync(join(staging, name)).length > 1_000_000) {
        cancel.abort();
      }
    }, 20);
    const error = await rejectionOf(fetchInto(slow, [file], staging, cancel.signal));
    clearInterval(timer);
    expect(error.message).toBe('The transfer was cancelled.');
    expect(readdirSync(ssh.temporary())).toEqual([]);
    const rest = await fetchInto(ssh.mirror(ssh.tree()), [file], staging);
    expect(rest.bytesReceived).toBeLessThan(2_400_000);
    expect(readFileSync(join(staging, 'big')).equals(big)).toBe(true);
  });
});
