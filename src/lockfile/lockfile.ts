/** A file as it was when it was locked. Every later run verifies it against this. */
export interface LockedFile {
  bucket: string;
  path: string;
  /** Bytes. */
  size: number;
  /** Seconds since the epoch, as the mirror listed it; undefined if the mirror gave none. */
  mtime: number | undefined;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** What a request resolved to when it was locked. */
export interface LockedArtifact {
  /** `Artifact.id`: the request with every default filled in. */
  id: string;
  /** The request as the user wrote it. */
  request: string;
  title: string;
  version: string | undefined;
  files: readonly LockedFile[];
}

/** `tfcache.lock`: what every request resolved to, committed in the user's repository. */
export interface Lockfile {
  readonly version: 1;
  /** Each id once; written sorted by id. */
  readonly artifacts: readonly LockedArtifact[];
}

export const EMPTY_LOCKFILE: Lockfile = { version: 1, artifacts: [] };

/** Returns the entry of an artifact; undefined if it is not locked. */
export function findLockedArtifact(lockfile: Lockfile, id: string): LockedArtifact | undefined {
  return lockfile.artifacts.find((artifact) => artifact.id === id);
}

/** Returns the lockfile with this artifact, in place of an older entry with the same id. */
export function upsertLockedArtifact(lockfile: Lockfile, artifact: LockedArtifact): Lockfile {
  const others = lockfile.artifacts.filter(({ id }) => id !== artifact.id);
  return { version: 1, artifacts: [...others, artifact] };
}

/**
 * Returns the text of a lockfile: JSON with one line per field and one per file, sorted. One changed file is one changed line in a
 * diff, and the same content always has the same digest.
 */
export function formatLockfile(lockfile: Lockfile): string {
  const artifacts = [...lockfile.artifacts].sort((one, other) => compareText(one.id, other.id));
  const body =
    artifacts.length === 0 ? '[]' : `[\n${artifacts.map(formatArtifact).join(',\n')}\n  ]`;
  return `{\n  "version": ${lockfile.version},\n  "artifacts": ${body}\n}\n`;
}

function formatArtifact({ id, request, title, version, files }: LockedArtifact): string {
  const sorted = [...files].sort(
    (one, other) => compareText(one.bucket, other.bucket) || compareText(one.path, other.path),
  );
  const fields = [
    `"id": ${JSON.stringify(id)}`,
    `"request": ${JSON.stringify(request)}`,
    `"title": ${JSON.stringify(title)}`,
    ...(version === undefined ? [] : [`"version": ${JSON.stringify(version)}`]),
    sorted.length === 0
      ? '"files": []'
      : `"files": [\n${sorted.map((file) => `        ${formatFile(file)}`).join(',\n')}\n      ]`,
  ];
  return `    {\n${fields.map((field) => `      ${field}`).join(',\n')}\n    }`;
}

function formatFile({ bucket, path, size, mtime, sha256 }: LockedFile): string {
  const fields = Object.entries({ path, bucket, size, mtime, sha256 })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `"${name}": ${JSON.stringify(value)}`);
  return `{ ${fields.join(', ')} }`;
}

/** Compares by code units: the order must not depend on the language of the machine. */
function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
