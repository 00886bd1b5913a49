import { TfcacheError } from '../platform/error.ts';
import { createLineProgress } from '../platform/progress.ts';
import type { RunContext } from '../pull/types.ts';
import { createLocalMachine } from '../request/machine/machine.ts';
import { getJobIdentity } from './job-identity.ts';
import { actionLog } from './log.ts';

const PROGRESS_INTERVAL_MS = 5000;

/** What the engine gets from a runner: workflow commands for a log, and an end when the job is cancelled. */
export function createActionContext(): RunContext {
  const controller = new AbortController();
  // The runner sends SIGINT, then SIGTERM after 7.5 s: the first begins a clean end, the second must not cut it short.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () =>
      controller.abort(new TfcacheError('interrupted', `The job was cancelled (${signal}).`)),
    );
  }
  return {
    log: actionLog,
    progress: createLineProgress(actionLog, PROGRESS_INTERVAL_MS),
    machine: createLocalMachine(process.env),
    signal: controller.signal,
    environment: process.env,
    job: getJobIdentity(process.env['RUNNER_TEMP'], actionLog),
  };
}
