import type { FolderListing, ListedFile, WantedFile } from '../bucket/file.ts';
import type { FilterRule } from '../mirror/filter/rule.ts';
import type { TfcacheError } from '../platform/error.ts';

/** The kinds of requests that tfcache resolves. */
export const REQUEST_KINDS = [
  'wheel',
  'libtensorflow',
  'keras-weights',
  'keras-dataset',
  'path',
] as const;
export type RequestKindName = (typeof REQUEST_KINDS)[number];

/** Kinds that later versions will resolve. The error says "not supported yet", not that the kind is unknown. */
export const PLANNED_REQUEST_KINDS = ['tfds', 'tfhub', 'image'] as const;

/** One request as the user wrote it: `KIND:NAME[VERSION][?key=value&…]`. */
export interface Request {
  kind: RequestKindName;
  /** The part before the version: a project, a model, a glob. */
  name: string;
  /** PEP 440 specifiers as written (`~=2.15.0`, `>=2.14,<2.16`); `''` for none, and for kinds without versions. */
  version: string;
  /** Qualifiers in the order written. The kind knows every key. */
  qualifiers: Readonly<Record<string, string>>;
  /** The request as the user wrote it, without comment and surrounding space. */
  text: string;
  /** Line of the input, counted from 1; 0 for a request of the lockfile. */
  line: number;
}

/** What a request resolved to. */
export interface Artifact {
  request: Request;
  /**
   * The request with every default filled in (python, platform, device, …) and its qualifiers sorted: the key in the lockfile.
   * The same request on the same machine always gives the same id.
   */
  id: string;
  /** For people: `tensorflow_cpu 2.15.1 (cp311, manylinux2014_x86_64)`. */
  title: string;
  /** The version that was chosen, for kinds that have versions. */
  version: string | undefined;
  files: readonly WantedFile[];
}

/** Lists what one mirror of each bucket holds. Answers are remembered, so each folder is listed once. */
export interface Lister {
  /** Lists one level of each folder, in the order given. A folder that does not exist has `exists: false`. */
  listFolders(bucket: string, folders: readonly string[]): Promise<readonly FolderListing[]>;
  /** Lists every file at any depth below a folder. */
  listTree(bucket: string, folder: string): Promise<readonly ListedFile[]>;
  /** Returns the URLs of the mirrors of a bucket, for messages: `rsync://mirror.example/tensorflow/`. */
  describeLocation(bucket: string): string;
}

/** The machine that a request is resolved for. It is examined only if a request leaves something out. */
export interface Machine {
  /** Returns `3.11`, or `3.14t` for a free-threaded build. */
  getPythonVersion(): Promise<string>;
  /** Returns the full version, `3.11.7` or `3.14.0t`; may start Python. Absent if only the first two numbers are known. */
  readonly getFullPythonVersion?: () => Promise<string>;
  /**
   * Returns `linux_x86_64`, `linux_aarch64`, `macosx_x86_64`, `macosx_arm64` or `win_amd64`, and for other machines an exact tag
   * (`musllinux_1_2_x86_64`, `win_arm64`).
   */
  getPlatform(): string;
  /** Returns `linux`, `darwin` or `windows`. */
  getOs(): string;
  /** Returns `x86_64` or `arm64`. */
  getArch(): string;
}

export interface ResolveContext {
  lister: Lister;
  /** The user's filter rules; they apply to `path:` requests only. */
  filters: readonly FilterRule[];
}

/** One kind of request: its naming rules, and how its files are found in a listing. */
export interface RequestKind {
  readonly name: RequestKindName;
  /** Keys that are allowed after `?`. */
  readonly qualifiers: readonly string[];
  /** Checks what the grammar does not know (an unknown model, an invalid version). @throws TfcacheError `request-invalid` */
  check(request: Request): void;
  /** Returns the id of the artifact. @throws TfcacheError `usage` if the machine cannot be determined */
  identify(request: Request, machine: Machine): Promise<string>;
  /** Returns the bucket that `resolve` lists. */
  getBucket(request: Request): string;
  /** Finds the files of a request in a listing. @throws TfcacheError `nothing-matched`, with the nearest names */
  resolve: ResolveRequest;
  /** For kinds that take the best of what all mirrors hold. Other kinds take the first mirror that has matching files. */
  readonly comparison?: {
    /** The buckets that may hold the files. */
    readonly buckets: readonly string[];
    readonly compare: CompareMirrors;
  };
}

export type ResolveRequest = (
  request: Request,
  id: string,
  context: ResolveContext,
  machine: Machine,
) => Promise<Artifact>;

/** A mirror that may hold the files of a request. */
export interface CandidateMirror {
  readonly bucket: string;
  readonly lister: Lister;
}

/** The best of what several mirrors hold. */
export interface MirrorComparison {
  /** The artifact and the index of its mirror, or the error if there is none. */
  readonly outcome: { readonly artifact: Artifact; readonly mirrorIndex: number } | TfcacheError;
  /** Mirrors that could not be used. */
  readonly failures: readonly CandidateFailure[];
  /** Facts about the choice that the user must know. */
  readonly remarks: readonly ResolveRemark[];
}

export interface CandidateFailure {
  /** Index of the mirror. */
  readonly mirrorIndex: number;
  readonly error: TfcacheError;
}

export interface ResolveRemark {
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** @throws TfcacheError only for errors of the request itself. */
export type CompareMirrors = (
  request: Request,
  id: string,
  mirrors: readonly CandidateMirror[],
  machine: Machine,
) => Promise<MirrorComparison>;
