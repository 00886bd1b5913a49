import type { FolderListing, ListedFile } from '../../src/bucket/file.ts';
import type { Lister } from '../../src/request/request.ts';

/** A Listing of a tree in memory; it records what it was asked, since every call is a connection. */
export interface TreeListing extends Lister {
  /** `bucket: folder, folder` or `bucket: tree of folder`, in the order asked. */
  readonly calls: string[];
}

/** @param paths files by bucket, or files of the bucket `tensorflow` */
export function treeListing(
  paths: readonly string[] | Readonly<Record<string, readonly string[]>>,
): TreeListing {
  const buckets: Readonly<Record<string, readonly string[]>> = isList(paths)
    ? { tensorflow: paths }
    : paths;
  const calls: string[] = [];
  return {
    calls,
    async listFolders(bucket, folders) {
      calls.push(`${bucket}: ${folders.map((folder) => folder || '(root)').join(', ')}`);
      return folders.map((folder) => oneLevel(buckets[bucket] ?? [], folder));
    },
    async listTree(bucket, folder) {
      calls.push(`${bucket}: tree of ${folder || '(root)'}`);
      const prefix = folder === '' ? '' : `${folder}/`;
      return (buckets[bucket] ?? []).filter((path) => path.startsWith(prefix)).map(listedFile);
    },
    describeLocation: (bucket) => `rsync://mirror.example/${bucket}/`,
  };
}

function isList(
  paths: readonly string[] | Readonly<Record<string, readonly string[]>>,
): paths is readonly string[] {
  return Array.isArray(paths);
}

function oneLevel(paths: readonly string[], folder: string): FolderListing {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = paths.filter((path) => path.startsWith(prefix));
  const rests = below.map((path) => path.slice(prefix.length));
  const deeper = rests.filter((rest) => rest.includes('/'));
  return {
    folder,
    exists: folder === '' || below.length > 0,
    files: below.filter((_, index) => !rests[index]?.includes('/')).map(listedFile),
    folders: [...new Set(deeper.map((rest) => rest.split('/')[0] ?? ''))],
  };
}

/** Sizes and times follow from the path, so that a test can tell files apart. */
export function listedFile(path: string): ListedFile {
  return { path, size: 1000 + path.length, mtime: 1_480_000_000 + path.length };
}
