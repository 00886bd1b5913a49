import * as core from '@actions/core';
import { describeError } from '../error.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { parseInputs } from '../inputs/parse.ts';
import { refusedReport } from '../inputs/refused.ts';
import { pull } from '../pull/pull.ts';
import type { PullResult } from '../pull/types.ts';
import { renderLines } from '../report/lines.ts';
import { describeLockChanges } from '../report/lock-changes.ts';
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
  let failure: unknown;
  try {
    const inputs = await parseInputs(readInputs(), context);
    const result = await pull(inputs, actionSurroundings());
    failure = result.error;
    if (leavesWork) leaveWork(inputs, result, context.temporary);
    writeOutputs(result.report, context.temporary);
    for (const line of renderLines(result.report)) actionLog.info(line);
    warnOfChangedLockfile(result, context.workspace);
    if (inputs.summary) await trySummary(result);
  } catch (error) {
    // A wrong input, or outputs that cannot be written: the pull itself hands errors back in its result.
    if (failure === undefined) {
      failure = error;
      tryOutputs(error, context.temporary);
    }
    if (error instanceof Error) core.debug(error.stack ?? error.message);
  }
  if (failure !== undefined) core.setFailed(describeError(failure));
}

/** Outputs are set also for a step that could not begin; when even that fails, the first error is the one to tell. */
function tryOutputs(error: unknown, temporary: string): void {
  try {
    writeOutputs(refusedReport(error), temporary);
  } catch (second) {
    core.debug(`No outputs: ${describeError(second)}`);
  }
}

function warnOfChangedLockfile({ report }: PullResult, workspace: string): void {
  const warning = describeLockChanges(
    report,
    workspace,
    'A hosted runner deletes it after the job: upload it (actions/upload-artifact), or run tfcache lock on your machine.',
  );
  if (warning !== undefined) actionLog.warning(warning);
}

/** Work that cannot be left is not done: that costs the next job time, not this one its success. */
function leaveWork(inputs: Inputs, result: PullResult, temporary: string): void {
  if (inputs.save === 'never' || result.save === undefined) return;
  try {
    leaveState(result.save, temporary);
    // action.yml's post-if reads it: only the runner knows, when post begins, whether the job succeeded.
    if (inputs.save === 'on-success') core.exportVariable('TFCACHE_SAVE', 'on-success');
  } catch (error) {
    actionLog.warning(`Nothing will be saved to the cache: ${describeError(error)}`);
  }
}

/** A summary that cannot be written is no reason to fail a build. */
async function trySummary(result: PullResult): Promise<void> {
  try {
    await writeSummary(result.report);
  } catch (error) {
    actionLog.warning(`The job summary was not written: ${describeError(error)}`);
  }
}
