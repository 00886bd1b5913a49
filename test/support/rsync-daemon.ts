import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A module of rsyncd.conf: its folder, or its folder and further lines (`auth users = ci`). */
export type DaemonModule = string | { path: string; lines: readonly string[] };

export interface DaemonOptions {
  /** Module names and the folders they serve. */
  modules: Readonly<Record<string, DaemonModule>>;
  /** Further lines of the global section; a module's parameter there is the default of every module. */
  extra?: readonly string[];
  /** A fixed port, to come back where a daemon was before; a free one when absent. */
  port?: number;
}

export interface RsyncDaemon {
  port: number;
  /** `rsync://127.0.0.1:PORT/MODULE/` */
  url(module: string): string;
  /** What the daemon logged so far: connections, files sent (`%b` is the bytes sent for each). */
  log(): string;
  /** Connections that asked for a module so far. */
  connections(): number;
  /** Ends the daemon and everything it serves at once, as a crashed machine would. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** A real rsync daemon on 127.0.0.1. Read only; paths of modules are taken as they stand. */
export async function startRsyncDaemon(options: DaemonOptions): Promise<RsyncDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-rsyncd-'));
  const logFile = join(folder, 'log');
  writeFileSync(join(folder, 'rsyncd.conf'), configuration(folder, logFile, options));
  writeFileSync(logFile, '');

  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const child = spawn(
      'rsync',
      [
        '--daemon',
        '--no-detach',
        `--config=${join(folder, 'rsyncd.conf')}`,
        '--address=127.0.0.1',
        `--port=${port}`,
      ],
      // A process group of its own: the children that serve connections end with it.
      { detached: true, stdio: 'ignore' },
    );
    const end = endGroup(child);
    if (await greets(port, child)) {
      const stop = async (signal: NodeJS.Signals) => {
        await end(signal);
        rmSync(folder, { recursive: true, force: true });
      };
      return {
        port,
        url: (module) => `rsync://127.0.0.1:${port}/${module}/`,
        log: () => readFileSync(logFile, 'utf8'),
        connections: () => readFileSync(logFile, 'utf8').match(/\] rsync on /g)?.length ?? 0,
        kill: () => end('SIGKILL'),
        stop: () => stop('SIGTERM'),
      };
    }
    await end('SIGKILL');
    if (attempt === 5) {
      const log = readFileSync(logFile, 'utf8');
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`the rsync daemon did not start:\n${log}`);
    }
  }
}

function configuration(folder: string, logFile: string, options: DaemonOptions): string {
  const lines = [
    `log file = ${logFile}`,
    `pid file = ${join(folder, 'pid')}`,
    `lock file = ${join(folder, 'lock')}`,
    'use chroot = no',
    'read only = yes',
    'transfer logging = yes',
    'log format = %o %f %l %b',
  ];
  // As root the daemon would become `nobody`, who cannot read a test's temporary folders.
  if (process.getuid?.() === 0) lines.push('uid = 0', 'gid = 0');
  lines.push(...(options.extra ?? []));
  for (const [name, module] of Object.entries(options.modules)) {
    lines.push(`[${name}]`, `path = ${typeof module === 'string' ? module : module.path}`);
    if (typeof module !== 'string') lines.push(...module.lines);
  }
  return `${lines.join('\n')}\n`;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

function endGroup(child: ChildProcess): (signal: NodeJS.Signals) => Promise<void> {
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const kill = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch (error) {
      // The group is gone already.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  };
  const atExit = () => kill('SIGKILL');
  process.once('exit', atExit);
  return async (signal) => {
    kill(signal);
    await ended;
    kill('SIGKILL');
    process.off('exit', atExit);
  };
}

/** Waits until the daemon sends its greeting; false when it ended before. */
async function greets(port: number, child: ChildProcess): Promise<boolean> {
  for (let wait = 0; wait < 500; wait++) {
    if (child.exitCode !== null || child.pid === undefined) return false;
    const greeted = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString('latin1').startsWith('@RSYNCD:'));
      });
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
    if (greeted) return true;
    await sleep(10);
  }
  return false;
}
