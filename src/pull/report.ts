import { fileKey } from '../file.ts';
import type { ArtifactReport, FileReport, SourceName } from '../report/report.ts';
import type { Artifact } from '../request/request.ts';
import type { Fetched } from './fetched.ts';
import type { PlannedFile } from './plan.ts';
import { heldTo } from './verify.ts';

/** A file as it came, for the report. */
export function reportFetched({ planned, verified, source, origin }: Fetched): FileReport {
  const { size, sha256 } = verified;
  return { ...common({ ...planned, source }), size, sha256, source, origin };
}

/** A file as it would come (dry run) or would have come (failed run). */
export function reportPlanned(planned: PlannedFile, origin: string | undefined): FileReport {
  return { ...common(planned), sha256: planned.sha256 ?? '', source: planned.source, origin };
}

function common(planned: PlannedFile): Omit<FileReport, 'source' | 'origin' | 'sha256'> {
  const { bucket, path, size, digests } = planned.file;
  const held =
    digests.length > 0 || planned.source === 'mirror'
      ? heldTo(digests)
      : planned.source === 'cache'
        ? 'cache'
        : 'an earlier run';
  return { bucket, path, size, because: planned.because, heldTo: held };
}

/**
 * Files sorted to the artifacts they belong to; one file may belong to several.
 *
 * @param arrived milliseconds from the beginning of the run until a file was here, by {@link fileKey}.
 */
export function reportArtifacts(
  artifacts: readonly Artifact[],
  files: readonly FileReport[],
  arrived: ReadonlyMap<string, number>,
): ArtifactReport[] {
  const byKey = new Map(files.map((file) => [fileKey(file), file]));
  return artifacts.map((artifact) => {
    const mine = artifact.files.flatMap((file) => byKey.get(fileKey(file)) ?? []);
    const times = mine.flatMap((file) => arrived.get(fileKey(file)) ?? []);
    // Not spread into Math.max: an artifact may have 100,000 files.
    const last = times.reduce((latest, time) => Math.max(latest, time), 0);
    return {
      request: artifact.request.text,
      id: artifact.id,
      title: artifact.title,
      version: artifact.version,
      files: mine,
      ...(times.length === 0 ? {} : { milliseconds: Math.round(last) }),
    };
  });
}

/** Bytes by source, each file counted once. */
export function countBytes(files: readonly FileReport[]): Record<SourceName, number> {
  const bytes = { 'in-place': 0, store: 0, cache: 0, mirror: 0 };
  for (const file of files) bytes[file.source] += file.size;
  return bytes;
}
