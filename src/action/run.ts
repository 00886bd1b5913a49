import * as core from '@actions/core';
import { describeError } from '../error.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { parseInputs } from '../inputs/parse.ts';
import { refusedReport } from '../inputs/refused.ts';
import { pull } from '../pull/pull.ts';
import type { PullResult } from '../pull/types.ts';
import { renderLines } from '../report/lines.ts';
import { readInputs, runnerContext } from './inputs.ts';
import { actionLog } from './log.ts';
import { writeOutputs } from './outputs.ts';
import { leaveState } from './state.ts';
import { writeSummary } from './summary.ts';
import { actionSurroundings } from './surroundings.ts';

/**
 * The main step: reads the inputs once, pulls, tells how it went. `leavesWork` says whether a post step follows that saves
 * what is new.
 */
export async function runPull({ leavesWork }: { leavesWork: boolean }): Promise<void> {
  const context = runnerContext();
  try {
    const inputs = parseInputs(readInputs(), context);
    const result = await pull(inputs, actionSurroundings());
    if (leavesWork) leaveWork(inputs, result, context.temporary);
    writeOutputs(result.report, context.temporary);
    for (const line of renderLines(result.report)) actionLog.info(line);
    if (inputs.summary) await trySummary(result);
    if (result.error !== undefined) core.setFailed(describeError(result.error));
  } catch (error) {
    // A wrong input, or a fault of ours: the pull itself hands errors back in its result.
    writeOutputs(refusedReport(error), context.temporary);
    if (error instanceof Error) core.debug(error.stack ?? error.message);
    core.setFailed(describeError(error));
  }
}

function leaveWork(inputs: Inputs, result: PullResult, temporary: string): void {
  if (inputs.save === 'never' || result.save === undefined) return;
  leaveState(result.save, temporary);
  // action.yml's post-if reads it: only the runner knows, when post begins, whether the job succeeded.
  if (inputs.save === 'on-success') core.exportVariable('TFCACHE_SAVE', 'on-success');
}

/** A summary that cannot be written is no reason to fail a build. */
async function trySummary(result: PullResult): Promise<void> {
  try {
    await writeSummary(result.report);
  } catch (error) {
    actionLog.warning(`The job summary was not written: ${describeError(error)}`);
  }
}
