import { existsSync, lstatSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TfcacheError } from '../../platform/error.ts';
import { fileError, isDiskFullError } from '../../platform/files/file-error.ts';
import { listNames } from '../../platform/files/list-names.ts';
import { readFileSystemTime } from '../../platform/lock/owned-file.ts';
import { type ProcessLock, tryAcquireLock } from '../../platform/lock/process-lock.ts';
import type { Progress } from '../../platform/log.ts';
import { removeExpiredClaims } from '../claims/claims.ts';
import { maintainIndex } from '../index/index-maintenance.ts';
import { createLeaseReader } from '../leases/lease-reader.ts';
import { acquireLeaseLock } from '../leases/leases.ts';
import { type ListedObject, listObjects, measureFolder } from '../objects/list-objects.ts';
import { STORE_VERSION } from '../open-store.ts';
import { createDiskReserve, releaseDiskReserve } from './disk-reserve.ts';
import { removeAbandonedFiles } from './remove-abandoned-files.ts';

export interface GarbageOptions {
  /** The size limit of all objects, in bytes. Default: unlimited. */
  maxSize: number | undefined;
  /** Objects that were not used for this many milliseconds are deleted. Default: unlimited. */
  maxAge: number | undefined;
  progress: Progress;
  signal: AbortSignal;
  /** What time it is, in milliseconds since the epoch; by the file system's clock unless told. */
  now?: number;
  /** When lines of the index go whose contents the store does not have; `always` unless told. */
  pruneIndex?: 'always' | 'after-removal';
}

/** What clean-up did. */
export interface GarbageCollection {
  /** Another process cleans the store: nothing was done. */
  busy: boolean;
  removed: { objects: number; bytes: number };
  /** What is in the store now. */
  kept: { objects: number; bytes: number };
  /** Those that should have gone and stay, because running jobs use them. */
  held: { objects: number; bytes: number };
  /** Jobs at work meanwhile. */
  jobs: number;
  /** Quarantined objects and staged files that nobody came back for. */
  leftovers: { files: number; bytes: number };
  /** Lines of the index that were dropped, since the store does not have their contents. */
  forgotten: number;
}

/** Objects that were changed behind the store's back are kept so long for whoever wants to look. */
const QUARANTINE_MS = 7 * 24 * 3_600_000;
/** What was fetched in part is kept so long for whoever goes on from there. */
const STAGING_MS = 7 * 24 * 3_600_000;
/** How long objects are removed in one turn, while jobs that begin wait, and how long those then have for theirs. */
const TURN_MS = 15;
const PAUSE_MS = 10;
/** Notes of how to link to a file system are kept so long. */
const NOTES_MS = 7 * 24 * 3_600_000;
/** How long to wait for jobs that have not said yet what they use. */
const PATIENCE_MS = 5_000;

interface Candidate extends ListedObject {
  /** Last use, milliseconds since the epoch by the file system's clock. */
  used: number;
}

/**
 * Removes what was not used for longest until the rest is small enough, and what is too old; never what a running job uses.
 * May be killed at any moment, and run beside any number of pulls.
 *
 * @throws TfcacheError when the store cannot be read or written.
 */
export async function collectGarbage(
  folder: string,
  options: GarbageOptions,
): Promise<GarbageCollection> {
  const version = join(folder, STORE_VERSION);
  const collected: GarbageCollection = {
    busy: false,
    removed: { objects: 0, bytes: 0 },
    kept: { objects: 0, bytes: 0 },
    held: { objects: 0, bytes: 0 },
    jobs: 0,
    leftovers: { files: 0, bytes: 0 },
    forgotten: 0,
  };
  if (!existsSync(version)) return collected;
  // A full disk is what a clean-up is called for.
  releaseDiskReserve(version);
  const turn = await takeTurn(version, options, collected);
  if (turn === undefined) return { ...collected, busy: true };
  try {
    const now = options.now ?? readFileSystemTime(version);
    collected.leftovers = await removeLeftovers(version, now);
    const { objects } = await listObjects(version);
    const { victims, maxSize, kept } = chooseVictims(objects, now, options);
    collected.kept = kept;
    if (victims.length > 0) await removeVictims(version, victims, maxSize, options, collected);
    if (options.pruneIndex !== 'after-removal' || collected.removed.objects > 0) {
      collected.forgotten = await pruneIndex(version);
    }
    return collected;
  } catch (error) {
    throw fileError('clean up the store', folder, error);
  } finally {
    turn.release();
    createDiskReserve(version);
  }
}

