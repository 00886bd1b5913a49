import type { FileVersion, VerifiedFile } from '../bucket/file.ts';
import type { LockWaitOptions } from '../platform/lock/lock-wait.ts';

/** What a file is looked up by in the index of paths. */
export interface StoredVersion extends FileVersion {
  bucket: string;
  path: string;
  size: number;
}

/** A folder of staging that one process owns; what a killed run left complete or partial is in it already. */
export interface Staging {
  /** Absolute path; on the store's file system. */
  readonly folder: string;
  /** Gives it up. Whatever was not taken into the store stays for the next run to resume from. */
  release(): Promise<void>;
}

/** Things that this process fetches while every other that needs them waits. */
export interface Claim {
  /** What this process is to fetch. */
  readonly keys: ReadonlySet<string>;
  /** Where to put it: absolute path, on the store's file system; may hold whole or partial files of an earlier try. */
  readonly folder: string;
  /** Tells those who wait that some of it is in the store now. */
  announce(): void;
  /** All is done: the folder and what is in it are removed, and those who wait go on. */
  complete(): void;
  /** It could not be done, or not all of it: the folder stays, and whoever needs it next goes on from there. */
  abandon(): void;
}

/** What came of claiming. */
export interface ClaimOutcome {
  /** What this process is to fetch; undefined when others fetch all of it already. */
  readonly claim: Claim | undefined;
  /**
   * Resolves when one of those others has brought something or has ended, well or not; at once when there are none.
   *
   * @throws the signal's reason when it is aborted.
   */
  waitForChange(signal: AbortSignal): Promise<void>;
}

/** Keeps clean-up from what a job is going to use. While it is there, objects that were added since it began are safe. */
export interface Lease {
  /** From now on only these are held, beside what was added since; before, every object is. */
  narrow(sha256s: Iterable<string>): void;
  /** These, too. What is in the store after that stays there. */
  add(sha256s: Iterable<string>): void;
  release(): void;
}

/** How a file gets from the store to a place outside it. */
export type LinkMode = 'auto' | 'reflink' | 'hardlink' | 'copy';

/** How files get from the store to places outside it, once found out. */
export type LinkMethod = Exclude<LinkMode, 'auto'>;

/** Remembers for each pair of file systems, the store's and another, how files get there: trying takes longer than linking. */
export interface LinkMethodMemory {
  /** What worked before from here to the file system of this folder, which is there; never a copy. */
  recall(folder: string): LinkMethod | undefined;
  remember(folder: string, method: LinkMethod): void;
}

/**
 * Content-addressed files on this machine. Knows bytes by sha256, and which sha256 a path of a bucket had when it was
 * last verified; knows nothing of requests, mirrors or caches.
 */
export interface Store {
  /** Absolute path. */
  readonly folder: string;
  /**
   * Where the object stands, when it is there and unchanged since it was verified (size, mtime and inode as recorded).
   * One that changed is quarantined, told to `onChanged`, and counts as absent.
   */
  objectPath(sha256: string, size: number): string | undefined;
  /** Bytes of the content, when an object of it is there and unchanged: for one whose expected size is not believed. */
  sizeOf(sha256: string): number | undefined;
  /** As `objectPath`, but what the object is called, for `pathOf`: shorter, and there may be a hundred thousand. */
  findObjectName(sha256: string, size: number): string | undefined;
  /** The path of the object of this name. */
  pathOf(name: string): string;
  /**
   * Takes an object out of the store whose bytes were found wrong though size, time and inode are as recorded: it is quarantined,
   * told to `onChanged`, and counts as absent.
   *
   * @param change what was found, as the end of "An object of the store was changed: ".
   */
  quarantine(name: string, change: string): void;
  /**
   * Takes a verified file in: made read-only and renamed from `file` (same file system) to its place; a file that is
   * already there wins and `file` is removed. Returns the object's path.
   */
  add(file: string, digest: { sha256: string; size: number; ino?: string }): string;
  /** The file that had this path, size and version when it was verified here; undefined when none is known. */
  find(file: StoredVersion): VerifiedFile | undefined;
  /** The object of what stood at this path when it was last verified here, if it is still there: a basis for a delta. */
  previous(bucket: string, path: string): string | undefined;
  /** Appends what was verified to the index. */
  remember(files: readonly VerifiedFile[]): void;
  /** Staging of this name; one process at a time, a second waits. */
  stage(name: string, waiting?: LockWaitOptions): Promise<Staging>;
  /**
   * An empty folder of this process's own, on the store's file system; whoever asks for it removes it.
   *
   * @throws TfcacheError when it cannot be made.
   */
  makeScratchFolder(): string;
  /** Claims what is to be fetched, so that of all processes that need a thing one fetches it. See `claimKeys`. */
  claim(name: string, keys: readonly string[]): Promise<ClaimOutcome>;
  /** Removes what flights left that were killed or failed, when all they were for is `here` now. */
  removeFinishedClaims(name: string, here: () => ReadonlySet<string>): Promise<void>;
  readonly linkMethods: LinkMethodMemory;
  /** Holds every object until the lease is narrowed or released, or the process ends. */
  lease(): Lease;
  /**
   * Those of these contents that are in the store. The lease that was taken here holds them from then on, also those that a
   * clean-up might have removed since it was narrowed.
   */
  keepInLease<T extends { sha256: string; size: number }>(contents: readonly T[]): T[];
  /** Takes note that these objects were used now, where linking does not tell by itself. */
  touch(objects: Iterable<string>): void;
}
