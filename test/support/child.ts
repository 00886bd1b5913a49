import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

/** A TypeScript module running in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  /** Resolves when it has printed this line. */
  printed(line: string): Promise<void>;
  /** Everything it printed, when it has ended. */
  ended(): Promise<{ code: number | null; signal: string | null; output: string }>;
}

/** Starts a module as a process; it is killed, if it still runs, when the test has finished. */
export function startChild(module: URL, parameters: readonly string[]): Child {
  const child = spawn(process.execPath, [module.pathname, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const closed = once(child, 'close');
  return {
    process: child,
    async printed(line) {
      while (!output.split('\n').includes(line)) {
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`it ended without printing ${line}: ${output}`);
        await Promise.race([once(child.stdout, 'data'), closed]);
      }
    },
    async ended() {
      await closed;
      return { code: child.exitCode, signal: child.signalCode, output };
    },
  };
}
