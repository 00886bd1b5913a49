import { parseInputs } from '../../inputs/parse.ts';
import { interruptedError, withError } from '../../pull/interrupted.ts';
import { pull } from '../../pull/pull.ts';
import { renderLines } from '../../report/lines.ts';
import { describeLockChanges } from '../../report/lock-changes.ts';
import { finishCommand, saveNewPacks } from '../finish-command.ts';
import type { CommandLine } from '../options.ts';
import { applyCliDefaults, runInSession } from '../session.ts';

/** `tfcache pull`. @returns the exit code @throws TfcacheError `usage` */
export async function runPullCommand(line: CommandLine): Promise<number> {
  return runInSession(line, async ({ surroundings, context }) => {
    const inputs = await parseInputs(applyCliDefaults(line), context);
    const result = await pull(inputs, surroundings);
    await saveNewPacks(inputs, result, surroundings);
    const lockWarning = describeLockChanges(result.report, context.workspace);
    if (lockWarning !== undefined) surroundings.log.warning(lockWarning);
    const { signal } = surroundings;
    // The files are published, but the user stopped what came after: saving, for example.
    const isStoppedLate = signal.aborted && result.error === undefined;
    const ended = isStoppedLate
      ? withError(result, interruptedError(signal, { inputs, fetched: [], isPublished: true }))
      : result;
    return finishCommand(line, ended, surroundings, () => renderLines(ended.report));
  });
}
