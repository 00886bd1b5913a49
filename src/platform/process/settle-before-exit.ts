import { EXIT_CODES, getErrorMessage, TfcacheError } from '../error.ts';
import { exitInTimeAfterSignal } from './exit-deadline.ts';

/** Time for the edge to write outputs and report after an uncaught exception. */
const REPORT_MS = 5_000;

const HINT =
  'Report this defect of tfcache with the log. Verified files are kept: run again to resume.';

/**
 * Runs the work of an edge so that it always ends with a result or an error: also if nothing is left that could settle its promise,
 * or a callback throws. Otherwise Node would exit with code 13 or a stack trace, without outputs and report. After SIGINT or SIGTERM
 * it ends in time, also if a step ignores its signal.
 *
 * @throws what the work throws; TfcacheError `defect` if it will never settle, or an exception was not caught.
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
    // Other work may keep the process alive.
    const end = () => process.exit(process.exitCode || 1);
    setTimeout(end, REPORT_MS).unref();
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
    // Further exceptions may follow and must not interrupt the report.
    if (!isBroken) process.removeListener('uncaughtException', onUncaught);
  }
}
