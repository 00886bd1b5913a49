import { spawn } from 'node:child_process';
import { median, type Sample } from './measure.ts';

/** What a program took: on a busy machine its processor time says more than the clock. */
export interface Cost extends Sample {
  /** Seconds of a processor, its own and the kernel's for it, with all its children. */
  processor: number;
}

/** Costs of programs by name, while they are compared. */
export interface Costs {
  /** Runs a program to its end. @throws Error with the end of its output when it fails. */
  run(
    name: string,
    program: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv,
  ): Promise<Cost>;
  /** Medians of processor seconds. */
  medians(): Record<string, number>;
}

export function createCosts(): Costs {
  const all = new Map<string, number[]>();
  return {
    async run(name, program, args, environment) {
      const cost = await timeWithProcessor(program, args, environment);
      all.set(name, [...(all.get(name) ?? []), cost.processor]);
      return cost;
    },
    medians: () => Object.fromEntries([...all].map(([name, costs]) => [name, median(costs)])),
  };
}

/** Node tells nothing of a child's processor time; the shell does, in the last line. */
const SHELL = 'TIMEFORMAT="%U %S"; time "$@" 2>&1';

function timeWithProcessor(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn('bash', ['-c', SHELL, 'bash', program, ...args], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let times = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      times += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - start) / 1000;
      const [user = Number.NaN, system = Number.NaN] = times.trim().split(' ').map(Number);
      if (code === 0) resolve({ seconds, processor: user + system });
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`));
    });
  });
}
