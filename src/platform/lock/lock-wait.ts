import { statSync } from 'node:fs';
import { join } from 'node:path';
import { milliseconds } from '../clock.ts';
import { describeOwner, highest, keptByAnother, turnsIn } from './lock-entry.ts';
import { timeAt } from './owned-file.ts';

export interface PatienceOptions {
  /** So long is waited for one that lives. */
  patienceMs: number;
  /** One that lives and shows nothing for so long hangs, or was stopped, and is not waited for. */
  hungMs: number;
  /** How often one that lives shows it. */
  heartbeatMs: number;
  /** Who waits says so after this long, */
  tellAfterMs: number;
  /** and again after this long. */
  tellEveryMs: number;
  /** Told for whom it waits. */
  onWait: (owner: string) => void;
}

/**
 * One that waits for a turn: `wait` is called each time it finds another at it.
 *
 * @throws TfcacheError `failed` when the owner hangs, or keeps the turn for too long.
 */
export function createPatience(folder: string, options: PatienceOptions): { wait(): void } {
  const { patienceMs, hungMs, heartbeatMs, tellAfterMs, tellEveryMs, onWait } = options;
  let since: number | undefined;
  let tellAt = 0;
  let lookAt = 0;
  return {
    wait() {
      const now = milliseconds();
      if (since === undefined) {
        since = now;
        tellAt = now + tellAfterMs;
        // A machine that was suspended wakes up with old times everywhere: whoever lives shows it by then.
        lookAt = now + heartbeatMs * 3;
      }
      if (now - since > patienceMs) throw keptByAnother(folder);
      if (now >= tellAt) {
        tellAt = now + tellEveryMs;
        onWait(describeOwner(folder));
      }
      if (now < lookAt || hungMs === Number.POSITIVE_INFINITY) return;
      lookAt = now + heartbeatMs;
      const silence = silenceOf(folder);
      if (silence > hungMs) throw keptByAnother(folder, silence);
    },
  };
}

/** Milliseconds since the owner of the turn last showed that it lives, by the file system's clock. */
function silenceOf(folder: string): number {
  const file = join(folder, String(highest(turnsIn(folder))));
  const shown = statSync(file, { throwIfNoEntry: false })?.ctimeMs;
  return shown === undefined ? 0 : timeAt(file) - shown;
}
