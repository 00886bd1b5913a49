import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readSteadyClockMs } from '../clock.ts';
import {
  describeLockOwner,
  findHighestEntry,
  listLockEntries,
  lockTimeoutError,
} from './lock-entry.ts';
import { readFileSystemTimeFor } from './owned-file.ts';

export interface LockWaitTimes {
  /** So long is waited for one that lives. */
  timeoutMs: number;
  /** One that lives and shows nothing for so long hangs, or was stopped, and is not waited for. */
  hungMs: number;
  /** How often one that lives shows it. */
  heartbeatMs: number;
  /** Who waits says so after this long, */
  firstNoticeMs: number;
  /** and again after this long. */
  noticeEveryMs: number;
  /** Told for whom it waits. */
  onWait: (owner: string) => void;
}

/**
 * One that waits for a turn: `wait` is called each time it finds another at it.
 *
 * @throws TfcacheError `failed` when the owner hangs, or keeps the turn for too long.
 */
export function createLockWait(folder: string, options: LockWaitTimes): { wait(): void } {
  const {
    timeoutMs: patienceMs,
    hungMs,
    heartbeatMs,
    firstNoticeMs: tellAfterMs,
    noticeEveryMs: tellEveryMs,
    onWait,
  } = options;
  let since: number | undefined;
  let tellAt = 0;
  let lookAt = 0;
  return {
    wait() {
      const now = readSteadyClockMs();
      if (since === undefined) {
        since = now;
        tellAt = now + tellAfterMs;
        // A machine that was suspended wakes up with old times everywhere: whoever lives shows it by then.
        lookAt = now + heartbeatMs * 3;
      }
      if (now - since > patienceMs) throw lockTimeoutError(folder);
      if (now >= tellAt) {
        tellAt = now + tellEveryMs;
        onWait(describeLockOwner(folder));
      }
      if (now < lookAt || hungMs === Number.POSITIVE_INFINITY) return;
      lookAt = now + heartbeatMs;
      const silence = measureSilence(folder);
      if (silence > hungMs) throw lockTimeoutError(folder, silence);
    },
  };
}

/** Milliseconds since the owner of the turn last showed that it lives, by the file system's clock. */
function measureSilence(folder: string): number {
  const file = join(folder, String(findHighestEntry(listLockEntries(folder))));
  const shown = statSync(file, { throwIfNoEntry: false })?.ctimeMs;
  return shown === undefined ? 0 : readFileSystemTimeFor(file) - shown;
}
