import {
  escapeMarkdown,
  formatMarkdownCode,
  formatMarkdownLines,
  shortenMiddle,
  truncate,
} from '../platform/text/escape.ts';
import { formatBytes, formatCount, formatDuration, formatNumber } from '../platform/text/units.ts';
import { getStatusMark, renderHeadline } from './headline.ts';
import { COMMIT_LOCKFILE_HINT } from './lock-changes.ts';
import type { ArtifactReport, FileReport, Report } from './report.ts';
import {
  chooseOriginOptions,
  describeReasons,
  describeSources,
  formatDestinationPath,
  listReportFiles,
  type OriginOptions,
  SOURCE_TITLES,
  type SourceTotal,
  sumBySource,
  sumBytes,
} from './totals.ts';

/** GitHub drops a step's summary above 1 MiB (docs.github.com, "Adding a job summary"); other tools may add to ours. */
const MAX_SUMMARY_BYTES = 960 * 1024;

/** How much of a large run is shown. */
interface Detail {
  artifacts: number;
  /** Rows of files over all artifacts. */
  files: number;
  warnings: number;
  /** Characters of one name in a table. */
  text: number;
  /** Characters of one line of a warning or an error: a digest, an address and what is said of them fit into it. */
  line: number;
}

/** Tried in turn until the summary is small enough; the last always is. */
const DETAIL_LEVELS: readonly Detail[] = [
  { artifacts: 200, files: 500, warnings: 50, text: 400, line: 1500 },
  { artifacts: 200, files: 100, warnings: 20, text: 160, line: 1000 },
  { artifacts: 50, files: 0, warnings: 5, text: 120, line: 600 },
];

/** Squares of the bar of bytes by source. */
const BAR_WIDTH = 40;

/** How the run is called in the title. */
export interface SummaryTitle {
  /** The id of the step, or its destination; empty if neither is known. */
  name: string;
}

/**
 * Returns what happened, as Markdown for GitHub's job summary: a sentence, the failure with its next step, warnings, bytes
 * by source as bars, a table with a row per artifact, the files folded away, and the time of each step. Below 1 MiB
 * whatever the report holds, and names from outside stay text.
 */
export function renderSummary(report: Report, title: SummaryTitle = { name: '' }): string {
  let text = '';
  for (const detail of DETAIL_LEVELS) {
    text = render(report, title, detail);
    if (Buffer.byteLength(text) <= MAX_SUMMARY_BYTES) break;
  }
  return text;
}

