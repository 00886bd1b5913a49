import { parseInputs } from '../../inputs/parse.ts';
import { pull } from '../../pull/pull.ts';
import { renderPlan } from '../../report/plan.ts';
import { finishCommand } from '../finish-command.ts';
import type { CommandLine } from '../options.ts';
import { applyCliDefaults, runInSession } from '../session.ts';

/** Runs `tfcache plan`: a pull with `lookup-only`. */
export async function runPlanCommand(line: CommandLine): Promise<number> {
  return runInSession(line, async ({ runContext, context }) => {
    const inputs = { ...(await parseInputs(applyCliDefaults(line), context)), lookupOnly: true };
    const result = await pull(inputs, runContext);
    return finishCommand(line, result, runContext, () => renderPlan(result.report));
  });
}
