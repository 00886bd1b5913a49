import * as core from '@actions/core';
import type { Inputs } from '../inputs/inputs.ts';
import { type InputContext, parseInputs } from '../inputs/parse.ts';
import type { RawInputs } from '../inputs/table.ts';
import { createUsageErrorReport } from '../inputs/usage-error-report.ts';
import { describeError, EXIT_CODES, TfcacheError } from '../platform/error.ts';
import { removeLeftoverFolders } from '../platform/files/temporary-folder.ts';
import { settleBeforeExit } from '../platform/process/settle-before-exit.ts';
import { sanitizeLines } from '../platform/text/sanitize-lines.ts';
import { replaceError } from '../pull/interrupted.ts';
import { pull } from '../pull/pull.ts';
import type { PullResult } from '../pull/types.ts';
import { renderLogLines } from '../report/lines.ts';
import { describeLockChanges } from '../report/lock-changes.ts';
import type { Report } from '../report/report.ts';
import { rememberDestination } from './destinations.ts';
import { getRunnerContext, readInputs, warnAboutUnknownInputs } from './inputs.ts';
import { actionLog } from './log.ts';
import { writeOutputs } from './outputs.ts';
import { createActionContext } from './run-context.ts';
import { saveState } from './state.ts';
import { writeSummary } from './summary.ts';

/**
 * The main step: reads the inputs once, pulls, tells how it went. `leavesWork` says whether a post step follows that saves
 * what is new.
 */
export async function runPull({ leavesWork }: { leavesWork: boolean }): Promise<void> {
  const context = getRunnerContext();
  let failure: unknown;
  const raw = readInputs();
  removeLeftoverFolders(process.env);
  warnAboutUnknownInputs(process.env, actionLog);
  try {
    const { inputs, pulled } = await settleBeforeExit(async () => {
      const parsed = await parseInputs(raw, context);
      return { inputs: parsed, pulled: await pull(parsed, createActionContext()) };
    });
    const result = leavesWork ? describeKeptWork(pulled, inputs) : pulled;
    failure = result.error;
    if (result.report.outcome === 'done') {
      rememberDestination(inputs.path, context.temporaryFolder, actionLog);
    }
    if (leavesWork) trySaveState(inputs, result, context.temporaryFolder);
    writeOutputs(result.report, context.temporaryFolder);
    for (const line of renderLogLines(result.report)) actionLog.info(line);
    warnAboutChangedLockfile(result, context.workspace);
    if (inputs.summary) await trySummary(result.report, context, inputs.path);
  } catch (error) {
    // A wrong input, or outputs that cannot be written: the pull itself hands errors back in its result.
    if (failure === undefined) {
      failure = error;
      await reportRefusedInputs(error, raw, context);
    }
    if (error instanceof Error) actionLog.debug(error.stack ?? error.message);
  }
  if (failure === undefined) return;
  core.setFailed(sanitizeLines(describeError(failure)));
  if (failure instanceof TfcacheError && failure.code === 'interrupted') {
    process.exitCode = EXIT_CODES.interrupted;
  }
}

/** The post step runs for a cancelled job as well: what was verified is not lost with the store of the job. */
function describeKeptWork(result: PullResult, inputs: Inputs): PullResult {
  const { error, save } = result;
  const isLost = error?.code === 'interrupted' && inputs.store.lifetime === 'job';
  if (!isLost || save === undefined || inputs.save !== 'always') return result;
  const { message, found = '', cause } = error;
  const hint =
    'The post step saves the verified files to the cache, and the next job restores them. Partial downloads are deleted with the job.';
  return replaceError(result, new TfcacheError('interrupted', message, { found, hint, cause }));
}

/** Outputs and summary of a step that could not begin. If even that fails, the first error is the one to report. */
async function reportRefusedInputs(
  error: unknown,
  raw: RawInputs,
  context: InputContext,
): Promise<void> {
  const report = createUsageErrorReport(error);
  try {
    writeOutputs(report, context.temporaryFolder);
  } catch (second) {
    actionLog.debug(`No outputs: ${describeError(second)}`);
  }
  // Not checked, so only the plain way of switching it off counts.
  if (raw.summary?.trim().toLowerCase() === 'false') return;
  await trySummary(report, context, raw.path?.trim() ?? '');
}

function warnAboutChangedLockfile({ report }: PullResult, workspace: string): void {
  const warning = describeLockChanges(
    report,
    workspace,
    'A hosted runner deletes it after the job: upload it (actions/upload-artifact), or run tfcache lock on your machine.',
  );
  if (warning !== undefined) actionLog.warning(warning);
}

/** Work that cannot be left is not done: that costs the next job time, not this one its success. */
function trySaveState(inputs: Inputs, result: PullResult, temporary: string): void {
  if (inputs.save === 'never' || result.save === undefined) return;
  try {
    saveState(result.save, temporary);
    // action.yml's post-if reads it: only the runner knows, when post begins, whether the job succeeded.
    if (inputs.save === 'on-success') core.exportVariable('TFCACHE_SAVE', 'on-success');
  } catch (error) {
    actionLog.warning(`Nothing will be saved to the cache: ${describeError(error)}`);
  }
}

/** A summary that cannot be written is no reason to fail a build. */
async function trySummary(report: Report, context: InputContext, path: string): Promise<void> {
  try {
    const { workspace } = context;
    await writeSummary(report, { action: process.env['GITHUB_ACTION'], workspace, path });
  } catch (error) {
    actionLog.warning(`The job summary was not written: ${describeError(error)}`);
  }
}
