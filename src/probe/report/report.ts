import type { KnownVulnerability } from '../../mirror/rsync/process/known-vulnerabilities.ts';
import { ERROR_REASONS, type ErrorReason } from '../../platform/error.ts';

/**
 * Why a mirror cannot be used, for programs: the reason of the error, or what only a probe finds out. `port-filtered`: nothing
 * answers on the port; `mirror-empty`: the mirror has no files; `time-limit`: the probe of the mirror took too long.
 */
export type ProblemReason = ErrorReason | 'port-filtered' | 'mirror-empty' | 'time-limit';

/** Why a mirror cannot be used. */
export interface Problem {
  reason: ProblemReason;
  /** What happened, one sentence. */
  message: string;
  /** What the other side said or did, as it was; undefined when there is nothing to quote. */
  found: string | undefined;
  /** What to do next. */
  hint: string;
}

/** Milliseconds; `samples` in the order taken. */
export interface RoundTrip {
  /** `connect`: until TCP is connected; `greeting`: until the rsync daemon or sshd has greeted; `answer`: until a web server's head has come. */
  of: 'connect' | 'greeting' | 'answer';
  median: number;
  samples: readonly number[];
}

/** Names that a mirror has. `total` is larger than the number of names when the list was cut. */
export interface NameList {
  names: readonly string[];
  total: number;
}

export type FreshnessState =
  /** Synced within the limit. */
  | 'fresh'
  /** Last synced longer ago than the limit. */
  | 'stale'
  /** The mirror's status says that it never synced this. */
  | 'never'
  /** The mirror has a status, and this is not in it. */
  | 'not-carried'
  /** Nothing tells. */
  | 'unknown';

export interface Freshness {
  state: FreshnessState;
  /** Seconds since the epoch: the last successful sync. */
  lastSync: number | undefined;
  /** What the mirror says of itself now: success, syncing, failed, paused, …; undefined when it says nothing. */
  status: string | undefined;
  /** Where this was read: a URL, or a path of the mirror. */
  source: string | undefined;
  /** Seconds since the epoch: the newest file among those that were listed. A file's age is no sync's age. */
  newestFile: number | undefined;
}

/**
 * `usable`: it listed what it has. `reachable`: it answered, and what more is needed was not tried (a login by SSH, or a
 * listing without an rsync program). `unusable`: `problem` says why.
 */
export type MirrorVerdict = 'usable' | 'reachable' | 'unusable';

/** What was found out about one mirror. */
export interface MirrorProbe {
  /** Without user and password. */
  url: string;
  bucket: string;
  verdict: MirrorVerdict;
  problem: Problem | undefined;
  /** How the server names itself: the rsync greeting, SSH's banner, HTTP's Server. */
  server: string | undefined;
  roundTrips: readonly RoundTrip[];
  /** What an rsync daemon offers by name, or the folders beside one that is not there. */
  modules: NameList | undefined;
  /** Folders (ending in `/`) and files at the top of the bucket; of a package index the wheels of TensorFlow, newest first. */
  content: NameList | undefined;
  freshness: Freshness;
  /** Things to know that are no problem. */
  notes: readonly string[];
}

/** The rsync program of this machine. */
export interface LocalRsync {
  /** Undefined when there is none. */
  path: string | undefined;
  version: string | undefined;
  protocol: string | undefined;
  /** Why it cannot be used; undefined when it can. */
  problem: string | undefined;
  /** By its version number; distributions patch without changing it. */
  holes: readonly KnownVulnerability[];
}

/** Returns true if a later attempt may find the mirror without this problem: the code of its reason is `no-mirror` or `failed`. */
export function isTransientProblem(problem: Problem | undefined): boolean {
  if (problem === undefined) return true;
  switch (problem.reason) {
    case 'port-filtered':
    case 'time-limit':
      return true;
    case 'mirror-empty':
      return false;
    default:
      return ['no-mirror', 'failed'].includes(ERROR_REASONS[problem.reason]);
  }
}

/** The result of `tfcache probe`, also its JSON. */
export interface ProbeReport {
  format: 'tfcache-probe/1';
  /** Seconds since the epoch. */
  at: number;
  /** Days after which a mirror counts as stale. */
  staleAfterDays: number;
  /** Undefined when no mirror needs it. */
  rsync: LocalRsync | undefined;
  mirrors: readonly MirrorProbe[];
}

/** True for a mirror that a pull can try. */
export function isUsableMirror({ verdict }: MirrorProbe): boolean {
  return verdict !== 'unusable';
}
