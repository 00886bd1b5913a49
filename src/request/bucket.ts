import { baseName } from '../bucket/bucket-path.ts';
import type { ExpectedDigest, FolderListing, ListedFile, WantedFile } from '../bucket/file.ts';

/** The bucket that a path belongs to unless said otherwise. */
export const MAIN_BUCKET = 'tensorflow';

/**
 * The name that a Python package index has among the buckets: a folder a project, its wheels inside. It is served only by
 * lines of `mirrors` that name it: `{bucket}` in a URL stands for TensorFlow’s buckets, and this is none of them.
 */
export const INDEX_BUCKET = 'pypi';

/** What stands in the place of its URL for the index of pip’s own configuration: `pypi=pip`. */
export const PIP_CONFIGURED_INDEX = 'pip';

/** A listed file as one that is wanted: what the listing says of it, then what else is known. */
export function toWantedFile(
  bucket: string,
  file: ListedFile,
  digests: readonly ExpectedDigest[] = [],
): WantedFile {
  return {
    bucket,
    path: file.path,
    size: file.size,
    mtime: file.mtime,
    ...(file.etag === undefined ? {} : { etag: file.etag }),
    digests: [...digests, ...(file.digests ?? [])],
  };
}

/** What stands in a folder, in a few words: `a.whl, b.whl and 3 more`. */
export function describeFolder(listing: FolderListing, limit = 8): string {
  const names = [
    ...listing.folders.map((name) => `${name}/`),
    ...listing.files.map(({ path }) => baseName(path)),
  ];
  if (!listing.exists) return 'there is no such folder';
  if (names.length === 0) return 'an empty folder';
  const more = names.length - limit;
  return names.slice(0, limit).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
