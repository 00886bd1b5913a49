import type { FolderListing, ListedFile } from '../bucket/file.ts';

/** A file to fetch from a mirror. */
export interface FetchFile {
  /** Relative to the bucket's root. */
  path: string;
  size: number;
  /** Undefined when the mirror gives no time, or only the lock is known and it recorded none. */
  mtime?: number | undefined;
  /**
   * True if the caller verifies a digest that it knew beforehand. Only then may parts of the file come from several servers
   * (redirects may lead to another one each time); all other bytes of a file come from one server.
   */
  hasDigest?: boolean;
  /**
   * Absolute path of an older file that may have much in common with this one (an object of the store); only read. A transport
   * that can fetches the difference alone.
   */
  basis?: string;
}

export interface FetchEvents {
  /**
   * A file is complete at `staging/path`. Called once a file, as soon as it is known, also for one that was complete
   * before the transfer began (a run that was killed). Not yet verified by us.
   */
  onFile(path: string): void;
  /** Bytes that came over the wire since the last call, for progress. */
  onBytes(bytes: number): void;
}

export interface FetchResult {
  /** Bytes received from the mirror, as far as the transport tells. */
  bytesReceived: number;
  /** Paths that the mirror turned out not to have. */
  missing: readonly string[];
}

/** Where files come from. One implementation a transport; every one reports errors as TfcacheError. */
export interface Mirror {
  /** For messages, reports and records: never holds a password. */
  readonly url: string;
  /** True when this mirror serves the bucket at all. */
  serves(bucket: string): boolean;
  /** One level of each folder, in the order asked, in as few connections as the transport allows. */
  listFolders(
    bucket: string,
    folders: readonly string[],
    signal?: AbortSignal,
  ): Promise<FolderListing[]>;
  /** Every file at any depth below a folder; empty when there is no such folder. */
  listTree(bucket: string, folder: string, signal?: AbortSignal): Promise<ListedFile[]>;
  /**
   * For a transport that writes a file from its first byte to its last under a name of its own, beside where it is to
   * stand, and then renames it: the name of the file that an entry of this name becomes, undefined for any other entry.
   * So the file can be hashed while it comes.
   */
  destinationOfTemporaryFile?(name: string): string | undefined;
  /**
   * Brings files to `staging/path`, creating folders as needed; nothing outside `staging` is written.
   * What is complete stays in place when it throws, and what is partial is kept so that the next try goes on from it.
   */
  fetch(
    bucket: string,
    files: readonly FetchFile[],
    staging: string,
    events: FetchEvents,
    signal?: AbortSignal,
  ): Promise<FetchResult>;
}