/**
 * The turn at cleaning this store; undefined when another process has it. If not even the reserve was left, some of what is to
 * go is removed before.
 */
async function takeTurn(
  version: string,
  options: GarbageOptions,
  collected: GarbageCollection,
): Promise<ProcessLock | undefined> {
  const folder = join(version, 'locks', 'gc');
  try {
    return tryAcquireLock(folder);
  } catch (error) {
    if (!(error instanceof TfcacheError) || error.code !== 'no-space') throw error;
    await makeFirstRoom(version, options, collected);
    return tryAcquireLock(folder);
  }
}

/** So many objects make room for the files of a clean-up. */
const FIRST_OBJECTS = 32;

/**
 * Removes a little without a turn, on a file system that has no inode or block left: notes of how to link, which are found out
 * anew, and objects that must go by the limits and that no lease holds. A job that begins meanwhile cannot write its lease
 * before there is room; one that began before holds what it uses.
 */
async function makeFirstRoom(
  version: string,
  options: GarbageOptions,
  { removed }: GarbageCollection,
): Promise<void> {
  for (const name of listNames(join(version, 'methods'))) {
    rmSync(join(version, 'methods', name), { recursive: true, force: true });
  }
  const { objects } = await listObjects(version);
  const now = options.now ?? Date.now();
  const { victims, maxSize, kept } = chooseVictims(objects, now, options);
  const held = createLeaseReader(version)();
  if (held.everything) return;
  let { bytes } = kept;
  const { maxAge = Infinity } = options;
  for (const { path, sha256, size, used } of victims) {
    if (removed.objects === FIRST_OBJECTS) break;
    const mustGo = bytes > maxSize || now - used > maxAge;
    if (!mustGo || held.isHeld(sha256, used) || !remove(path)) continue;
    count(removed, size, 1);
    bytes -= size;
  }
}

/** In the order in which they should go; no more of them than that the rest fits when none is held. */
function chooseVictims(
  objects: readonly ListedObject[],
  now: number,
  { maxSize = Infinity, maxAge = Infinity }: GarbageOptions,
): { victims: Candidate[]; maxSize: number; kept: GarbageCollection['kept'] } {
  const listed = totalOfObjects(objects);
  // Names tell sizes: as long as all fits, no file is looked at.
  if (listed.bytes <= maxSize && maxAge === Infinity) return { victims: [], maxSize, kept: listed };
  const candidates: Candidate[] = [];
  for (const object of objects) {
    const stats = lstatSync(object.path, { throwIfNoEntry: false });
    // A folder with an object's name is none.
    if (stats?.isFile() === true) candidates.push({ ...object, used: stats.ctimeMs });
  }
  candidates.sort((one, other) => one.used - other.used);
  const kept = totalOfObjects(candidates);
  if (kept.bytes > maxSize) return { victims: candidates, maxSize, kept };
  return { victims: candidates.filter(({ used }) => now - used > maxAge), maxSize, kept };
}

