import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { TfcacheError } from '../../platform/error.ts';
import { isDiskFullError, isPermissionError } from '../../platform/files/file-error.ts';
import { listNames } from '../../platform/files/list-names.ts';
import { type ProcessLock, tryAcquireLock } from '../../platform/lock/process-lock.ts';
import { createObjectFolders } from '../objects/object-folders.ts';
import { type CheckedLog, repairLog } from './index-log.ts';
import { SHA256_HEX_LENGTH } from './path-index.ts';

/** Logs at once: each that is written anew waits a moment for processes that still write to the old file. */
const LOGS_AT_ONCE = 64;

/**
 * Checks the logs of the index, and drops damaged and repeated lines. One process at a time writes logs anew; another only
 * looks, and the next maintenance finds what is still wrong.
 *
 * @param version the store's `v1` folder.
 * @param keep `known`: drops lines of contents that the store does not have, too.
 * @throws the system's error when the index cannot be read.
 */
export async function maintainIndex(version: string, keep: 'all' | 'known'): Promise<CheckedLog> {
  const total: CheckedLog = { lines: 0, damaged: 0, repeated: 0, dropped: 0, rewritten: false };
  const turn = turnAtIndex(version);
  try {
    const mode = turn === undefined ? 'check' : 'repair';
    const isOfUse = keep === 'all' ? () => true : knownContents(version);
    const logs = listIndexLogs(version);
    for (let first = 0; first < logs.length; first += LOGS_AT_ONCE) {
      const batch = logs.slice(first, first + LOGS_AT_ONCE);
      const checked = await Promise.all(
        batch.map((log) => repairLog(log, SHA256_HEX_LENGTH, mode, isOfUse)),
      );
      for (const one of checked) add(total, one);
    }
    return total;
  } finally {
    turn?.release();
  }
}

/** Absolute paths of the logs; anything else in the folder is left alone. */
export function listIndexLogs(version: string): string[] {
  return listNames(join(version, 'index'))
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .map((name) => join(version, 'index', name))
    .filter((log) => lstatSync(log, { throwIfNoEntry: false })?.isFile() === true);
}

/** An object is there before a line tells of it, so that what is not there when the line was read is gone. */
function knownContents(version: string): (sha256: string) => boolean {
  const folders = createObjectFolders(join(version, 'objects'));
  const isThere = (sha256: string) => folders.names(sha256).length > 0;
  return (sha256) => isThere(sha256) || (folders.refresh(sha256) && isThere(sha256));
}

function add(total: CheckedLog, one: CheckedLog): void {
  total.lines += one.lines;
  total.damaged += one.damaged;
  total.repeated += one.repeated;
  total.dropped += one.dropped;
  total.rewritten ||= one.rewritten;
}

/** Undefined when another has it, when the store may only be read, and on a full disk. */
function turnAtIndex(version: string): ProcessLock | undefined {
  try {
    return tryAcquireLock(join(version, 'locks', 'index'));
  } catch (error) {
    const cause = error instanceof TfcacheError ? error.cause : error;
    if (isPermissionError(cause) || isDiskFullError(cause)) return undefined;
    throw error;
  }
}
