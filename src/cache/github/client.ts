import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../platform/log.ts';
import { measureFolders } from '../received.ts';
import { workerEnvironment } from './environment.ts';
import { describeComplaint, unansweredForGood, wrongAnswer } from './permanent-answer.ts';
import { judge, redact, type Verdict } from './verdict.ts';
import { startWorker, type WorkerProcess } from './worker-process.ts';
import type { GithubTask, GithubTaskResult } from './worker-task.ts';

export interface GithubClientOptions {
  environment: NodeJS.ProcessEnv;
  log: Log;
  workerUrl: URL;
  /** Worker processes at once. */
  workers: number;
  /** Milliseconds in which at least `leastProgress` bytes must move, else the task is given up. */
  patience: number;
}

/** Bytes; anything slower than this in `patience` would take longer than the mirror. */
const LEAST_PROGRESS = 256 * 1024;
/** Milliseconds that a busy machine may take to load the toolkit: not the service's fault. */
const STARTING_TIME = 60_000;
/** What a fetched entry may have beyond its contents: headers of tar, frames of zstd. */
const ARCHIVE_SLACK = 16 * 1024 * 1024;

const WITHOUT_ZSTD =
  'zstd was not found: what machines with it saved to the GitHub cache cannot be seen here, nor they see what is saved here. Install the package zstd, in containers too.';

export interface Request {
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
  call(request: Request): Promise<Verdict>;
  /** Calls `one` for each item, as many at once as there are workers. */
  forEach<T>(items: readonly T[], one: (item: T, index: number) => Promise<void>): Promise<void>;
}

export function createGithubClient(options: GithubClientOptions): GithubClient {
  const idle: WorkerProcess[] = [];
  // Once the service is down, rate-limits us or does not know our token, asking on only costs the build its time.
  let down: Verdict | undefined;
  let toldOfZstd = false;

  async function call(request: Request): Promise<Verdict> {
    if (down !== undefined) return down;
    const task = makeTask(request);
    const worker = takeWorker();
    const { result, gaveUp } = await watch(worker, task, request.limits);
    if (worker.alive) idle.push(worker);
    rmSync(task.temporary, { recursive: true, force: true, maxRetries: 3 });
    if (result.withoutZstd && !toldOfZstd) {
      toldOfZstd = true;
      options.log.warning(WITHOUT_ZSTD);
    }
    const verdict = gaveUp ?? judge(task, result);
    if (verdict.kind === 'failed' || verdict.kind === 'broken') {
      if (verdict.kind === 'failed' && verdict.down) down = verdict;
      for (const line of result.lines) options.log.debug(redact(line));
    }
    return verdict;
  }

  function takeWorker(): WorkerProcess {
    const resting = idle.pop();
    if (resting?.alive === true) return resting;
    return startWorker(options.workerUrl, workerEnvironment(options.environment));
  }

  async function watch(
    worker: WorkerProcess,
    task: GithubTask,
    limits: Request['limits'],
  ): Promise<{ result: GithubTaskResult; gaveUp: Verdict | undefined }> {
    let gaveUp: Verdict | undefined;
    let transferred = 0;
    let mark = 0;
    let since = Date.now();
    let complaint = '';
    let began = false;
    const look = () => {
      const seen = measureFolders(task.workspace, task.temporary);
      const moved = transferred + seen.archive + seen.extracted;
      // The archive goes away when it was extracted: less is movement, too.
      if (Math.abs(moved - mark) >= LEAST_PROGRESS) {
        mark = moved;
        since = Date.now();
      }
      if (limits !== undefined && task.operation === 'restore') {
        const tooMuch =
          seen.extracted > limits.bytes + ARCHIVE_SLACK ||
          seen.archive > limits.bytes * 1.05 + limits.files * 4_096 + ARCHIVE_SLACK ||
          seen.files > limits.files * 2 + 64;
        if (tooMuch) {
          const reason = `its entry holds more than the ${limits.bytes} bytes it should`;
          gaveUp = { kind: 'broken', reason };
        }
      }
      const patience = began ? options.patience : Math.max(options.patience, STARTING_TIME);
      if (Date.now() - since > patience) {
        const reason = `nothing moved for ${patience / 1000} seconds${complaint}`;
        gaveUp = { kind: 'failed', reason, down: true };
      }
      if (gaveUp !== undefined) void worker.kill();
    };
    const timer = setInterval(look, Math.min(1_000, options.patience / 4));
    try {
      const result = await worker.run(task, (news) => {
        if (news.kind === 'began') {
          began = true;
          since = Date.now();
        } else if (news.kind === 'transferred') {
          transferred = news.bytes;
        } else {
          // The toolkit would try again, for half a minute and longer.
          const reason =
            news.kind === 'complained' ? wrongAnswer(news.http) : unansweredForGood(news.http);
          if (news.kind === 'complained') complaint = `; ${redact(describeComplaint(news))}`;
          if (reason === undefined || gaveUp !== undefined) return;
          gaveUp = { kind: 'failed', reason, down: true };
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
    call,
    async forEach(items, one) {
      let next = 0;
      const line = async () => {
        for (let at = next++; at < items.length; at = next++) {
          const item = items[at];
          if (item !== undefined) await one(item, at);
        }
      };
      const lines = Math.min(options.workers, items.length);
      await Promise.all(Array.from({ length: lines }, line));
      // One is kept for the next call, and does not keep this process alive; the others give their memory back.
      for (const worker of idle.splice(1)) await worker.kill();
      for (const worker of idle) worker.rest();
    },
  };
}

function makeTask(request: Request): GithubTask {
  const { operation, key, restoreKeys = [], folder } = request;
  const task = {
    operation,
    key,
    restoreKeys,
    workspace: join(folder, 'workspace'),
    temporary: join(folder, 'temporary'),
  };
  // Closed to other users: what comes out of an archive stands here until it was looked at.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(task.workspace, { recursive: true });
  mkdirSync(task.temporary, { recursive: true });
  return task;
}
