import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getErrorMessage } from '../platform/error.ts';
import { errorCode } from '../platform/files/file-error.ts';
import type { Log } from '../platform/log.ts';

/**
 * What the steps of one job have in common and no other job has: the runner tells no such thing (legs of a matrix share run
 * and job), but it empties its temporary folder between jobs.
 *
 * @param temporary the runner's folder; undefined outside of one.
 * @returns undefined when nothing can be shared there.
 */
export function getJobIdentity(
  temporary: string | undefined,
  log: Pick<Log, 'debug'>,
): string | undefined {
  if (temporary === undefined) return undefined;
  const file = join(temporary, 'tfcache', 'job');
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeOnce(file, randomUUID());
    // An empty one is of nobody: taken for an identity, it would be another job's.
    return readFileSync(file, 'utf8') || undefined;
  } catch (error) {
    log.debug(`${file}: ${getErrorMessage(error)}`);
    return undefined;
  }
}

/** Steps may begin at the same moment: the file appears with its content, and whoever comes second finds the first one's. */
function writeOnce(file: string, content: string): void {
  const temporaryFile = `${file}.${content}`;
  try {
    writeFileSync(temporaryFile, content);
    linkSync(temporaryFile, file);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(temporaryFile, { force: true });
  }
}
