import { parseInputs } from '../inputs/parse.ts';
import { pull } from '../pull/pull.ts';
import { renderLines } from '../report/lines.ts';
import { describeLockChanges } from '../report/lock-changes.ts';
import { finish, saveAtOnce } from './finish.ts';
import type { CommandLine } from './options.ts';
import { inSession, withCliDefaults } from './session.ts';

/** `tfcache pull`. @returns the exit code @throws TfcacheError `usage` */
export async function runPullCommand(line: CommandLine): Promise<number> {
  return inSession(line, async ({ surroundings, context }) => {
    const inputs = await parseInputs(withCliDefaults(line), context);
    const result = await pull(inputs, surroundings);
    await saveAtOnce(inputs, result, surroundings);
    const lockWarning = describeLockChanges(result.report, context.workspace);
    if (lockWarning !== undefined) surroundings.log.warning(lockWarning);
    return finish(line, result, surroundings, () => renderLines(result.report));
  });
}
