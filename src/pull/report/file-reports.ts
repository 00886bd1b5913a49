import type { WantedFile } from '../../bucket/file.ts';
import type { ArtifactReport, FileReport, Report, SourceName } from '../../report/report.ts';
import type { Artifact, Request } from '../../request/request.ts';
import type { FetchedFile } from '../fetch/fetched.ts';
import { findStrongestSource } from '../fetch/verify.ts';
import type { PlannedFile } from '../plan/plan.ts';

/** What is known of one file. */
export interface RecordedFile {
  report: FileReport;
  /** Milliseconds from the beginning of the run until it was here, verified; undefined when it is not. */
  verifiedAfterMs: number | undefined;
}

/** A file as it came, for the report. */
export function reportFetched({ planned, verified, source, origin }: FetchedFile): FileReport {
  const { bucket, path, size, sha256 } = verified;
  const { skipped } = planned;
  const held = findVerifier(planned.file, source);
  return { bucket, path, size, sha256, source, origin, skipped, verifiedBy: held };
}

/** A file as it would come (dry run) or would have come (failed run). */
export function reportPlanned(planned: PlannedFile, origin: string | undefined): FileReport {
  const { bucket, path, size } = planned.file;
  const { source, skipped, sha256 = '' } = planned;
  const held = findVerifier(planned.file, source);
  return { bucket, path, size, sha256, source, origin, skipped, verifiedBy: held };
}

function findVerifier({ digests }: WantedFile, source: SourceName): string {
  if (digests.length > 0 || source === 'mirror') return findStrongestSource(digests);
  return source === 'cache' ? 'cache' : 'an earlier run';
}

/** Requests of a run that failed before it had resolved all of them. */
export function reportRequests(
  requests: readonly Request[],
  isFailed: (request: Request) => boolean,
): ArtifactReport[] {
  return requests.map((request) => ({
    request: request.text,
    id: '',
    title: request.text,
    version: undefined,
    outcome: isFailed(request) ? 'failed' : 'missing',
    files: [],
  }));
}

export interface ReportArtifactsContext {
  outcome: Report['outcome'];
  /** Returns what is known of a file; undefined for a file that the report leaves out. */
  find: (file: WantedFile) => RecordedFile | undefined;
  /** Returns true for a file that the run failed because of. */
  isFailed: (file: WantedFile) => boolean;
  /** The outcome of an artifact that lacks files, none of which `isFailed`. */
  missing: 'missing' | 'failed';
}

/** Files sorted to the artifacts they belong to; one file may belong to several. */
export function reportArtifacts(
  artifacts: readonly Artifact[],
  { outcome, find, isFailed, missing }: ReportArtifactsContext,
): ArtifactReport[] {
  return artifacts.map((artifact) => {
    const files: FileReport[] = [];
    let last: number | undefined;
    let incomplete: 'missing' | 'failed' | undefined;
    for (const file of artifact.files) {
      const known = find(file);
      if (known === undefined) {
        if (incomplete !== 'failed') incomplete = isFailed(file) ? 'failed' : missing;
        continue;
      }
      files.push(known.report);
      if (known.verifiedAfterMs !== undefined) last = Math.max(last ?? 0, known.verifiedAfterMs);
    }
    return {
      request: artifact.request.text,
      id: artifact.id,
      title: artifact.title,
      version: artifact.version,
      outcome: incomplete ?? (outcome === 'planned' ? 'planned' : 'done'),
      files,
      ...(last === undefined ? {} : { milliseconds: last }),
    };
  });
}

/** Bytes by source, each file counted once. */
export function sumBytesBySource(files: readonly FileReport[]): Record<SourceName, number> {
  const bytes = { 'in-place': 0, store: 0, cache: 0, mirror: 0 };
  for (const file of files) bytes[file.source] += file.size;
  return bytes;
}
