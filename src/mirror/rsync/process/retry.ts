import { setTimeout as sleepFor } from 'node:timers/promises';
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

export type Sleep = (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;

/** Either what a try gave, or why it failed. */
export type AttemptResult<T> = { value: T } | { failed: ExplainedFailure };

const FIRST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Tries until it works, until `retries` is used up, or until trying again makes no sense. Pauses grow (3, 12, 48, 60 … s);
 * after a reset, which public mirrors answer to those who come too often, there is one further try after the longest pause.
 *
 * @throws the error of the last try.
 */
export async function withRetries<T>(
  attempt: () => Promise<AttemptResult<T>>,
  options: RetryOptions,
): Promise<T> {
  const sleep = options.sleep ?? sleepUntilAborted;
  let laterUsed = false;
  for (let tries = 0; ; tries++) {
    const outcome = await attempt();
    if ('value' in outcome) return outcome.value;
    const { error, retry } = outcome.failed;
    const last =
      retry === 'no' || tries >= options.retries || (retry === 'once-later' && laterUsed);
    if (last || options.signal?.aborted) throw error;
    laterUsed ||= retry === 'once-later';
    const pause =
      retry === 'once-later'
        ? LONGEST_PAUSE_MS
        : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 4 ** tries);
    options.log.info(
      `${error.message} (${error.where ?? ''}) Trying again in ${pause / 1000} s, ` +
        `further try ${tries + 1} of ${retry === 'once-later' ? 1 : options.retries}.`,
    );
    await sleep(pause, options.signal);
    if (options.signal?.aborted) throw error;
  }
}

export const sleepUntilAborted: Sleep = async (milliseconds, signal) => {
  try {
    await sleepFor(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    // An abort ends the pause; whoever waits looks at the signal.
    if (!signal?.aborted) throw error;
  }
};
