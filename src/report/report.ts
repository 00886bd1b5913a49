/** Where a file's bytes came from, nearest first. */
export type SourceName = 'in-place' | 'store' | 'cache' | 'mirror';

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
  /** Why it did not come from somewhere nearer: one clause per nearer source, nearest first. */
  because: readonly string[];
  /** What the bytes were held to: `lock`, `catalogue`, `listing`, `cache`, or `first sight` when nothing was known. */
  heldTo: string;
}

export interface ArtifactReport {
  /** The request as the user wrote it. */
  request: string;
  id: string;
  title: string;
  version: string | undefined;
  files: readonly FileReport[];
  /** From the start of the run until its last file was verified; absent when not measured. */
  milliseconds?: number;
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
  /** sha256 of the lock file, empty when there is none. */
  lockDigest: string;
  /** Absolute path of the lockfile, empty when none is used. */
  lockFile: string;
  /** What this run changed in the lockfile, one line each: `+ ID: TITLE, N files`. Empty if the file is unchanged. */
  lockChanges: readonly string[];
  /** Bytes of free space a pull would need (dry run only). */
  spaceNeeded: number | undefined;
  warnings: readonly string[];
  steps: readonly StepTime[];
  error: { code: string; message: string; hint: string | undefined } | undefined;
}
