import type { Inputs } from '../inputs/inputs.ts';
import { describeError } from '../platform/error.ts';
import type { PullResult, RunContext } from '../pull/types.ts';
import { serializeReport } from '../report/json.ts';
import type { CommandLine } from './options.ts';
import { printOutput } from './standard-streams.ts';

/**
 * Prints the report to standard output, as JSON or as lines. Logs the error, if there is one, to standard error.
 *
 * @returns the exit code
 */
export function finishCommand(
  line: CommandLine,
  result: PullResult,
  { log }: RunContext,
  lines: () => readonly string[],
): number {
  if (line.json) printOutput(serializeReport(result.report));
  // The lines of a failed run would only repeat the error.
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
 * Saves new files to the cache immediately: the command line has no post step. A failure to save never fails the pull. If
 * the run was interrupted, nothing is saved, because the user does not want to wait.
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
