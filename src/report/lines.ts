import { escapeForLog } from '../platform/text/escape.ts';
import { formatBytes, formatDuration, formatNumber } from '../platform/text/units.ts';
import { renderHeadline } from './headline.ts';
import type { ArtifactReport, FileReport, Report } from './report.ts';
import {
  chooseOriginOptions,
  describeAmount,
  describeReasons,
  describeSources,
  formatDestinationPath,
  joinReasons,
  type OriginOptions,
  sumBySource,
} from './totals.ts';

/** More files of one artifact than these are not told one by one. */
const MAX_FILES_SHOWN = 12;

/**
 * What happened, for the end of a log: a sentence, then for each artifact what it is, its size, where it came from and
 * why not from nearer, then how long each step took. Safe to print as they are: no line holds a command to the runner.
 */
export function renderLogLines(report: Report): string[] {
  const lines = [renderHeadline(report), ...report.artifacts.flatMap(renderArtifact)];
  if (report.error?.hint !== undefined) lines.push(...renderHint(report.error.hint));
  if (report.steps.length > 0) lines.push(`time: ${renderStepTimes(report)}`);
  if (report.path !== '' && report.outcome !== 'failed') lines.push(`path: ${report.path}`);
  return lines.map(escapeForLog);
}

/** A hint may have several lines: an example, say. */
function renderHint(hint: string): string[] {
  return hint.split('\n').map((line, index) => (index === 0 ? `next: ${line}` : `      ${line}`));
}

function renderArtifact(artifact: ArtifactReport): string[] {
  const { files, title, outcome } = artifact;
  const failed = outcome === 'failed' ? 'failed, ' : '';
  if (files.length === 0) return [`  ${title}: ${failed}not here`];
  const rest = outcome === 'failed' || outcome === 'missing' ? '; the rest is not here' : '';
  const lines = [`  ${title}: ${failed}${describeAmount(files)}, ${describeSources(files)}${rest}`];
  // One file, or many of one fate, are told by the artifact's own line.
  const origins = chooseOriginOptions([artifact]);
  const mixed = sumBySource(files).length > 1;
  if (mixed) {
    lines.push(...files.slice(0, MAX_FILES_SHOWN).map((file) => renderFileLine(file, origins)));
    const more = files.length - MAX_FILES_SHOWN;
    if (more > 0) lines.push(`    … and ${formatNumber(more)} more files`);
  } else {
    const reasons = describeReasons(files);
    if (reasons.length > 0) lines.push(`    because ${reasons.join('; ')}`);
  }
  return lines;
}

function renderFileLine(file: FileReport, origins: OriginOptions): string {
  const skipped = file.skipped.length === 0 ? '' : ` because ${joinReasons(file.skipped)}`;
  return `    ${formatDestinationPath(file)}: ${formatBytes(file.size)}, ${describeSources([file], origins)}${skipped}`;
}

function renderStepTimes(report: Report): string {
  const total = report.steps.reduce((sum, step) => sum + step.milliseconds, 0);
  const steps = report.steps.map((step) => `${step.step} ${formatDuration(step.milliseconds)}`);
  return `${formatDuration(total)} (${steps.join(', ')})`;
}
