import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { forEachParallel } from '../../platform/concurrency/parallel.ts';
import type { Log } from '../../platform/log.ts';
import { createWorkerEnvironment } from './environment.ts';
import {
  describeRetriedError,
  explainPermanentNetworkError,
  explainPermanentResponse,
} from './permanent-failures.ts';
import { measureTaskProgress } from './task-folder.ts';
import { classifyTaskResult, type GithubOutcome, redactSignatures } from './task-outcome.ts';
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts';
import type { GithubTask, GithubTaskResult, TaskProgress } from './worker-task.ts';

export interface GithubClientOptions {
  environment: NodeJS.ProcessEnv;
  log: Log;
  workerUrl: URL;
  /** Worker processes at once. */
  maxWorkers: number;
  /** If fewer than {@link MIN_PROGRESS_BYTES} are transferred in this time, the task is cancelled. */
  idleTimeoutMs: number;
}

/** A slower cache takes longer than the mirror. */
const MIN_PROGRESS_BYTES = 256 * 1024;
/** The time that a busy machine may take to load the toolkit. */
const MIN_STARTUP_TIMEOUT_MS = 60_000;
/** What a fetched entry may hold in addition to its contents: tar headers, zstd frames. */
const MAX_ARCHIVE_OVERHEAD_BYTES = 16 * 1024 * 1024;

const ZSTD_MISSING_WARNING =
  'zstd was not found. Without it, this machine and machines with zstd cannot restore from the GitHub cache what the other saved. Install the package zstd, also in containers.';

export interface GithubRequest {
  operation: GithubTask['operation'];
  key: string;
  restoreKeys?: readonly string[];
  /** A folder for this task alone, which the client creates. The workspace is `workspace` below it. */
  folder: string;
  /** How many bytes and files a restored entry may hold. */
  limits?: { bytes: number; fileCount: number };
}

/** Calls the toolkit in worker processes, and cancels calls that stall. */
export interface GithubClient {
  run(request: GithubRequest): Promise<GithubOutcome>;
  /** Calls `action` for each item, as many at once as there are workers. */
  forEach<T>(items: readonly T[], action: (item: T) => Promise<void>): Promise<void>;
}

