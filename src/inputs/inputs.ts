import type { FilterRule } from '../mirror/filter/rule.ts';
import type { Request } from '../request/request.ts';
import type { LinkMode } from '../store/store.ts';

/** One line of `mirrors`. */
export interface MirrorLine {
  /** As written, with `{bucket}`. An https:// URL may hold a user and a password. */
  url: string;
  /** The bucket that it serves; undefined if the URL contains `{bucket}` and serves every bucket. */
  bucket: string | undefined;
  line: number;
  /** True for a line of the input's default. */
  isDefault?: boolean;
}

export type VerifyMode = 'fast' | 'full';
export type SavePolicy = 'always' | 'on-success' | 'never';
/** GitHub's cache, none, or the address of an S3 store, which holds no credentials. */
export type CacheChoice = 'github' | 'none' | `s3://${string}`;

/** All inputs of a run, read once and checked. Only the edges read inputs and environment variables. */
export interface Inputs {
  requests: readonly Request[];
  mirrors: readonly MirrorLine[];
  filters: readonly FilterRule[];
  /** The destination, absolute. */
  path: string;
  /** Absolute; undefined without a lockfile. */
  lockFile: string | undefined;
  frozen: boolean;
  cache: CacheChoice;
  cacheKeyPrefix: string;
  /** `persistent` if the user set the folder; else a temporary store of this job. The folder is absolute. */
  store: { folder: string; lifetime: 'persistent' | 'job' };
  /** Bytes of all objects of a persistent store; undefined for no limit. */
  storeMaxSize: number | undefined;
  link: LinkMode;
  /** `full` hashes files that this machine already has before they are published. */
  verify: VerifyMode;
  save: SavePolicy;
  offline: boolean;
  lookupOnly: boolean;
  failOnCacheMiss: boolean;
  /** A program's name or path. The prefix `allow-old:` accepts an rsync that is too old, or openrsync. */
  rsyncPath: string;
  /** Parallel rsync processes per mirror, 1 to 4. */
  connections: number;
  /** Seconds without progress. */
  timeout: number;
  /** Retries after the first attempt. */
  retries: number;
  /** KiB per second; undefined for no limit. */
  bandwidthLimit: number | undefined;
  /** `host:port` of an HTTP proxy for rsync daemons. */
  proxy: string | undefined;
  /** Never printed or saved in state; on disk only while ssh runs. */
  sshPrivateKey: string | undefined;
  /** Lines of known_hosts. */
  sshKnownHosts: string | undefined;
  /** Never printed, saved in state or written to disk. `''` if it is set and empty. */
  rsyncPassword: string | undefined;
  exportEnvironment: boolean;
  summary: boolean;
}
