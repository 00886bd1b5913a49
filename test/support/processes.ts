import { execFileSync } from 'node:child_process';

/** Command lines of running processes that name `folder`: what a job left behind. */
export function processesNaming(folder: string): string[] {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));
}

/** Sends SIGTERM, as a runner does to cancel a step; nothing happens when it has ended already. */
export function cancel(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