export function createGithubClient(options: GithubClientOptions): GithubClient {
  const idleWorkers: WorkerProcess[] = [];
  // If the service is down, limits the rate or refuses the token, further calls would only delay the build.
  let serviceFailure: GithubOutcome | undefined;
  let hasWarnedOfZstd = false;

  async function run(request: GithubRequest): Promise<GithubOutcome> {
    if (serviceFailure !== undefined) return serviceFailure;
    const task = createTask(request);
    const worker = takeWorker();
    const { result, abortOutcome } = await runSupervised(worker, task, request.limits);
    if (worker.isAlive) idleWorkers.push(worker);
    rmSync(task.temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
    if (result.isZstdMissing && !hasWarnedOfZstd) {
      hasWarnedOfZstd = true;
      options.log.warning(ZSTD_MISSING_WARNING);
    }
    const outcome = abortOutcome ?? classifyTaskResult(task, result);
    if (outcome.kind === 'failed' || outcome.kind === 'corrupt') {
      if (outcome.kind === 'failed' && outcome.isServiceDown) serviceFailure = outcome;
      for (const line of result.outputLines) options.log.debug(redactSignatures(line));
    }
    return outcome;
  }

  function takeWorker(): WorkerProcess {
    const idleWorker = idleWorkers.pop();
    if (idleWorker?.isAlive === true) return idleWorker;
    return startWorkerProcess(options.workerUrl, createWorkerEnvironment(options.environment));
  }

  /** Runs the task in the worker, which is killed if the task stalls, exceeds its limits, or cannot succeed. */
  async function runSupervised(
    worker: WorkerProcess,
    task: GithubTask,
    limits: GithubRequest['limits'],
  ): Promise<{ result: GithubTaskResult; abortOutcome: GithubOutcome | undefined }> {
    let abortOutcome: GithubOutcome | undefined;
    let transferredBytes = 0;
    let checkedBytes = 0;
    let lastProgressMs = Date.now();
    let retriedError = '';
    let isStarted = false;
    const abort = (outcome: GithubOutcome) => {
      abortOutcome ??= outcome;
      void worker.kill();
    };
    const checkProgress = () => {
      const measured = measureTaskProgress(task.workspace, task.temporaryFolder);
      const bytes = transferredBytes + measured.archiveBytes + measured.extractedBytes;
      // The toolkit deletes the archive after extracting it, so fewer bytes are progress, too.
      if (Math.abs(bytes - checkedBytes) >= MIN_PROGRESS_BYTES) {
        checkedBytes = bytes;
        lastProgressMs = Date.now();
      }
      const idleTimeoutMs = isStarted
        ? options.idleTimeoutMs
        : Math.max(options.idleTimeoutMs, MIN_STARTUP_TIMEOUT_MS);
      if (limits !== undefined && task.operation === 'restore' && exceeds(measured, limits)) {
        const reason = `its entry is larger than the expected ${limits.bytes} bytes`;
        abort({ kind: 'corrupt', reason });
      } else if (Date.now() - lastProgressMs > idleTimeoutMs) {
        const reason = `no progress for ${idleTimeoutMs / 1000} seconds${retriedError}`;
        abort({ kind: 'failed', reason, isServiceDown: true });
      }
    };
    const onProgress = (progress: TaskProgress) => {
      if (progress.kind === 'started') {
        isStarted = true;
        lastProgressMs = Date.now();
      } else if (progress.kind === 'transferred') {
        transferredBytes = progress.bytes;
      } else {
        // The toolkit would retry for half a minute and longer.
        if (progress.kind === 'retrying') {
          const { text, http } = progress;
          retriedError = `; ${redactSignatures(describeRetriedError(text, http))}`;
        }
        const reason =
          progress.kind === 'retrying'
            ? explainPermanentResponse(progress.http)
            : explainPermanentNetworkError(progress.http);
        if (reason !== undefined) abort({ kind: 'failed', reason, isServiceDown: true });
      }
    };
    const timer = setInterval(checkProgress, Math.min(1_000, options.idleTimeoutMs / 4));
    try {
      const result = await worker.runTask(task, onProgress);
      checkProgress();
      if (abortOutcome !== undefined) await worker.kill();
      return { result, abortOutcome };
    } finally {
      clearInterval(timer);
    }
  }

  return {
    run,
    async forEach(items, action) {
      await forEachParallel(items, options.maxWorkers, action);
      // One worker is kept for the next call, and does not keep this process alive; the others free their memory.
      for (const worker of idleWorkers.splice(1)) await worker.kill();
      for (const worker of idleWorkers) worker.unref();
    },
  };
}

function exceeds(
  measured: ReturnType<typeof measureTaskProgress>,
  limits: NonNullable<GithubRequest['limits']>,
): boolean {
  const maxArchiveBytes =
    limits.bytes * 1.05 + limits.fileCount * 4_096 + MAX_ARCHIVE_OVERHEAD_BYTES;
  return (
    measured.extractedBytes > limits.bytes + MAX_ARCHIVE_OVERHEAD_BYTES ||
    measured.archiveBytes > maxArchiveBytes ||
    measured.fileCount > limits.fileCount * 2 + 64
  );
}

function createTask(request: GithubRequest): GithubTask {
  const { operation, key, restoreKeys = [], folder } = request;
  const task = {
    operation,
    key,
    restoreKeys,
    workspace: join(folder, 'workspace'),
    temporaryFolder: join(folder, 'temporary'),
  };
  // Not accessible to other users, because it holds unverified files of an archive.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(task.workspace, { recursive: true });
  mkdirSync(task.temporaryFolder, { recursive: true });
  return task;
}
