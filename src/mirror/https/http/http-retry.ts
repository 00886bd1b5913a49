import { setTimeout as sleep } from 'node:timers/promises';
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

/** Longest pause of our own, in seconds; a server may ask for more. */
const MAX_PAUSE_SECONDS = 60;

/** Counts the tries of one piece of work and pauses between them. */
export class RetryCounter {
  private failures = 0;
  private readonly options: HttpRetryOptions;

  constructor(options: HttpRetryOptions) {
    this.options = options;
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
    const { retries, firstPauseSeconds: firstPause, log, signal } = this.options;
    if (!(error instanceof RetryableError)) throw error;
    if (progressed === 'progressed') this.failures = 0;
    this.failures += 1;
    if (this.failures > retries) throw unwrapRetryable(error);
    const own = Math.min(firstPause * 2 ** (this.failures - 1), MAX_PAUSE_SECONDS);
    const pause = Math.min(Math.max(own, error.waitSeconds ?? 0), MAX_RETRY_AFTER_SECONDS);
    log.info(
      `${error.message} Trying again in ${Math.round(pause)} s (${this.failures} of ${retries}).`,
    );
    // Up to a quarter longer, so that several connections do not come back in the same moment.
    const milliseconds = pause * 1000 * (1 + Math.random() / 4);
    try {
      await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (reason) {
      if (signal?.aborted === true) throw createCancelledError(signal);
      throw reason;
    }
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
