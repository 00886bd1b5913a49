import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileKey } from '../../bucket/file.ts';
import { mapParallel } from '../../platform/concurrency/parallel.ts';
import { TfcacheError } from '../../platform/error.ts';
import { fileError } from '../../platform/files/file-error.ts';
import { ListingBudget, MAX_NAMES_PER_REQUEST } from '../listing-collector.ts';
import type { FetchFile, Mirror } from '../mirror.ts';
import { checkFilePaths, checkFolderPaths } from '../partial/staged.ts';
import { createBucketPredicate } from '../serves.ts';
import { createHttpTransfers, type HttpTransferOptions } from './download/transfers.ts';
import { createOriginAuthorization } from './http/authorize.ts';
import { detectLister } from './listing/detect-lister.ts';
import { FileFactsCache } from './listing/file-facts-cache.ts';
import type { CheckedFile } from './listing/listed-file.ts';
import type { Lister } from './listing/lister.ts';
import { buildFileUrl, parseMirrorLocation } from './location.ts';

export interface HttpsMirrorOptions extends HttpTransferOptions {
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
  const { environment, bucket: own } = options;
  const { displayUrl: url, resolveRoot: rootOf, authorization } = parseMirrorLocation(options.url);
  const { origin } = rootOf(own ?? 'bucket');
  const transfers = createHttpTransfers(options, createOriginAuthorization(origin, authorization));
  const exact = new FileFactsCache(transfers.requests);
  const checksums = new ListedChecksums();
  /** Addresses of files that do not follow from their paths. */
  const links = new Map<string, string>();
  const listers = new Map<string, Promise<Lister>>();

  /** Found out once a bucket; a failure is not remembered. */
  function listerFor(bucket: string, signal: AbortSignal | undefined): Promise<Lister> {
    const known = listers.get(bucket);
    if (known !== undefined) return known;
    const lister = detectLister(rootOf(bucket), transfers.requests, environment, signal, exact);
    listers.set(bucket, lister);
    lister.catch(() => listers.delete(bucket));
    return lister;
  }

  function remember(bucket: string, files: readonly CheckedFile[]): void {
    checksums.remember(bucket, files);
    for (const { path, entry } of files) {
      if (entry.url !== undefined) links.set(fileKey({ bucket, path }), entry.url);
    }
  }

  function addressOf(bucket: string, { path }: FetchFile): URL {
    const link = links.get(fileKey({ bucket, path }));
    return link === undefined ? buildFileUrl(rootOf(bucket), path) : new URL(link);
  }

  return {
    url,
    serves: createBucketPredicate(own),

    async listFolders(bucket, folders, signal) {
      checkFolderPaths(folders, url);
      const root = rootOf(bucket);
      const lister = await listerFor(bucket, signal);
      const { connections } = transfers.requests;
      const budget = new ListingBudget(MAX_NAMES_PER_REQUEST);
      const listed = await mapParallel(folders, connections, signal, async (folder, both) => {
        const answer = await lister.listFolder(folder, both, budget);
        remember(bucket, answer.files);
        const files = await exact.completeFiles(root, answer.files, both);
        return { folder, exists: answer.exists, files, folders: answer.folders };
      });
      if (!listed.some(({ exists }) => exists)) await lister.requireRoot?.(signal);
      return listed;
    },

    async listTree(bucket, folder, signal) {
      checkFolderPaths([folder], url);
      const lister = await listerFor(bucket, signal);
      const files = await lister.listTree(folder, signal);
      if (files.length === 0) await lister.requireRoot?.(signal);
      remember(bucket, files);
      return exact.completeFiles(rootOf(bucket), files, signal);
    },

    async fetch(bucket, files, staging, events, signal) {
      checkFilePaths(files, url);
      const steps = {
        getUrl: (file: FetchFile) => addressOf(bucket, file),
        verifyFile: async (file: FetchFile) => {
          const from = addressOf(bucket, file);
          exact.forget(from);
          await checksums.verifyFile(bucket, file, staging, from.href);
        },
      };
      return transfers.fetch(files, steps, staging, events, signal);
    },
  };
}

/**
 * CRC32C of listed files for which the listing has nothing better: Google’s composite objects (large files uploaded in
 * parts) have no MD5. Their bytes are held to it here, before anyone else sees them.
 */
class ListedChecksums {
  private readonly known = new Map<string, string>();

  remember(bucket: string, files: readonly CheckedFile[]): void {
    for (const { path, entry } of files) {
      const key = fileKey({ bucket, path });
      if (entry.crc32c !== undefined && entry.md5 === undefined) this.known.set(key, entry.crc32c);
      else this.known.delete(key);
    }
  }

  /** @throws TfcacheError `integrity`; the wrong bytes are removed from staging. */
  async verifyFile(bucket: string, file: FetchFile, staging: string, where: string): Promise<void> {
    const expected = this.known.get(fileKey({ bucket, path: file.path }));
    if (expected === undefined) return;
    const staged = join(staging, file.path);
    const { hashFileCrc32c } = await import('./download/crc32c.ts');
    let found: string;
    try {
      found = await hashFileCrc32c(staged);
    } catch (error) {
      throw fileError('read a file in staging', staged, error);
    }
    if (found === expected) return;
    rmSync(staged, { force: true });
    throw new TfcacheError(
      'checksum-mismatch',
      `Wrong bytes: ${file.path} does not have the checksum it must have.`,
      {
        where,
        expected: `crc32c ${expected} (from the listing)`,
        found: `crc32c ${found}`,
        hint: 'It was replaced since it was listed, or changed on the way: run again; if it happens again, name another mirror first.',
      },
    );
  }
}
