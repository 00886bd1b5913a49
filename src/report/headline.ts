import { formatBytes } from '../platform/text/units.ts';
import type { Report } from './report.ts';
import {
  describeAmount,
  describeSources,
  listReportFiles,
  type SourceTotal,
  sumBySource,
  sumBytes,
} from './totals.ts';

/** What a person wants to know first. */
export type RunStatus = 'in-place' | 'warm' | 'partial' | 'cold' | 'empty' | 'planned' | 'failed';

export function getRunStatus(report: Report): RunStatus {
  if (report.outcome === 'failed') return 'failed';
  if (report.outcome === 'planned') return 'planned';
  const totals = sumBySource(listReportFiles(report));
  if (totals.length === 0) return 'empty';
  if (!report.cacheHit) return totals.every(fromMirror) ? 'cold' : 'partial';
  return totals.every((total) => total.source === 'in-place') ? 'in-place' : 'warm';
}

/** A mark for each status that is understood without colour. */
const STATUS_MARKS: Readonly<Record<RunStatus, string>> = {
  'in-place': '✅',
  warm: '✅',
  partial: '✅',
  cold: '✅',
  empty: '⚠️',
  planned: '📋',
  failed: '❌',
};

/** The mark of a run's title: a run that refused a file is not shown as an entirely good one. */
export function getStatusMark(report: Report): string {
  const status = getRunStatus(report);
  return status !== 'failed' && report.refused.length > 0 ? '⚠️' : STATUS_MARKS[status];
}

const SENTENCES: Readonly<Record<RunStatus, (report: Report) => string>> = {
  'in-place': (report) =>
    `Everything was in place already (${amount(report)}); nothing came from a mirror.`,
  warm: (report) =>
    `Everything is there (${amount(report)}) and nothing came from a mirror: ${sources(report)}.`,
  partial: (report) =>
    `Everything is there (${amount(report)}); ${formatBytes(mirrorBytes(report))} of it came from the mirror: ${sources(report)}.`,
  cold: (report) => `Everything is there (${amount(report)}), all of it from the mirror.`,
  empty: () => 'Nothing was asked for.',
  planned: (report) =>
    `Dry run, nothing was fetched: a pull would bring ${amount(report)}, ${formatBytes(mirrorBytes(report))} of it from the mirror.`,
  failed: (report) =>
    `Failed: ${report.error?.message.split('\n', 1)[0] ?? 'the reason is not known'}`,
};

/** One sentence for the whole run. Holds names from outside: escape it where it is shown. */
export function renderHeadline(report: Report): string {
  return SENTENCES[getRunStatus(report)](report);
}

function amount(report: Report): string {
  return describeAmount(listReportFiles(report));
}

function sources(report: Report): string {
  return describeSources(listReportFiles(report));
}

function mirrorBytes(report: Report): number {
  return sumBytes(listReportFiles(report).filter((file) => file.source === 'mirror'));
}

function fromMirror(total: SourceTotal): boolean {
  return total.source === 'mirror';
}
