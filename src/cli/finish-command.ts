import type { Inputs } from '../inputs/inputs.ts';
import { describeError } from '../platform/error.ts';
import type { PullResult, RunContext } from '../pull/types.ts';
import { serializeReport } from '../report/json.ts';
import type { CommandLine } from './options.ts';
import { printOutput } from './standard-streams.ts';

/**
 * Prints the result on standard output: the report as JSON, or its lines. The error, if there is one, goes to the log on
 * standard error. @returns the exit code
 */
export function finishCommand(
  line: CommandLine,
  result: PullResult,
  { log }: RunContext,
  lines: () => readonly string[],
): number {
  if (line.json) printOutput(serializeReport(result.report));
  // One clear error: the lines of a failed run would only say it twice.
  else if (result.error === undefined)
    printOutput(
      lines()
        .map((text) => `${text}\n`)
        .join(''),
    );
  if (result.error === undefined) return 0;
  log.error(describeError(result.error));
  return result.error.exitCode;
}

/**
 * The command line has no post step: what is new is saved at once. Saving never fails a pull. A run that was interrupted saves
 * nothing: its user does not want to wait.
 */
export async function saveNewPacks(
  inputs: Inputs,
  { save }: PullResult,
  runContext: RunContext,
): Promise<void> {
  if (inputs.cache === 'none' || inputs.save === 'never' || save === undefined) return;
  if (runContext.signal.aborted) return;
  try {
    const { saveNewFiles } = await import('../pull/save/save.ts');
    const { problems } = await saveNewFiles(save, runContext);
    for (const problem of problems) runContext.log.warning(`Not saved: ${problem}`);
  } catch (error) {
    runContext.log.warning(`Nothing was saved to the cache: ${describeError(error)}`);
  }
}
