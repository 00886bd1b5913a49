import { parseInputs } from '../../inputs/parse.ts';
import { createInterruptedError, replaceError } from '../../pull/interrupted.ts';
import { pull } from '../../pull/pull.ts';
import { renderLogLines } from '../../report/lines.ts';
import { describeLockChanges } from '../../report/lock-changes.ts';
import { finishCommand, saveNewPacks } from '../finish-command.ts';
import type { CommandLine } from '../options.ts';
import { applyCliDefaults, runInSession } from '../session.ts';

/** Runs `tfcache pull`. @returns the exit code @throws TfcacheError `usage` */
export async function runPullCommand(line: CommandLine): Promise<number> {
  return runInSession(line, async ({ runContext, context }) => {
    const inputs = await parseInputs(applyCliDefaults(line), context);
    const result = await pull(inputs, runContext);
    await saveNewPacks(inputs, result, runContext);
    const lockWarning = describeLockChanges(result.report, context.workspace);
    if (lockWarning !== undefined) runContext.log.warning(lockWarning);
    const { signal } = runContext;
    // The files are published, but the user interrupted a later step, such as saving.
    const isStoppedLate = signal.aborted && result.error === undefined;
    const ended = isStoppedLate
      ? replaceError(
          result,
          createInterruptedError(signal, { inputs, fetched: [], isPublished: true }),
        )
      : result;
    return finishCommand(line, ended, runContext, () => renderLogLines(ended.report));
  });
}
