import { isAbsolute, relative } from 'node:path';
import * as core from '@actions/core';
import type { Report } from '../report/report.ts';

/** What tells several steps of a job apart. */
export interface StepName {
  /** The variable `GITHUB_ACTION`: the step's id, or a name that begins with `__` for a step without one. */
  action: string | undefined;
  workspace: string;
  /** The destination: absolute, or as the user wrote it. */
  path: string;
}

/** Writes the job summary, where the runner takes one. The renderer keeps within GitHub's limit of 1 MiB. */
export async function writeSummary(report: Report, step: StepName): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  const { renderSummary } = await import('../report/summary.ts');
  await core.summary.addRaw(renderSummary(report, { name: getStepTitle(step) })).write();
}

/** Adds a line to the job summary about what was saved when the job ended, with what went wrong. */
export async function addToSummary(
  sentence: string,
  problems: readonly string[],
  step: StepName,
): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  const { renderSaving } = await import('../report/saving.ts');
  await core.summary.addRaw(renderSaving({ name: getStepTitle(step), sentence, problems })).write();
}

/** The step's id if it has one, else the destination, relative to the workspace if it is inside. */
export function getStepTitle({ action = '', workspace, path }: StepName): string {
  if (action !== '' && !action.startsWith('__')) return action;
  if (!isAbsolute(path)) return path;
  const inside = relative(workspace, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
