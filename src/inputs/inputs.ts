import type { FilterRule } from '../mirror/filter/rule.ts';
import type { Request } from '../request/request.ts';
import type { LinkMode } from '../store/store.ts';

/** One line of `mirrors`. */
export interface MirrorLine {
  /** As written, with `{bucket}` still in it. For https:// it may hold a user and a password: see {@link removeUser}. */
  url: string;
  /** The bucket it serves; undefined when `{bucket}` stands in the URL and every bucket is served. */
  bucket: string | undefined;
  line: number;
  /** It belongs to the default of the input, which the user did not write. */
  isDefault?: boolean;
}

export type VerifyMode = 'fast' | 'full';
export type SavePolicy = 'always' | 'on-success' | 'never';
/** GitHub's cache, none, or the address of an S3 store, which holds no credentials. */
export type CacheChoice = 'github' | 'none' | `s3://${string}`;

/** Everything a run is told, read once and checked. No module reads an input or an environment variable but the edges. */
export interface Inputs {
  requests: readonly Request[];
  mirrors: readonly MirrorLine[];
  filters: readonly FilterRule[];
  /** The destination, absolute. */
  path: string;
  /** Absolute; undefined when no lock is kept. */
  lockFile: string | undefined;
  frozen: boolean;
  cache: CacheChoice;
  cacheKeyPrefix: string;
  /** Absolute folder of the store, always set; `persistent` when the user named it, else it is this job's own. */
  store: { folder: string; lifetime: 'persistent' | 'job' };
  /** Bytes that the objects of a persistent store may have together; undefined for any. */
  storeMaxSize: number | undefined;
  link: LinkMode;
  /** Of what this machine already has: `full` hashes it before it is published. */
  verify: VerifyMode;
  save: SavePolicy;
  offline: boolean;
  lookupOnly: boolean;
  failOnCacheMiss: boolean;
  /** A program's name or path; `allow-old:` before it takes an rsync that is too old, or openrsync. */
  rsyncPath: string;
  /** rsyncs at once per mirror, 1 to 4. */
  connections: number;
  /** Seconds without progress. */
  timeout: number;
  /** Further tries after the first. */
  retries: number;
  /** KiB per second; undefined for no limit. */
  bandwidthLimit: number | undefined;
  /** `host:port` of an HTTP proxy before rsync daemons. */
  proxy: string | undefined;
  /** Never printed or saved in state; on disk only while an ssh runs. */
  sshPrivateKey: string | undefined;
  /** Lines of known_hosts. */
  sshKnownHosts: string | undefined;
  /** Never printed, saved in state or written to disk. */
  /** `''`: it was set, and is empty. */
  rsyncPassword: string | undefined;
  exportEnvironment: boolean;
  summary: boolean;
}
