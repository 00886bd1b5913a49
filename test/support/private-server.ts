import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './rsync-daemon.ts';

export interface PrivateServer {
  port: number;
  /** Lines the server logged for requests so far. */
  log(): string;
  stop(): Promise<void>;
}

export interface PrivateServerOptions {
  program: string;
  /** @param folder of this server alone: its configuration, logs and pid file. */
  arguments(configuration: string, folder: string): readonly string[];
  configuration(port: number, folder: string): string;
  /** Name of the log in the server's folder. */
  logName: string;
}

/** A real server as a process of the test, with a configuration and a port of its own on 127.0.0.1. */
export async function startPrivateServer(options: PrivateServerOptions): Promise<PrivateServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-server-'));
  const configuration = join(folder, 'configuration');
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    writeFileSync(configuration, options.configuration(port, folder));
    let output = '';
    const child = spawn(options.program, options.arguments(configuration, folder), {
      // A group of its own: its workers end with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    let ended = false;
    const end = new Promise<void>((resolve) => {
      child.once('exit', () => {
        ended = true;
        resolve();
      });
      child.once('error', (error) => {
        output += error.message;
        ended = true;
        resolve();
      });
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
    };
    for (let wait = 0; wait < 500 && !ended; wait += 1) {
      // Apache listens before it has read all of its configuration, and may end then.
      if ((await accepts(port)) && (await sleep(30, true)) && (await accepts(port))) {
        return {
          port,
          log: () => readFileSync(join(folder, options.logName), 'utf8'),
          async stop() {
            await stop();
            rmSync(folder, { recursive: true, force: true });
          },
        };
      }
      await sleep(10);
    }
    await stop();
    if (attempt === 3) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`${options.program} did not start:\n${output}`);
    }
  }
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
