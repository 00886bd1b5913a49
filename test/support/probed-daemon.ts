import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { NOW } from './probing.ts';
import { type DaemonModule, type RsyncDaemon, startRsyncDaemon } from './rsync-daemon.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { traceText } from './trace.ts';

/** Seconds. */
export const DAY = 86_400;

/** A daemon for one test. */
export async function daemonWith(modules: Record<string, DaemonModule>): Promise<RsyncDaemon> {
  const daemon = await startRsyncDaemon({ modules });
  onTestFinished(() => daemon.stop());
  return daemon;
}

/** A small mirror: one wheel, some days old. */
export function mirrorFolder(age = 2 * DAY): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'linux/cpu'), { recursive: true });
  writeFileSync(join(folder, 'linux/cpu/a.whl'), 'wheel');
  utimesSync(join(folder, 'linux/cpu/a.whl'), NOW - age, NOW - age);
  return folder;
}

/** What whoever keeps the mirror says of when it was last complete. */
export function writeTrace(folder: string, finished: number): void {
  mkdirSync(join(folder, '@tfcache'));
  const trace = traceText({ finished: new Date(finished * 1000).toISOString() });
  writeFileSync(join(folder, '@tfcache/trace.json'), trace);
}
