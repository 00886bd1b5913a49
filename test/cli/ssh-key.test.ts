import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ROOT } from '../support/runner.ts';
import { makeKey } from '../support/ssh-server.ts';
import { startTcpServer } from '../support/tcp-servers.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { privateKey } = makeKey();

function run(args: readonly string[], environment: NodeJS.ProcessEnv) {
  return spawn(process.execPath, [join(ROOT, 'src/cli/main.ts'), ...args], {
    cwd: environment['TMPDIR'],
    env: { PATH: process.env['PATH'], HOME: environment['TMPDIR'], ...environment },
    stdio: 'ignore',
    detached: true,
  });
}

const keysBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('/key'),
  );

/** Kills a pull while ssh waits for a machine that says nothing. */
async function pullAndKill(environment: NodeJS.ProcessEnv, folder: string): Promise<void> {
  const port = await startTcpServer(() => undefined);
  const pull = run(['pull', 'path:a/*', '--mirrors', `ssh://ci@127.0.0.1:${port}/srv/`], {
    ...environment,
    TFCACHE_SSH_PRIVATE_KEY: privateKey,
    TFCACHE_SSH_KNOWN_HOSTS: `[127.0.0.1]:${port} ssh-ed25519 AAAA`,
  });
  // What outlives the kill: rsync and its ssh, in the same process group.
  onTestFinished(() => {
    try {
      process.kill(-(pull.pid ?? 0), 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  });
  const ended = once(pull, 'exit');
  while (keysBelow(folder).length === 0) {
    if (pull.exitCode !== null) throw new Error('the pull ended too early');
    await sleep(20);
  }
  pull.kill('SIGKILL');
  await ended;
}

test.each([
  ['store stats', ['store', 'stats', '--store', 'store']],
  ['probe', ['probe', 'file:///no/such/']],
  ['a pull that does not start', ['pull', 'path:a/*', '--connections', '99']],
])('the key that a killed pull left is deleted by the next command: %s', async (_what, args) => {
  const temporary = temporaryFolder();
  const environment = { TMPDIR: temporary };
  await pullAndKill(environment, temporary);
  const [key = ''] = keysBelow(temporary);
  expect(readFileSync(join(temporary, key), 'utf8')).toContain('PRIVATE KEY');
  await once(run(args, environment), 'exit');
  expect(keysBelow(temporary)).toEqual([]);
});

test('also where the job has a temporary folder of its own', async () => {
  const temporary = temporaryFolder();
  const environment = { TMPDIR: temporaryFolder(), RUNNER_TEMP: temporary };
  await pullAndKill(environment, temporary);
  await once(run(['store', 'stats', '--store', 'store'], environment), 'exit');
  expect(keysBelow(temporary)).toEqual([]);
});

test('the key of a command that still runs stays', async () => {
  const temporary = temporaryFolder();
  const port = await startTcpServer(() => undefined);
  const pull = run(['pull', 'path:a/*', '--mirrors', `ssh://ci@127.0.0.1:${port}/srv/`], {
    TMPDIR: temporary,
    TFCACHE_SSH_PRIVATE_KEY: privateKey,
    TFCACHE_SSH_KNOWN_HOSTS: `[127.0.0.1]:${port} ssh-ed25519 AAAA`,
  });
  const ended = once(pull, 'exit');
  while (keysBelow(temporary).length === 0) await sleep(20);
  await once(run(['store', 'stats', '--store', 'store'], { TMPDIR: temporary }), 'exit');
  expect(keysBelow(temporary)).toHaveLength(1);
  pull.kill('SIGTERM');
  await ended;
  expect(keysBelow(temporary)).toEqual([]);
});
