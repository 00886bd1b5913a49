import { existsSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { errorCode, fileError, isDiskFullError } from '../../platform/files/file-error.ts';
import { listNames } from '../../platform/files/list-names.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import {
  isPossiblyAlive,
  readFileSystemTime,
  readOwnedFile,
  STALE_MS,
  startHeartbeat,
  writeOwnedFile,
} from '../../platform/lock/owned-file.ts';
import { acquireLock, tryAcquireLock } from '../../platform/lock/process-lock.ts';
import type { ProcessIdentity } from '../../platform/process/process-identity.ts';
import type { Claim, ClaimOutcome } from '../store.ts';
import { createSlug, isSlug } from './staging.ts';

const CLAIM_NUMBER = /^[1-9]\d{0,8}$/;

const CONTENT = v.object({ keys: v.array(v.string()) });

/** One that waits looks again after so long, and more seldom the longer it waits. */
const MIN_POLL_MS = 10;
const MAX_POLL_MS = 100;
/** A turn at claiming takes some milliseconds. */
const CLAIM_LOCK = { pollMs: 5, timeoutMs: 60_000 };

/**
 * Flights of these names leave nothing that another could go on from: an archive of the cache is fetched whole, or not at all.
 */
const WHOLE_OR_NOTHING: readonly string[] = ['cache-packs'];

/** A flight as its file tells of it. */
interface ListedClaim {
  number: number;
  file: string;
  owner: ProcessIdentity | undefined;
  alive: boolean;
  keys: readonly string[];
  /** Another one when the file was written or touched since. */
  stamp: string;
  /** When its process last showed that it lives, in milliseconds by the file system's clock. */
  shown: number;
}

/** Where flights of one name are kept. */
interface ClaimPaths {
  /** `…/v1/claims/NAME` */
  claims: string;
  /** `…/v1/staging/NAME-`; the number of the flight follows. */
  staging: string;
  /** `…/v1/locks/claims-NAME` */
  lock: string;
}

function claimPaths(version: string, slug: string): ClaimPaths {
  return {
    claims: join(version, 'claims', slug),
    staging: join(version, 'staging', `${slug}-`),
    lock: join(version, 'locks', `claims-${slug}`),
  };
}

/**
 * Claims what is to be fetched, so that of all processes that need a thing one fetches it and the others wait for it.
 *
 * `claims/NAME/N` names a process and the keys it fetches, `staging/NAME-N/` is where it puts them. Reading all of them
 * and writing the own one is done in turns (`locks/claims-NAME/`), so two never claim the same. The file of a flight that
 * failed or was killed stays, with what it has staged: whoever claims the same next takes both over.
 *
 * A process that lives and shows nothing for some minutes hangs, or was stopped: nobody waits for it then, and nobody touches
 * its folder. What it was to fetch is fetched once more beside it.
 *
 * @param version the store's `v1` folder.
 * @param name what the keys are names of, for example a bucket of a mirror.
 * @param keys what this process needs; those that a living process fetches already are not claimed.
 * @param flush called before others may look for what this process fetched.
 * @param hungMs after so long without a sign of life a process hangs.
 */
export async function claimKeys(
  version: string,
  name: string,
  keys: readonly string[],
  flush: () => void,
  hungMs = STALE_MS,
): Promise<ClaimOutcome> {
  const airport = claimPaths(version, createSlug(name));
  const turn = await acquireLock(airport.lock, CLAIM_LOCK);
  try {
    makeFolders(airport.claims);
    const seen = readClaims(airport.claims);
    const now = readFileSystemTime(version);
    const alive = seen.filter((flight) => flight.alive && now - flight.shown < hungMs);
    const taken = new Set(alive.flatMap((flight) => flight.keys));
    const mine = keys.filter((key) => !taken.has(key));
    const flight = mine.length === 0 ? undefined : startClaim(airport, mine, seen, flush);
    const wanted = new Set(keys);
    const awaited = alive.filter((other) => other.keys.some((key) => wanted.has(key)));
    return { claim: flight, waitForChange: (signal) => waitForChange(awaited, signal, hungMs) };
  } catch (error) {
    throw fileError('claim what is to be fetched', airport.claims, error);
  } finally {
    turn.release();
  }
}

