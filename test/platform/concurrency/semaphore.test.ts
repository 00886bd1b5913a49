import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createSemaphore } from '../../../src/platform/concurrency/semaphore.ts';

it('lets no more run than there are slots, the lowest rank first, and of these the oldest', async () => {
  const slots = createSemaphore(2);
  const begun: string[] = [];
  let running = 0;
  let most = 0;
  const tasks = ['3a', '3b', '2a', '1a', '2b', '3c', '1b'].map((name) =>
    slots.run(async () => {
      begun.push(name);
      running += 1;
      most = Math.max(most, running);
      await setImmediate();
      running -= 1;
      if (name === '2a') throw new Error('it fails');
    }, Number(name[0])),
  );
  const ends = await Promise.allSettled(tasks);
  expect(begun).toEqual(['3a', '3b', '1a', '1b', '2a', '2b', '3c']);
  expect(most).toBe(2);
  expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  await expect(slots.run(async () => 'free again', 9)).resolves.toBe('free again');
});
