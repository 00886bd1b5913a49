import type { KnownVulnerability } from '../../mirror/rsync/process/known-vulnerabilities.ts';

/** What went wrong, as a word for programs that read the JSON report. */
export type ProblemKind =
  | 'dns'
  | 'filtered'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'closed'
  | 'silent'
  | 'not-rsync'
  | 'not-ssh'
  | 'captive-portal'
  | 'tls'
  | 'proxy'
  | 'auth'
  | 'access-denied'
  | 'full'
  | 'unknown-module'
  | 'unknown-folder'
  | 'no-listing'
  | 'empty'
  | 'time'
  | 'usage'
  | 'failed';

/** Why a mirror cannot be used, in words for people. */
export interface Problem {
  kind: ProblemKind;
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

/** Problems that stay until somebody changes a setting, here or at the mirror. */
const PERMANENT_KINDS: ReadonlySet<ProblemKind> = new Set([
  'not-rsync',
  'not-ssh',
  'tls',
  'auth',
  'access-denied',
  'unknown-module',
  'unknown-folder',
  'no-listing',
  'empty',
  'usage',
]);

/** Whether a later try may find the mirror without this problem. */
export function isTransientProblem(problem: Problem | undefined): boolean {
  return problem === undefined || !PERMANENT_KINDS.has(problem.kind);
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
