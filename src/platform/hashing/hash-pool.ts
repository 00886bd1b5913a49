import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DigestAlgorithm, FurtherDigests } from '../../bucket/file.ts';
import { TfcacheError } from '../error.ts';
import { fileError } from '../files/file-error.ts';
import type { HashFailure, HashJob, HashResult } from './hash-message.ts';

/** The result of hashing a file, with the further digests that were requested. */
export interface FileDigest extends FurtherDigests {
  /** Bytes read. */
  size: number;
  sha256: string;
  /** Inode number, decimal, of the file that was read: the store checks that it adds this very file. */
  ino?: string;
}

/** Hashes files outside the main thread. */
export interface HashPool {
  /** @throws TfcacheError `file-changed` if the file changed while it was read; a file error if it cannot be read. */
  digest(file: string, algorithms?: readonly DigestAlgorithm[]): Promise<FileDigest>;
  close(): Promise<void>;
}

export interface HashPoolOptions {
  /** Default: the number of cores. A thread is started when there is work for it. */
  maxThreads?: number;
  /** Default: `hash-worker` next to this module. */
  workerUrl?: URL;
}

/** Batches sent to one thread: the current one, and one more so that the thread does not wait for the next. */
const MAX_THREAD_BATCHES = 2;
/**
 * Files that arrive one by one are sent together after this time, because a message costs as much as hashing a small file. The first
 * file after a pause is sent at once.
 */
const BATCH_DELAY_MS = 4;
const MIN_BATCH_FILES = 16;
/** Large enough that a message costs little per file, small enough that all threads have work. */
const MAX_BATCH_FILES = 64;

interface Job {
  file: string;
  algorithms: readonly DigestAlgorithm[];
  resolve(digest: FileDigest): void;
  reject(error: TfcacheError): void;
}

interface Thread {
  worker: Worker;
  batches: Map<number, readonly Job[]>;
}

/**
 * Creates a pool of threads that hash files. Threads are started for the first files. Only unfinished work keeps the process alive.
 */
export function createHashPool({
  maxThreads = availableParallelism(),
  workerUrl,
}: HashPoolOptions = {}): HashPool {
  const url = workerUrl ?? new URL(`./hash-worker${extname(import.meta.url)}`, import.meta.url);
  const threads = new Set<Thread>();
  const queue: Job[] = [];
  let sentCount = 0;
  let batchCount = 0;
  let scheduled = false;
  let lastSentMs = 0;
  let closed = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    const run = () => {
      scheduled = false;
      dispatch();
    };
    const pause = lastSentMs + BATCH_DELAY_MS - performance.now();
    // Files of the same task of the event loop are sent together.
    if (pause <= 0) queueMicrotask(run);
    else setTimeout(run, pause);
  }

  function dispatch(): void {
    lastSentMs = performance.now();
    while (sentCount < queue.length) {
      const thread = chooseThread();
      if (thread === undefined) return;
      sendBatch(thread);
    }
    queue.length = 0;
    sentCount = 0;
  }

  /** Returns the thread with the least work; starts a new one rather than waiting for a busy one. */
  function chooseThread(): Thread | undefined {
    let idlest: Thread | undefined;
    for (const thread of threads) {
      if (idlest === undefined || thread.batches.size < idlest.batches.size) idlest = thread;
    }
    if ((idlest === undefined || idlest.batches.size > 0) && threads.size < maxThreads)
      return startThread();
    return idlest !== undefined && idlest.batches.size < MAX_THREAD_BATCHES ? idlest : undefined;
  }

  function sendBatch(thread: Thread): void {
    const share = Math.ceil((queue.length - sentCount) / (maxThreads * MAX_THREAD_BATCHES));
    const jobs = queue.slice(sentCount, sentCount + Math.min(share, MAX_BATCH_FILES));
    sentCount += jobs.length;
    const message: HashJob = {
      batch: ++batchCount,
      files: jobs.map(({ file, algorithms }) => ({ file, algorithms })),
    };
    thread.batches.set(message.batch, jobs);
    thread.worker.ref();
    thread.worker.postMessage(message);
  }

  function startThread(): Thread {
    const thread: Thread = { worker: new Worker(url), batches: new Map() };
    threads.add(thread);
    thread.worker.on('message', (result: HashResult) => {
      const jobs = thread.batches.get(result.batch) ?? [];
      thread.batches.delete(result.batch);
      // A thread that is being closed must keep the process alive until it has ended.
      if (thread.batches.size === 0 && !closed) thread.worker.unref();
      // Sends the next batch first: the thread works while this one handles the results.
      if (queue.length - sentCount >= MIN_BATCH_FILES) dispatch();
      else if (sentCount < queue.length) schedule();
      for (const [index, job] of jobs.entries()) settle(job, result.results[index]);
    });
    thread.worker.on('error', (error) => fail(thread, error));
    thread.worker.on('exit', () => fail(thread, new Error('the hashing thread ended')));
    return thread;
  }

  function fail(thread: Thread, cause: Error): void {
    if (!threads.delete(thread)) return;
    for (const job of [...thread.batches.values()].flat()) {
      job.reject(
        new TfcacheError(
          closed ? 'transfer-cancelled' : 'defect',
          'A hashing thread ended before its work was done.',
          {
            where: job.file,
            found: cause.message,
            hint: closed
              ? 'Run again: the run was stopped.'
              : 'If the machine is short of memory, give the job more; otherwise report this defect.',
            cause,
          },
        ),
      );
    }
    if (!closed) dispatch();
  }

  return {
    digest(file, algorithms = []) {
      if (closed) {
        const error = new TfcacheError('transfer-cancelled', 'The hash pool is closed.', {
          where: file,
        });
        return Promise.reject(error);
      }
      return new Promise((resolve, reject) => {
        queue.push({ file, algorithms, resolve, reject });
        schedule();
      });
    },
    async close() {
      closed = true;
      for (const job of queue.splice(0).slice(sentCount)) {
        job.reject(
          new TfcacheError('transfer-cancelled', 'The hash pool was closed.', { where: job.file }),
        );
      }
      sentCount = 0;
      await Promise.all([...threads].map((thread) => thread.worker.terminate()));
    },
  };
}

function settle(job: Job, result: HashResult['results'][number] | undefined): void {
  if (result === undefined) {
    job.reject(
      new TfcacheError('defect', 'A hashing thread returned no result.', { where: job.file }),
    );
  } else if ('sha256' in result) {
    job.resolve(result);
  } else {
    job.reject(createHashError(job.file, result));
  }
}

function createHashError(file: string, { message, code }: HashFailure): TfcacheError {
  if (code === 'CHANGED') {
    return new TfcacheError('file-changed', 'A file changed while it was read.', {
      where: file,
      hint: 'Run again. If it happens again, find out which program writes to the file.',
    });
  }
  return fileError('read a file to verify it', file, Object.assign(new Error(message), { code }));
}
