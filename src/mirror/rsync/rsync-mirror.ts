import { mkdir } from 'node:fs/promises';
import { TfcacheError } from '../../error.ts';
import type { FolderListing, ListedFile } from '../../file.ts';
import type { Log } from '../../log.ts';
import type { FetchEvents, FetchFile, FetchResult, Mirror } from '../mirror.ts';
import { fetchArguments, listArguments } from './arguments.ts';
import { Arrivals } from './arrivals.ts';
import { rsyncEnvironment } from './environment.ts';
import { type Explained, explainFailure } from './exit.ts';
import { Growth, temporaryFor } from './growth.ts';
import { ensureRsync } from './install.ts';
import { parseItemizeLine } from './itemize.ts';
import { ListingReader } from './listing.ts';
import { Meter } from './meter.ts';
import { offeredModules } from './modules.ts';
import { isSafePath } from './name.ts';
import { adoptPartialData } from './partial.ts';
import { type Outcome, type Sleep, withRetries } from './retry.ts';
import { runSession, type SessionResult } from './session.ts';
import { formatRsyncUrl, parseRsyncUrl, type RsyncUrl } from './url.ts';
import { probeRsync } from './version.ts';

export interface RsyncMirrorOptions {
  /** One URL; `{bucket}` in it is replaced by the bucket's name. */
  url: string;
  /** The bucket it serves; undefined when `{bucket}` stands in the URL: then all. */
  bucket: string | undefined;
  rsyncPath: string;
  /** Seconds without progress. */
  timeout: number;
  /** Further tries after the first. */
  retries: number;
  /** KiB per second; undefined for no limit. */
  bandwidthLimit: number | undefined;
  password: string | undefined;
  /** Scrubbed before rsync sees it. */
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** How to wait between tries; tests wait less. */
  sleep?: Sleep;
}

/**
 * A mirror behind an rsync daemon. Nothing is run or contacted before the first listing or fetch.
 *
 * @throws TfcacheError `usage` for a URL that cannot be used.
 */
export function createRsyncMirror(options: RsyncMirrorOptions): Mirror {
  // Refused now, not in the middle of a run.
  parseRsyncUrl(options.url.replaceAll('{bucket}', 'bucket'));
  const withoutUser = options.url.replace(/^(rsync:\/\/)?[^@/]*@/, '$1');
  return new RsyncMirror(withoutUser, options);
}

/** What one run of rsync is for. */
interface Run {
  url: RsyncUrl;
  args: readonly string[];
  names: readonly string[];
  onLine(line: Buffer): void;
  hasProgressed?(): Promise<boolean>;
  signal: AbortSignal | undefined;
}

class RsyncMirror implements Mirror {
  readonly url: string;
  readonly #options: RsyncMirrorOptions;
  readonly #environment: NodeJS.ProcessEnv;
  #program: Promise<string> | undefined;

  constructor(url: string, options: RsyncMirrorOptions) {
    this.url = url;
    this.#options = options;
    this.#environment = rsyncEnvironment(options.environment, options.password);
  }

  serves(bucket: string): boolean {
    return this.#options.bucket === undefined || this.#options.bucket === bucket;
  }

  draftOf(name: string): string | undefined {
    return temporaryFor(name);
  }

  async listFolders(
    bucket: string,
    folders: readonly string[],
    signal?: AbortSignal,
  ): Promise<FolderListing[]> {
    if (folders.length === 0) return [];
    const reader = await this.#list(bucket, folders, 'one-level', signal);
    return reader.folders(folders);
  }

  async listTree(bucket: string, folder: string, signal?: AbortSignal): Promise<ListedFile[]> {
    const reader = await this.#list(bucket, [folder], 'tree', signal);
    // A file of that name is listed as well when there is no such folder.
    return reader.hasFolder(folder) ? reader.files : [];
  }

