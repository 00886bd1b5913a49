/** Lets a bounded number of tasks run at once; of the others the one of the lowest rank is next, and of these the oldest. */
export interface Slots {
  run<T>(rank: number, task: () => Promise<T>): Promise<T>;
}

export function createSlots(most: number): Slots {
  const waiting: { rank: number; begin: () => void }[] = [];
  let free = most;

  function wait(rank: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const place = waiting.findLastIndex((one) => one.rank <= rank) + 1;
    waiting.splice(place, 0, { rank, begin: resolve });
    return promise;
  }

  return {
    async run(rank, task) {
      if (free > 0) free -= 1;
      else await wait(rank);
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        // The slot goes from hand to hand: nobody who comes now can overtake who waited.
        if (next === undefined) free += 1;
        else next.begin();
      }
    },
  };
}

/** Does `one` for each item, at most `most` at once. When one fails, no more are begun, and that failure is thrown when all have ended. */
export async function forEachAtOnce<T>(
  items: Iterable<T>,
  most: number,
  one: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const failures: unknown[] = [];
  const line = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      if (failures.length > 0) return;
      try {
        await one(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: most }, line));
  if (failures.length > 0) throw failures[0];
}
