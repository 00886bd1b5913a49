import type { VerifiedFile } from '../bucket/file.ts';
import type { CacheChoice } from '../inputs/inputs.ts';
import type { TfcacheError } from '../platform/error.ts';
import type { Log, Progress } from '../platform/log.ts';
import type { Report } from '../report/report.ts';
import type { Machine } from '../request/request.ts';

/** What a run needs from the edge that started it. */
export interface RunContext {
  log: Log;
  progress: Progress;
  machine: Machine;
  /** The job this run belongs to; undefined outside of jobs. Steps of one job may share a destination. */
  job?: string | undefined;
  /** Aborted when the job is cancelled. */
  signal: AbortSignal;
  /** The process's environment, for child processes; scrubbed where it is used. */
  environment: NodeJS.ProcessEnv;
}

/** What the post step must save: decisions, not inputs. Holds no secret; it is written to the runner's state file. */
export interface SaveWork {
  version: 1;
  cache: CacheChoice;
  cacheKeyPrefix: string;
  /** Seconds without progress; the default when absent. */
  timeout?: number | undefined;
  /** Absolute folder of the store that holds the content. */
  store: string;
  /**
   * What is new: came from a mirror; also what the store had, where the job may not read what the cache holds. Then, as the
   * last {@link SaveWork.offeredCount} of them, what a persistent store served.
   */
  files: readonly VerifiedFile[];
  /** How many of `files` the cache may have already: they are saved only if its index could be read and lacks them. */
  offeredCount: number;
  /** The pull could not ask the cache: saving waits for it a short time only. */
  wasCacheDown: boolean;
  /** Which of them belong to which artifact; artifacts without new files are not among these. */
  artifacts: readonly ArtifactToSave[];
  /** Keys of packs that the index names and the service no longer has. */
  evicted: readonly string[];
  /** sha256 of contents whose pack came back wrong: entries cannot be overwritten, so they need another key. */
  poisoned: readonly string[];
}

export interface ArtifactToSave {
  id: string;
  /** Positions in the work's `files`. */
  files: readonly number[];
  /** These are all of its files: none of them came from elsewhere or is missing. */
  isComplete: boolean;
}

/**
 * How a pull ended. It never throws for what can go wrong in the world: `error` is set then, and the report is filled as
 * far as is known, so that outputs and summary can be written either way.
 */
export interface PullResult {
  report: Report;
  error: TfcacheError | undefined;
  save: SaveWork | undefined;
}

/** How saving ended; saving never fails a build. */
export interface SaveResult {
  /** Packs saved now, and packs that were there already. */
  savedCount: number;
  existingCount: number;
  /** Bytes of the packs saved now. */
  savedBytes: number;
  /** One reason a pack (or the index) that could not be saved. */
  problems: readonly string[];
  /** Contents with wrong bytes, which were not saved. */
  corrupt: readonly TfcacheError[];
}
