import { TfcacheError } from '../../platform/error.ts';
import type { Machine } from '../request.ts';
import { detectMachine } from './machine.ts';

const PYTHON_MILLISECONDS = 30_000;

/** The machine this process runs on, asked by programs of this environment only when a request leaves something out. */
export function createLocalMachine(environment: NodeJS.ProcessEnv): Machine {
  return detectMachine({
    environment,
    run: async (program, args) => {
      const { runProgram } = await import('../../platform/process/run.ts');
      const result = await runProgram(program, args, {
        environment,
        timeLimit: PYTHON_MILLISECONDS,
      });
      if (result.exitCode === 0) return result.stdout;
      throw new TfcacheError('failed', `${program} failed.`, { found: result.stderr.trim() });
    },
  });
}