  async fetch(
    bucket: string,
    files: readonly FetchFile[],
    staging: string,
    events: FetchEvents,
    signal?: AbortSignal,
  ): Promise<FetchResult> {
    if (files.length === 0) return { bytesReceived: 0, missing: [] };
    for (const file of files) refuseUnsafe(file.path);
    await mkdir(staging, { recursive: true });
    const url = this.#source(bucket);
    const args = fetchArguments(url, staging, this.#options);
    const meter = new Meter((bytes) => events.onBytes(bytes));
    let waiting = [...new Set(files.map((file) => file.path))];

    await this.#retrying(signal, async () => {
      const growth = new Growth(staging, await adoptPartialData(staging, waiting));
      const arrivals = new Arrivals(staging, waiting, events);
      meter.nextRun();
      const before = waiting.length;
      const result = await this.#run({
        url,
        args,
        names: waiting,
        signal,
        onLine: (line) => {
          const file = parseItemizeLine(line);
          if (file === undefined || !arrivals.isWaiting(file.path)) return;
          meter.completed(file.received);
          arrivals.announce(file);
        },
        hasProgressed: async () => {
          const { inFlight, changed } = await growth.look(arrivals.waiting);
          meter.inFlight(inFlight);
          return changed;
        },
      }).finally(() => arrivals.end());
      waiting = arrivals.waiting;
      // Whatever rsync says, what matters is whether everything that was asked for is here.
      if (waiting.length === 0 || isComplete(result)) return { value: undefined };
      return { failed: await this.#explain(url, result, waiting.length < before, signal) };
    });
    return { bytesReceived: meter.total, missing: waiting };
  }

  async #list(
    bucket: string,
    folders: readonly string[],
    depth: 'one-level' | 'tree',
    signal: AbortSignal | undefined,
  ): Promise<ListingReader> {
    for (const folder of folders) if (folder !== '') refuseUnsafe(folder);
    const url = this.#source(bucket);
    const reader = await this.#retrying(signal, async () => {
      const attempt = new ListingReader();
      const result = await this.#run({
        url,
        args: listArguments(url, depth, this.#options),
        names: [...new Set(folders)].map((folder) => (folder === '' ? './' : `${folder}/`)),
        signal,
        onLine: (line) => attempt.add(line),
      });
      const isNoFolder = depth === 'tree' && folders.some((folder) => attempt.isFile(folder));
      if (isComplete(result) || isNoFolder) return { value: attempt };
      return { failed: await this.#explain(url, result, attempt.files.length > 0, signal) };
    });
    const { special, unsafe, example } = reader.skipped;
    if (special + unsafe > 0) {
      const told =
        `${this.url}: left out ${special} entries that are no regular files (links, devices) and ` +
        `${unsafe} whose names cannot be used (not UTF-8, or leading outside); one of them: ${example ?? ''}`;
      // Links are usual on mirrors; a name that cannot be used is something to look at.
      if (unsafe > 0) this.#options.log.warning(told);
      else this.#options.log.info(told);
    }
    return reader;
  }

  #source(bucket: string): RsyncUrl {
    if (!/^\w[\w.-]*$/.test(bucket)) {
      throw new TfcacheError('usage', `${JSON.stringify(bucket)} cannot be the name of a bucket.`, {
        hint: 'Buckets are named with letters, digits, dots, dashes and underscores.',
      });
    }
    return parseRsyncUrl(this.#options.url.replaceAll('{bucket}', bucket));
  }

  /** The rsync program, made sure of once. */
  #rsync(): Promise<string> {
    this.#program ??= this.#prepare();
    return this.#program;
  }

  async #prepare(): Promise<string> {
    const { rsyncPath, log, environment } = this.#options;
    const path = await ensureRsync({ rsyncPath, environment, log });
    const { warning } = await probeRsync(path, this.#environment);
    if (warning !== undefined) log.warning(warning);
    return path;
  }

  async #run(run: Run): Promise<SessionResult> {
    const rsyncPath = await this.#rsync();
    this.#options.log.debug(`${rsyncPath} ${run.args.map((arg) => JSON.stringify(arg)).join(' ')}`);
    return runSession({
      rsyncPath,
      environment: this.#environment,
      args: run.args,
      names: run.names,
      onLine: run.onLine,
      stallLimit: 3_000 * this.#options.timeout,
      signal: run.signal,
      ...(run.hasProgressed === undefined ? {} : { hasProgressed: run.hasProgressed }),
    });
  }

  #retrying<T>(signal: AbortSignal | undefined, attempt: () => Promise<Outcome<T>>): Promise<T> {
    const { retries, log, sleep } = this.#options;
    return withRetries(attempt, {
      retries,
      log,
      signal,
      ...(sleep === undefined ? {} : { sleep }),
    });
  }

  async #explain(
    url: RsyncUrl,
    result: SessionResult,
    progressed: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Explained> {
    const { complaints, ...ended } = result;
    const explained = explainFailure({
      ...ended,
      text: complaints.text,
      progressed,
      url: formatRsyncUrl({ ...url, user: undefined }),
      timeout: this.#options.timeout,
    });
    if (!/@ERROR: Unknown module/.test(complaints.text)) return explained;
    const program = {
      rsyncPath: await this.#rsync(),
      environment: this.#environment,
      timeout: this.#options.timeout,
    };
    const offer = await offeredModules(url, program, signal);
    if (offer === undefined) return explained;
    const { code, message, hint, where, found } = explained.error;
    const error = new TfcacheError(code, message, {
      hint: `${hint ?? ''} ${offer}`.trim(),
      ...(where === undefined ? {} : { where }),
      ...(found === undefined ? {} : { found }),
    });
    return { error, retry: explained.retry };
  }
}

/** True when rsync did all there was to do: names that the mirror does not have are an answer, not a failure. */
function isComplete(result: SessionResult): boolean {
  if (result.stopped !== undefined) return false;
  if (result.exitCode === 0) return true;
  const { complaints } = result;
  const absent = complaints.absent + complaints.vanished > 0;
  return (result.exitCode === 23 || result.exitCode === 24) && absent && complaints.onlyAbsent;
}

function refuseUnsafe(path: string): void {
  if (isSafePath(path)) return;
  throw new TfcacheError('usage', `${JSON.stringify(path)} is no path inside a bucket.`, {
    hint: 'Paths are relative, without "." and "..", with "/" between names.',
  });
}
