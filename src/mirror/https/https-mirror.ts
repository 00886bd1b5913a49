import type { FolderListing, ListedFile } from '../../file.ts';
import type { FetchEvents, FetchFile, FetchResult, Mirror } from '../mirror.ts';
import { checkFetchPath } from '../partial/staged.ts';
import { Checksums } from './checksums.ts';
import { detectLister } from './detect.ts';
import { ExactFiles } from './exact.ts';
import type { Lister } from './lister.ts';
import { type Location, parseLocation, urlOf } from './location.ts';
import { mapParallel } from './parallel.ts';
import { openTransfers, type TransferOptions, type Transfers } from './transfers.ts';

export interface HttpsMirrorOptions extends TransferOptions {
  /**
   * `https://host/folder/`, in which `{bucket}` may stand; `http://` for this machine and for `plainHttpHosts`. A user and a
   * password may stand in it; they are sent to that host alone and never shown.
   */
  url: string;
  /** The one bucket it serves; undefined: every bucket, `{bucket}` standing for its name. */
  bucket: string | undefined;
}

/**
 * A mirror over HTTPS: Google Cloud Storage, any S3-compatible store, or a web server that lists its folders (nginx, Apache,
 * fancyindex, npm’s binary mirror). Which of them it is shows in its first answer.
 *
 * @throws TfcacheError `usage` for a URL that cannot be used.
 */
export function createHttpsMirror(options: HttpsMirrorOptions): Mirror {
  return new HttpsMirror(options);
}

class HttpsMirror implements Mirror {
  readonly url: string;
  private readonly bucket: string | undefined;
  private readonly environment: NodeJS.ProcessEnv;
  private readonly location: Location;
  private readonly transfers: Transfers;
  private readonly exact: ExactFiles;
  private readonly checksums = new Checksums();
  private readonly listers = new Map<string, Promise<Lister>>();

  constructor(options: HttpsMirrorOptions) {
    this.bucket = options.bucket;
    this.environment = options.environment;
    this.location = parseLocation(options.url);
    this.url = this.location.shown;
    const { authorization } = this.location;
    const { origin } = this.location.root(options.bucket ?? 'bucket');
    this.transfers = openTransfers(
      options,
      authorization === undefined ? undefined : { origin, value: authorization },
    );
    this.exact = new ExactFiles(this.transfers.pages);
  }

  serves(bucket: string): boolean {
    return this.bucket === undefined || this.bucket === bucket;
  }

  async listFolders(
    bucket: string,
    folders: readonly string[],
    signal?: AbortSignal,
  ): Promise<FolderListing[]> {
    for (const folder of folders) if (folder !== '') checkFetchPath(folder, this.url);
    const root = this.location.root(bucket);
    const lister = await this.listerFor(bucket, signal);
    const { connections } = this.transfers.pages;
    return mapParallel(folders, connections, signal, async (folder, both) => {
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
    events: FetchEvents,
    signal?: AbortSignal,
  ): Promise<FetchResult> {
    for (const { path } of files) checkFetchPath(path, this.url);
    const root = this.location.root(bucket);
    const steps = {
      urlOf: ({ path }: FetchFile) => urlOf(root, path),
      onArrival: async (file: FetchFile) => {
        const url = urlOf(root, file.path);
        this.exact.forget(url);
        await this.checksums.check(bucket, file, staging, url.href);
      },
    };
    return this.transfers.fetch(files, steps, staging, events, signal);
  }

  /** Found out once a bucket; a failure is not remembered. */
  private listerFor(bucket: string, signal: AbortSignal | undefined): Promise<Lister> {
    const known = this.listers.get(bucket);
    if (known !== undefined) return known;
    const root = this.location.root(bucket);
    const lister = detectLister(root, this.transfers.pages, this.environment, signal);
    this.listers.set(bucket, lister);
    lister.catch(() => this.listers.delete(bucket));
    return lister;
  }
}
