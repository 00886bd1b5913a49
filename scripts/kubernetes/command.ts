import { spawnSync } from 'node:child_process';

export interface CommandResult {
  ok: boolean;
  stdout: string;
  /** Both outputs, for a message. */
  output: string;
}

const LONGEST_MS = 300_000;

export function run(program: string, args: readonly string[]): CommandResult {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: LONGEST_MS,
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = [error?.message, stdout, stderr].filter(Boolean).join('\n').trim();
  return { ok: status === 0, stdout: stdout ?? '', output };
}

/** @throws Error with everything the program said. */
export function must(program: string, args: readonly string[]): string {
  const result = run(program, args);
  if (!result.ok) throw new Error(`${program} ${args.join(' ')}\n${result.output}`);
  return result.stdout;
}

export function has(program: string): boolean {
  return run(program, ['--version']).ok;
}
