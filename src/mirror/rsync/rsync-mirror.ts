import { resolve } from 'node:path';
import { folderOf } from '../../bucket/bucket-path.ts';
import type { FolderListing, ListedFile } from '../../bucket/file.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { FetchEvents, FetchFile, FetchResult, Mirror } from '../mirror.ts';
import { createBucketPredicate } from '../serves.ts';
import { ListingReader } from './output/listing.ts';
import { isSafeRsyncPath } from './output/name.ts';
import { findReservedName } from './output/own-names.ts';
import { buildListArguments, buildListOneArguments, isPlainFolder } from './process/arguments.ts';
import type { Capabilities } from './process/capabilities.ts';
import { RsyncClient, type RsyncClientOptions } from './process/client.ts';
import { isSessionComplete } from './process/session.ts';
import { parseTemporaryName } from './transfer/growth.ts';
import { RsyncTransfer } from './transfer/transfer.ts';
import { parseRemote, type Remote } from './url/remote.ts';

export interface RsyncMirrorOptions extends RsyncClientOptions {
  /** One URL, of a daemon or `ssh://`; `{bucket}` in it is replaced by the bucket's name. */
  url: string;
  /** The bucket it serves; undefined when `{bucket}` stands in the URL: then all. */
  bucket: string | undefined;
  /** KiB per second; undefined for no limit. */
  bandwidthLimit: number | undefined;
  /** rsyncs at once, 1 to 4; 1 when absent. */
  connections?: number;
}

/**
 * A mirror behind an rsync daemon, or behind an rsync that SSH starts. Nothing is run or contacted before the first listing or
 * fetch.
 *
 * @throws TfcacheError `usage` for a URL or a proxy that cannot be used.
 */
export function createRsyncMirror(options: RsyncMirrorOptions): Mirror {
  // Refused now, not in the middle of a run.
  parseRemote(options.url.replaceAll('{bucket}', 'bucket'));
  const withoutUser = options.url.replace(/^((?:rsyncs?|ssh):\/\/)?[^/]*@/i, '$1');
  return new RsyncMirror(withoutUser, options);
}

class RsyncMirror implements Mirror {
  readonly url: string;
  readonly serves: Mirror['serves'];
  /** Regular files directly in a folder, by bucket and folder, as last listed. */
  readonly #counts = new Map<string, number>();
  /** Folders of which it was told that entries are left out: files are listed again after they were copied. */
  readonly #toldOf = new Set<string>();
  readonly #options: RsyncMirrorOptions;
  readonly #client: RsyncClient;

  constructor(url: string, options: RsyncMirrorOptions) {
    this.url = url;
    this.serves = createBucketPredicate(options.bucket);
    this.#options = options;
    this.#client = new RsyncClient(options);
  }

  destinationOfTemporaryFile(name: string): string | undefined {
    return parseTemporaryName(name);
  }

  async listFolders(
    bucket: string,
    folders: readonly string[],
    signal?: AbortSignal,
  ): Promise<FolderListing[]> {
    if (folders.length === 0) return [];
    const reader = await this.#list(bucket, folders, 'one-level', signal);
    this.#count(bucket, reader, folders);
    return reader.folders(folders);
  }

  async listTree(bucket: string, folder: string, signal?: AbortSignal): Promise<ListedFile[]> {
    const reader = await this.#list(bucket, [folder], 'tree', signal);
    this.#count(bucket, reader, [folder, ...reader.allFolders]);
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
    const { connections = 1, bandwidthLimit } = this.#options;
    const transfer = new RsyncTransfer(
      this.#client,
      this.#source(bucket),
      files,
      resolve(staging),
      events,
      { connections, bandwidthLimit, countIn: (folder) => this.#counts.get(keyOf(bucket, folder)) },
    );
    return transfer.run(signal);
  }

  async #list(
    bucket: string,
    folders: readonly string[],
    depth: 'one-level' | 'tree',
    signal: AbortSignal | undefined,
  ): Promise<ListingReader> {
    for (const folder of folders) if (folder !== '') refuseUnsafe(folder);
    const remote = this.#source(bucket);
    const reader = await this.#client.runWithRetries(remote, signal, async () => {
      const attempt = new ListingReader();
      const only = onlyPlain(remote, folders, await this.#client.program());
      const result = await this.#client.run({
        remote,
        args: (circumstances) =>
          only === undefined
            ? buildListArguments(circumstances.remote, depth, circumstances)
            : buildListOneArguments(circumstances.remote, depth, only, circumstances),
        names:
          only === undefined
            ? [...new Set(folders)].map((folder) => (folder === '' ? './' : `${folder}/`))
            : [],
        signal,
        onLine: (line) => attempt.add(line),
      });
      const isNoFolder = depth === 'tree' && folders.some((folder) => attempt.isFile(folder));
      if (isSessionComplete(result) || isNoFolder) return { value: attempt };
      return {
        failed: await this.#client.explain(remote, result, attempt.files.length > 0, signal),
      };
    });
    const told = reader.skipped.describeOnce(this.#toldOf, (folder) => keyOf(bucket, folder));
    if (told !== undefined) this.#options.log[told.level](`${this.url}: ${told.text}`);
    return reader;
  }

  /** Remembers how many files a folder has. Names that cannot be used would come with the others, so then nothing is known. */
  #count(bucket: string, reader: ListingReader, listedWhole: readonly string[]): void {
    if (reader.skipped.hasNames) return;
    for (const folder of listedWhole) this.#counts.set(keyOf(bucket, folder), 0);
    for (const { path } of reader.files) {
      const key = keyOf(bucket, folderOf(path));
      const known = this.#counts.get(key);
      if (known !== undefined) this.#counts.set(key, known + 1);
    }
  }

  #source(bucket: string): Remote {
    if (!/^\w[\w.-]*$/.test(bucket)) {
      throw new TfcacheError(
        'name-unsupported',
        `${JSON.stringify(bucket)} cannot be the name of a bucket.`,
        {
          hint: 'Buckets are named with letters, digits, dots, dashes and underscores.',
        },
      );
    }
    return parseRemote(this.#options.url.replaceAll('{bucket}', bucket));
  }
}

/** The one folder that is asked for, when it can be named as an operand; see {@link buildListOneArguments}. */
function onlyPlain(
  remote: Remote,
  [first = '', ...others]: readonly string[],
  { capabilities }: { capabilities: Capabilities },
): string | undefined {
  // A folder of the module that is not there is told apart only when the daemon enters it first.
  const atRoot = remote.over === 'daemon' && remote.url.path === '';
  const isCurrent = capabilities.has('--no-implied-dirs') && capabilities.has('--secluded-args');
  return atRoot && isCurrent && others.length === 0 && isPlainFolder(first) ? first : undefined;
}

function keyOf(bucket: string, folder: string): string {
  return `${bucket}\0${folder}`;
}

/** @throws TfcacheError `usage`, with what is wrong about the path. */
function refuseUnsafe(path: string): void {
  const own = findReservedName(path);
  if (own !== undefined) {
    throw new TfcacheError(
      'name-unsupported',
      `${JSON.stringify(path)} cannot be taken by rsync.`,
      {
        found: `the name ${own}, which tfcache itself uses while it copies`,
        hint: 'Leave it out of the request, or take it from an https:// or file:// mirror.',
      },
    );
  }
  if (isSafeRsyncPath(path)) return;
  throw new TfcacheError(
    'name-unsupported',
    `${JSON.stringify(path)} is no path inside a bucket.`,
    {
      hint: 'Paths are relative, without "." and "..", without control characters, with "/" between names.',
    },
  );
}
