import type { VerifiedFile } from '../bucket/file.ts';

/** The unit of transfer to and from a cache: one large file, or many small ones together. */
export interface Pack {
  /** Prefix, format version and a digest of the contents: the same contents always have the same key. */
  key: string;
  /** Sum of the contents' bytes. */
  size: number;
  /** The pack's files by content, each once, sorted by sha256. */
  contents: readonly PackedContent[];
}

export interface PackedContent {
  sha256: string;
  size: number;
}

/**
 * What earlier jobs saved: which pack holds which content, and which path had which content when it was verified.
 * An index is untrusted, like everything that a cache returns: a wrong one can only cause a miss or a failed check.
 */
export interface CacheIndex {
  packs: readonly Pack[];
  files: readonly VerifiedFile[];
}

/** What a job adds to the index of one artifact. */
export interface ArtifactIndex {
  /** The artifact's id (`Artifact.id`). */
  id: string;
  /** The artifact's files, and the packs that hold them. */
  index: CacheIndex;
  /** Whether `index` holds all files of the artifact, so that it can replace the previous index without a merge. */
  isComplete: boolean;
}

export interface IndexResult {
  /** Empty if nothing could be read. */
  index: CacheIndex;
  /**
   * `read`: the whole index was read. `empty`: no job has saved an index yet. `unreadable`: a part could not be read, packs
   * may still be restored. `denied`: this job may not read the cache. `unavailable`: the cache does not respond, and further
   * requests would only take time.
   */
  state: 'read' | 'empty' | 'unreadable' | 'denied' | 'unavailable';
  /** Why the state is not `read`. */
  reason: string | undefined;
}

/** Indexes of single artifacts. Like all methods of a cache, these never throw. */
export interface ArtifactIndexes {
  /** Reads the newest index of each artifact and returns them merged. */
  read(ids: readonly string[], scratch: string): Promise<IndexResult>;
  /** Writes an index per artifact. An incomplete one is merged with the newest, without the packs whose keys are in `forget`. */
  write(
    artifacts: readonly ArtifactIndex[],
    scratch: string,
    forget?: readonly string[],
  ): Promise<{ reason: string | undefined }>;
}

/** How restoring or saving one pack ended. */
export type PackOutcome =
  /** The entry was fetched. A content that is missing in `files` was not in the entry, or was not a regular file of its size. */
  | { status: 'restored'; pack: Pack; files: ReadonlyMap<string, string> }
  | { status: 'missing'; pack: Pack }
  | { status: 'saved'; pack: Pack }
  /** Another job saved the same key first, or is saving it now. */
  | { status: 'already-saved'; pack: Pack }
  /** The token is read-only, the cache mode forbids it, or the event is untrusted. */
  | { status: 'denied'; pack: Pack; reason: string }
  | { status: 'failed'; pack: Pack; reason: string };

/** A remote holder of packs. A failure is an outcome, never an exception, because a cache must not break a build. */
export interface Cache {
  /** For reports: `github`, `s3://…`, `none`. */
  readonly name: string;
  /** Why the cache cannot be read or written in this job (no service, cache mode, …); undefined if it can. */
  readonly unreadableReason: string | undefined;
  readonly unwritableReason: string | undefined;
  readIndex(scratch: string): Promise<IndexResult>;
  /**
   * Merges `index` into the newest index, and removes the packs whose keys are in `forget` (evicted, or with wrong bytes).
   * Never replaces an index that it cannot read.
   */
  writeIndex(
    index: CacheIndex,
    scratch: string,
    forget?: readonly string[],
  ): Promise<{ reason: string | undefined }>;
  /**
   * Indexes per artifact, for a service where an index can only be replaced as a whole, and only by a job that can read it.
   * Undefined where concurrent jobs can add to one index.
   */
  readonly artifactIndexes?: ArtifactIndexes;
  /** Returns the keys of the packs that the cache holds, without fetching the packs. */
  lookup(packs: readonly Pack[], scratch: string): Promise<ReadonlySet<string>>;
  /**
   * Fetches packs, several at once, below `scratch` (a folder that only this call uses, on the store's file system).
   * `files` in the outcome maps each sha256, which is not verified yet, to a regular file below `scratch`.
   */
  restore(
    packs: readonly Pack[],
    scratch: string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void>;
  /** Saves packs, several at once; `locate` returns the file that holds a content. */
  save(
    packs: readonly Pack[],
    locate: (sha256: string) => string,
    scratch: string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void>;
}
