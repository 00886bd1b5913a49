import * as core from '@actions/core';
import type { Report } from '../report/report.ts';

/** Writes the job summary, where the runner takes one. The renderer keeps within GitHub's limit of 1 MiB. */
export async function writeSummary(report: Report): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return;
  const { renderSummary } = await import('../report/summary.ts');
  await core.summary.addRaw(renderSummary(report)).write();
}
