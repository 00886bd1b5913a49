import { parseInputs } from '../../inputs/parse.ts';
import { pull } from '../../pull/pull.ts';
import { renderPlan } from '../../report/plan.ts';
import { finish } from '../finish.ts';
import type { CommandLine } from '../options.ts';
import { inSession, withCliDefaults } from '../session.ts';

/** `tfcache plan`: a pull that looks only. */
export async function runPlanCommand(line: CommandLine): Promise<number> {
  return inSession(line, async ({ surroundings, context }) => {
    const inputs = { ...(await parseInputs(withCliDefaults(line), context)), lookupOnly: true };
    const result = await pull(inputs, surroundings);
    return finish(line, result, surroundings, () => renderPlan(result.report));
  });
}