async function removeVictims(
  version: string,
  victims: readonly Candidate[],
  maxSize: number,
  options: GarbageOptions,
  collected: GarbageCollection,
): Promise<void> {
  const { maxAge = Infinity, progress, signal } = options;
  const readLeases = createLeaseReader(version);
  const now = options.now ?? readFileSystemTime(version);
  const mustGo = ({ used }: Candidate) => collected.kept.bytes > maxSize || now - used > maxAge;
  const waitUntil = performance.now() + PATIENCE_MS;
  progress.begin('Cleaning the store', totals(victims, collected.kept.bytes - maxSize));
  try {
    let next = 0;
    while (next < victims.length) {
      signal.throwIfAborted();
      const turn = acquireLeaseLock(version);
      try {
        const held = readLeases();
        collected.jobs = Math.max(collected.jobs, held.jobs);
        const impatient = performance.now() > waitUntil;
        if (!held.everything || impatient) {
          const until = performance.now() + TURN_MS;
          while (next < victims.length && performance.now() < until) {
            const victim = victims[next];
            next += 1;
            if (victim === undefined || !mustGo(victim)) continue;
            const { path, sha256, size } = victim;
            const ctime = lstatSync(path, { throwIfNoEntry: false })?.ctimeMs;
            if (ctime === undefined) continue;
            if (ctime > victim.used || held.isHeld(sha256, ctime)) {
              count(collected.held, size, 1);
              continue;
            }
            if (!remove(path)) continue;
            count(collected.removed, size, 1);
            count(collected.kept, size, -1);
            progress.advance({ files: 1, bytes: size });
          }
        }
      } finally {
        turn.release();
      }
      await sleep(PAUSE_MS);
    }
  } finally {
    progress.end();
  }
}

function totals(victims: readonly Candidate[], tooMuch: number): { files: number; bytes: number } {
  let [files, bytes] = [0, 0];
  for (const { size } of victims) {
    if (Number.isFinite(tooMuch) && bytes >= tooMuch) break;
    files += 1;
    bytes += size;
  }
  return { files, bytes };
}

/** @returns false when another removed it, and for a folder that has an object's name. */
function remove(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return false;
    throw error;
  }
}

/** What nobody came back for: old quarantine, what was fetched in part, what killed runs left of their turns. */
async function removeLeftovers(
  version: string,
  now: number,
): Promise<GarbageCollection['leftovers']> {
  const before = measureFolder(join(version, 'quarantine'));
  const stagedBefore = measureFolder(join(version, 'staging'));
  for (const name of listNames(join(version, 'quarantine'))) {
    removeIfOld(join(version, 'quarantine', name), now - QUARANTINE_MS);
  }
  await removeExpiredClaims(version, now - STAGING_MS);
  removeAbandonedFiles(version);
  removeOwners(version);
  for (const name of listNames(join(version, 'methods'))) {
    removeIfOld(join(version, 'methods', name), now - NOTES_MS);
  }
  const after = measureFolder(join(version, 'quarantine'));
  const stagedAfter = measureFolder(join(version, 'staging'));
  return {
    files:
      Math.max(0, before.files - after.files) + Math.max(0, stagedBefore.files - stagedAfter.files),
    bytes:
      Math.max(0, before.bytes - after.bytes) + Math.max(0, stagedBefore.bytes - stagedAfter.bytes),
  };
}

/** @returns lines that were dropped; none on a disk that is full still: what is too long is a matter of room alone. */
async function pruneIndex(version: string): Promise<number> {
  try {
    return (await maintainIndex(version, 'known')).dropped;
  } catch (error) {
    if (isDiskFullError(error)) return 0;
    throw error;
  }
}

/** Turns that every job takes, or every clean-up. */
const LASTING_TURNS: readonly string[] = ['gc', 'index', 'leases'];

/**
 * Whoever wants a turn makes its folder. Those of destinations that were used once (a workspace with a new name for each job)
 * would stay for good.
 */
function removeOwners(version: string): void {
  const folder = join(version, 'locks');
  for (const name of listNames(folder)) {
    if (LASTING_TURNS.includes(name)) continue;
    const path = join(folder, name);
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) continue;
    tryAcquireLock(path)?.releaseAndRemove();
  }
}

function removeIfOld(path: string, before: number): void {
  const ctime = lstatSync(path, { throwIfNoEntry: false })?.ctimeMs;
  if (ctime !== undefined && ctime < before) rmSync(path, { recursive: true, force: true });
}

function totalOfObjects(objects: readonly ListedObject[]): { objects: number; bytes: number } {
  return { objects: objects.length, bytes: objects.reduce((sum, { size }) => sum + size, 0) };
}

function count(total: { objects: number; bytes: number }, size: number, times: 1 | -1): void {
  total.objects += times;
  total.bytes += times * size;
}
