import type { ExpectedDigest, FileVersion, ListedFile } from '../../../bucket/file.ts';
import type { CheckedEntry } from '../../listing-collector.ts';
import type { PageEntry } from './page.ts';

/** A file whose path was checked; what is not known yet is undefined. */
export type CheckedFile = CheckedEntry<PageEntry>;

/** Returns a file as every mirror lists it. */
export function createListedFile(
  path: string,
  entry: PageEntry,
  size: number,
  { mtime, etag }: FileVersion,
): ListedFile {
  const digests: ExpectedDigest[] =
    entry.md5 === undefined ? [] : [{ algorithm: 'md5', value: entry.md5, source: 'listing' }];
  const version = mtime === undefined && etag !== undefined ? { mtime, etag } : { mtime };
  return { path, size, ...version, ...(digests.length === 0 ? {} : { digests }) };
}
