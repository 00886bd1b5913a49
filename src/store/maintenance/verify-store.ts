import { type BigIntStats, existsSync, lstatSync, renameSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { TfcacheError } from '../../platform/error.ts';
import { errorCode, fileError, isPermissionError } from '../../platform/files/file-error.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import type { HashPool } from '../../platform/hashing/hash-pool.ts';
import { createHashPool } from '../../platform/hashing/hash-pool.ts';
import type { Progress } from '../../platform/log.ts';
import type { CheckedLog } from '../index/index-log.ts';
import { maintainIndex } from '../index/index-maintenance.ts';
import { type ListedObject, listObjects } from '../objects/list-objects.ts';
import { describeObjectChange } from '../objects/object-change.ts';
import { formatObjectName, parseObjectName } from '../objects/object-name.ts';
import { STORE_VERSION } from '../open-store.ts';

export interface VerifyOptions {
  progress: Progress;
  signal: AbortSignal;
  /** Hashing threads; as many as there are cores unless told otherwise. */
  threads?: number;
}

/** Something among the objects that is not what it should be. */
export interface DamagedObject {
  /** Where it stood. */
  object: string;
  /** Where it is now. */
  quarantined: string;
  /** In words. */
  problem: string;
  /** Inode number, decimal: a hard link of it elsewhere has the same. */
  ino: string;
}

/** What was found in a store, and put right. */
export interface StoreVerification {
  /** Objects that have the bytes they must have, and their bytes. */
  sound: { objects: number; bytes: number };
  /** Of those, ones that were only touched or moved; their names say so now. */
  healed: number;
  wrong: readonly DamagedObject[];
  /** Objects that a clean-up removed meanwhile. */
  gone: number;
  index: CheckedLog;
}

/** Objects handed to the threads at once: enough that none waits, few enough that a million are not all in memory. */
const AT_ONCE = 512;

/**
 * Reads every object and holds it to its sha256, takes what is wrong out of the store, and repairs the index. May be killed
 * at any moment, and run beside any number of pulls and clean-ups.
 *
 * @throws TfcacheError when the store cannot be read or written, or the signal is aborted.
 */
export async function verifyStore(
  folder: string,
  options: VerifyOptions,
): Promise<StoreVerification> {
  const version = join(folder, STORE_VERSION);
  const pool = createHashPool({ maxThreads: options.threads ?? availableParallelism() });
  const { progress, signal } = options;
  try {
    const { objects, strangers } = await listObjects(version);
    const result: StoreVerification & { wrong: DamagedObject[] } = {
      sound: { objects: 0, bytes: 0 },
      healed: 0,
      wrong: strangers.flatMap(
        (path) => quarantine(version, path, 'it is no object of the store') ?? [],
      ),
      gone: 0,
      index: { lines: 0, damaged: 0, repeated: 0, dropped: 0, rewritten: false },
    };
    progress.begin('Verifying the store', {
      files: objects.length,
      bytes: objects.reduce((sum, { size }) => sum + size, 0),
    });
    for (let first = 0; first < objects.length; first += AT_ONCE) {
      signal.throwIfAborted();
      const batch = objects.slice(first, first + AT_ONCE);
      await Promise.all(batch.map((object) => verify(object, version, pool, result, progress)));
    }
    result.index = await maintainIndex(version, 'all');
    return result;
  } catch (error) {
    throw fileError('verify the store', folder, error);
  } finally {
    progress.end();
    await pool.close();
  }
}

async function verify(
  object: ListedObject,
  version: string,
  pool: HashPool,
  result: StoreVerification & { wrong: DamagedObject[] },
  progress: Progress,
): Promise<void> {
  const verdict = await judge(object, pool);
  progress.advance({ files: 1, bytes: object.size });
  if (verdict === 'gone') {
    result.gone += 1;
  } else if ('problem' in verdict) {
    const wrong = quarantine(version, object.path, verdict.problem);
    if (wrong === undefined) result.gone += 1;
    else result.wrong.push(wrong);
  } else {
    result.sound.objects += 1;
    result.sound.bytes += object.size;
    if (heal(object, verdict.hashed)) result.healed += 1;
  }
}

type Verdict = 'gone' | { problem: string } | { hashed: BigIntStats };

/** How often an object is read that is touched while others are hashed. */
const TRIES = 3;

/**
 * What was hashed is the file as it was before: the answers for many come together, and a job may write into its hard link
 * between the hashing of one and the answer. Then it is read once more.
 */
async function judge(object: ListedObject, pool: HashPool): Promise<Verdict> {
  for (let tries = 1; ; tries += 1) {
    const before = lstatSync(object.path, { bigint: true, throwIfNoEntry: false });
    if (before === undefined) return 'gone';
    const problem = await problemOf(object, before, pool);
    if (problem === 'gone') return 'gone';
    if (problem !== undefined) return { problem };
    const after = lstatSync(object.path, { bigint: true, throwIfNoEntry: false });
    if (after === undefined) return 'gone';
    const { sha256 } = object;
    if (formatObjectName(sha256, after) === formatObjectName(sha256, before)) {
      return { hashed: before };
    }
    if (tries === TRIES) return { problem: 'it changes again and again' };
  }
}

/** Undefined when the object has the bytes it must have. */
async function problemOf(
  { path, name, sha256 }: ListedObject,
  stats: BigIntStats,
  pool: HashPool,
): Promise<string | undefined> {
  if (!stats.isFile() || stats.size !== BigInt(parseObjectName(name)?.size ?? -1)) {
    return describeObjectChange(name, stats);
  }
  try {
    const digest = await pool.digest(path);
    if (digest.sha256 === sha256) return undefined;
    const now = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (now === undefined) return 'gone';
    const unchanged = formatObjectName(sha256, now) === name;
    return unchanged
      ? `its bytes changed on the disk (sha256 ${digest.sha256}), though nothing was written to it`
      : describeObjectChange(name, now);
  } catch (error) {
    if (!existsSync(path)) return 'gone';
    if (!(error instanceof TfcacheError)) throw error;
    const code = errorCode(error.cause);
    if (error.code === 'integrity') return 'it changed while it was read';
    if (code === 'EIO') return 'the disk cannot read it';
    throw error;
  }
}

/**
 * Touched, restored from a backup or moved to another file system: the name says what the file system said of what was
 * hashed. Should it have been written to since, that tells.
 */
function heal({ path, name, sha256 }: ListedObject, hashed: BigIntStats): boolean {
  const right = formatObjectName(sha256, hashed);
  if (right === name) return false;
  try {
    renameSync(path, join(path, '..', right));
    return true;
  } catch (error) {
    // Gone, or in a store that may only be read: there it is sound under the name it has.
    if (errorCode(error) === 'ENOENT' || isPermissionError(error)) return false;
    throw error;
  }
}

/** Undefined when another process took it away first. */
function quarantine(version: string, path: string, problem: string): DamagedObject | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const quarantined = join(version, 'quarantine', name);
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  try {
    makeFolders(join(version, 'quarantine'));
    renameSync(path, quarantined);
    return { object: path, quarantined, problem, ino: String(stats.ino) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
