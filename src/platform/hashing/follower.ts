import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DigestAlgorithm } from '../../bucket/file.ts';
import type { HashedFile } from './hash-file.ts';
import type { FollowMessage, FollowResult } from './hash-message.ts';

/** Hashes files while they are being written, in a thread of its own that is started at the first one. */
export interface FileFollower {
  /** Begins with what is there of `draft` and goes on as it grows. */
  follow(draft: string, algorithms: readonly DigestAlgorithm[]): FollowHandle;
  close(): Promise<void>;
}

export interface FollowHandle {
  /** The digest of `file` when the draft became it; undefined when it must be hashed itself. */
  finish(file: string): Promise<HashedFile | undefined>;
}

export interface FollowerOptions {
  /** The worker's module, when it does not stand beside this one under its own name. */
  workerUrl?: URL;
}

/** Following is never needed for a right result: whatever goes wrong here, the file is hashed from its beginning. */
export function createFileFollower({ workerUrl }: FollowerOptions = {}): FileFollower {
  const url = workerUrl ?? new URL(`./hash-worker${extname(import.meta.url)}`, import.meta.url);
  const waiting = new Map<number, (digest: HashedFile | undefined) => void>();
  let worker: Worker | undefined;
  let count = 0;
  /** True once the thread is closed, or was lost: then no answer comes any more. */
  let ended = false;

  function giveUp(): void {
    ended = true;
    for (const answer of waiting.values()) answer(undefined);
    waiting.clear();
  }

  function start(): Worker {
    const started = new Worker(url);
    started.unref();
    started.on('message', ({ follow, digest }: FollowResult) => {
      waiting.get(follow)?.(digest);
      waiting.delete(follow);
      // While the thread is closed, it must keep the process alive until it has ended.
      if (waiting.size === 0 && !ended) started.unref();
    });
    started.on('error', giveUp);
    started.on('exit', giveUp);
    return started;
  }

  function tell(order: FollowMessage): void {
    worker ??= start();
    worker.postMessage(order);
  }

  return {
    follow(draft, algorithms) {
      const follow = ++count;
      tell({ follow, draft, algorithms });
      return {
        finish: (file) =>
          new Promise((resolve) => {
            if (ended) return resolve(undefined);
            waiting.set(follow, resolve);
            tell({ follow, file });
            worker?.ref();
          }),
      };
    },
    async close() {
      giveUp();
      await worker?.terminate();
    },
  };
}
