import type { FolderListing, ListedFile, WantedFile } from '../bucket/file.ts';
import type { FilterRule } from '../mirror/filter/rule.ts';
import type { TfcacheError } from '../platform/error.ts';

/** The kinds that resolve today. */
export const REQUEST_KINDS = [
  'wheel',
  'libtensorflow',
  'keras-weights',
  'keras-dataset',
  'path',
] as const;
export type RequestKindName = (typeof REQUEST_KINDS)[number];

/** The kinds of the contract that come later: refused with "not supported yet", never as unknown. */
export const PLANNED_REQUEST_KINDS = ['tfds', 'tfhub', 'image'] as const;

/** One request as the user wrote it: `KIND:NAME[VERSION][?key=value&…]`. */
export interface Request {
  kind: RequestKindName;
  /** What stands before the version: a project, a model, a glob. */
  name: string;
  /** PEP 440 specifiers as written (`~=2.15.0`, `>=2.14,<2.16`), `''` for none. Always `''` for kinds without versions. */
  version: string;
  /** Qualifiers in the order written; keys are known to the kind. */
  qualifiers: Readonly<Record<string, string>>;
  /** The request as the user wrote it, trimmed, without comment. */
  text: string;
  /** Line in the input it came from, counted from 1. */
  line: number;
}

/** What a request resolved to. */
export interface Artifact {
  request: Request;
  /**
   * The request with every default filled in (python, platform, device, …), qualifiers sorted: the key in the lock.
   * The same machine and request always give the same id.
   */
  id: string;
  /** For people: `tensorflow_cpu 2.15.1 (cp311, manylinux2014_x86_64)`. */
  title: string;
  /** The version found, for kinds that have one. */
  version: string | undefined;
  files: readonly WantedFile[];
}

/** What a kind may ask of a mirror while it resolves; answers are remembered, so the same folder is listed once. */
export interface Lister {
  /** One level of each folder, in the order asked. A folder that is not there has `exists: false`. */
  listFolders(bucket: string, folders: readonly string[]): Promise<readonly FolderListing[]>;
  /** Every file at any depth below a folder. */
  listTree(bucket: string, folder: string): Promise<readonly ListedFile[]>;
  /** Where it looks, for messages: `rsync://mirror.example/tensorflow/`. */
  describeLocation(bucket: string): string;
}

/** The machine a request is resolved for. Looked at only when a request leaves something out. */
export interface Machine {
  /** `3.11`, or `3.14t` for a free-threaded build. */
  getPythonVersion(): Promise<string>;
  /** The full version, `3.11.7` or `3.14.0t`; may start Python. Absent where only the first two numbers are known. */
  readonly getFullPythonVersion?: () => Promise<string>;
  /**
   * `linux_x86_64`, `linux_aarch64`, `macosx_x86_64`, `macosx_arm64` or `win_amd64`; an exact tag for a machine that is
   * none of them (`musllinux_1_2_x86_64`, `win_arm64`).
   */
  getPlatform(): string;
  /** `linux`, `darwin` or `windows`. */
  getOs(): string;
  /** `x86_64` or `arm64`. */
  getArch(): string;
}

export interface ResolveContext {
  lister: Lister;
  /** The user's rules; they bear on `path:` requests only. */
  filters: readonly FilterRule[];
}

/** One kind of request: knows its naming rules, and nothing of mirrors, stores or caches. */
export interface RequestKind {
  readonly name: RequestKindName;
  /** Keys that may stand after `?`. */
  readonly qualifiers: readonly string[];
  /** Checks what the grammar cannot know (an unknown model, a bad version). @throws TfcacheError `usage`, with the line. */
  check(request: Request): void;
  /** The artifact's id: the request with the machine's defaults filled in, qualifiers sorted. */
  identify(request: Request, machine: Machine): Promise<string>;
  /** The bucket that `resolve` looks in. */
  getBucket(request: Request): string;
  /** Decides names and sizes from the listing. @throws TfcacheError `nothing-matched`, naming the nearest things there. */
  resolve: ResolveRequest;
  /** For a kind that takes the best of what all mirrors hold; others take the first mirror that holds something. */
  readonly comparison?: {
    /** The buckets that may hold it. */
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

/** A mirror that may hold what a request asks for. */
export interface CandidateMirror {
  readonly bucket: string;
  readonly lister: Lister;
}

/** The best of what several mirrors hold. */
export interface MirrorComparison {
  /** The artifact and the index of the mirror that holds it; else why there is none. */
  readonly outcome: { readonly artifact: Artifact; readonly mirrorIndex: number } | TfcacheError;
  /** Places that could not be asked. */
  readonly failures: readonly CandidateFailure[];
  /** What the user must know of the choice. */
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

/** @throws TfcacheError only for what is wrong with the request itself. */
export type CompareMirrors = (
  request: Request,
  id: string,
  mirrors: readonly CandidateMirror[],
  machine: Machine,
) => Promise<MirrorComparison>;
