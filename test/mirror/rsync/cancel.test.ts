import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { useRsyncWorkbench } from '../../support/rsync-workbench.ts';
import { type SshServer, startSshServer } from '../../support/ssh-server.ts';

const big = randomBytes(6_000_000);
const CLI = new URL('../../../src/cli/main.ts', import.meta.url).pathname;
const bench = useRsyncWorkbench();
let server: SshServer;

beforeAll(async () => {
  bench.put('tree/big.whl', big);
  server = await startSshServer();
});
afterAll(async () => {
  await server.stop();
});

/** The command line from its source, as a process that a signal can end. */
function pull(place: string, bandwidthLimit: string): ChildProcess {
  const child = spawn(process.execPath, [CLI, 'pull', 'path:big.whl'], {
    cwd: place,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      TMPDIR: place,
      TFCACHE_MIRRORS: server.url(join(bench.root, 'tree')),
      TFCACHE_STORE: join(place, 'store'),
      TFCACHE_PATH: join(place, 'out'),
      TFCACHE_CACHE: 'none',
      TFCACHE_SSH_PRIVATE_KEY: server.privateKey,
      TFCACHE_SSH_KNOWN_HOSTS: server.knownHosts,
      TFCACHE_BANDWIDTH_LIMIT: bandwidthLimit,
    },
  });
  return child;
}

/** Bytes of the largest file below a folder. */
function largest(folder: string): number {
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => lstatSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size);
  return Math.max(0, ...sizes.map((size) => size ?? 0));
}

/** Command lines of living processes that name a folder. */
function processesNaming(folder: string): string[] {
  const found: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (command.includes(folder)) found.push(command);
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

const onLinux = test.skipIf(process.platform !== 'linux');

onLinux.each(['SIGTERM', 'SIGINT'] as const)(
  '%s in the middle of a transfer over SSH: no process, no key stays; what came does',
  async (signal) => {
    const place = join(bench.root, `place-${signal}`);
    mkdirSync(place);
    const first = pull(place, '1500');
    const store = join(place, 'store');
    await vi.waitFor(() => expect(largest(store)).toBeGreaterThan(1_000_000), {
      timeout: 20_000,
      interval: 30,
    });
    expect(processesNaming(place)).not.toEqual([]);
    expect(readdirSync(place).some((name) => name.startsWith('tfcache-ssh-'))).toBe(true);
    const began = performance.now();
    first.kill(signal);
    await once(first, 'close');
    // The runner kills what is left 7.5 seconds after it asked.
    expect(performance.now() - began).toBeLessThan(7_500);
    expect(first.exitCode).not.toBe(0);
    await vi.waitFor(() => expect(processesNaming(place)).toEqual([]), { timeout: 5_000 });
    expect(readdirSync(place).filter((name) => name.startsWith('tfcache-ssh-'))).toEqual([]);
    expect(largest(store)).toBeGreaterThan(1_000_000);

    const second = pull(place, '');
    let output = '';
    second.stderr?.on('data', (data) => {
      output += data;
    });
    await once(second, 'close');
    expect(second.exitCode, output).toBe(0);
    expect(readFileSync(join(place, 'out/big.whl')).equals(big)).toBe(true);
  },
  60_000,
);
