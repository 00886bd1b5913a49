import { addJitter, Backoff, sleepUntilAborted } from '../../../platform/concurrency/backoff.ts';
import type { Log } from '../../../platform/log.ts';
import { createCancelledError } from '../../cancelled.ts';
import { RetryableError, unwrapRetryable } from './network-error.ts';
import { MAX_RETRY_AFTER_SECONDS } from './status-error.ts';

export interface HttpRetryOptions {
  /** Further tries after the first. */
  retries: number;
  /** Seconds before the second try; each further pause is twice as long. */
  firstPauseSeconds: number;
  log: Log;
  signal: AbortSignal | undefined;
}

/** The longest pause, unless a server asks for more. */
const MAX_PAUSE_MS = 60_000;
const MAX_JITTER = 0.25;

/** Counts the tries of one piece of work and pauses between them. */
export class RetryCounter {
  private readonly backoff: Backoff;
  private readonly options: HttpRetryOptions;

  constructor(options: HttpRetryOptions) {
    this.options = options;
    this.backoff = new Backoff({
      retries: options.retries,
      firstPauseMs: 1000 * options.firstPauseSeconds,
      maxPauseMs: MAX_PAUSE_MS,
      factor: 2,
    });
  }

  /**
   * A try failed: waits before the next one.
   *
   * @param progressed the try brought a good part of what is wanted, so the count starts anew.
   * @throws the failure as a TfcacheError when no further try is allowed or could help, `failed` when cancelled.
   */
  async waitAfterFailure(
    error: unknown,
    progressed: 'progressed' | 'stuck' = 'stuck',
  ): Promise<void> {
    const { retries, log, signal } = this.options;
    if (!(error instanceof RetryableError)) throw error;
    if (progressed === 'progressed') this.backoff.reset();
    const pause = this.backoff.recordFailure();
    if (pause === undefined) throw unwrapRetryable(error);
    const pauseSeconds = Math.min(
      Math.max(pause / 1000, error.waitSeconds ?? 0),
      MAX_RETRY_AFTER_SECONDS,
    );
    log.info(
      `${error.message} Trying again in ${Math.round(pauseSeconds)} s (${this.backoff.failureCount} of ${retries}).`,
    );
    await sleepUntilAborted(addJitter(1000 * pauseSeconds, MAX_JITTER), signal);
    if (signal?.aborted === true) throw createCancelledError(signal);
  }
}

/** Does the work until it succeeds or the tries are used up. @throws TfcacheError */
export async function withHttpRetries<T>(
  options: HttpRetryOptions,
  work: () => Promise<T>,
): Promise<T> {
  const tries = new RetryCounter(options);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await tries.waitAfterFailure(error);
    }
  }
}
