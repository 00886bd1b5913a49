/** One call of the toolkit, carried out by a worker process. */
export interface GithubTask {
  operation: 'lookup' | 'restore' | 'save';
  key: string;
  /** Prefixes that will do instead of the key, the newest entry first. */
  restoreKeys: readonly string[];
  /** Absolute folder: the toolkit's GITHUB_WORKSPACE for this task; holds `tfcache-pack` when saving. */
  workspace: string;
  /** Absolute folder: the toolkit's RUNNER_TEMP for this task. */
  temporaryFolder: string;
}

/** An HTTP answer or failure that the toolkit saw: it does not tell itself, or only in debug lines. */
export interface HttpEvent {
  method: string;
  /** Host and path, without the signature that stands in the query. */
  address: string;
  /** Undefined when there was no answer. */
  status: number | undefined;
  /** Of the answer, without parameters; empty when it told none. */
  contentType: string;
  error: string | undefined;
}

/** What the toolkit returned and printed. */
export interface GithubTaskResult {
  /** lookup, restore: the key that matched; undefined when none did or something went wrong. */
  matchedKey: string | undefined;
  /** save: the entry is in the cache. */
  isSaved: boolean;
  /** The toolkit found no zstd and works with gzip. */
  isZstdMissing: boolean;
  /** Why the toolkit was not called, or what it threw. */
  error: string | undefined;
  /** The last lines the toolkit printed, workflow commands and all. */
  outputLines: readonly string[];
  httpEvents: readonly HttpEvent[];
}

/** From worker to parent: what the task is at, or its end. */
export type WorkerMessage =
  | { kind: 'news'; news: TaskProgress }
  | { kind: 'result'; result: GithubTaskResult };

/**
 * What a running task reports: that it began, bytes transferred so far, a complaint after which the toolkit waits and tries
 * again (with the answer that it complains of), and a request that got no answer.
 */
export type TaskProgress =
  | { kind: 'began' }
  | { kind: 'transferred'; bytes: number }
  | { kind: 'complained'; text: string; http: HttpEvent | undefined }
  | { kind: 'unanswered'; http: HttpEvent };

/**
 * The literal list of paths of every entry. It is part of the service's version hash: the same everywhere, or nothing is
 * ever found.
 */
export const PACK_PATHS: readonly string[] = ['tfcache-pack'];

/** The folder inside the workspace that the paths name. */
export const PACK_FOLDER = 'tfcache-pack';

/** What every member of a restored archive is renamed to begin with. */
export const RECEIVED_PREFIX = 'received-';
