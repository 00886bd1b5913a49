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
  /** Threads at most, as many as there are cores unless told otherwise; each is started when there is work for it. */
  maxThreads?: number;
  /** The worker's module, when it does not stand beside this one under its own name. */
  workerUrl?: URL;
}

/** Orders that may lie at one worker: the one it works on, and one so that it need not wait for the next. */
const ORDERS_AT_ONCE = 2;
/**
 * Files that come one by one go out together after so long: a message costs as much as hashing a small file does. The first
 * after a pause goes at once.
 */
const GATHER_MILLISECONDS = 4;
const ENOUGH_TO_GO = 16;
/** Files in one order at most: enough that a message costs little a file, few enough that all threads have work. */
const FILES_PER_ORDER = 64;

interface Job {
  file: string;
  algorithms: readonly DigestAlgorithm[];
  resolve(digest: FileDigest): void;
  reject(error: TfcacheError): void;
}

interface Thread {
  worker: Worker;
  orders: Map<number, readonly Job[]>;
}

/**
 * Hashes files in threads, started at the first digest. It never keeps the process alive by itself: only work that is not
 * done does.
 */
export function createHashPool({
  maxThreads: most = availableParallelism(),
  workerUrl,
}: HashPoolOptions = {}): HashPool {
  const url = workerUrl ?? new URL(`./hash-worker${extname(import.meta.url)}`, import.meta.url);
  const threads = new Set<Thread>();
  const queue: Job[] = [];
  let taken = 0;
  let batches = 0;
  let scheduled = false;
  let sent = 0;
  let closed = false;

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    const go = () => {
      scheduled = false;
      dispatch();
    };
    const pause = sent + GATHER_MILLISECONDS - performance.now();
    // What is asked for in the same turn goes out together.
    if (pause <= 0) queueMicrotask(go);
    else setTimeout(go, pause);
  }

  function dispatch(): void {
    sent = performance.now();
    while (taken < queue.length) {
      const thread = chooseThread();
      if (thread === undefined) return;
      order(thread);
    }
    queue.length = 0;
    taken = 0;
  }

  /** The idlest thread that can take an order; a new one rather than one that is at work. */
  function chooseThread(): Thread | undefined {
    let idlest: Thread | undefined;
    for (const thread of threads) {
      if (idlest === undefined || thread.orders.size < idlest.orders.size) idlest = thread;
    }
    if ((idlest === undefined || idlest.orders.size > 0) && threads.size < most) return start();
    return idlest !== undefined && idlest.orders.size < ORDERS_AT_ONCE ? idlest : undefined;
  }

  function order(thread: Thread): void {
    const share = Math.ceil((queue.length - taken) / (most * ORDERS_AT_ONCE));
    const jobs = queue.slice(taken, taken + Math.min(share, FILES_PER_ORDER));
    taken += jobs.length;
    const message: HashJob = {
      batch: ++batches,
      files: jobs.map(({ file, algorithms }) => ({ file, algorithms })),
    };
    thread.orders.set(message.batch, jobs);
    thread.worker.ref();
    thread.worker.postMessage(message);
  }

  function start(): Thread {
    const thread: Thread = { worker: new Worker(url), orders: new Map() };
    threads.add(thread);
    thread.worker.on('message', (answer: HashResult) => {
      const jobs = thread.orders.get(answer.batch) ?? [];
      thread.orders.delete(answer.batch);
      // While the pool closes, only this thread may keep the process alive until the thread has ended.
      if (thread.orders.size === 0 && !closed) thread.worker.unref();
      // The next order first: the thread works while this one goes through the answers.
      if (queue.length - taken >= ENOUGH_TO_GO) dispatch();
      else if (taken < queue.length) schedule();
      for (const [index, job] of jobs.entries()) settle(job, answer.results[index]);
    });
    thread.worker.on('error', (error) => fail(thread, error));
    thread.worker.on('exit', () => fail(thread, new Error('the hashing thread ended')));
    return thread;
  }

  function fail(thread: Thread, cause: Error): void {
    if (!threads.delete(thread)) return;
    for (const job of [...thread.orders.values()].flat()) {
      job.reject(
        new TfcacheError(
          closed ? 'transfer-cancelled' : 'defect',
          'The hashing thread ended before its work was done.',
          {
            where: job.file,
            found: cause.message,
            hint: closed
              ? 'The run was stopped; run again.'
              : 'If the machine is short of memory, give the job more; otherwise please report this.',
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
      for (const job of queue.splice(0).slice(taken)) {
        job.reject(
          new TfcacheError('transfer-cancelled', 'The hash pool was closed.', { where: job.file }),
        );
      }
      taken = 0;
      await Promise.all([...threads].map((thread) => thread.worker.terminate()));
    },
  };
}

function settle(job: Job, result: HashResult['results'][number] | undefined): void {
  if (result === undefined) {
    job.reject(
      new TfcacheError('defect', 'The hashing thread gave no answer.', { where: job.file }),
    );
  } else if ('sha256' in result) {
    job.resolve(result);
  } else {
    job.reject(describeFailure(job.file, result));
  }
}

function describeFailure(file: string, { message, code }: HashFailure): TfcacheError {
  if (code === 'CHANGED') {
    return new TfcacheError('file-changed', 'A file changed while it was read.', {
      where: file,
      hint: 'Something else writes to it. Run again; if it happens again, find out what that is.',
    });
  }
  return fileError('read a file to verify it', file, Object.assign(new Error(message), { code }));
}
