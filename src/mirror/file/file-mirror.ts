import type { FolderListing } from '../../bucket/file.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { Log } from '../../platform/log.ts';
import type { Mirror } from '../mirror.ts';
import { checkFilePaths, checkFolderPaths } from '../partial/staged.ts';
import { createBucketPredicate } from '../serves.ts';
import { copyFileToStaging } from './copy.ts';
import { listShareFolder, listShareTree } from './list.ts';
import { parseFileUrl } from './location.ts';

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
