import { TfcacheError } from '../../error.ts';
import type { FolderListing, ListedFile } from '../../file.ts';
import type { Log } from '../../log.ts';
import type { FetchFile, FetchResult, Mirror } from '../mirror.ts';
import { checkFetchPath } from '../partial/staged.ts';
import { Bandwidth } from './bandwidth.ts';
import { Checksums } from './checksums.ts';
import { createHttpClient } from './client.ts';
import { detectLister } from './detect.ts';
import { type DownloadContext, downloadFile } from './download.ts';
import { ExactFiles } from './exact.ts';
import { outward } from './failure.ts';
import type { Lister } from './lister.ts';
import { parseLocation, urlOf } from './location.ts';
import type { PageContext } from './pages.ts';
import { mapParallel, Places } from './parallel.ts';

/** Connections when the user named none: what browsers and pip allow themselves, and then some less. */
const DEFAULT_CONNECTIONS = 4;
/** Most that are taken, however many were asked for. */
const MOST_CONNECTIONS = 16;

export interface HttpsMirrorOptions {
  /** `https://host/folder/`, in which `{bucket}` may stand; `http://` for this machine and for `plainHttpHosts`. */
  url: string;
  /** The one bucket it serves; undefined: every bucket, `{bucket}` standing for its name. */
  bucket: string | undefined;
  /** Seconds without progress after which a request or a transfer has failed. */
  timeout: number;
  /** Further tries after one that failed in a way that may pass. */
  retries: number;
  /** KiB a second, all connections together; undefined for no limit. */
  bandwidthLimit: number | undefined;
  /** Requests at once; undefined: 4. */
  connections: number | undefined;
  /** For HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY and STORAGE_EMULATOR_HOST. */
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** Hosts allowed by name to be asked over plain http://. */
  plainHttpHosts?: readonly string[];
  /** Seconds before the second try, each further pause twice as long; 1 when absent. */
  firstPause?: number;
}

/** @throws TfcacheError `usage` for a URL that cannot be used. */
export function createHttpsMirror(options: HttpsMirrorOptions): Mirror {
  return new HttpsMirror(options);
}

class HttpsMirror implements Mirror {
  readonly url: string;
  private readonly options: HttpsMirrorOptions;
  private readonly location: ReturnType<typeof parseLocation>;
  private readonly context: PageContext;
  private readonly exact: ExactFiles;
  private readonly places: Places;
  private readonly bandwidth: Bandwidth;
  private readonly checksums = new Checksums();
  private readonly listers = new Map<string, Promise<Lister>>();

  constructor(options: HttpsMirrorOptions) {
    const { environment, timeout, retries, log, plainHttpHosts = [], firstPause = 1 } = options;
    const connections = Math.min(
      Math.max(options.connections ?? DEFAULT_CONNECTIONS, 1),
      MOST_CONNECTIONS,
    );
    this.options = options;
    this.location = parseLocation(options.url);
    this.url = this.location.shown;
    const { authorization } = this.location;
    const origin = this.location.root(options.bucket ?? 'bucket').origin;
    const client = createHttpClient({
      environment,
      connections,
      timeout,
      plainHttpHosts,
      log,
      ...(authorization === undefined ? {} : { authorization: { origin, value: authorization } }),
    });
    this.context = { client, timeout, connections, tries: { retries, firstPause, log } };
    this.exact = new ExactFiles(this.context);
    this.places = new Places(connections);
    this.bandwidth = new Bandwidth(options.bandwidthLimit);
  }

  serves(bucket: string): boolean {
    return this.options.bucket === undefined || this.options.bucket === bucket;
  }

  async listFolders(
    bucket: string,
    folders: readonly string[],
    signal?: AbortSignal,
  ): Promise<FolderListing[]> {
    const root = this.location.root(bucket);
    const lister = await this.listerFor(bucket, signal);
    for (const folder of folders) if (folder !== '') checkFetchPath(folder, this.url);
    return mapParallel(folders, this.context.connections, signal, async (folder, both) => {
      const answer = await lister.folder(folder, both);
      this.checksums.remember(bucket, answer.files);
      const files = await this.exact.complete(root, answer.files, both);
      return { folder, exists: answer.exists, files, folders: answer.folders };
    });
  }

  async listTree(bucket: string, folder: string, signal?: AbortSignal): Promise<ListedFile[]> {
    if (folder !== '') checkFetchPath(folder, this.url);
    const lister = await this.listerFor(bucket, signal);
    const files = await lister.tree(folder, signal);
    this.checksums.remember(bucket, files);
    return this.exact.complete(this.location.root(bucket), files, signal);
  }

  async fetch(
    bucket: string,
    files: readonly FetchFile[],
    staging: string,
    events: Parameters<Mirror['fetch']>[3],
    signal?: AbortSignal,
  ): Promise<FetchResult> {
    for (const { path } of files) checkFetchPath(path, this.url);
    const root = this.location.root(bucket);
    const result = { bytesReceived: 0, missing: [] as string[] };
    /** Wrong files; the others are brought all the same. */
    const wrong: TfcacheError[] = [];
    const context: DownloadContext = {
      ...this.context,
      places: this.places,
      bandwidth: this.bandwidth,
      staging,
      events: {
        onFile: (path) => events.onFile(path),
        onBytes(bytes) {
          result.bytesReceived += bytes;
          events.onBytes(bytes);
        },
      },
    };
    await mapParallel(files, this.context.connections, signal, async (file, both) => {
      const url = urlOf(root, file.path);
      try {
        const outcome = await downloadFile(url, file, context, both);
        this.exact.forget(url);
        if (outcome === 'missing') {
          result.missing.push(file.path);
          return;
        }
        await this.checksums.check(bucket, file, staging, url.href);
        events.onFile(file.path);
      } catch (error) {
        const seen = outward(error);
        if (!(seen instanceof TfcacheError) || seen.code !== 'integrity') throw seen;
        wrong.push(seen);
      }
    });
    if (wrong[0] !== undefined) throw wrong[0];
    return result;
  }

  /** Found out once a bucket; a failure is not remembered. */
  private listerFor(bucket: string, signal: AbortSignal | undefined): Promise<Lister> {
    const known = this.listers.get(bucket);
    if (known !== undefined) return known;
    const { environment } = this.options;
    const lister = detectLister(this.location.root(bucket), this.context, environment, signal);
    this.listers.set(bucket, lister);
    lister.catch(() => this.listers.delete(bucket));
    return lister;
  }
}
