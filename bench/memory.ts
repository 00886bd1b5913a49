import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Peak resident memory of a program (VmHWM of proc(5): the kernel keeps the peak, so reading it now and then is exact
 * but for the very last moments), in MiB.
 *
 * @throws Error with the end of its output when it fails.
 */
export function peakMemory(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let peak = 0;
    let output = '';
    const timer = setInterval(() => {
      peak = Math.max(peak, residentPeak(child.pid));
    }, 20);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output = (output + chunk.toString()).slice(-4000);
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code === 0) resolve(peak);
      else reject(new Error(`${program} ended with ${code}:\n${output}`));
    });
  });
}

function residentPeak(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    // The process has just ended.
    return 0;
  }
}
