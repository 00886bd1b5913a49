import type { S3Location } from '../location/location.ts';
import { type CiJob, detectCiJob, isRunningInCi } from './job.ts';
import { encodeKeyName } from './layout.ts';

/**
 * Folders of the cache, one a line of development. A job writes to its own alone, so that what a pull request saves is
 * never seen by the default branch; it reads its own, then its base's, then the default branch's.
 */
export interface CacheScopes {
  writeScope: string;
  /** Own first; each once. */
  readScopes: readonly string[];
  /** Why it cannot be read or written, undefined when it can. */
  unreadableReason: string | undefined;
  unwritableReason: string | undefined;
}

/** Where no CI tells what is built: someone's own machine, or a CI that may only read. */
const NO_JOB: CiJob = {
  scope: 'local',
  baseBranch: undefined,
  defaultBranch: undefined,
  unwritableReason: undefined,
};

export function resolveScopes(location: S3Location, environment: NodeJS.ProcessEnv): CacheScopes {
  const told = detectCiJob(environment);
  const job = told ?? NO_JOB;
  const mode = (environment['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
  const own = location.scope ?? encodeKeyName(job.scope);
  const branches =
    location.scope === undefined
      ? [job.baseBranch, location.defaultBranch ?? job.defaultBranch]
      : [location.defaultBranch];
  const further = branches
    .filter((branch) => branch !== undefined)
    .map((branch) => encodeKeyName(`branch-${branch}`));
  return {
    writeScope: own,
    readScopes: [...new Set([own, ...further])],
    unreadableReason:
      mode === 'none' || mode === 'write-only' ? `the job's cache-mode is ${mode}` : undefined,
    unwritableReason: explainUnwritable(location, told, environment, mode),
  };
}

function explainUnwritable(
  location: S3Location,
  told: CiJob | undefined,
  environment: NodeJS.ProcessEnv,
  mode: string,
): string | undefined {
  if (location.readOnly) return 'the cache was given as read-only';
  if (mode === 'none' || mode === 'read') return `the job's cache-mode is ${mode}`;
  // Of a CI's jobs some are a stranger's pull requests: one folder for all would mix them with branches.
  if (told === undefined && location.scope === undefined && isRunningInCi(environment)) {
    return 'this CI does not tell the branch: set scope=… in cache, another for pull requests than for branches';
  }
  // Also where a scope is named: it says where something goes, not who may send it.
  return told?.unwritableReason;
}
