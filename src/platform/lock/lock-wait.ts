import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readSteadyClockMs } from '../clock.ts';
import {
  createLockTimeoutError,
  describeLockOwner,
  findHighestEntry,
  listLockEntries,
} from './lock-entry.ts';
import { readFileSystemTimeFor } from './owned-file.ts';

/** How a process waits for a lock. */
export interface LockWaitOptions {
  /** Called with the lock owner if the wait takes some seconds, and again from time to time. */
  onWait?: (owner: string) => void;
  /** Ends the wait with its reason. */
  signal?: AbortSignal;
}

export interface LockWaitTimes {
  /** Longest wait for a lock owner that is alive. */
  timeoutMs: number;
  /** A lock owner without a heartbeat for this time hangs or was stopped, and is not waited for. */
  hungMs: number;
  heartbeatMs: number;
  /** Time until the first call of `onWait`, */
  firstNoticeMs: number;
  /** and between further calls. */
  noticeEveryMs: number;
  onWait: (owner: string) => void;
}

/**
 * Creates the limits of one wait. Call `check` each time that another process holds the lock.
 *
 * @throws TfcacheError `lock-timeout`, by `check`, if the owner hangs or holds the lock for too long.
 */
export function createLockWait(folder: string, times: LockWaitTimes): { check(): void } {
  const { timeoutMs, hungMs, heartbeatMs, firstNoticeMs, noticeEveryMs, onWait } = times;
  let since: number | undefined;
  let nextNotice = 0;
  let nextHungCheck = 0;
  return {
    check() {
      const now = readSteadyClockMs();
      if (since === undefined) {
        since = now;
        nextNotice = now + firstNoticeMs;
        // A machine that was suspended resumes with old times on all files: wait for the next heartbeats.
        nextHungCheck = now + heartbeatMs * 3;
      }
      if (now - since > timeoutMs) throw createLockTimeoutError(folder);
      if (now >= nextNotice) {
        nextNotice = now + noticeEveryMs;
        onWait(describeLockOwner(folder));
      }
      if (now < nextHungCheck || hungMs === Number.POSITIVE_INFINITY) return;
      nextHungCheck = now + heartbeatMs;
      const silenceMs = measureSilence(folder);
      if (silenceMs > hungMs) throw createLockTimeoutError(folder, silenceMs);
    },
  };
}

/** Returns the milliseconds since the last heartbeat of the lock owner, by the file system's clock. */
function measureSilence(folder: string): number {
  const file = join(folder, String(findHighestEntry(listLockEntries(folder))));
  const lastBeat = statSync(file, { throwIfNoEntry: false })?.ctimeMs;
  return lastBeat === undefined ? 0 : readFileSystemTimeFor(file) - lastBeat;
}
