import { join } from 'node:path';
import { fileKey } from '../../bucket/file.ts';
import { placeInDestination } from '../../destination/record/layout.ts';
import { TfcacheError } from '../../platform/error.ts';
import { errorCode } from '../../platform/files/file-error.ts';
import type { Log, Progress } from '../../platform/log.ts';
import type { HashPool } from '../../store/store.ts';
import type { LocalSources } from './local-sources.ts';
import { type PlannedFile, planLocal } from './plan.ts';

export interface VerifyLocalContext {
  sources: LocalSources;
  hashPool: HashPool;
  log: Log;
  progress: Progress;
  signal: AbortSignal;
}

/** Files whose digests are asked for at once: enough that no thread waits. */
const MAX_CONCURRENT_DIGESTS = 512;

/**
 * Hashes every file that the destination and the store already have, several at once, and compares it with its sha256. What
 * is wrong is taken out of the store, or made to count as changed in the destination, and planned again: from the store, if it
 * has another file with the right bytes, else from further away.
 *
 * @throws TfcacheError `integrity` when a wrong file can neither be taken away nor replaced; the signal's reason.
 */
export async function verifyLocal(
  planned: { local: readonly PlannedFile[]; remote: readonly PlannedFile[] },
  context: VerifyLocalContext,
): Promise<{ local: PlannedFile[]; remote: PlannedFile[] }> {
  const local: PlannedFile[] = [];
  const remote = [...planned.remote];
  const seen = new Set<string>();
  let open = planned.local;
  while (open.length > 0) {
    const wrong = await findCorruptFiles(open, context);
    local.push(...open.filter((file) => !wrong.has(file)));
    const again: PlannedFile[] = [];
    for (const [file, problem] of wrong) {
      const id = `${file.source} ${file.objectName ?? fileKey(file.file)}`;
      if (seen.has(id) && file.source === 'in-place') throw createCannotReplaceError(file, problem);
      seen.add(id);
      const replanned = planLocal([file.file], context.sources.lookup);
      const corrupt = { source: file.source, reason: `${describePlace(file)} has wrong bytes` };
      const addSkipped = (one: PlannedFile) => ({ ...one, skipped: [corrupt, ...one.skipped] });
      again.push(...replanned.local.map(addSkipped));
      remote.push(...replanned.remote.map(addSkipped));
    }
    open = again;
  }
  return { local, remote };
}

/** The files that have other bytes than they should, with what was found; they count as absent from then on. */
async function findCorruptFiles(
  files: readonly PlannedFile[],
  { sources: places, hashPool, log, progress, signal }: VerifyLocalContext,
): Promise<Map<PlannedFile, string>> {
  const wrong = new Map<PlannedFile, string>();
  const byPath = new Map<string, PlannedFile[]>();
  for (const file of files) {
    const path = pathOf(file, places);
    byPath.set(path, [...(byPath.get(path) ?? []), file]);
  }
  const all = [...byPath];
  progress.begin('Verifying files of this machine', {
    files: all.length,
    bytes: all.reduce((sum, [, [first]]) => sum + (first?.file.size ?? 0), 0),
  });
  try {
    for (let first = 0; first < all.length; first += MAX_CONCURRENT_DIGESTS) {
      signal.throwIfAborted();
      await Promise.all(
        all.slice(first, first + MAX_CONCURRENT_DIGESTS).map(async ([path, planned]) => {
          const [one] = planned;
          if (one === undefined) return;
          const problem = await findProblem(path, one, hashPool);
          progress.advance({ files: 1, bytes: one.file.size });
          if (problem === undefined) return;
          for (const file of planned) wrong.set(file, problem);
          if (one.source === 'store') {
            places.getStore().quarantine(one.objectName ?? '', problem);
          } else {
            log.warning(`${path} has wrong bytes: ${problem}.`);
            quarantineLinkedObject(one, path, problem, places);
            places.destination.markAsDamaged(one.file);
          }
        }),
      );
    }
  } finally {
    progress.end();
  }
  return wrong;
}

function pathOf({ file, source, objectName }: PlannedFile, places: LocalSources): string {
  return source === 'in-place' || objectName === undefined
    ? join(places.destination.folder, placeInDestination(file))
    : places.getStore().pathOf(objectName);
}

async function findProblem(
  path: string,
  { file, sha256 }: PlannedFile,
  hashPool: HashPool,
): Promise<string | undefined> {
  try {
    const digest = await hashPool.digest(path);
    if (digest.sha256 === sha256 && digest.size === file.size) return undefined;
    return `its bytes changed on the disk (sha256 ${digest.sha256}), though nothing was written to it`;
  } catch (error) {
    if (!(error instanceof TfcacheError)) throw error;
    if (error.code === 'integrity') return 'it changed while it was read';
    const code = errorCode(error.cause);
    if (code === 'ENOENT') return 'it was removed';
    if (code === 'EIO') return 'the disk cannot read it';
    throw error;
  }
}

/** A hard link shares its bytes with the object of the store. */
function quarantineLinkedObject(
  { file, sha256 }: PlannedFile,
  path: string,
  problem: string,
  places: LocalSources,
): void {
  if (sha256 === undefined) return;
  const store = places.getStore();
  const object = store.findObjectName(sha256, file.size);
  if (object === undefined) return;
  const shared = places.destination.findPlacesByInode(object.slice(object.lastIndexOf('.') + 1));
  if (shared.includes(path)) store.quarantine(object, problem);
}

function describePlace({ source }: PlannedFile): string {
  return source === 'in-place' ? 'the file in place' : 'the object of the store';
}

function createCannotReplaceError({ file, sha256 }: PlannedFile, problem: string): TfcacheError {
  return new TfcacheError('integrity', `${file.path} has wrong bytes in the destination.`, {
    where: file.path,
    expected: `sha256 ${sha256}`,
    found: problem,
    hint: 'Remove the file and run again, and check the disk.',
  });
}
