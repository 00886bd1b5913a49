import type { Inputs } from '../inputs/inputs.ts';
import { TfcacheError } from '../platform/error.ts';
import { toErrorReport } from '../report/error-report.ts';
import type { FileReport } from '../report/report.ts';
import { describeAmount } from '../report/totals.ts';
import type { PullResult } from './types.ts';

/** How far a run had come when a signal ended it. */
export interface InterruptedRun {
  inputs: Pick<Inputs, 'store' | 'path'>;
  /** What was fetched, verified and taken into the store during this run. */
  fetched: readonly FileReport[];
  /** True if every file had been published. */
  isPublished: boolean;
}

/** The error of a run that a signal ended: says what it left behind, and how the next run can use it. */
export function createInterruptedError(
  signal: AbortSignal,
  progressed: InterruptedRun,
): TfcacheError {
  return new TfcacheError('interrupted', getAbortReason(signal), {
    found: describeDone(progressed),
    hint: describeKept(progressed),
    cause: signal.reason,
  });
}

/** Returns a result with another error, also in its report. */
export function replaceError(result: PullResult, error: TfcacheError): PullResult {
  return { ...result, error, report: { ...result.report, error: toErrorReport(error) } };
}

function getAbortReason(signal: AbortSignal): string {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason.message : 'Stopped.';
}

function describeDone({ inputs, fetched, isPublished }: InterruptedRun): string {
  if (isPublished) return `all files are published in ${inputs.path}`;
  const verified =
    fetched.length === 0
      ? 'no file was complete'
      : `${describeAmount(fetched)} fetched and verified`;
  return `${verified}; ${inputs.path} is unchanged`;
}

function describeKept({ inputs, fetched, isPublished }: InterruptedRun): string {
  if (isPublished) return 'Run it again: it finds the files in place.';
  const { folder, lifetime } = inputs.store;
  if (lifetime === 'job') {
    return 'Nothing is kept for the next run: its store was temporary. Name a folder (store) to resume there next time.';
  }
  const kept = fetched.length === 0 ? 'partial downloads' : 'verified files and partial downloads';
  return `Run it again with the same store: ${kept} are kept in ${folder}, and it resumes there.`;
}
