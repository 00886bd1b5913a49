import { expect, test } from 'vitest';
import {
  addJitter,
  Backoff,
  sleepUntilAborted,
} from '../../../src/platform/concurrency/backoff.ts';

test('pauses grow up to the maximum and end with the retries', () => {
  const backoff = new Backoff({ retries: 4, firstPauseMs: 10, maxPauseMs: 100, factor: 3 });
  expect(Array.from({ length: 5 }, () => backoff.recordFailure())).toEqual([
    10,
    30,
    90,
    100,
    undefined,
  ]);
  backoff.reset();
  expect(backoff.recordFailure()).toBe(10);
  expect(backoff.failureCount).toBe(1);
});

test('jitter only makes a pause longer', () => {
  const pauses = Array.from({ length: 50 }, () => addJitter(100, 0.25));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(100);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(125);
});

test('an abort ends a pause early and without an error', async () => {
  const controller = new AbortController();
  const sleeping = sleepUntilAborted(60_000, controller.signal);
  controller.abort();
  await sleeping;
});
