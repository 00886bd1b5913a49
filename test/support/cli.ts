import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './runner.ts';

export interface CliResult {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command line in a process of its own. */
export function runCli(
  args: readonly string[],
  options: {
    folder?: string;
    environment?: NodeJS.ProcessEnv;
    onStart?: (pid: number) => void;
    /** Closes standard output at once, as `| head -0` does. */
    closeOutput?: boolean;
    /** The process leads a group of its own, so that a test can signal all of it, as Ctrl-C does. */
    group?: 'own';
  } = {},
): Promise<CliResult> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(ROOT, 'dist/cli/index.js'), ...args], {
      cwd: options.folder ?? ROOT,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...options.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: options.group === 'own',
    });
    if (options.closeOutput === true) child.stdout.destroy();
    child.once('spawn', () => {
      if (child.pid !== undefined) options.onStart?.(child.pid);
    });
    const result = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    child.once('error', fail);
    child.once('close', (exitCode) => done({ exitCode, ...result }));
  });
}
