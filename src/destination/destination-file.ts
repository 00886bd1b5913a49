import type { FileVersion } from '../bucket/file.ts';

/** A verified file that is to stand in a destination. */
export interface PublishFile extends FileVersion {
  bucket: string;
  path: string;
  size: number;
  sha256: string;
  /** Absolute path of the store's object; undefined for a file that is in place already. */
  object: string | undefined;
}

/** What tfcache put at one place of a destination, and what the file system said of it then. */
export interface RecordEntry extends FileVersion {
  bucket: string;
  path: string;
  size: number;
  sha256: string;
  /** Modification time, nanoseconds, and inode, decimal; missing while the file is being put there. */
  mtimeNs?: string | undefined;
  ino?: string | undefined;
  /** It stood there already with the right bytes: it is the user's, and is never removed. */
  adopted?: boolean | undefined;
}
