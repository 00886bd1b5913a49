import { FileMap } from '../bucket/file-map.ts';
import { formatBytes, formatCount } from '../platform/text/units.ts';
import type { ArtifactReport, FileReport, Report, SkippedSource, SourceName } from './report.ts';

/** Nearest first: the order in which every rendering shows sources. */
export const SOURCE_ORDER: readonly SourceName[] = ['in-place', 'store', 'cache', 'mirror'];

/** What a source is called in a sentence: `3 files from the cache`. */
export const SOURCE_TITLES: Readonly<Record<SourceName, string>> = {
  'in-place': 'already in place',
  store: 'the store',
  cache: 'the cache',
  mirror: 'the mirror',
};

export interface SourceTotal {
  source: SourceName;
  fileCount: number;
  /** Sum of the files' sizes in bytes. */
  bytes: number;
  /** Which caches or mirrors they were, each once. */
  origins: readonly string[];
}

/** Every file of the report once, though two artifacts may name it. */
export function listReportFiles(report: Report): readonly FileReport[] {
  const [only, ...others] = report.artifacts;
  if (only !== undefined && others.length === 0) return only.files;
  const files = new FileMap<FileReport>();
  for (const artifact of report.artifacts) for (const file of artifact.files) files.set(file, file);
  return [...files.values()];
}

/** Files by source, nearest first; sources that gave nothing are left out. */
export function sumBySource(files: readonly FileReport[]): readonly SourceTotal[] {
  const totals = SOURCE_ORDER.map((source) => ({
    source,
    fileCount: 0,
    bytes: 0,
    origins: new Set<string>(),
  }));
  const of = new Map(totals.map((total) => [total.source, total]));
  for (const { source, size, origin = '' } of files) {
    const total = of.get(source);
    if (total === undefined) continue;
    total.fileCount += 1;
    total.bytes += size;
    if (origin !== '') total.origins.add(origin);
  }
  return totals
    .filter((total) => total.fileCount > 0)
    .map((total) => ({ ...total, origins: [...total.origins] }));
}

export function sumBytes(files: readonly FileReport[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}

/** A file's name as it stands below the destination: other buckets than `tensorflow` have a folder of their own. */
export function formatDestinationPath(file: { bucket: string; path: string }): string {
  return file.bucket === 'tensorflow' ? file.path : `@${file.bucket}/${file.path}`;
}

/** Whether caches and mirrors are named beside what came from them. */
export interface OriginOptions {
  origins: 'named' | 'left out';
}

/**
 * `in place`, `cache (github)`, `mirror (rsync://…)`, or several of them with the number of files each. Of a failed run
 * only what is here has a source.
 */
export function describeSources(
  files: readonly FileReport[],
  { origins }: OriginOptions = { origins: 'named' },
): string {
  const totals = sumBySource(files);
  if (totals.length === 0) return 'not here';
  return totals
    .map((total) => {
      const name = total.source === 'in-place' ? 'in place' : total.source;
      const named = origins === 'named' && total.origins.length > 0;
      const origin = named ? ` (${total.origins.join(', ')})` : '';
      const count = totals.length === 1 ? '' : ` ${formatCount(total.fileCount, 'file')}`;
      return `${name}${origin}${count}`;
    })
    .join(', ');
}

/** For tables below a list of the sources: where it names one mirror and one cache, rows need not. */
export function chooseOriginOptions(artifacts: readonly ArtifactReport[]): OriginOptions {
  const totals = sumBySource(artifacts.flatMap((artifact) => artifact.files));
  return { origins: totals.some((total) => total.origins.length > 1) ? 'named' : 'left out' };
}

/** Each reason once, with the number of files it holds for when that is not all of them; the commonest first. */
export function describeReasons(files: readonly FileReport[]): readonly string[] {
  // Files with the same reasons may share one list.
  const alike = new Map<readonly SkippedSource[], number>();
  for (const { skipped } of files) alike.set(skipped, (alike.get(skipped) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [skipped, count] of alike) {
    for (const reason of new Set(skipped.map((one) => one.reason)))
      counts.set(reason, (counts.get(reason) ?? 0) + count);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) =>
      count === files.length ? reason : `${reason} (${formatCount(count, 'file')})`,
    );
}

/** Joins the reasons of one file, closest source first. */
export function joinReasons(skipped: readonly SkippedSource[]): string {
  return skipped.map(({ reason }) => reason).join('; ');
}

/** `3 files, 210 MiB` */
export function describeAmount(files: readonly FileReport[]): string {
  return `${formatCount(files.length, 'file')}, ${formatBytes(sumBytes(files))}`;
}
