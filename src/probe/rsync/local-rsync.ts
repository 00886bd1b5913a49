import { buildRsyncEnvironment } from '../../mirror/rsync/process/environment.ts';
import { findKnownVulnerabilities } from '../../mirror/rsync/process/known-vulnerabilities.ts';
import { checkVersion, parseRsyncPath } from '../../mirror/rsync/process/version.ts';
import { TfcacheError } from '../../platform/error.ts';
import { findProgram } from '../../platform/process/program.ts';
import { runProgram } from '../../platform/process/run.ts';
import type { LocalRsync } from '../report/report.ts';

const TIMEOUT_MS = 5_000;

/**
 * Looks at the rsync program of this machine. A missing one is told, never installed.
 *
 * @param rsyncPath the input `rsync-path`.
 */
export async function findLocalRsync(
  rsyncPath: string,
  environment: NodeJS.ProcessEnv,
): Promise<LocalRsync> {
  const { program, allowOld } = parseRsyncPath(rsyncPath);
  const path = await findProgram(program, environment);
  const absent = { version: undefined, protocol: undefined, holes: [] };
  if (path === undefined) {
    return {
      ...absent,
      path,
      problem: `there is no program ${program}: install rsync 3.5.0 or later, or name an https:// mirror`,
    };
  }
  try {
    const { stdout, stderr } = await runProgram(path, ['-VV'], {
      environment: buildRsyncEnvironment(environment, undefined),
      timeLimitMs: TIMEOUT_MS,
    });
    const old = allowOld ? 'allow-old' : 'refuse-old';
    return { path, ...parseLocalRsync(path, `${stdout}\n${stderr}`, old) };
  } catch (error) {
    return {
      ...absent,
      path,
      problem: error instanceof TfcacheError ? error.message : String(error),
    };
  }
}

/** What `rsync -VV` printed (JSON; text by older ones and by openrsync) says of the program. */
export function parseLocalRsync(
  path: string,
  printed: string,
  old: 'allow-old' | 'refuse-old' = 'refuse-old',
): Omit<LocalRsync, 'path'> {
  const version = /(?:"version": *"|\brsync +version +v?)(\d+\.\d+(?:\.\d+)?)/.exec(printed)?.[1];
  const protocol = /"?protocol"?(?: version|:) *"?(\d+(?:\.\d+)?)/.exec(printed)?.[1];
  const holes = version === undefined ? [] : findKnownVulnerabilities(version);
  try {
    checkVersion(path, printed, old);
    return { version, protocol, problem: undefined, holes };
  } catch (error) {
    if (!(error instanceof TfcacheError)) throw error;
    return { version, protocol, problem: error.message, holes };
  }
}
