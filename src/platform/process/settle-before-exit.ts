import { EXIT_CODES, getErrorMessage, TfcacheError } from '../error.ts';
import { exitInTimeAfterSignal } from './exit-deadline.ts';

/** So long the edge has for its last words after an exception that nothing caught. */
const LAST_WORDS_MS = 5_000;

const HINT =
  'This is a defect of tfcache: please report it with the log. What was verified is kept; running again goes on from it.';

/**
 * Runs the work of an edge so that it always comes to an end that can be reported: with an error, too, if nothing is left that
 * could settle its promise, or an exception was thrown in a callback. Without that, Node ends with exit code 13 or a stack, and
 * neither outputs nor a report are written. After SIGINT or SIGTERM it ends in time, also if a step does not listen to its signal.
 *
 * @throws what the work throws; TfcacheError `failed` when it will never settle, or an exception was not caught.
 */
export async function settleBeforeExit<T>(work: () => Promise<T>): Promise<T> {
  const { promise: lost, reject } = Promise.withResolvers<never>();
  const onBeforeExit = () =>
    reject(
      new TfcacheError('defect', 'tfcache ended before its work was done.', {
        found: 'a step that waits for nothing',
        hint: HINT,
      }),
    );
  let isBroken = false;
  const onUncaught = (cause: unknown) => {
    isBroken = true;
    const message = getErrorMessage(cause);
    reject(new TfcacheError('defect', `Unexpected: ${message}`, { hint: HINT, cause }));
    // Whatever was going on goes on, and may keep the process alive.
    const end = () => process.exit(process.exitCode || 1);
    setTimeout(end, LAST_WORDS_MS).unref();
  };
  const stopListening = exitInTimeAfterSignal(
    reject,
    () => Number(process.exitCode) || EXIT_CODES.interrupted,
  );
  process.once('beforeExit', onBeforeExit);
  process.on('uncaughtException', onUncaught);
  try {
    return await Promise.race([work(), lost]);
  } finally {
    stopListening();
    process.removeListener('beforeExit', onBeforeExit);
    // After one exception others may follow: they must not cut the report short.
    if (!isBroken) process.removeListener('uncaughtException', onUncaught);
  }
}