/**
 * Removes what killed or failed flights left when all they were for is here by now, so that nothing is left of them.
 * The others stay: what they have staged is gone on from.
 */
export async function removeFinishedClaims(
  version: string,
  name: string,
  here: () => ReadonlySet<string>,
): Promise<void> {
  const airport = claimPaths(version, createSlug(name));
  if (readClaims(airport.claims).every((flight) => flight.alive)) return;
  const keys = here();
  const over = (flight: ListedClaim) =>
    !flight.alive && (flight.keys.every((key) => keys.has(key)) || isStagingEmpty(airport, flight));
  const turn = await acquireLock(airport.lock, CLAIM_LOCK);
  try {
    for (const flight of readClaims(airport.claims).filter(over)) removeClaim(airport, flight);
  } finally {
    turn.release();
  }
}

/**
 * The folders of staging in which flights of this name put what they fetch, those of killed and failed ones among them.
 *
 * @param version the store's `v1` folder.
 */
export function listClaimFolders(version: string, name: string): string[] {
  const airport = claimPaths(version, createSlug(name));
  return listStagedNumbers(airport).map((number) => `${airport.staging}${number}`);
}

/**
 * Removes flights that are over and were last written to before a time (of the file system, in milliseconds), and the folders
 * of names that have no flights.
 */
export async function removeExpiredClaims(version: string, before: number): Promise<void> {
  for (const slug of listNames(join(version, 'claims')).filter(isSlug)) {
    const airport = claimPaths(version, slug);
    const turn = await acquireLock(airport.lock, CLAIM_LOCK);
    try {
      for (const flight of readClaims(airport.claims)) {
        if (!flight.alive && flight.shown < before) removeClaim(airport, flight);
      }
      // Whoever claims next makes it again, in a turn of its own.
      if (listStagedNumbers(airport).length === 0) removeEmptyFolder(airport.claims);
    } finally {
      turn.release();
    }
  }
}

/**
 * Removes what nobody can go on from: flights that are over and whose kind leaves nothing, and staging folders that were
 * made, or not yet removed, when their process was killed.
 */
export function removeUselessClaims(version: string): void {
  for (const slug of listNames(join(version, 'claims')).filter(isSlug)) {
    const airport = claimPaths(version, slug);
    if (findUselessClaims(airport, slug).length === 0) continue;
    // Others are at it just now: then they sweep, or the next.
    const turn = tryAcquireLock(airport.lock);
    if (turn === undefined) continue;
    try {
      for (const number of findUselessClaims(airport, slug)) {
        removeClaim(airport, { number, file: join(airport.claims, String(number)) });
      }
    } finally {
      turn.release();
    }
  }
}

/** Numbers of flights of which only rubbish is left. */
function findUselessClaims(airport: ClaimPaths, slug: string): number[] {
  const whole = WHOLE_OR_NOTHING.some((name) => createSlug(name) === slug);
  const over = whole ? readClaims(airport.claims).filter(({ alive }) => !alive) : [];
  const orphaned = listStagedNumbers(airport).filter(
    (number) => !existsSync(join(airport.claims, String(number))),
  );
  return [...over.map(({ number }) => number), ...orphaned];
}

