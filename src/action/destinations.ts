import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeError } from '../platform/error.ts';
import { errorCode } from '../platform/files/file-error.ts';
import type { Log } from '../platform/log.ts';

/** Bytes of the file that are read: a job has a few steps. */
const MAX_BYTES = 1024 * 1024;

/** One JSON string per line: the destination of a step that published something. */
const getRecordFile = (temporary: string): string => join(temporary, 'tfcache', 'destinations');

/**
 * Remembers for later steps of the job where a step published. The runner empties `temporary`, its own folder, between jobs.
 * Steps may run at the same time: one short line is appended at once.
 */
export function rememberDestination(path: string, temporary: string, log: Log): void {
  const file = getRecordFile(temporary);
  try {
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, `${JSON.stringify(path)}\n`);
  } catch (error) {
    log.debug(`${file}: ${describeError(error)}`);
  }
}

/** Returns the destinations of the job's earlier steps, each once, in their order. */
export function listJobDestinations(temporary: string, log: Log): string[] {
  const file = getRecordFile(temporary);
  try {
    const lines = readFileSync(file, 'utf8').slice(0, MAX_BYTES).split('\n');
    const paths = lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line));
    return [...new Set(paths.filter((path) => typeof path === 'string'))];
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') log.debug(`${file}: ${describeError(error)}`);
    return [];
  }
}
