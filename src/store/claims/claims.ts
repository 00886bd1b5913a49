import { existsSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { errorCode, fileError, isFull } from '../../platform/files/file-error.ts';
import { namesIn } from '../../platform/files/list-names.ts';
import { makeFolders } from '../../platform/files/make-folders.ts';
import {
  fileSystemNow,
  keepAlive,
  mayLive,
  readOwned,
  STALE_MS,
  writeOwned,
} from '../../platform/lock/owned-file.ts';
import { takeOwnership, tryOwnership } from '../../platform/lock/process-lock.ts';
import type { ProcessIdentity } from '../../platform/process/process-identity.ts';
import type { Claim, Flight } from '../store.ts';
import { isSlug, slugOf } from './staging.ts';

const FLIGHT_NUMBER = /^[1-9]\d{0,8}$/;

const CONTENT = v.object({ keys: v.array(v.string()) });

/** One that waits looks again after so long, and more seldom the longer it waits. */
const FIRST_LOOK_MS = 10;
const LONGEST_PAUSE_MS = 100;
/** A turn at claiming takes some milliseconds. */
const TURN = { pollMs: 5, patienceMs: 60_000 };

/**
 * Flights of these names leave nothing that another could go on from: an archive of the cache is fetched whole, or not at all.
 */
const WHOLE_OR_NOTHING: readonly string[] = ['cache-packs'];

/** A flight as its file tells of it. */
interface SeenFlight {
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
interface Airport {
  /** `…/v1/flights/NAME` */
  flights: string;
  /** `…/v1/staging/NAME-`; the number of the flight follows. */
  staging: string;
  /** `…/v1/owners/flights-NAME` */
  turns: string;
}

function airportOf(version: string, slug: string): Airport {
  return {
    flights: join(version, 'flights', slug),
    staging: join(version, 'staging', `${slug}-`),
    turns: join(version, 'owners', `flights-${slug}`),
  };
}

/**
 * Claims what is to be fetched, so that of all processes that need a thing one fetches it and the others wait for it.
 *
 * `flights/NAME/N` names a process and the keys it fetches, `staging/NAME-N/` is where it puts them. Reading all of them
 * and writing the own one is done in turns (`owners/flights-NAME/`), so two never claim the same. The file of a flight that
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
export async function claimFlight(
  version: string,
  name: string,
  keys: readonly string[],
  flush: () => void,
  hungMs = STALE_MS,
): Promise<Claim> {
  const airport = airportOf(version, slugOf(name));
  const turn = await takeOwnership(airport.turns, TURN);
  try {
    makeFolders(airport.flights);
    const seen = readFlights(airport.flights);
    const now = fileSystemNow(version);
    const alive = seen.filter((flight) => flight.alive && now - flight.shown < hungMs);
    const taken = new Set(alive.flatMap((flight) => flight.keys));
    const mine = keys.filter((key) => !taken.has(key));
    const flight = mine.length === 0 ? undefined : begin(airport, mine, seen, flush);
    const wanted = new Set(keys);
    const awaited = alive.filter((other) => other.keys.some((key) => wanted.has(key)));
    return { flight, changed: (signal) => changeOf(awaited, signal, hungMs) };
  } catch (error) {
    throw fileError('claim what is to be fetched', airport.flights, error);
  } finally {
    turn.release();
  }
}

/**
 * Removes what killed or failed flights left when all they were for is here by now, so that nothing is left of them.
 * The others stay: what they have staged is gone on from.
 */
export async function sweepFlights(
  version: string,
  name: string,
  here: () => ReadonlySet<string>,
): Promise<void> {
  const airport = airportOf(version, slugOf(name));
  if (readFlights(airport.flights).every((flight) => flight.alive)) return;
  const keys = here();
  const over = (flight: SeenFlight) =>
    !flight.alive && (flight.keys.every((key) => keys.has(key)) || hasNothing(airport, flight));
  const turn = await takeOwnership(airport.turns, TURN);
  try {
    for (const flight of readFlights(airport.flights).filter(over)) remove(airport, flight);
  } finally {
    turn.release();
  }
}

/**
 * The folders of staging in which flights of this name put what they fetch, those of killed and failed ones among them.
 *
 * @param version the store's `v1` folder.
 */
export function flightFolders(version: string, name: string): string[] {
  const airport = airportOf(version, slugOf(name));
  return numbersStaged(airport).map((number) => `${airport.staging}${number}`);
}

/**
 * Removes flights that are over and were last written to before a time (of the file system, in milliseconds), and the folders
 * of names that have no flights.
 */
export async function removeOldFlights(version: string, before: number): Promise<void> {
  for (const slug of namesIn(join(version, 'flights')).filter(isSlug)) {
    const airport = airportOf(version, slug);
    const turn = await takeOwnership(airport.turns, TURN);
    try {
      for (const flight of readFlights(airport.flights)) {
        if (!flight.alive && flight.shown < before) remove(airport, flight);
      }
      // Whoever claims next makes it again, in a turn of its own.
      if (numbersStaged(airport).length === 0) removeEmptyFolder(airport.flights);
    } finally {
      turn.release();
    }
  }
}

/**
 * Removes what nobody can go on from: flights that are over and whose kind leaves nothing, and staging folders that were
 * made, or not yet removed, when their process was killed.
 */
export function sweepUselessFlights(version: string): void {
  for (const slug of namesIn(join(version, 'flights')).filter(isSlug)) {
    const airport = airportOf(version, slug);
    if (uselessOf(airport, slug).length === 0) continue;
    // Others are at it just now: then they sweep, or the next.
    const turn = tryOwnership(airport.turns);
    if (turn === undefined) continue;
    try {
      for (const number of uselessOf(airport, slug)) {
        remove(airport, { number, file: join(airport.flights, String(number)) });
      }
    } finally {
      turn.release();
    }
  }
}

/** Numbers of flights of which only rubbish is left. */
function uselessOf(airport: Airport, slug: string): number[] {
  const whole = WHOLE_OR_NOTHING.some((name) => slugOf(name) === slug);
  const over = whole ? readFlights(airport.flights).filter(({ alive }) => !alive) : [];
  const orphaned = numbersStaged(airport).filter(
    (number) => !existsSync(join(airport.flights, String(number))),
  );
  return [...over.map(({ number }) => number), ...orphaned];
}

/** Of flights of which a folder in staging tells. */
function numbersStaged({ staging }: Airport): number[] {
  const prefix = basename(staging);
  return namesIn(dirname(staging))
    .filter((name) => name.startsWith(prefix) && FLIGHT_NUMBER.test(name.slice(prefix.length)))
    .map((name) => Number(name.slice(prefix.length)));
}

function begin(
  airport: Airport,
  keys: readonly string[],
  seen: readonly SeenFlight[],
  flush: () => void,
): Flight {
  const mine = new Set(keys);
  const over = seen
    .filter((flight) => !flight.alive)
    .map((flight) => ({
      flight,
      shared: flight.keys.filter((key) => mine.has(key)).length,
      empty: hasNothing(airport, flight),
    }))
    .sort((one, other) => other.shared - one.shared);
  const best = over.find(({ shared, empty }) => shared > 0 && !empty)?.flight;
  for (const { flight, shared, empty } of over) {
    // All it was for is fetched now, from the best that is there.
    if (flight !== best && (empty || shared === flight.keys.length)) remove(airport, flight);
  }
  const numbers = [...seen.map(({ number }) => number), ...numbersStaged(airport)];
  const highest = numbers.reduce((most, number) => Math.max(most, number), 0);
  const number = best?.number ?? highest + 1;
  const file = join(airport.flights, String(number));
  const folder = `${airport.staging}${number}`;
  writeOwned(file, 'this process', { keys });
  const life = keepAlive(file);
  let ended = false;
  const give = (outcome: 'landed' | 'broken off') => {
    if (ended) return;
    ended = true;
    process.removeListener('exit', breakOff);
    life.stop();
    flush();
    try {
      if (outcome === 'landed') remove(airport, { number, file });
      else writeOwned(file, 'nobody', { keys });
    } catch (error) {
      // On a full disk our end frees it; a folder that is gone has no owner.
      if (errorCode(error) !== 'ENOENT' && !isFull(error)) {
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
    land: () => give('landed'),
    breakOff,
  };
}

function hasNothing(airport: Airport, { number }: { number: number }): boolean {
  return namesIn(`${airport.staging}${number}`).length === 0;
}

/** The staging first: as long as the file is there, somebody will come back for the rest. */
function remove(airport: Airport, { number, file }: { number: number; file: string }): void {
  rmSync(`${airport.staging}${number}`, { recursive: true, force: true, maxRetries: 3 });
  rmSync(file, { force: true });
}

/** Resolves when one of these flights has brought something, has ended or hangs; at once when there is none. */
async function changeOf(
  flights: readonly SeenFlight[],
  signal: AbortSignal,
  hungMs: number,
): Promise<void> {
  if (flights.length === 0) return;
  // A little longer than it takes for the file system's clock to say so, too.
  const until = performance.now() + hungMs + 1_000;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.3)) {
    await sleep(pause, undefined, { signal });
    if (flights.some(({ file, stamp, owner }) => stampOf(file) !== stamp || !mayLive(file, owner)))
      return;
    if (performance.now() > until) return;
  }
}

function readFlights(folder: string): SeenFlight[] {
  return namesIn(folder).flatMap((name) => {
    if (!FLIGHT_NUMBER.test(name)) return [];
    const file = join(folder, name);
    const stamp = stampOf(file);
    const shown = statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0;
    const owned = readOwned(file);
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