/** Of flights of which a folder in staging tells. */
function listStagedNumbers({ staging }: ClaimPaths): number[] {
  const prefix = basename(staging);
  return listNames(dirname(staging))
    .filter((name) => name.startsWith(prefix) && CLAIM_NUMBER.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}

function startClaim(
  airport: ClaimPaths,
  keys: readonly string[],
  seen: readonly ListedClaim[],
  flush: () => void,
): Claim {
  const mine = new Set(keys);
  const over = seen
    .filter((flight) => !flight.alive)
    .map((flight) => ({
      flight,
      shared: flight.keys.filter((key) => mine.has(key)).length,
      empty: isStagingEmpty(airport, flight),
    }))
    .sort((one, other) => other.shared - one.shared);
  const best = over.find(({ shared, empty }) => shared > 0 && !empty)?.flight;
  for (const { flight, shared, empty } of over) {
    // All it was for is fetched now, from the best that is there.
    if (flight !== best && (empty || shared === flight.keys.length)) removeClaim(airport, flight);
  }
  const numbers = [...seen.map(({ number }) => number), ...listStagedNumbers(airport)];
  const highest = numbers.reduce((most, number) => Math.max(most, number), 0);
  const number = best?.number ?? highest + 1;
  const file = join(airport.claims, String(number));
  const folder = `${airport.staging}${number}`;
  writeOwnedFile(file, 'this process', { keys });
  const life = startHeartbeat(file);
  let ended = false;
  const give = (outcome: 'landed' | 'broken off') => {
    if (ended) return;
    ended = true;
    process.removeListener('exit', breakOff);
    life.stop();
    flush();
    try {
      if (outcome === 'landed') removeClaim(airport, { number, file });
      else writeOwnedFile(file, 'nobody', { keys });
    } catch (error) {
      // On a full disk our end frees it; a folder that is gone has no owner.
      if (errorCode(error) !== 'ENOENT' && !isDiskFullError(error)) {
        throw fileError('give up what was claimed in the store', file, error);
      }
    }
  };
  const breakOff = () => give('broken off');
  process.once('exit', breakOff);
  try {
    makeFolders(folder);
  } catch (error) {
    breakOff();
    throw fileError('make a staging folder', folder, error);
  }
  return {
    keys: mine,
    folder,
    announce() {
      flush();
      life.beat();
    },
    complete: () => give('landed'),
    abandon: breakOff,
  };
}

function isStagingEmpty(airport: ClaimPaths, { number }: { number: number }): boolean {
  return listNames(`${airport.staging}${number}`).length === 0;
}

/** The staging first: as long as the file is there, somebody will come back for the rest. */
function removeClaim(
  airport: ClaimPaths,
  { number, file }: { number: number; file: string },
): void {
  rmSync(`${airport.staging}${number}`, { recursive: true, force: true, maxRetries: 3 });
  rmSync(file, { force: true });
}

/** Resolves when one of these flights has brought something, has ended or hangs; at once when there is none. */
async function waitForChange(
  flights: readonly ListedClaim[],
  signal: AbortSignal,
  hungMs: number,
): Promise<void> {
  if (flights.length === 0) return;
  // A little longer than it takes for the file system's clock to say so, too.
  const until = performance.now() + hungMs + 1_000;
  for (let pause = MIN_POLL_MS; ; pause = Math.min(MAX_POLL_MS, pause * 1.3)) {
    await sleep(pause, undefined, { signal });
    if (
      flights.some(
        ({ file, stamp, owner }) => stampOf(file) !== stamp || !isPossiblyAlive(file, owner),
      )
    )
      return;
    if (performance.now() > until) return;
  }
}

function readClaims(folder: string): ListedClaim[] {
  return listNames(folder).flatMap((name) => {
    if (!CLAIM_NUMBER.test(name)) return [];
    const file = join(folder, name);
    const stamp = stampOf(file);
    const shown = statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0;
    const owned = readOwnedFile(file);
    if (owned === undefined) return [];
    const content = v.safeParse(CONTENT, owned.content);
    const keys = content.success ? content.output.keys : [];
    const { owner, alive } = owned;
    return [{ number: Number(name), file, owner, alive, keys, stamp, shown }];
  });
}

/** Leaves what holds anything, or is no folder. */
function removeEmptyFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) throw error;
  }
}

function stampOf(file: string): string {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}
