import { explainDaemonRefusal } from '../../mirror/rsync/exit/exit-refusals.ts';
import { getErrorMessage, TfcacheError } from '../../platform/error.ts';
import type { Problem } from './report.ts';

/** A problem thrown on its way to the report; it does not leave this folder. */
export class ProbeError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Creates the error for a mirror whose probe took longer than the time limit. */
export function createTimeoutError(): ProbeError {
  return new ProbeError({
    reason: 'time-limit',
    message: 'The mirror answers too slowly: its probe reached the time limit.',
    found: undefined,
    hint: 'The mirror may be overloaded: run the probe again later, or use another mirror.',
  });
}

/** Returns any error as a problem. Errors of the transports say what happened and what to do. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProbeError) return error.problem;
  if (!(error instanceof TfcacheError)) {
    return {
      reason: 'defect',
      message: getErrorMessage(error),
      found: undefined,
      hint: 'Run the probe again. If the error persists, use another mirror.',
    };
  }
  const { reason, message, found, hint = 'Use another mirror.' } = error;
  return { reason, message, found: explainDaemonRefusal(found ?? '')?.found ?? found, hint };
}
