import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DigestAlgorithm } from '../../bucket/file.ts';
import type { HashedFile } from './hash-file.ts';
import type { FollowMessage, FollowResult } from './hash-message.ts';

/** Hashes files while they are written, in a thread that is started for the first one. */
export interface FileFollower {
  /** Begins to hash a temporary file and continues while it grows. */
  follow(temporaryFile: string, algorithms: readonly DigestAlgorithm[]): FollowHandle;
  close(): Promise<void>;
}

export interface FollowHandle {
  /** Returns the digest of `file` if the temporary file was renamed to it; undefined if it must be hashed from the beginning. */
  finish(file: string): Promise<HashedFile | undefined>;
}

export interface FollowerOptions {
  /** Default: `hash-worker` next to this module. */
  workerUrl?: URL;
}

/** Creates a follower. It only saves time: after any failure here, the file is hashed from the beginning. */
export function createFileFollower({ workerUrl }: FollowerOptions = {}): FileFollower {
  const url = workerUrl ?? new URL(`./hash-worker${extname(import.meta.url)}`, import.meta.url);
  const waiting = new Map<number, (digest: HashedFile | undefined) => void>();
  let worker: Worker | undefined;
  let count = 0;
  /** True if the thread was closed or failed: no result follows. */
  let ended = false;

  function endAll(): void {
    ended = true;
    for (const resolve of waiting.values()) resolve(undefined);
    waiting.clear();
  }

  function startWorker(): Worker {
    const started = new Worker(url);
    started.unref();
    started.on('message', ({ follow, digest }: FollowResult) => {
      waiting.get(follow)?.(digest);
      waiting.delete(follow);
      // A thread that is being closed must keep the process alive until it has ended.
      if (waiting.size === 0 && !ended) started.unref();
    });
    started.on('error', endAll);
    started.on('exit', endAll);
    return started;
  }

  function send(message: FollowMessage): void {
    worker ??= startWorker();
    worker.postMessage(message);
  }

  return {
    follow(temporaryFile, algorithms) {
      const follow = ++count;
      send({ follow, temporaryFile, algorithms });
      return {
        finish: (file) =>
          new Promise((resolve) => {
            if (ended) return resolve(undefined);
            waiting.set(follow, resolve);
            send({ follow, file });
            worker?.ref();
          }),
      };
    },
    async close() {
      endAll();
      await worker?.terminate();
    },
  };
}
