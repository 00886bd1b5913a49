import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FolderListing } from '../../bucket/file.ts';
import { isBucketName } from '../../bucket/safe-path.ts';
import { getErrorMessage, TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import type { Mirror } from '../mirror.ts';
import { checkFilePaths, checkFolderPaths } from '../partial/staged.ts';
import { createBucketPredicate } from '../serves.ts';
import { copyFileToStaging } from './copy.ts';
import { listShareFolder, listShareTree } from './list.ts';

export interface FileMirrorOptions {
  /** `file:///mnt/share/{bucket}/` */
  url: string;
  /** The one bucket it serves; undefined: every bucket, `{bucket}` standing for its name. */
  bucket: string | undefined;
  log: Log;
}

/**
 * A mirror on a mounted file system. Links are followed if they stay inside of the mirror; others and devices are left out and told, as with rsync. Files are cloned where
 * the file system can (reflink), else copied; never hard-linked, because what is staged is made read-only and dated by
 * us, and a link would do that to the share’s own file (and its owner could change our store’s).
 *
 * @throws TfcacheError `usage` for a URL that cannot be used.
 */
export function createFileMirror({ url: written, bucket: own, log }: FileMirrorOptions): Mirror {
  const url = written.endsWith('/') ? written : `${written}/`;
  // Refused now, not in the middle of a run.
  parseFileUrl(url, own ?? 'bucket');
  return {
    url,
    serves: createBucketPredicate(own),

    async listFolders(bucket, folders, signal) {
      checkFolderPaths(folders, url);
      const root = parseFileUrl(url, bucket);
      const listings: FolderListing[] = [];
      for (const folder of folders) listings.push(await listShareFolder(root, folder, log, signal));
      return listings;
    },

    async listTree(bucket, folder, signal) {
      checkFolderPaths([folder], url);
      return listShareTree(parseFileUrl(url, bucket), folder, log, signal);
    },

    async fetch(bucket, files, staging, events, signal) {
      checkFilePaths(files, url);
      const root = parseFileUrl(url, bucket);
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
          const outcome = await copyFileToStaging(root, file, staging, onBytes, signal);
          if (outcome === 'missing') missing.push(file.path);
          else events.onFile(file.path);
        } catch (error) {
          if (!(error instanceof TfcacheError) || error.code !== 'integrity') throw error;
          wrong.push(error);
        }
      }
      if (wrong[0] !== undefined) throw wrong[0];
      return { bytesReceived, missing };
    },
  };
}

/**
 * The folder on this machine that a bucket stands in.
 *
 * @param url `file:///folder/{bucket}/`, percent-encoded as URLs are (RFC 8089).
 * @throws TfcacheError `usage`.
 */
function parseFileUrl(url: string, bucket: string): string {
  if (!isBucketName(bucket)) {
    throw new TfcacheError('name-unsupported', 'This cannot be the name of a bucket.', {
      where: url,
      found: JSON.stringify(bucket),
      hint: 'Buckets are named with letters, digits, dots, dashes and underscores.',
    });
  }
  try {
    const parsed = new URL(url.replaceAll('{bucket}', bucket));
    if (parsed.protocol !== 'file:' || parsed.search !== '' || parsed.hash !== '') {
      throw new Error('not a plain file:// URL');
    }
    const folder = fileURLToPath(parsed);
    if (isAbsolute(folder) && !folder.includes('\0')) return folder;
    throw new Error('not an absolute path');
  } catch (error) {
    throw new TfcacheError('mirror-invalid', 'A mirror’s URL cannot be used.', {
      expected:
        'file:///folder/, three slashes, {bucket} standing for the bucket; %23 for #, %3F for ?',
      found: `${url}: ${getErrorMessage(error)}`,
      hint: 'Write the absolute path of the mounted folder: file:///mnt/share/{bucket}/',
      cause: error,
    });
  }
}
