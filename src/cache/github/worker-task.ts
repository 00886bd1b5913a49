/** One call of the toolkit, made by a worker process. */
export interface GithubTask {
  operation: 'lookup' | 'restore' | 'save';
  key: string;
  /** Prefixes to match if no entry has the key; the newest matching entry is taken. */
  restoreKeys: readonly string[];
  /** Absolute path of the toolkit's GITHUB_WORKSPACE for this task; holds `tfcache-pack` when saving. */
  workspace: string;
  /** Absolute path of the toolkit's RUNNER_TEMP for this task. */
  temporaryFolder: string;
}

/** An HTTP response or failure that the toolkit received. The toolkit reports it only in debug lines, or not at all. */
export interface HttpEvent {
  method: string;
  /** Host and path, without the query, which holds the signature. */
  address: string;
  /** Undefined if there was no response. */
  status: number | undefined;
  /** The response's content type without parameters; empty if it has none. */
  contentType: string;
  error: string | undefined;
}

/** What the toolkit returned and printed. */
export interface GithubTaskResult {
  /** For lookup and restore: the key that matched; undefined if none did or the call failed. */
  matchedKey: string | undefined;
  /** For save: whether the entry is in the cache. */
  isSaved: boolean;
  /** Whether the toolkit found no zstd and uses gzip. */
  isZstdMissing: boolean;
  /** Why the toolkit was not called, or what it threw. */
  error: string | undefined;
  /** The last lines that the toolkit printed, including workflow commands. */
  outputLines: readonly string[];
  httpEvents: readonly HttpEvent[];
}

/** A message from the worker to its parent. */
export type WorkerMessage =
  | { kind: 'progress'; progress: TaskProgress }
  | { kind: 'result'; result: GithubTaskResult };

export type TaskProgress =
  | { kind: 'started' }
  /** Bytes transferred so far. */
  | { kind: 'transferred'; bytes: number }
  /** The toolkit waits and retries. `text` is its line, `http` the response that it could not use. */
  | { kind: 'retrying'; text: string; http: HttpEvent | undefined }
  /** A request got no response. */
  | { kind: 'request-failed'; http: HttpEvent };

/** The folder inside the workspace that every entry holds. */
export const PACK_FOLDER = 'tfcache-pack';

/** The paths of every entry. They are part of the service's version hash: with other paths no entry is found. */
export const PACK_PATHS: readonly string[] = [PACK_FOLDER];

/** The prefix that every member of a restored archive is renamed to. */
export const RECEIVED_PREFIX = 'received-';
