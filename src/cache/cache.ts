import type { VerifiedFile } from '../bucket/file.ts';

/** What travels to and from a cache: one large file, or many small ones together. */
export interface Pack {
  /** The service's key: prefix, format version and a digest of the content; the same files always give the same key. */
  key: string;
  /** Sum of the files' bytes. */
  size: number;
  /** Files by content, each once, sorted by sha256. */
  contents: readonly PackedContent[];
}

export interface PackedContent {
  sha256: string;
  size: number;
}

/**
 * What earlier jobs saved: which pack holds which content, and which path had which content when it was verified.
 * It is untrusted like everything a cache returns: a wrong one can only cause a miss or a failed check.
 */
export interface CacheIndex {
  packs: readonly Pack[];
  files: readonly VerifiedFile[];
}

/** What a job tells of one artifact. */
export interface ArtifactIndex {
  /** The artifact's id (`Artifact.id`). */
  id: string;
  /** Its files, and the packs that hold them. */
  index: CacheIndex;
  /** `index` holds all of the artifact's files, so it needs nothing from the one before it. */
  isComplete: boolean;
}

/** What came of reading an index. */
export interface IndexResult {
  /** Empty when nothing could be read. */
  index: CacheIndex;
  /**
   * `read`: all of it. `nothing`: nothing was saved yet. `unreadable`: not all of it could be read; packs may still be had.
   * `denied`: this job may not read it. `down`: the cache cannot be asked, and asking further costs time and gives nothing.
   */
  state: 'read' | 'empty' | 'unreadable' | 'denied' | 'unavailable';
  /** Why it is not `read`. */
  reason: string | undefined;
}

/** Indexes of single artifacts. As everything of a cache, they never throw. */
export interface ArtifactIndexes {
  /** What the newest of each tells, together. */
  read(ids: readonly string[], scratch: string): Promise<IndexResult>;
  /** One that is not whole is put together with the newest, without the packs whose keys are in `forget`. */
  write(
    artifacts: readonly ArtifactIndex[],
    scratch: string,
    forget?: readonly string[],
  ): Promise<{ reason: string | undefined }>;
}

/** How restoring or saving one pack ended. */
export type PackOutcome =
  /** The entry came; a content that is not in `files` was not in it, or was something else than a file of its size. */
  | { status: 'restored'; pack: Pack; files: ReadonlyMap<string, string> }
  | { status: 'missing'; pack: Pack }
  | { status: 'saved'; pack: Pack }
  /** Another job saved the same key first, or is doing it now. */
  | { status: 'already-saved'; pack: Pack }
  /** Read-only token, cache mode, an untrusted event. */
  | { status: 'denied'; pack: Pack; reason: string }
  | { status: 'failed'; pack: Pack; reason: string };

/** A remote holder of packs. Failing is an outcome, never an exception: a cache must not break a build. */
export interface Cache {
  /** For reports: `github`, `s3://…`, `none`. */
  readonly name: string;
  /** Why it cannot be read or written right now, undefined when it can (no service here, cache mode, …). */
  readonly unreadableReason: string | undefined;
  readonly unwritableReason: string | undefined;
  readIndex(scratch: string): Promise<IndexResult>;
  /**
   * Adds to the newest index what `index` tells, without the packs whose keys are in `forget` (evicted, or found to hold
   * wrong bytes). Never replaces one that it cannot read.
   */
  writeIndex(
    index: CacheIndex,
    scratch: string,
    forget?: readonly string[],
  ): Promise<{ reason: string | undefined }>;
  /**
   * Where an index can only be replaced, and not by a job that cannot read it, every artifact has one of its own as well;
   * undefined where jobs add to one index without getting in each other's way.
   */
  readonly artifactIndexes?: ArtifactIndexes;
  /** Which of the packs are there, without fetching them. */
  lookup(packs: readonly Pack[], scratch: string): Promise<ReadonlySet<string>>;
  /**
   * Fetches packs, several at once, below `scratch` (a folder of this call's own, on the store's file system).
   * `files` in the outcome maps sha256 (as claimed, not yet verified) to a regular file below `scratch`.
   */
  restore(
    packs: readonly Pack[],
    scratch: string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void>;
  /** Saves packs, several at once; `locate` gives the file that holds a content. */
  save(
    packs: readonly Pack[],
    locate: (sha256: string) => string,
    scratch: string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void>;
}