function render(report: Report, { name }: SummaryTitle, detail: Detail): string {
  const sections = [
    `### ${getStatusMark(report)} TensorFlow artifacts${name === '' ? '' : `: ${escapeMarkdown(shortenMiddle(name, 100))}`}`,
    escapeMarkdown(truncate(renderHeadline(report), detail.line)),
    failure(report, detail),
    warningList(report.warnings, detail),
    lockChanges(report, detail),
    sourceTable(report, detail),
    artifactTable(report.artifacts, detail),
    fileTables(report.artifacts, detail),
    facts(report, detail),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function failure(report: Report, detail: Detail): string {
  if (report.error === undefined) return '';
  const { message, where, expected, found, hint } = report.error;
  const more = message.replace(/^[^\r\n]*[\r\n]*/, '');
  const parts: [string, string | undefined][] = [
    ['Details', more],
    ['Where', where],
    ['Expected', expected],
    ['Found', found],
    ['Next step', hint],
  ];
  return parts
    .flatMap(([title, value]) =>
      value === undefined || value.trim() === ''
        ? []
        : [`- **${title}:** ${formatMarkdownLines(value, detail.line)}`],
    )
    .join('\n');
}

function lockChanges({ lockChanges: changes }: Report, detail: Detail): string {
  if (changes.length === 0) return '';
  const items = changes.slice(0, detail.artifacts).map((change) => `- ${code(change, detail)}`);
  const rest = describeRest(changes.length - items.length, 'change');
  return `**⚠️ The lockfile changed.** ${COMMIT_LOCKFILE_HINT}\n\n${items.join('\n')}${rest}`;
}

function sourceTable(report: Report, detail: Detail): string {
  const files = listReportFiles(report);
  const all = sumBytes(files);
  const totals = sumBySource(files);
  if (totals.length === 0) return '';
  const rows = totals.map((total) => [
    sourceTitle(total, detail),
    formatNumber(total.fileCount),
    formatBytes(total.bytes),
    bar(total.bytes, all),
  ]);
  return renderTable(['From', 'Files', 'Size', 'Share'], [1, 2], rows);
}

function sourceTitle(total: SourceTotal, detail: Detail): string {
  const names = total.origins.slice(0, 3).map((origin) => code(origin, detail));
  return [SOURCE_TITLES[total.source], ...names].join(' ');
}

/** A bar of block characters: shown alike by browsers, the mobile app and a pager, which a diagram is not. */
function bar(bytes: number, all: number): string {
  const share = all === 0 ? 1 : bytes / all;
  const squares =
    bytes > 0 ? Math.max(1, Math.round(share * BAR_WIDTH)) : Math.round(share * BAR_WIDTH);
  // A small share is still seen, and what is not all never looks like all.
  const filled = share < 1 ? Math.min(squares, BAR_WIDTH - 1) : squares;
  const percent = share < 1 ? Math.min(99, Math.round(share * 100)) : 100;
  return `\`${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}\` ${percent} %`;
}

function artifactTable(artifacts: readonly ArtifactReport[], detail: Detail): string {
  if (artifacts.length === 0) return '';
  const origins = chooseOriginOptions(artifacts);
  const timed = artifacts.some((artifact) => artifact.milliseconds !== undefined);
  const rows = failedFirst(artifacts)
    .slice(0, detail.artifacts)
    .map((artifact) => [
      artifactTitle(artifact, detail),
      artifact.version === undefined ? '' : text(artifact.version, detail),
      sizeOf(artifact.files),
      sourcesOf(artifact, origins, detail),
      reasons(artifact.files, detail),
      text([...new Set(artifact.files.map((file) => file.verifiedBy))].join(', '), detail),
      ...(timed
        ? [artifact.milliseconds === undefined ? '' : formatDuration(artifact.milliseconds)]
        : []),
    ]);
  const heads = ['What', 'Version', 'Size', 'From', 'Why not from nearer', 'Held to'];
  const rest = describeRest(artifacts.length - detail.artifacts, 'artifact');
  return renderTable([...heads, ...(timed ? ['Ready after'] : [])], [2], rows) + rest;
}

/** What failed is not among the rows that a limit leaves out. */
function failedFirst(artifacts: readonly ArtifactReport[]): readonly ArtifactReport[] {
  const failed = artifacts.filter(({ outcome }) => outcome === 'failed');
  return [...failed, ...artifacts.filter(({ outcome }) => outcome !== 'failed')];
}

function artifactTitle({ title, request, outcome }: ArtifactReport, detail: Detail): string {
  const name = title === request ? '' : text(title, detail);
  const marked = outcome === 'failed' ? `❌ **failed**${name === '' ? '' : `: ${name}`}` : name;
  return [marked, code(request, detail)].filter((part) => part !== '').join('<br>');
}

function sourcesOf(artifact: ArtifactReport, origins: OriginOptions, detail: Detail): string {
  const sources = text(describeSources(artifact.files, origins), detail);
  const isPart = ['failed', 'missing'].includes(artifact.outcome) && artifact.files.length > 0;
  return isPart ? `${sources}<br>the rest is not here` : sources;
}

function sizeOf(files: readonly FileReport[]): string {
  if (files.length === 0) return '';
  const size = formatBytes(sumBytes(files));
  return files.length === 1 ? size : `${size} in ${formatCount(files.length, 'file')}`;
}

function reasons(files: readonly FileReport[], detail: Detail): string {
  const all = describeReasons(files);
  const shown = all.slice(0, 4).map((reason) => text(reason, detail));
  if (all.length > shown.length)
    shown.push(`and ${formatCount(all.length - shown.length, 'reason')} more`);
  return shown.join('<br>');
}

/** One folded table for each artifact while rows are left; an artifact of one file is told by its own row. */
function fileTables(artifacts: readonly ArtifactReport[], detail: Detail): string {
  const origins = chooseOriginOptions(artifacts);
  let left = detail.files;
  const tables: string[] = [];
  for (const artifact of artifacts.slice(0, detail.artifacts)) {
    const files = artifact.files.slice(0, left);
    if (files.length === 0) continue;
    left -= files.length;
    const rows = files.map((file) => [
      code(formatDestinationPath(file), detail),
      formatBytes(file.size),
      text(describeSources([file], origins), detail),
      file.sha256 === '' ? '' : code(file.sha256.slice(0, 12), detail),
    ]);
    const title = `Files: ${text(artifact.title, detail)}`;
    const rest = describeRest(artifact.files.length - files.length, 'file');
    tables.push(
      renderDetails(title, renderTable(['File', 'Size', 'From', 'sha256'], [1], rows) + rest),
    );
  }
  return tables.join('\n\n');
}

function warningList(warnings: readonly string[], detail: Detail): string {
  if (warnings.length === 0) return '';
  const items = warnings
    .slice(0, detail.warnings)
    .map((warning) => `- ${formatMarkdownLines(warning, detail.line)}`);
  const rest = describeRest(warnings.length - detail.warnings, 'warning');
  return `**⚠️ ${formatCount(warnings.length, 'warning')}**\n\n${items.join('\n')}${rest}`;
}

function facts(report: Report, detail: Detail): string {
  const lines: string[] = [];
  if (report.path !== '') lines.push(`Folder: ${code(report.path, detail)}`);
  if (report.lockDigest !== '') lines.push(`Lock: sha256 ${code(report.lockDigest, detail)}`);
  if (report.spaceNeeded !== undefined) {
    lines.push(`Free space a pull needs: ${formatBytes(report.spaceNeeded)}`);
  }
  const total = report.steps.reduce((sum, step) => sum + step.milliseconds, 0);
  const rows = report.steps.map((step) => [
    text(step.step, detail),
    formatDuration(step.milliseconds),
  ]);
  const times =
    rows.length === 0
      ? ''
      : renderDetails(`Time: ${formatDuration(total)}`, renderTable(['Step', 'Time'], [1], rows));
  return [lines.join('<br>\n'), times].filter((part) => part !== '').join('\n\n');
}

function text(value: string, detail: Detail): string {
  return escapeMarkdown(shortenMiddle(value, detail.text));
}

function code(value: string, detail: Detail): string {
  return formatMarkdownCode(shortenMiddle(value, detail.text));
}

/** A Markdown table; `right` are the columns of numbers. Cells are escaped already. */
function renderTable(
  heads: readonly string[],
  right: readonly number[],
  rows: readonly (readonly string[])[],
): string {
  const rule = heads.map((_, column) => (right.includes(column) ? '--:' : '---'));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** A part that is folded away. Without blank lines around the body it would be taken as HTML. */
function renderDetails(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

/** Says what a cap left out; empty when nothing was. */
function describeRest(count: number, noun: string): string {
  if (count <= 0) return '';
  const [number = '', ...rest] = formatCount(count, noun).split(' ');
  return `\n\n… and ${number} more ${rest.join(' ')}.`;
}
