import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './rsync-daemon.ts';

export interface SshServer {
  port: number;
  /** `ssh://USER@127.0.0.1:PORT/PATH/` for the user who runs the test. */
  url(path: string): string;
  /** Text of a private key that may log in. */
  privateKey: string;
  /** The server's host key as a line of known_hosts. */
  knownHosts: string;
  /** What sshd logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/** A new key pair as text, with a passphrase if one is given. */
export function makeKey(passphrase = ''): { privateKey: string; publicKey: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-key-'));
  const file = join(folder, 'key');
  const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', file]);
  if (made.status !== 0) throw new Error(`ssh-keygen failed: ${made.stderr}`);
  const pair = {
    privateKey: readFileSync(file, 'utf8'),
    publicKey: readFileSync(`${file}.pub`, 'utf8').trim(),
  };
  rmSync(folder, { recursive: true });
  return pair;
}

/** A line of known_hosts. */
export function knownHost(port: number, publicKey: string): string {
  return `[127.0.0.1]:${port} ${publicKey.split(' ').slice(0, 2).join(' ')}`;
}

/**
 * A real sshd on 127.0.0.1 with a host key of its own, that lets the user who runs the test log in by one key and nothing else.
 * Each of `authorized` may also log in.
 */
export async function startSshServer(
  options: { authorized?: readonly string[]; extra?: readonly string[] } = {},
): Promise<SshServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-sshd-'));
  const host = makeKey();
  const user = makeKey();
  writeFileSync(join(folder, 'host_key'), host.privateKey, { mode: 0o600 });
  const authorized = [user.publicKey, ...(options.authorized ?? [])];
  writeFileSync(join(folder, 'authorized_keys'), `${authorized.join('\n')}\n`);
  // Where sshd confines its unprivileged part when root starts it.
  if (process.getuid?.() === 0 && !existsSync('/run/sshd')) mkdirSync('/run/sshd');
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const settings = [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${folder}/host_key`,
      `AuthorizedKeysFile ${folder}/authorized_keys`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      'LogLevel VERBOSE',
      ...(options.extra ?? []),
    ];
    writeFileSync(join(folder, 'sshd_config'), `${settings.join('\n')}\n`);
    let log = '';
    // sshd wants to be started by its whole path.
    const child = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (data) => {
      log += data;
    });
    let ended = false;
    const end = new Promise<void>((resolve) => {
      for (const event of ['exit', 'error']) {
        child.once(event, () => {
          ended = true;
          resolve();
        });
      }
    });
    const kill = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
      }
    };
    process.once('exit', kill);
    const stop = async () => {
      kill();
      await end;
      process.off('exit', kill);
      rmSync(folder, { recursive: true, force: true });
    };
    for (let wait = 0; wait < 500 && !ended; wait += 1) {
      if (await accepts(port)) {
        const name = userInfo().username;
        return {
          port,
          url: (path) => `ssh://${name}@127.0.0.1:${port}${path}/`,
          privateKey: user.privateKey,
          knownHosts: knownHost(port, host.publicKey),
          log: () => log,
          stop,
        };
      }
      await sleep(10);
    }
    if (attempt === 3) {
      await stop();
      throw new Error(`sshd did not start (package openssh-server):\n${log}`);
    }
    kill();
    await end;
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
