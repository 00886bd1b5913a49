import { utimesSync } from 'node:fs';
import { fileKey, type VerifiedFile } from '../../bucket/file.ts';
import type { FileDigest } from '../../platform/hashing/hash-pool.ts';
import type { SourceName } from '../../report/report.ts';
import type { Store } from '../../store/store.ts';
import type { PlannedFile } from '../plan/plan.ts';

/** A file whose bytes are known to be right, and where they came from. */
export interface FetchedFile {
  planned: PlannedFile;
  verified: VerifiedFile;
  source: SourceName;
  /** Which cache or mirror it was, when it was one. */
  origin: string | undefined;
}

/** Takes a verified file into the store, dated as the mirror dates it. `file` is on the store's file system. */
export function addToStore(
  store: Store,
  planned: PlannedFile,
  file: string,
  digest: FileDigest,
): void {
  if (planned.file.mtime !== undefined) utimesSync(file, planned.file.mtime, planned.file.mtime);
  store.add(file, digest);
}

/** The record of a file once its bytes are known. */
export function toVerifiedFile(planned: PlannedFile, sha256: string, size: number): VerifiedFile {
  const { bucket, path, mtime, etag } = planned.file;
  return { bucket, path, size, mtime, ...(etag === undefined ? {} : { etag }), sha256 };
}

/** Those of `planned` that are not among `fetched`. */
export function excludeFetched(
  planned: readonly PlannedFile[],
  fetched: readonly FetchedFile[],
): PlannedFile[] {
  const here = new Set(fetched.map(({ verified }) => fileKey(verified)));
  return planned.filter(({ file }) => !here.has(fileKey(file)));
}
