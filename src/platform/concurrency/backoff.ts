import { setTimeout as sleepFor } from 'node:timers/promises';

export interface BackoffOptions {
  /** Retries after consecutive failures. */
  retries: number;
  /** Pause before the first retry. */
  firstPauseMs: number;
  maxPauseMs: number;
  /** Each pause is this many times as long as the previous one. */
  factor: number;
}

/** Counts the consecutive failures of one task and computes the pause before each retry: exponential backoff. */
export class Backoff {
  readonly #options: BackoffOptions;
  #failureCount = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** The failures since the last {@link reset}; after the first failure this is the number of the next retry. */
  get failureCount(): number {
    return this.#failureCount;
  }

  /** Sets the count to 0. Call it after an attempt that made progress. */
  reset(): void {
    this.#failureCount = 0;
  }

  /** Returns the pause before the next retry, in milliseconds; undefined if no retry is left. */
  recordFailure(): number | undefined {
    const { retries, firstPauseMs, maxPauseMs, factor } = this.#options;
    this.#failureCount += 1;
    if (this.#failureCount > retries) return undefined;
    return Math.min(firstPauseMs * factor ** (this.#failureCount - 1), maxPauseMs);
  }
}

/** Returns a pause that is longer by a random part of itself, so that several connections do not retry at the same moment. */
export function addJitter(pauseMs: number, maxFraction: number): number {
  return pauseMs * (1 + Math.random() * maxFraction);
}

/** Waits. Ends early, without an error, if the signal is aborted: the caller checks the signal. */
export type Sleep = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;

export const sleepUntilAborted: Sleep = async (milliseconds, signal) => {
  try {
    await sleepFor(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
};
