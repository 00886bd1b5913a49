import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../files/file-error.ts';

/** Between SIGTERM and SIGKILL. After SIGTERM, rsync keeps its partial files within milliseconds. */
const GRACE_MS = 2_000;
const POLL_MS = 5;

/**
 * Terminates processes that outlived the run that started them: SIGKILL does not reach children, and an rsync keeps writing.
 * Resolves when they have ended. Finds only processes of this user, and only on Linux.
 *
 * @param isOrphan decides by the arguments, the program first.
 * @returns the number of processes.
 */
export async function terminateOrphans(
  isOrphan: (args: readonly string[]) => boolean,
): Promise<number> {
  const pids = findProcesses(isOrphan);
  const began = performance.now();
  for (const pid of pids) signal(pid, 'SIGTERM');
  let killed = false;
  for (let remaining = pids; remaining.length > 0; ) {
    await sleep(POLL_MS);
    // Checks the arguments again: a pid may have been reused.
    const running = new Set(findProcesses(isOrphan));
    remaining = remaining.filter((pid) => running.has(pid));
    if (killed || performance.now() - began < GRACE_MS) continue;
    for (const pid of remaining) signal(pid, 'SIGKILL');
    killed = true;
  }
  return pids.length;
}

/** Kills such processes at once: for those whose partial files will not be resumed. See {@link terminateOrphans}. */
export function killOrphans(isOrphan: (args: readonly string[]) => boolean): void {
  for (const pid of findProcesses(isOrphan)) signal(pid, 'SIGKILL');
}

function findProcesses(isOrphan: (args: readonly string[]) => boolean): number[] {
  return listPids().filter((pid) => {
    const args = readArguments(pid);
    return args.length > 0 && pid !== process.pid && isOrphan(args);
  });
}

function listPids(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^[1-9]\d*$/.test(name))
      .map(Number);
  } catch (error) {
    // Not Linux: no process can be found this way.
    if (errorCode(error) !== undefined) return [];
    throw error;
  }
}

/** Returns the arguments (man 5 proc); empty for a zombie, a kernel thread, and a process that has ended or is hidden. */
function readArguments(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch (error) {
    if (errorCode(error) !== undefined) return [];
    throw error;
  }
}

/** Ignores a process that has ended, or that belongs to another user. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!['ESRCH', 'EPERM'].includes(errorCode(error) ?? '')) throw error;
  }
}
