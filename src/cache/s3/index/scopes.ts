import type { S3Location } from '../location/location.ts';
import { type CiJob, detectCiJob, isRunningInCi } from './job.ts';
import { encodeKeyName } from './layout.ts';

/**
 * The folders of the cache that a job uses; each branch, tag and pull request has one. A job writes only to its own, so that
 * the default branch never reads what a pull request saved. It reads its own, its base branch's and the default branch's.
 */
export interface CacheScopes {
  writeScope: string;
  /** The job's own scope first; each once. */
  readScopes: readonly string[];
  /** Why the cache cannot be read or written; undefined if it can. */
  unreadableReason: string | undefined;
  unwritableReason: string | undefined;
}

/** Used if no CI names the branch: on a developer's machine, or in a CI that may only read. */
const NO_JOB: CiJob = {
  scope: 'local',
  baseBranch: undefined,
  defaultBranch: undefined,
  unwritableReason: undefined,
};

export function resolveScopes(location: S3Location, environment: NodeJS.ProcessEnv): CacheScopes {
  const ciJob = detectCiJob(environment);
  const job = ciJob ?? NO_JOB;
  const mode = (environment['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
  const ownScope = location.scope ?? encodeKeyName(job.scope);
  const branches =
    location.scope === undefined
      ? [job.baseBranch, location.defaultBranch ?? job.defaultBranch]
      : [location.defaultBranch];
  const otherScopes = branches
    .filter((branch) => branch !== undefined)
    .map((branch) => encodeKeyName(`branch-${branch}`));
  return {
    writeScope: ownScope,
    readScopes: [...new Set([ownScope, ...otherScopes])],
    unreadableReason:
      mode === 'none' || mode === 'write-only' ? `the job's cache-mode is ${mode}` : undefined,
    unwritableReason: explainUnwritable(location, ciJob, environment, mode),
  };
}

function explainUnwritable(
  location: S3Location,
  ciJob: CiJob | undefined,
  environment: NodeJS.ProcessEnv,
  mode: string,
): string | undefined {
  if (location.readOnly) return 'the cache is read-only (read-only=true in cache)';
  if (mode === 'none' || mode === 'read') return `the job's cache-mode is ${mode}`;
  // Some jobs of a CI build pull requests of strangers; one folder for all jobs would mix them with branches.
  if (ciJob === undefined && location.scope === undefined && isRunningInCi(environment)) {
    return 'this CI does not name the branch; set scope=… in cache, to different values for pull requests and branches';
  }
  // Applies to an explicit scope, too: it says where to write, not who may write.
  return ciJob?.unwritableReason;
}
