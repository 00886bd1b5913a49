import type { FileVersion } from '../bucket/file.ts';

/** A verified file to publish in a destination. */
export interface PublishFile extends FileVersion {
  bucket: string;
  path: string;
  size: number;
  sha256: string;
  /** Absolute path of the store's object; undefined for a file that is in place already. */
  object: string | undefined;
}

/** A managed file of a destination, with its state after publishing. */
export interface RecordEntry extends FileVersion {
  bucket: string;
  path: string;
  size: number;
  sha256: string;
  /** Modification time, nanoseconds, and inode, decimal; absent until the file is published. */
  mtimeNs?: string | undefined;
  ino?: string | undefined;
  /** True for a user file that had the right content already. It is never deleted. */
  adopted?: boolean | undefined;
}
