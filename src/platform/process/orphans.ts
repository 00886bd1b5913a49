import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../files/file-error.ts';

/** Between asking and killing; an rsync that is asked keeps what it has within milliseconds. */
const GRACE_MS = 2_000;
const POLL_MS = 5;

/**
 * Ends processes that outlived the run of ours that started them: SIGKILL reaches that run alone, and its rsync goes on
 * writing for as long as nobody reads what it prints. Resolves when they are gone. Only processes of this user are seen, and
 * only where there is /proc.
 *
 * @param isOurs told the arguments, the program first: whether this is one of them.
 * @returns how many there were.
 */
export async function terminateOrphans(
  isOurs: (args: readonly string[]) => boolean,
): Promise<number> {
  const pids = findProcesses(isOurs);
  const began = performance.now();
  for (const pid of pids) signal(pid, 'SIGTERM');
  let killed = false;
  for (let left = pids; left.length > 0; ) {
    await sleep(POLL_MS);
    // The same question again: a pid may be another process by now.
    const running = new Set(findProcesses(isOurs));
    left = left.filter((pid) => running.has(pid));
    if (killed || performance.now() - began < GRACE_MS) continue;
    for (const pid of left) signal(pid, 'SIGKILL');
    killed = true;
  }
  return pids.length;
}

/** Ends them at once: for those whose files nobody will go on from. As {@link terminateOrphans} otherwise. */
export function killOrphans(isOurs: (args: readonly string[]) => boolean): void {
  for (const pid of findProcesses(isOurs)) signal(pid, 'SIGKILL');
}

function findProcesses(isOurs: (args: readonly string[]) => boolean): number[] {
  return pidsHere().filter((pid) => {
    const args = argumentsOf(pid);
    return args.length > 0 && pid !== process.pid && isOurs(args);
  });
}

function pidsHere(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number);
  } catch (error) {
    // Not Linux: nobody can be found this way.
    if (errorCode(error) !== undefined) return [];
    throw error;
  }
}

/** man 5 proc; empty for a zombie, a kernel thread, and a process that is gone or hidden. */
function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch (error) {
    if (errorCode(error) !== undefined) return [];
    throw error;
  }
}

/** Gone in this moment, or another user's, which cannot have been ours. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes(errorCode(error) ?? '')) throw error;
  }
}
