/** The source of an expected digest, in order of trust: lockfile, catalogue, listing, cache. */
export type DigestSource = 'lock' | 'catalogue' | 'listing' | 'cache';

/**
 * Digests that a lockfile, a catalogue or a listing may give, strongest first, with the length of each in hexadecimal digits. A
 * package index may give any of them: https://packaging.python.org/specifications/simple-repository-api/#hashes
 */
export const DIGEST_LENGTHS = {
  sha512: 128,
  sha384: 96,
  sha256: 64,
  sha224: 56,
  sha1: 40,
  md5: 32,
} as const;

export type DigestAlgorithm = keyof typeof DIGEST_LENGTHS;

/** Digests computed in addition to sha256. */
export type FurtherDigests = Partial<Record<Exclude<DigestAlgorithm, 'sha256'>, string>>;

/** A digest a file must have. `value` is lower-case hexadecimal. */
export interface ExpectedDigest {
  algorithm: DigestAlgorithm;
  value: string;
  source: DigestSource;
  /** URL of the mirror whose listing gives the digest. */
  from?: string;
}

/** The facts of a Python package index about a wheel, besides name, size and digest. */
export interface ReleaseFacts {
  /** PEP 440 specifiers: `>=3.9`. */
  requiresPython: string | undefined;
  /** Withdrawn by its project (PEP 592). */
  yanked: boolean;
  /** Why, as its project wrote it; absent if it gave no reason. */
  yankedReason?: string;
  /** False if the index gives no size or no time. The size is then 0 until the path of the file is listed. */
  complete: boolean;
}

/**
 * The version of a file on a mirror. Two files of equal path and size count as the same file only if their versions are equal, see
 * {@link versionOf}.
 */
export interface FileVersion {
  /** Modification time, whole seconds since 1970-01-01T00:00:00Z; undefined if the mirror gives none. */
  mtime?: number | undefined;
  /** Strong ETag after the host that gave it (`host "abc"`); only of files without a time. */
  etag?: string | undefined;
}

/** A file as a mirror lists it. */
export interface ListedFile extends FileVersion {
  /** Relative to the bucket's root, `/` between names, no leading slash. */
  path: string;
  /** Bytes. */
  size: number;
  /** Digests the listing itself gives (never for rsync). */
  digests?: readonly ExpectedDigest[];
  /** Of package indexes only. */
  release?: ReleaseFacts;
}

/** One folder of a bucket, one level deep. */
export interface FolderListing {
  /** Relative to the bucket's root, no slash at either end; `''` is the root. */
  folder: string;
  /** False if the mirror has no such folder, which is not an error. */
  exists: boolean;
  files: readonly ListedFile[];
  /** Names (not paths) of the folders directly inside. */
  folders: readonly string[];
}

/** A file that a request resolved to. */
export interface WantedFile extends FileVersion {
  bucket: string;
  path: string;
  /** Bytes, from the lockfile or the listing. */
  size: number;
  /** Every digest that is known before the download; empty for an unverified file. */
  digests: readonly ExpectedDigest[];
}

/** A file in the store whose checksum was verified. */
export interface VerifiedFile extends FileVersion {
  bucket: string;
  path: string;
  size: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

/** Returns a unique key for bucket and path: neither can contain NUL. */
export function fileKey(file: { bucket: string; path: string }): string {
  return `${file.bucket}\0${file.path}`;
}

/**
 * Returns the version of a file as one word without spaces: its time, else its ETag. Undefined if the mirror gives neither: such
 * a file equals no other, because its content may be replaced without a trace. The epoch itself is no time: servers and build
 * systems write it where they know none.
 */
export function versionOf({ mtime, etag }: FileVersion): string | undefined {
  if (mtime !== undefined && mtime > 0) return String(mtime);
  return etag === undefined ? undefined : `etag:${encodeURIComponent(etag)}`;
}

/** Returns true if both have a version and it is the same one. */
export function isSameVersion(one: FileVersion, other: FileVersion): boolean {
  const version = versionOf(one);
  return version !== undefined && version === versionOf(other);
}

/** The sha256 among a file's known digests, if there is one. */
export function findSha256(digests: readonly ExpectedDigest[]): ExpectedDigest | undefined {
  return digests.find((digest) => digest.algorithm === 'sha256');
}

/** Returns a listed file as a wanted one, with the digests that are known besides those of the listing. */
export function toWantedFile(
  bucket: string,
  file: ListedFile,
  digests: readonly ExpectedDigest[] = [],
): WantedFile {
  return {
    bucket,
    path: file.path,
    size: file.size,
    mtime: file.mtime,
    ...(file.etag === undefined ? {} : { etag: file.etag }),
    digests: [...digests, ...(file.digests ?? [])],
  };
}
