import { Backoff, type Sleep, sleepUntilAborted } from '../../../platform/concurrency/backoff.ts';
import type { Log } from '../../../platform/log.ts';
import type { ExplainedFailure } from '../exit/exit.ts';

export interface RetryOptions {
  /** Further tries after the first. */
  retries: number;
  log: Log;
  signal: AbortSignal | undefined;
  /** Waits; tests wait less. Ends early, without error, when the signal is aborted. */
  sleep?: Sleep;
}

/** Either what a try gave, or why it failed. */
export type AttemptResult<T> = { value: T } | { failed: ExplainedFailure };

const MAX_PAUSE_MS = 60_000;
const BACKOFF = { firstPauseMs: 3_000, maxPauseMs: MAX_PAUSE_MS, factor: 4 };

/**
 * Repeats an attempt until it succeeds, `retries` is used up, or a retry cannot help. The pauses grow: 3, 12, 48, 60 s. After a
 * connection reset, which public mirrors send to frequent clients, there is one retry after the longest pause.
 *
 * @throws the error of the last attempt.
 */
export async function withRetries<T>(
  attempt: () => Promise<AttemptResult<T>>,
  options: RetryOptions,
): Promise<T> {
  const { retries, signal, log, sleep = sleepUntilAborted } = options;
  const backoff = new Backoff({ ...BACKOFF, retries });
  let hasRetriedLater = false;
  for (;;) {
    const outcome = await attempt();
    if ('value' in outcome) return outcome.value;
    const { error, retry } = outcome.failed;
    const isLater = retry === 'once-later';
    const pause = backoff.recordFailure();
    const isLast = retry === 'no' || pause === undefined || (isLater && hasRetriedLater);
    if (isLast || signal?.aborted) throw error;
    hasRetriedLater ||= isLater;
    const pauseMs = isLater ? MAX_PAUSE_MS : pause;
    log.info(
      `${error.message} (${error.where ?? ''}) Trying again in ${pauseMs / 1000} s, ` +
        `further try ${backoff.failureCount} of ${isLater ? 1 : retries}.`,
    );
    await sleep(pauseMs, signal);
    if (signal?.aborted) throw error;
  }
}
