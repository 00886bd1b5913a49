/** Limits how many tasks run at once. Waiting tasks start by rank, lowest first, and within a rank in the order of their calls. */
export interface Semaphore {
  run<T>(task: () => Promise<T>, rank?: number): Promise<T>;
}

export function createSemaphore(limit: number): Semaphore {
  const waiting: { rank: number; start: () => void }[] = [];
  let free = limit;

  function wait(rank: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const index = waiting.findLastIndex((other) => other.rank <= rank) + 1;
    waiting.splice(index, 0, { rank, start: resolve });
    return promise;
  }

  return {
    async run(task, rank = 0) {
      if (free > 0) free -= 1;
      else await wait(rank);
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        // The permit passes directly to the next task, so that a new call cannot overtake a waiting one.
        if (next === undefined) free += 1;
        else next.start();
      }
    },
  };
}
