import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { lineProgress } from '../progress.ts';
import type { Surroundings } from '../pull/types.ts';
import { thisMachine } from '../this-machine.ts';
import { actionLog } from './log.ts';

const PROGRESS_EVERY_MILLISECONDS = 5000;

/** What the engine gets from a runner: workflow commands for a log, and an end when the job is cancelled. */
export function actionSurroundings(): Surroundings {
  const controller = new AbortController();
  // The runner sends SIGINT, then SIGTERM after 7.5 s: the first begins a clean end, the second must not cut it short.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => controller.abort(new Error(`The job was cancelled (${signal}).`)));
  }
  return {
    log: actionLog,
    progress: lineProgress(actionLog, PROGRESS_EVERY_MILLISECONDS),
    machine: thisMachine(process.env),
    signal: controller.signal,
    environment: process.env,
    job: jobIdentity(process.env['RUNNER_TEMP']),
  };
}

/**
 * What the steps of one job have in common and no other job has: the runner tells no such thing (legs of a matrix share run
 * and job), but it empties its temporary folder between jobs.
 */
function jobIdentity(temporary: string | undefined): string | undefined {
  if (temporary === undefined) return undefined;
  const file = join(temporary, 'tfcache', 'job');
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, randomUUID(), { flag: 'wx' });
  } catch (error) {
    // An earlier step of this job wrote it, or it cannot be written: then there is nothing to share.
    actionLog.debug(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
