import { TfcacheError } from '../error.ts';

/**
 * Milliseconds after a signal in which the work may end in good order: a little more than a child gets between SIGTERM and
 * SIGKILL.
 */
const GRACE_MS = 5_300;
/** Milliseconds after a signal until the process exits. A runner sends SIGKILL 7.5 s after SIGTERM. */
const EXIT_MS = 6_700;

/**
 * Ends the process in time after SIGINT or SIGTERM, whatever the work is waiting for. Handlers of others begin the clean end; if
 * there are none, the process exits at once.
 *
 * @param giveUp called when the time for a clean end is over, to report what happened.
 * @param exitCode of the process then.
 * @returns a function that stops listening. An exit that a signal began is not stopped: something may still keep the process alive.
 */
export function exitInTimeAfterSignal(
  giveUp: (error: TfcacheError) => void,
  exitCode: () => number,
): () => void {
  const listeners = (['SIGINT', 'SIGTERM'] as const).map((signal) => {
    const listener = () => {
      // `once` has removed this listener already.
      if (process.listenerCount(signal) === 0) process.exit(exitCode());
      const error = new TfcacheError('interrupted', `Stopped by ${signal}.`, {
        found: `a step that did not end within ${GRACE_MS / 1000} seconds`,
        hint: 'A store that the input store names keeps what was verified, and the next run resumes there. A temporary store is deleted.',
      });
      setTimeout(() => giveUp(error), GRACE_MS).unref();
      setTimeout(() => process.exit(exitCode()), EXIT_MS).unref();
    };
    process.once(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) process.removeListener(signal, listener);
  };
}
