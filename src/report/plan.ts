import { logText } from './escape.ts';
import type { FileReport, Report } from './report.ts';
import {
  allFiles,
  describeSources,
  nameInDestination,
  SOURCE_TITLES,
  totalsBySource,
} from './totals.ts';
import { formatBytes, formatCount } from './units.ts';

/**
 * What a pull would do, file by file: size, source, why not from nearer; then totals by source and the free space that
 * a pull would need. Safe to print as they are.
 */
export function renderPlan(report: Report): string[] {
  const files = allFiles(report);
  // Not spread into Math.max: there may be a hundred thousand.
  const width = files.reduce((most, { size }) => Math.max(most, formatBytes(size).length), 0);
  const lines = report.artifacts.flatMap((artifact) => [
    `${artifact.title}  [${artifact.request}]`,
    ...artifact.files.flatMap((file) => fileLines(file, width)),
  ]);
  for (const total of totalsBySource(files)) {
    const from = total.source === 'in-place' ? '' : 'from ';
    const amount = `${formatBytes(total.bytes)} in ${formatCount(total.files, 'file')}`;
    lines.push(`${from}${SOURCE_TITLES[total.source]}: ${amount}`);
  }
  if (report.spaceNeeded !== undefined) {
    lines.push(`free space needed: ${formatBytes(report.spaceNeeded)} for ${report.path}`);
  }
  lines.push('Dry run: nothing was fetched.');
  return lines.map(logText);
}

function fileLines(file: FileReport, width: number): string[] {
  const size = formatBytes(file.size).padStart(width);
  const first = `  ${size}  ${nameInDestination(file)}  ${describeSources([file])}`;
  return [first, ...file.because.map((reason) => `  ${' '.repeat(width)}    because ${reason}`)];
}
