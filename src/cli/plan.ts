import { parseInputs } from '../inputs/parse.ts';
import { pull } from '../pull/pull.ts';
import { renderLines } from '../report/lines.ts';
import { renderPlan } from '../report/plan.ts';
import { finish } from './finish.ts';
import type { CommandLine } from './options.ts';
import { inSession, withCliDefaults } from './session.ts';
import { printOutput } from './standard-streams.ts';

/** `tfcache plan`: a pull that looks only. The table is this command's product, so it goes to standard output. */
export async function runPlanCommand(line: CommandLine): Promise<number> {
  return inSession(line, async ({ surroundings, context }) => {
    const inputs = { ...(await parseInputs(withCliDefaults(line), context)), lookupOnly: true };
    const result = await pull(inputs, surroundings);
    if (result.error !== undefined) {
      return finish(line, result, surroundings, () => renderLines(result.report));
    }
    if (!line.json) for (const text of renderPlan(result.report)) printOutput(`${text}\n`);
    return finish(line, result, surroundings, () => []);
  });
}
