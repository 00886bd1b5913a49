import { join } from 'node:path';
import { fileKey } from '../../bucket/file.ts';
import { placeInDestination } from '../../destination/record/layout.ts';
import { TfcacheError } from '../../platform/error.ts';
import { errorCode } from '../../platform/files/file-error.ts';
import type { HashPool } from '../../platform/hashing/hash-pool.ts';
import type { Log, Progress } from '../../platform/log.ts';
import type { LocalSources } from './local-sources.ts';
import { type PlannedFile, planLocal } from './plan.ts';

export interface VerifyLocalContext {
  sources: LocalSources;
  hashPool: HashPool;
  log: Log;
  progress: Progress;
  signal: AbortSignal;
}

/** Files that are queued for hashing at once: enough to keep all threads busy. */
const MAX_CONCURRENT_DIGESTS = 512;

/**
 * Verifies the checksum of every file that the destination and the store have. A corrupt object is quarantined in the store, a
 * corrupt file is marked as modified in the destination, and each is planned again from the next source that has it.
 *
 * @throws TfcacheError `checksum-mismatch` if a corrupt file cannot be replaced; the reason of the signal
 */
export async function verifyLocal(
  planned: { local: readonly PlannedFile[]; remote: readonly PlannedFile[] },
  context: VerifyLocalContext,
): Promise<{ local: PlannedFile[]; remote: PlannedFile[] }> {
  const local: PlannedFile[] = [];
  const remote = [...planned.remote];
  const seen = new Set<string>();
  let unverified = planned.local;
  while (unverified.length > 0) {
    const corrupt = await findCorruptFiles(unverified, context);
    local.push(...unverified.filter((file) => !corrupt.has(file)));
    const next: PlannedFile[] = [];
    for (const [file, problem] of corrupt) {
      const id = `${file.source} ${file.objectName ?? fileKey(file.file)}`;
      if (seen.has(id) && file.source === 'in-place') throw createCannotReplaceError(file, problem);
      seen.add(id);
      const replanned = planLocal([file.file], context.sources.lookup);
      const skipped = { source: file.source, reason: `${describePlace(file)} is corrupt` };
      const addSkipped = (planned: PlannedFile) => ({
        ...planned,
        skipped: [skipped, ...planned.skipped],
      });
      next.push(...replanned.local.map(addSkipped));
      remote.push(...replanned.remote.map(addSkipped));
    }
    unverified = next;
  }
  return { local, remote };
}

/** Returns the corrupt files and what is wrong with each. Their sources no longer have them from then on. */
async function findCorruptFiles(
  files: readonly PlannedFile[],
  { sources, hashPool, log, progress, signal }: VerifyLocalContext,
): Promise<Map<PlannedFile, string>> {
  const corrupt = new Map<PlannedFile, string>();
  const byPath = new Map<string, PlannedFile[]>();
  for (const file of files) {
    const path = getPath(file, sources);
    byPath.set(path, [...(byPath.get(path) ?? []), file]);
  }
  const paths = [...byPath];
  progress.begin('Verifying local files', {
    files: paths.length,
    bytes: paths.reduce((sum, [, [first]]) => sum + (first?.file.size ?? 0), 0),
  });
  try {
    for (let start = 0; start < paths.length; start += MAX_CONCURRENT_DIGESTS) {
      signal.throwIfAborted();
      await Promise.all(
        paths.slice(start, start + MAX_CONCURRENT_DIGESTS).map(async ([path, planned]) => {
          const [first] = planned;
          if (first === undefined) return;
          const problem = await findProblem(path, first, hashPool);
          progress.advance({ files: 1, bytes: first.file.size });
          if (problem === undefined) return;
          for (const file of planned) corrupt.set(file, problem);
          if (first.source === 'in-place') log.warning(`${path} is corrupt: ${problem}.`);
          rejectFile(first, path, problem, sources);
        }),
      );
    }
  } finally {
    progress.end();
  }
  return corrupt;
}

function getPath({ file, source, objectName }: PlannedFile, sources: LocalSources): string {
  return source === 'in-place' || objectName === undefined
    ? join(sources.destination.folder, placeInDestination(file))
    : sources.getStore().pathOf(objectName);
}

async function findProblem(
  path: string,
  { file, sha256 }: PlannedFile,
  hashPool: HashPool,
): Promise<string | undefined> {
  try {
    const digest = await hashPool.digest(path);
    if (digest.sha256 === sha256 && digest.size === file.size) return undefined;
    return `its content changed on the disk (sha256 ${digest.sha256}), though it was not written to`;
  } catch (error) {
    if (!(error instanceof TfcacheError)) throw error;
    if (error.code === 'integrity') return 'it changed while it was read';
    const code = errorCode(error.cause);
    if (code === 'ENOENT') return 'it was removed';
    if (code === 'EIO') return 'the disk cannot read it';
    throw error;
  }
}

/** Makes the source of a corrupt file report it as missing. */
function rejectFile(file: PlannedFile, path: string, problem: string, sources: LocalSources): void {
  if (file.source === 'store') {
    sources.getStore().quarantine(file.objectName ?? '', problem);
    return;
  }
  quarantineLinkedObject(file, path, problem, sources);
  sources.destination.markAsDamaged(file.file);
}

/** Quarantines the object of the store that a file is a hard link to. */
function quarantineLinkedObject(
  { file, sha256 }: PlannedFile,
  path: string,
  problem: string,
  sources: LocalSources,
): void {
  if (sha256 === undefined) return;
  const store = sources.getStore();
  const object = store.findObjectName(sha256, file.size);
  if (object === undefined) return;
  const links = sources.destination.findPlacesByInode(object.slice(object.lastIndexOf('.') + 1));
  if (links.includes(path)) store.quarantine(object, problem);
}

function describePlace({ source }: PlannedFile): string {
  return source === 'in-place' ? 'the file in place' : 'the object of the store';
}

function createCannotReplaceError({ file, sha256 }: PlannedFile, problem: string): TfcacheError {
  return new TfcacheError(
    'checksum-mismatch',
    `${file.path} in the destination is corrupt and was not replaced.`,
    {
      where: file.path,
      expected: `sha256 ${sha256}`,
      found: problem,
      hint: 'Delete the file, check the disk, and run again.',
    },
  );
}
