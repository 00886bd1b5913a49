import { existsSync, lstatSync, rmSync, statSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../log.ts';
import { errorCode, fileError } from './file-error.ts';
import { removeOldFlights } from './flights.ts';
import { createLeaseReader } from './lease-reader.ts';
import { takeLeaseTurn } from './leases.ts';
import { namesIn } from './names-in.ts';
import { VERSION } from './open-store.ts';
import { fileSystemNow } from './owned-file.ts';
import { tryOwnership } from './ownership.ts';
import { giveUpReserve, keepReserve } from './reserve.ts';
import { type ListedObject, listObjects, totalOf } from './scan.ts';
import { sweepKilled } from './sweep.ts';

export interface GarbageOptions {
  /** Bytes that the objects may have together; undefined: any. */
  maxSize: number | undefined;
  /** Milliseconds since its last use after which an object goes; undefined: never. */
  maxAge: number | undefined;
  progress: Progress;
  signal: AbortSignal;
  /** What time it is, in milliseconds since the epoch; by the file system's clock unless told. */
  now?: number;
}

/** What clean-up did. */
export interface Collected {
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
}

/** Objects that were changed behind the store's back are kept so long for whoever wants to look. */
const QUARANTINE_MS = 7 * 24 * 3_600_000;
/** What was fetched in part is kept so long for whoever goes on from there. */
const STAGING_MS = 7 * 24 * 3_600_000;
/** How long objects are removed in one turn, while jobs that begin wait, and how long those then have for theirs. */
const TURN_MS = 15;
const PAUSE_MS = 10;
/** Notes of whose turn it was at something, or of how to link to a file system, are kept so long. */
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
export async function collectGarbage(folder: string, options: GarbageOptions): Promise<Collected> {
  const version = join(folder, VERSION);
  const collected: Collected = {
    busy: false,
    removed: { objects: 0, bytes: 0 },
    kept: { objects: 0, bytes: 0 },
    held: { objects: 0, bytes: 0 },
    jobs: 0,
    leftovers: { files: 0, bytes: 0 },
  };
  if (!existsSync(version)) return collected;
  // A full disk is what a clean-up is called for.
  giveUpReserve(version);
  const turn = tryOwnership(join(version, 'owners', 'gc'));
  if (turn === undefined) return { ...collected, busy: true };
  try {
    const now = options.now ?? fileSystemNow(version);
    collected.leftovers = await removeLeftovers(version, now);
    const { objects } = await listObjects(version);
    collected.kept = totalOfObjects(objects);
    const { victims, maxSize } = chooseVictims(objects, now, options);
    if (victims.length > 0) await removeVictims(version, victims, maxSize, options, collected);
    return collected;
  } catch (error) {
    throw fileError('clean up the store', folder, error);
  } finally {
    turn.release();
    keepReserve(version);
  }
}

/** In the order in which they should go; no more of them than that the rest fits when none is held. */
function chooseVictims(
  objects: readonly ListedObject[],
  now: number,
  { maxSize = Infinity, maxAge = Infinity }: GarbageOptions,
): { victims: Candidate[]; maxSize: number } {
  const { bytes } = totalOfObjects(objects);
  // Names tell sizes: as long as all fits, no file is looked at.
  if (bytes <= maxSize && maxAge === Infinity) return { victims: [], maxSize };
  const candidates: Candidate[] = [];
  for (const object of objects) {
    const used = lstatSync(object.path, { throwIfNoEntry: false })?.ctimeMs;
    if (used !== undefined) candidates.push({ ...object, used });
  }
  candidates.sort((one, other) => one.used - other.used);
  if (bytes > maxSize) return { victims: candidates, maxSize };
  return { victims: candidates.filter(({ used }) => now - used > maxAge), maxSize };
}

async function removeVictims(
  version: string,
  victims: readonly Candidate[],
  maxSize: number,
  options: GarbageOptions,
  collected: Collected,
): Promise<void> {
  const { maxAge = Infinity, progress, signal } = options;
  const readLeases = createLeaseReader(version);
  const now = options.now ?? fileSystemNow(version);
  const mustGo = ({ used }: Candidate) => collected.kept.bytes > maxSize || now - used > maxAge;
  const waitUntil = performance.now() + PATIENCE_MS;
  progress.begin('Cleaning the store', totals(victims, collected.kept.bytes - maxSize));
  try {
    let next = 0;
    while (next < victims.length) {
      signal.throwIfAborted();
      const turn = takeLeaseTurn(version);
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
            if (ctime > victim.used || held.holds(sha256, ctime)) {
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

/** @returns false when another removed it. */
function remove(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

/** What nobody came back for: old quarantine, what was fetched in part, what killed runs left of their turns. */
async function removeLeftovers(version: string, now: number): Promise<Collected['leftovers']> {
  const before = totalOf(join(version, 'quarantine'));
  const stagedBefore = totalOf(join(version, 'staging'));
  for (const name of namesIn(join(version, 'quarantine'))) {
    removeIfOld(join(version, 'quarantine', name), now - QUARANTINE_MS);
  }
  await removeOldFlights(version, now - STAGING_MS);
  sweepKilled(version);
  removeOldOwners(version, now - NOTES_MS);
  for (const name of namesIn(join(version, 'methods'))) {
    removeIfOld(join(version, 'methods', name), now - NOTES_MS);
  }
  const after = totalOf(join(version, 'quarantine'));
  const stagedAfter = totalOf(join(version, 'staging'));
  return {
    files:
      Math.max(0, before.files - after.files) + Math.max(0, stagedBefore.files - stagedAfter.files),
    bytes:
      Math.max(0, before.bytes - after.bytes) + Math.max(0, stagedBefore.bytes - stagedAfter.bytes),
  };
}

/** A destination that was used once (a workspace with a new name for each job) would leave its folder for good. */
function removeOldOwners(version: string, before: number): void {
  const folder = join(version, 'owners');
  for (const name of namesIn(folder)) {
    if (newestIn(join(folder, name)) < before) tryOwnership(join(folder, name))?.discard();
  }
}

function newestIn(folder: string): number {
  return namesIn(folder).reduce((newest, name) => {
    const ctime = statSync(join(folder, name), { throwIfNoEntry: false })?.ctimeMs ?? 0;
    return Math.max(newest, ctime);
  }, 0);
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
