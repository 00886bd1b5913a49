import type { ErrorCode, ErrorReason } from '../platform/error.ts';

/** Where a file's bytes came from, nearest first. */
export type SourceName = 'in-place' | 'store' | 'cache' | 'mirror';

/** A source that could have served a file and did not. */
export interface SkippedSource {
  source: SourceName;
  reason: string;
}

/** One file of the report. */
export interface FileReport {
  bucket: string;
  path: string;
  size: number;
  /** Empty in a dry run, when it is not known yet. */
  sha256: string;
  source: SourceName;
  /** Which cache or mirror it was, when it was one. */
  origin: string | undefined;
  /** The closer sources that did not have the file, closest first. */
  skipped: readonly SkippedSource[];
  /**
   * Where the expected digest came from: `lock`, `catalogue`, `listing`, `cache`, `an earlier run`; `unverified` if none was
   * known (trust on first use).
   */
  verifiedBy: string;
}

export interface ArtifactReport {
  /** The request as the user wrote it. */
  request: string;
  /** Empty if the run ended before the request was resolved. */
  id: string;
  title: string;
  version: string | undefined;
  /**
   * `done`: all of its files are here. `failed`: it is why the run failed. `missing`: files of it are not here because
   * the run ended before. `planned` in a dry run.
   */
  outcome: 'done' | 'planned' | 'failed' | 'missing';
  files: readonly FileReport[];
  /** From the start of the run until its last file was verified; absent when not measured. */
  milliseconds?: number;
}

/** A file that was refused because it did not have the digest that it must have. */
export interface RefusedFile {
  bucket: string;
  path: string;
  /** The mirror's URL, or the name of the cache. */
  origin: string;
  /** Algorithm and digest, and where the digest comes from. */
  expected: string;
  found: string;
}

/** Why a run failed. */
export interface ErrorReport {
  code: ErrorCode;
  /** For programs; the message is for people. */
  reason: ErrorReason;
  message: string;
  /** A mirror's URL, a file, an input's name and line. */
  where: string | undefined;
  expected: string | undefined;
  found: string | undefined;
  /** What to do next; may have several lines. */
  hint: string | undefined;
}

export interface StepTime {
  step: string;
  milliseconds: number;
}

/** What happened, as data: written as JSON, rendered as log lines and Markdown. */
export interface Report {
  version: 1;
  /** `planned` for a dry run. */
  outcome: 'done' | 'planned' | 'failed';
  /** True when no byte came from a mirror. */
  cacheHit: boolean;
  /** Absolute path of the destination. */
  path: string;
  bytes: Readonly<Record<SourceName, number>>;
  artifacts: readonly ArtifactReport[];
  /** URL of the mirror used last, empty for none. */
  mirror: string;
  /** sha256 of the lockfile; empty if there is none. */
  lockDigest: string;
  /** Absolute path of the lockfile, empty when none is used. */
  lockFile: string;
  /** What this run changed in the lockfile, one line each: `+ ID: TITLE, N files`. Empty if the file is unchanged. */
  lockChanges: readonly string[];
  /** Bytes of free space a pull would need (dry run only). */
  spaceNeeded: number | undefined;
  /** Each may have several lines. */
  warnings: readonly string[];
  /** Files with wrong bytes. Another source may have given them since. */
  refused: readonly RefusedFile[];
  steps: readonly StepTime[];
  error: ErrorReport | undefined;
}
