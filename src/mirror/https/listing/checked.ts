import type { ExpectedDigest, ListedFile } from '../../../file.ts';
import type { Checked } from '../../collected.ts';
import type { ListedEntry } from './page.ts';

/** A file whose path was checked; what is not known yet is undefined. */
export type CheckedFile = Checked<ListedEntry>;

/** A file whose size and time are known, as every mirror lists it. */
export function listedFile(
  path: string,
  entry: ListedEntry,
  size: number,
  mtime: number,
): ListedFile {
  const digests: ExpectedDigest[] =
    entry.md5 === undefined ? [] : [{ algorithm: 'md5', value: entry.md5, source: 'listing' }];
  return { path, size, mtime, ...(digests.length === 0 ? {} : { digests }) };
}
