import type { FolderListing, ListedFile } from '../../src/bucket/file.ts';
import type { Lister } from '../../src/request/request.ts';

/** Lists a tree in memory, and records the calls, because every call is a connection. */
export interface TreeLister extends Lister {
  /** `bucket: folder, folder` or `bucket: tree of folder`, in the order of the calls. */
  readonly calls: string[];
}

/** @param paths files by bucket, or files of the bucket `tensorflow` */
export function createTreeLister(
  paths: readonly string[] | Readonly<Record<string, readonly string[]>>,
): TreeLister {
  const buckets: Readonly<Record<string, readonly string[]>> = isList(paths)
    ? { tensorflow: paths }
    : paths;
  const calls: string[] = [];
  return {
    calls,
    async listFolders(bucket, folders) {
      calls.push(`${bucket}: ${folders.map((folder) => folder || '(root)').join(', ')}`);
      return folders.map((folder) => listLevel(buckets[bucket] ?? [], folder));
    },
    async listTree(bucket, folder) {
      calls.push(`${bucket}: tree of ${folder || '(root)'}`);
      const prefix = folder === '' ? '' : `${folder}/`;
      return (buckets[bucket] ?? [])
        .filter((path) => path.startsWith(prefix))
        .map(createListedFile);
    },
    describeLocation: (bucket) => `rsync://mirror.example/${bucket}/`,
  };
}

function isList(
  paths: readonly string[] | Readonly<Record<string, readonly string[]>>,
): paths is readonly string[] {
  return Array.isArray(paths);
}

function listLevel(paths: readonly string[], folder: string): FolderListing {
  const prefix = folder === '' ? '' : `${folder}/`;
  const below = paths.filter((path) => path.startsWith(prefix));
  const rests = below.map((path) => path.slice(prefix.length));
  const deeper = rests.filter((rest) => rest.includes('/'));
  return {
    folder,
    exists: folder === '' || below.length > 0,
    files: below.filter((_, index) => !rests[index]?.includes('/')).map(createListedFile),
    folders: [...new Set(deeper.map((rest) => rest.split('/')[0] ?? ''))],
  };
}

/** Returns a file whose size and time depend on its path, so that tests can distinguish files. */
export function createListedFile(path: string): ListedFile {
  return { path, size: 1000 + path.length, mtime: 1_480_000_000 + path.length };
}
