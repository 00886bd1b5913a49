import { TfcacheError } from '../../error.ts';
import type { FolderListing, ListedFile } from '../../file.ts';
import type { Log } from '../../log.ts';
import type { FetchEvents, FetchFile, FetchResult, Mirror } from '../mirror.ts';
import { checkFetchPath } from '../partial/staged.ts';
import { copyFile } from './copy.ts';
import { listFolder, listTree } from './list.ts';
import { rootOf } from './location.ts';

export interface FileMirrorOptions {
  /** `file:///mnt/share/{bucket}/` */
  url: string;
  /** The one bucket it serves; undefined: every bucket, `{bucket}` standing for its name. */
  bucket: string | undefined;
  log: Log;
}

/**
 * A mirror on a mounted file system. Links and devices are never followed or listed, as with rsync. Files are cloned where
 * the file system can (reflink), else copied; never hard-linked, because what is staged is made read-only and dated by
 * us, and a link would do that to the share’s own file (and its owner could change our store’s).
 *
 * @throws TfcacheError `usage` for a URL that cannot be used.
 */
export function createFileMirror(options: FileMirrorOptions): Mirror {
  return new FileMirror(options);
}

class FileMirror implements Mirror {
  readonly url: string;
  private readonly bucket: string | undefined;
  private readonly log: Log;

  constructor({ url, bucket, log }: FileMirrorOptions) {
    this.url = url.endsWith('/') ? url : `${url}/`;
    this.bucket = bucket;
    this.log = log;
    rootOf(this.url, bucket ?? 'bucket');
  }

  serves(bucket: string): boolean {
    return this.bucket === undefined || this.bucket === bucket;
  }

  async listFolders(
    bucket: string,
    folders: readonly string[],
    signal?: AbortSignal,
  ): Promise<FolderListing[]> {
    const root = rootOf(this.url, bucket);
    const listings: FolderListing[] = [];
    for (const folder of folders) {
      if (folder !== '') checkFetchPath(folder, this.url);
      listings.push(await listFolder(root, folder, this.log, signal));
    }
    return listings;
  }

  async listTree(bucket: string, folder: string, signal?: AbortSignal): Promise<ListedFile[]> {
    if (folder !== '') checkFetchPath(folder, this.url);
    return listTree(rootOf(this.url, bucket), folder, this.log, signal);
  }

  async fetch(
    bucket: string,
    files: readonly FetchFile[],
    staging: string,
    events: FetchEvents,
    signal?: AbortSignal,
  ): Promise<FetchResult> {
    for (const { path } of files) checkFetchPath(path, this.url);
    const root = rootOf(this.url, bucket);
    const missing: string[] = [];
    let bytesReceived = 0;
    const onBytes = (bytes: number) => {
      bytesReceived += bytes;
      events.onBytes(bytes);
    };
    /** Wrong files; the others are brought all the same. */
    const wrong: TfcacheError[] = [];
    for (const file of files) {
      try {
        const outcome = await copyFile(root, file, staging, onBytes, signal);
        if (outcome === 'missing') missing.push(file.path);
        else events.onFile(file.path);
      } catch (error) {
        if (!(error instanceof TfcacheError) || error.code !== 'integrity') throw error;
        wrong.push(error);
      }
    }
    if (wrong[0] !== undefined) throw wrong[0];
    return { bytesReceived, missing };
  }
}
