import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { errorCode, fileError } from './file-error.ts';
import { makeFolders } from './make-folders.ts';
import { keepAlive, mayLive, readOwned, writeOwned } from './owned-file.ts';
import { takeOwnership } from './ownership.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { slugOf } from './staging.ts';
import type { Claim, Flight } from './types.ts';

const CONTENT = v.object({ keys: v.array(v.string()) });

/** One that waits looks again after so long, and more seldom the longer it waits. */
const FIRST_LOOK_MS = 10;
const LONGEST_PAUSE_MS = 100;
/** A turn at claiming takes some milliseconds. */
const TURN_POLL_MS = 5;

/** A flight as its file tells of it. */
interface SeenFlight {
  number: number;
  file: string;
  owner: ProcessIdentity | undefined;
  alive: boolean;
  keys: readonly string[];
  /** Another one when the file was written or touched since. */
  stamp: string;
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
 * @param version the store's `v1` folder.
 * @param name what the keys are names of, for example a bucket of a mirror.
 * @param keys what this process needs; those that a living process fetches already are not claimed.
 * @param flush called before others may look for what this process fetched.
 */
export async function claimFlight(
  version: string,
  name: string,
  keys: readonly string[],
  flush: () => void,
): Promise<Claim> {
  const airport = airportOf(version, slugOf(name));
  const turn = await takeOwnership(airport.turns, undefined, { pollMs: TURN_POLL_MS });
  try {
    makeFolders(airport.flights);
    const seen = readFlights(airport.flights);
    const alive = seen.filter((flight) => flight.alive);
    const taken = new Set(alive.flatMap((flight) => flight.keys));
    const mine = keys.filter((key) => !taken.has(key));
    const flight = mine.length === 0 ? undefined : begin(airport, mine, seen, flush);
    const wanted = new Set(keys);
    const awaited = alive.filter((other) => other.keys.some((key) => wanted.has(key)));
    return { flight, changed: (signal) => changeOf(awaited, signal) };
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
  const over = (flight: SeenFlight) => !flight.alive && flight.keys.every((key) => keys.has(key));
  const turn = await takeOwnership(airport.turns, undefined, { pollMs: TURN_POLL_MS });
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
  const { staging } = airportOf(version, slugOf(name));
  const folder = dirname(staging);
  return namesIn(folder)
    .map((entry) => join(folder, entry))
    .filter((path) => path.startsWith(staging) && /^[1-9]\d*$/.test(path.slice(staging.length)));
}

/** Removes flights that are over and were last written to before a time (of the file system, in milliseconds). */
export async function removeOldFlights(version: string, before: number): Promise<number> {
  let removed = 0;
  for (const slug of namesIn(join(version, 'flights'))) {
    const airport = airportOf(version, slug);
    const turn = await takeOwnership(airport.turns, undefined, { pollMs: TURN_POLL_MS });
    try {
      for (const flight of readFlights(airport.flights)) {
        const shown = statSync(flight.file, { throwIfNoEntry: false })?.ctimeMs;
        if (flight.alive || shown === undefined || shown >= before) continue;
        remove(airport, flight);
        removed += 1;
      }
    } finally {
      turn.release();
    }
  }
  return removed;
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
    .map((flight) => ({ flight, shared: flight.keys.filter((key) => mine.has(key)).length }))
    .sort((one, other) => other.shared - one.shared);
  const best = over.find(({ shared }) => shared > 0)?.flight;
  for (const { flight, shared } of over) {
    // All it was for is fetched now, from the best that is there.
    if (flight !== best && shared === flight.keys.length) remove(airport, flight);
  }
  const highest = seen.reduce((most, { number }) => Math.max(most, number), 0);
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
      if (!['ENOENT', 'ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '')) {
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

/** The staging first: as long as the file is there, somebody will come back for the rest. */
function remove(airport: Airport, { number, file }: { number: number; file: string }): void {
  rmSync(`${airport.staging}${number}`, { recursive: true, force: true, maxRetries: 3 });
  rmSync(file, { force: true });
  rmSync(`${file}.draft`, { force: true });
}

/** Resolves when one of these flights has brought something or has ended; at once when there is none. */
async function changeOf(flights: readonly SeenFlight[], signal: AbortSignal): Promise<void> {
  if (flights.length === 0) return;
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 1.3)) {
    await sleep(pause, undefined, { signal });
    if (flights.some(({ file, stamp, owner }) => stampOf(file) !== stamp || !mayLive(file, owner)))
      return;
  }
}

function readFlights(folder: string): SeenFlight[] {
  return namesIn(folder).flatMap((name) => {
    if (!/^[1-9]\d{0,8}$/.test(name)) return [];
    const file = join(folder, name);
    const stamp = stampOf(file);
    const owned = readOwned(file);
    if (owned === undefined) return [];
    const content = v.safeParse(CONTENT, owned.content);
    const keys = content.success ? content.output.keys : [];
    const { owner, alive } = owned;
    return [{ number: Number(name), file, owner, alive, keys, stamp }];
  });
}

function stampOf(file: string): string {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
