import type { S3Location } from '../location/location.ts';
import { type Job, readJob, runsInCi } from './job.ts';
import { fitName } from './layout.ts';

/**
 * Folders of the cache, one a line of development. A job writes to its own alone, so that what a pull request saves is
 * never seen by the default branch; it reads its own, then its base's, then the default branch's.
 */
export interface Scopes {
  own: string;
  /** Own first; each once. */
  read: readonly string[];
  /** Why it cannot be read or written, undefined when it can. */
  unreadable: string | undefined;
  unwritable: string | undefined;
}

/** Where no CI tells what is built: someone's own machine, or a CI that may only read. */
const NO_JOB: Job = {
  own: 'local',
  base: undefined,
  defaultBranch: undefined,
  unwritable: undefined,
};

export function scopesOf(location: S3Location, environment: NodeJS.ProcessEnv): Scopes {
  const told = readJob(environment);
  const job = told ?? NO_JOB;
  const mode = (environment['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
  const own = location.scope ?? fitName(job.own);
  const branches =
    location.scope === undefined
      ? [job.base, location.defaultBranch ?? job.defaultBranch]
      : [location.defaultBranch];
  const further = branches
    .filter((branch) => branch !== undefined)
    .map((branch) => fitName(`branch-${branch}`));
  return {
    own,
    read: [...new Set([own, ...further])],
    unreadable:
      mode === 'none' || mode === 'write-only' ? `the job's cache-mode is ${mode}` : undefined,
    unwritable: whyNotToWrite(location, told, environment, mode),
  };
}

function whyNotToWrite(
  location: S3Location,
  told: Job | undefined,
  environment: NodeJS.ProcessEnv,
  mode: string,
): string | undefined {
  if (location.readOnly) return 'the cache was given as read-only';
  if (mode === 'none' || mode === 'read') return `the job's cache-mode is ${mode}`;
  // Of a CI's jobs some are a stranger's pull requests: one folder for all would mix them with branches.
  if (told === undefined && location.scope === undefined && runsInCi(environment)) {
    return 'this CI does not tell the branch: set scope=… in cache, another for pull requests than for branches';
  }
  // Also where a scope is named: it says where something goes, not who may send it.
  return told?.unwritable;
}
