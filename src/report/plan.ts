import { escapeForLog } from '../platform/text/escape.ts';
import { formatBytes, formatCount } from '../platform/text/units.ts';
import type { FileReport, Report } from './report.ts';
import {
  describeSources,
  formatDestinationPath,
  joinReasons,
  listReportFiles,
  SOURCE_TITLES,
  sumBySource,
} from './totals.ts';

/**
 * Returns what a pull would do: of each artifact the files with their sizes, grouped by where they come from and why not from
 * nearer; then totals by source and the free space that a pull would need. Safe to print.
 */
export function renderPlan(report: Report): string[] {
  const files = listReportFiles(report);
  // Not spread into Math.max: there may be a hundred thousand.
  const width = files.reduce((most, { size }) => Math.max(most, formatBytes(size).length), 0);
  const lines = report.artifacts.flatMap((artifact) => [
    `${artifact.title}  [${artifact.request}]`,
    ...groupFiles(artifact.files).flatMap((group) => renderGroup(group, width)),
  ]);
  for (const total of sumBySource(files)) {
    const from = total.source === 'in-place' ? '' : 'from ';
    const amount = `${formatBytes(total.bytes)} in ${formatCount(total.fileCount, 'file')}`;
    lines.push(`${from}${SOURCE_TITLES[total.source]}: ${amount}`);
  }
  if (report.spaceNeeded !== undefined) {
    lines.push(`free space needed: ${formatBytes(report.spaceNeeded)} for ${report.path}`);
  }
  lines.push('Dry run: nothing was fetched.');
  return lines.map(escapeForLog);
}

/** Files of one fate, in the order in which the first of each group comes. */
function groupFiles(files: readonly FileReport[]): readonly (readonly FileReport[])[] {
  const groups = new Map<string, FileReport[]>();
  for (const file of files) {
    const key = JSON.stringify([file.source, file.origin, file.skipped]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups.values()];
}

function renderGroup(files: readonly FileReport[], width: number): string[] {
  const [first] = files;
  const skipped =
    first === undefined || first.skipped.length === 0 ? '' : ` (${joinReasons(first.skipped)})`;
  return [
    `  ${describeSources(files)}, ${formatCount(files.length, 'file')}${skipped}`,
    ...files.map(
      (file) => `    ${formatBytes(file.size).padStart(width)}  ${formatDestinationPath(file)}`,
    ),
  ];
}
