import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../../platform/log.ts';
import { cancelled } from '../../cancelled.ts';
import { outward, PassingFailure } from './failure.ts';
import { LONGEST_WAIT } from './status.ts';

export interface TryOptions {
  /** Further tries after the first. */
  retries: number;
  /** Seconds before the second try; each further pause is twice as long. */
  firstPause: number;
  log: Log;
  signal: AbortSignal | undefined;
}

/** Longest pause of our own, in seconds; a server may ask for more. */
const LONGEST_PAUSE = 60;

/** Counts the tries of one piece of work and pauses between them. */
export class Tries {
  private failures = 0;
  private readonly options: TryOptions;

  constructor(options: TryOptions) {
    this.options = options;
  }

  /**
   * A try failed: waits before the next one.
   *
   * @param progressed the try brought a good part of what is wanted, so the count starts anew.
   * @throws the failure as a TfcacheError when no further try is allowed or could help, `failed` when cancelled.
   */
  async failed(error: unknown, progressed: 'progressed' | 'stuck' = 'stuck'): Promise<void> {
    const { retries, firstPause, log, signal } = this.options;
    if (!(error instanceof PassingFailure)) throw error;
    if (progressed === 'progressed') this.failures = 0;
    this.failures += 1;
    if (this.failures > retries) throw outward(error);
    const own = Math.min(firstPause * 2 ** (this.failures - 1), LONGEST_PAUSE);
    const pause = Math.min(Math.max(own, error.waitSeconds ?? 0), LONGEST_WAIT);
    log.info(
      `${error.message} Trying again in ${Math.round(pause)} s (${this.failures} of ${retries}).`,
    );
    // Up to a quarter longer, so that several connections do not come back in the same moment.
    const milliseconds = pause * 1000 * (1 + Math.random() / 4);
    try {
      await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (reason) {
      if (signal?.aborted === true) throw cancelled(signal);
      throw reason;
    }
  }
}

/** Does the work until it succeeds or the tries are used up. @throws TfcacheError */
export async function withTries<T>(options: TryOptions, work: () => Promise<T>): Promise<T> {
  const tries = new Tries(options);
  for (;;) {
    try {
      return await work();
    } catch (error) {
      await tries.failed(error);
    }
  }
}
