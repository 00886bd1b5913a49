import { posix } from 'node:path';
import type { ListedFile } from '../../bucket/file.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import type { PlannedFile } from '../plan/plan.ts';

/**
 * Which files changed on the mirror while they were copied. rsync does not tell: it sends what it read, with a checksum of
 * what it read. A file whose digest was known needs no such check; at first sight the listing after the copy must be
 * the listing before it, and the bytes received must be as many as were listed.
 *
 * @param sizes bytes received, by path.
 * @returns the files to fetch again, with size and time as they are listed now.
 */
export async function findChangedFiles(
  files: readonly PlannedFile[],
  sizes: ReadonlyMap<string, number>,
  mirror: Mirror,
  bucket: string,
  signal: AbortSignal,
): Promise<PlannedFile[]> {
  if (files.length === 0) return [];
  const folders = [...new Set(files.map(({ file }) => folderOf(file.path)))];
  const listings = await mirror.listFolders(bucket, folders, signal);
  const now = new Map<string, ListedFile>();
  for (const listing of listings) for (const file of listing.files) now.set(file.path, file);
  return files.flatMap((planned) => {
    const { path, size, mtime, etag } = planned.file;
    const listed = now.get(path);
    const same =
      listed !== undefined &&
      listed.size === size &&
      listed.mtime === mtime &&
      listed.etag === etag;
    if (same && sizes.get(path) === size) return [];
    const current =
      listed === undefined ? {} : { size: listed.size, mtime: listed.mtime, etag: listed.etag };
    return [{ ...planned, file: { ...planned.file, ...current } }];
  });
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === '.' ? '' : folder;
}
