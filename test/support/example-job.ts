import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from './cli.ts';
import type { Job } from './job.ts';
import { ROOT } from './runner.ts';

export interface Finished {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A machine as the examples expect it: `tfcache` in PATH, and a repository with a lock and a build. */
export interface ExampleMachine {
  /** Folder of programs, to be first in PATH. */
  bin: string;
  store: string;
  /** A fresh checkout: `tfcache.lock` and `build.sh`, which lists the artifacts into `built`. */
  checkout(name: string): string;
  /** Runs a command as a CI's shell does. */
  run(command: readonly string[], options: RunOptions): Promise<Finished>;
}

export interface RunOptions {
  folder: string;
  environment?: NodeJS.ProcessEnv;
  onStart?: (pid: number) => void;
}

export async function prepareMachine(job: Job): Promise<ExampleMachine> {
  const [bin, store] = [join(job.folder, 'bin'), join(job.folder, 'persistent', 'store')];
  mkdirSync(bin);
  const [node, cli] = [process.execPath, join(ROOT, 'dist/cli/index.js')];
  writeFileSync(join(bin, 'tfcache'), `#!/bin/sh\nexec '${node}' '${cli}' "$@"\n`, { mode: 0o755 });
  const lock = join(job.folder, 'tfcache.lock');
  const made = await runCli(
    [
      ...['pull', 'path:data/*', '--mirrors', job.mirror, '--lock-file', lock],
      ...['--path', join(job.folder, 'for-lock')],
    ],
    { folder: job.folder },
  );
  if (made.exitCode !== 0) throw new Error(made.stderr);
  return {
    bin,
    store,
    checkout(name) {
      const folder = join(job.folder, name);
      mkdirSync(folder);
      writeFileSync(join(folder, 'tfcache.lock'), readFileSync(lock));
      writeFileSync(join(folder, 'build.sh'), 'cat tensorflow-artifacts/data/*.txt > built\n');
      return folder;
    },
    run: ([program = 'sh', ...args], { folder, environment, onStart }) =>
      finish(program, args, folder, onStart, {
        HOME: job.folder,
        PATH: `${bin}:${process.env['PATH']}`,
        ...environment,
      }),
  };
}

function finish(
  program: string,
  args: readonly string[],
  cwd: string,
  onStart: RunOptions['onStart'],
  env: NodeJS.ProcessEnv,
): Promise<Finished> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const result = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    child.once('spawn', () => {
      if (child.pid !== undefined) onStart?.(child.pid);
    });
    child.once('error', fail);
    child.once('close', (exitCode) => done({ exitCode, ...result }));
  });
}

/** Names of the objects that a store holds. */
export function objectsIn(store: string): string[] {
  return readdirSync(join(store, 'v1/objects'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
