import { spawn } from 'node:child_process';
import { writeSync } from 'node:fs';

/** One comparison: ours against the alternative, taken in turn in the same run. */
export interface Comparison {
  name: string;
  /** What the ratio should be, for the table: `at most 1.25`. */
  goal: string;
  ours: { name: string; run: () => Promise<Sample>; prepare?: () => Promise<void> | void };
  theirs: { name: string; run: () => Promise<Sample>; prepare?: () => Promise<void> | void };
  /** `times as long` (lower is better) or `times as fast` (higher is better). */
  unit: 'times as long' | 'times as fast';
}

export interface Sample {
  seconds: number;
}

export interface Result {
  name: string;
  goal: string;
  times?: Times;
  /** MiB, of ours. */
  peakMemory?: number;
}

export interface Times {
  ours: number;
  theirs: number;
  ratio: number;
  /** Smallest and largest ratio of a pair, to show the noise. */
  spread: [number, number];
  unit: Comparison['unit'];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1] ?? 0, sorted[middle] ?? 0];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/**
 * Runs both sides in turn, changing who goes first, so that a slow spell of the machine hits both.
 *
 * @param rounds at least 5 for a number worth writing down.
 */
export async function compare(comparison: Comparison, rounds: number): Promise<Result> {
  const { ours, theirs } = comparison;
  const [mine, other]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? ([ours, theirs] as const) : ([theirs, ours] as const);
    for (const side of order) {
      await side.prepare?.();
      const { seconds } = await side.run();
      (side === ours ? mine : other).push(seconds);
    }
    writeSync(2, '.');
  }
  writeSync(2, '\n');
  const ratioOf = (a: number, b: number): number =>
    comparison.unit === 'times as long' ? a / b : b / a;
  const pairs = mine.map((seconds, index) => ratioOf(seconds, other[index] ?? Number.NaN));
  return {
    name: `${comparison.name}, against ${comparison.theirs.name}`,
    goal: comparison.goal,
    times: {
      ours: median(mine),
      theirs: median(other),
      ratio: ratioOf(median(mine), median(other)),
      spread: [Math.min(...pairs), Math.max(...pairs)],
      unit: comparison.unit,
    },
  };
}

/** Runs a program to its end. @throws Error with the end of its output when it fails. */
export function time(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-4000);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - start) / 1000;
      if (code === 0) resolve({ seconds });
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`));
    });
  });
}
