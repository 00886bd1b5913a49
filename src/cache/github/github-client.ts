import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
import type { GithubTask, GithubTaskResult } from './worker-task.ts';

export interface GithubClientOptions {
  environment: NodeJS.ProcessEnv;
  log: Log;
  workerUrl: URL;
  /** Worker processes at once. */
  maxWorkers: number;
  /** Milliseconds in which at least `leastProgress` bytes must move, else the task is given up. */
  idleTimeoutMs: number;
}

/** Bytes; anything slower than this in `idleTimeoutMs` would take longer than the mirror. */
const MIN_PROGRESS_BYTES = 256 * 1024;
/** Milliseconds that a busy machine may take to load the toolkit: not the service's fault. */
const MIN_STARTUP_TIMEOUT_MS = 60_000;
/** What a fetched entry may have beyond its contents: headers of tar, frames of zstd. */
const MAX_ARCHIVE_OVERHEAD_BYTES = 16 * 1024 * 1024;

const ZSTD_MISSING_WARNING =
  'zstd was not found: what machines with it saved to the GitHub cache cannot be seen here, nor they see what is saved here. Install the package zstd, in containers too.';

export interface GithubRequest {
  operation: GithubTask['operation'];
  key: string;
  restoreKeys?: readonly string[];
  /** Folder of this task's own; made here. The workspace is `workspace` below it. */
  folder: string;
  /** Bytes that a restored entry's contents may have, and how many they may be. */
  limits?: { bytes: number; files: number };
}

/** Calls the toolkit in worker processes and gives up on those that stand still. */
export interface GithubClient {
  run(request: GithubRequest): Promise<GithubOutcome>;
  /** Calls `one` for each item, as many at once as there are workers. */
  forEach<T>(items: readonly T[], one: (item: T, index: number) => Promise<void>): Promise<void>;
}

export function createGithubClient(options: GithubClientOptions): GithubClient {
  const idle: WorkerProcess[] = [];
  // Once the service is down, rate-limits us or does not know our token, asking on only costs the build its time.
  let down: GithubOutcome | undefined;
  let toldOfZstd = false;

  async function call(request: GithubRequest): Promise<GithubOutcome> {
    if (down !== undefined) return down;
    const task = createTask(request);
    const worker = takeWorker();
    const { result, gaveUp } = await watch(worker, task, request.limits);
    if (worker.isAlive) idle.push(worker);
    rmSync(task.temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
    if (result.isZstdMissing && !toldOfZstd) {
      toldOfZstd = true;
      options.log.warning(ZSTD_MISSING_WARNING);
    }
    const verdict = gaveUp ?? classifyTaskResult(task, result);
    if (verdict.kind === 'failed' || verdict.kind === 'corrupt') {
      if (verdict.kind === 'failed' && verdict.isServiceDown) down = verdict;
      for (const line of result.outputLines) options.log.debug(redactSignatures(line));
    }
    return verdict;
  }

  function takeWorker(): WorkerProcess {
    const resting = idle.pop();
    if (resting?.isAlive === true) return resting;
    return startWorkerProcess(options.workerUrl, createWorkerEnvironment(options.environment));
  }

  async function watch(
    worker: WorkerProcess,
    task: GithubTask,
    limits: GithubRequest['limits'],
  ): Promise<{ result: GithubTaskResult; gaveUp: GithubOutcome | undefined }> {
    let gaveUp: GithubOutcome | undefined;
    let transferred = 0;
    let mark = 0;
    let since = Date.now();
    let complaint = '';
    let began = false;
    const look = () => {
      const seen = measureTaskProgress(task.workspace, task.temporaryFolder);
      const moved = transferred + seen.archive + seen.extracted;
      // The archive goes away when it was extracted: less is movement, too.
      if (Math.abs(moved - mark) >= MIN_PROGRESS_BYTES) {
        mark = moved;
        since = Date.now();
      }
      if (limits !== undefined && task.operation === 'restore') {
        const tooMuch =
          seen.extracted > limits.bytes + MAX_ARCHIVE_OVERHEAD_BYTES ||
          seen.archive > limits.bytes * 1.05 + limits.files * 4_096 + MAX_ARCHIVE_OVERHEAD_BYTES ||
          seen.files > limits.files * 2 + 64;
        if (tooMuch) {
          const reason = `its entry holds more than the ${limits.bytes} bytes it should`;
          gaveUp = { kind: 'corrupt', reason };
        }
      }
      const idleTimeoutMs = began
        ? options.idleTimeoutMs
        : Math.max(options.idleTimeoutMs, MIN_STARTUP_TIMEOUT_MS);
      if (Date.now() - since > idleTimeoutMs) {
        const reason = `nothing moved for ${idleTimeoutMs / 1000} seconds${complaint}`;
        gaveUp = { kind: 'failed', reason, isServiceDown: true };
      }
      if (gaveUp !== undefined) void worker.kill();
    };
    const timer = setInterval(look, Math.min(1_000, options.idleTimeoutMs / 4));
    try {
      const result = await worker.runTask(task, (news) => {
        if (news.kind === 'began') {
          began = true;
          since = Date.now();
        } else if (news.kind === 'transferred') {
          transferred = news.bytes;
        } else {
          // The toolkit would try again, for half a minute and longer.
          const reason =
            news.kind === 'complained'
              ? explainPermanentResponse(news.http)
              : explainPermanentNetworkError(news.http);
          if (news.kind === 'complained') {
            complaint = `; ${redactSignatures(describeRetriedError(news))}`;
          }
          if (reason === undefined || gaveUp !== undefined) return;
          gaveUp = { kind: 'failed', reason, isServiceDown: true };
          void worker.kill();
        }
      });
      look();
      if (gaveUp !== undefined) await worker.kill();
      return { result, gaveUp };
    } finally {
      clearInterval(timer);
    }
  }

  return {
    run: call,
    async forEach(items, one) {
      let next = 0;
      const line = async () => {
        for (let at = next++; at < items.length; at = next++) {
          const item = items[at];
          if (item !== undefined) await one(item, at);
        }
      };
      const lines = Math.min(options.maxWorkers, items.length);
      await Promise.all(Array.from({ length: lines }, line));
      // One is kept for the next call, and does not keep this process alive; the others give their memory back.
      for (const worker of idle.splice(1)) await worker.kill();
      for (const worker of idle) worker.unref();
    },
  };
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
  // Closed to other users: what comes out of an archive stands here until it was looked at.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(task.workspace, { recursive: true });
  mkdirSync(task.temporaryFolder, { recursive: true });
  return task;
}
