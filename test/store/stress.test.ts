import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withoutAgeOfRsync, withoutLockChanges } from '../support/old-rsync.ts';
import { type Dice, seededDice } from '../support/seeded.ts';
import { type Job, type KillReach, makeSite, type Site } from '../support/stress-site.ts';

/** `TFCACHE_STRESS_KILLS=500` for the long version. */
const KILLS = Number(process.env['TFCACHE_STRESS_KILLS'] ?? 6);
/** Of the kills; printed, so that what failed can be done again from the kill that failed (`TFCACHE_STRESS_FIRST`). */
const SEED = Number(process.env['TFCACHE_STRESS_SEED'] ?? Math.floor(Math.random() * 1e9));
const FIRST = Number(process.env['TFCACHE_STRESS_FIRST'] ?? 0);
/** Processes of the concurrent test, which share 32 pulls. */
const PROCESSES = Number(process.env['TFCACHE_STRESS_PROCESSES'] ?? 4);
const ROUNDS = Number(process.env['TFCACHE_STRESS_ROUNDS'] ?? 1);

const REQUESTS = ['path:**', 'path:f[0-4]/**', 'path:f[3-8]/**', 'path:*/small-*', 'path:f1/**'];

let site: Site;

beforeEach(async () => {
  site = await makeSite({ small: 200, large: [1, 2, 24] });
});

afterEach(() => site.stop());

/** What one kill was about, for whoever reads why it failed. */
interface Case {
  /** What was there before. */
  state: string;
  /** What ran, and how it ended. */
  jobs: string[];
  reach: KillReach;
  /** Milliseconds after their start. */
  at: number;
}

/** What is in the store and the destination before what is to be killed begins. */
const STATES: Readonly<Record<string, (dice: Dice) => Promise<void>>> = {
  async cold() {
    rmSync(site.room.store, { recursive: true, force: true });
    removeDestinations();
  },
  async 'partly warm'(dice) {
    removeDestinations();
    const size = Math.floor(dice.roll() * 30_000_000);
    await done(['store', 'gc', '--store', site.room.store, '--max-size', `${size}`], [0, 2]);
  },
  async 'warm store'() {
    removeDestinations();
  },
  async 'holes in the destination'(dice) {
    const folder = join(site.room.folder, 'd1');
    rmSync(join(folder, `f${Math.floor(dice.roll() * 10)}`), { recursive: true, force: true });
  },
};

function removeDestinations(): void {
  for (const name of readdirSync(site.room.folder)) {
    if (/^d\d/.test(name)) {
      rmSync(join(site.room.folder, name), { recursive: true, force: true });
    }
  }
}

/** What a job may have beside its requests. */
const EXTRAS: Readonly<Record<string, (dice: Dice) => readonly string[]>> = {
  none: () => [],
  lock: () => ['--lock-file', join(site.room.folder, 'tfcache.lock')],
  'max size': (dice) => ['--store-max-size', `${Math.floor(dice.roll() * 20_000_000)}`],
  copy: () => ['--link', 'copy'],
  'slow line': () => ['--bandwidth-limit', '8000'],
  'two connections': () => ['--connections', '2'],
};

const pullInto = (folder: string, request: string, extra: readonly string[]) => [
  'pull',
  request,
  '--mirrors',
  site.mirror,
  '--path',
  join(site.room.folder, folder),
  '--store',
  site.room.store,
  ...extra,
];

/** What is killed. */
const VICTIMS: Readonly<Record<string, (dice: Dice, folder: string) => Job>> = {
  pull: (dice, folder) => {
    const extra = EXTRAS[dice.pick(Object.keys(EXTRAS))];
    return site.start(pullInto(folder, dice.pick(REQUESTS), extra?.(dice) ?? []));
  },
  'pull all': (dice, folder) => {
    const extra = EXTRAS[dice.pick(Object.keys(EXTRAS))];
    return site.start(pullInto(folder, 'path:**', extra?.(dice) ?? []));
  },
  'pull from the cache': (dice, folder) =>
    site.start(
      pullInto(folder, dice.pick(REQUESTS), ['--cache', 'github']),
      site.cache.environment,
    ),
  'pull without a store': (dice, folder) =>
    site.start([
      'pull',
      dice.pick(REQUESTS),
      '--mirrors',
      site.mirror,
      '--path',
      join(site.room.folder, folder),
    ]),
  lock: () =>
    site.start([
      'lock',
      'path:**',
      '--mirrors',
      site.mirror,
      '--store',
      site.room.store,
      '--lock-file',
      join(site.room.folder, 'tfcache.lock'),
    ]),
  gc: () => site.loop('gc'),
  verify: () => site.loop('verify'),
  'gc command': (dice) =>
    site.start([
      'store',
      'gc',
      '--store',
      site.room.store,
      '--max-size',
      `${Math.floor(dice.roll() * 20_000_000)}`,
    ]),
  'verify command': () => site.start(['store', 'verify', '--store', site.room.store]),
};

/** Which is killed how often; `cold` and the like, too. */
const VICTIM_SHARES = [
  ...Array.from({ length: 4 }, () => 'pull'),
  ...Array.from({ length: 4 }, () => 'pull all'),
  ...Array.from({ length: 3 }, () => 'pull from the cache'),
  'pull without a store',
  'lock',
  'lock',
  'gc',
  'gc command',
  'verify',
  'verify command',
];

async function done(args: readonly string[], codes: readonly number[] = [0]): Promise<string> {
  const end = await site.start(args).ended();
  expect(codes, `${args.join(' ')}: ${end.stderr}`).toContain(end.code);
  return end.stdout + end.stderr;
}

/** Prepares, starts one or two, kills them. */
async function strike(dice: Dice): Promise<Case & { struck: number }> {
  const state = dice.pick([
    'cold',
    'cold',
    'partly warm',
    'warm store',
    'holes in the destination',
  ]);
  if (dice.chance(0.3)) rmSync(join(site.room.folder, 'tfcache.lock'), { force: true });
  await STATES[state]?.(dice);
  const names = [dice.pick(VICTIM_SHARES)];
  if (dice.chance(0.35)) names.push(dice.pick(VICTIM_SHARES));
  const jobs = names.map((name, index) => {
    const job = VICTIMS[name]?.(dice, `d${index + 1}`);
    if (job === undefined) throw new Error(`there is no victim ${name}`);
    return job;
  });
  const reach: KillReach = dice.chance(0.5) ? 'group' : 'main';
  const at = Math.round(120 + dice.roll() ** 1.5 * 1_400);
  await sleep(at);
  for (const job of jobs) job.kill(reach);
  const ends = await Promise.all(jobs.map((job) => job.ended()));
  return {
    state,
    reach,
    at,
    jobs: ends.map(({ code, signal }, index) => `${names[index]}: ${signal ?? code}`),
    struck: ends.filter(({ signal }) => signal === 'SIGKILL').length,
  };
}

/** The next pull of all, into each destination, and what must hold after it. */
async function checkNextPull(): Promise<void> {
  const { room } = site;
  const extra = ['--lock-file', join(room.folder, 'tfcache.lock')];
  for (const folder of ['d1', ...(existsSync(join(room.folder, 'd2')) ? ['d2'] : [])]) {
    // A pull that finds everything in place does not look into the store.
    rmSync(join(room.folder, folder, 'f9'), { recursive: true, force: true });
    const next = await site.start(pullInto(folder, 'path:**', extra)).ended();
    const said = withoutLockChanges(withoutAgeOfRsync(next.stderr));
    expect(said).not.toMatch(/warning|error/i);
    expect(next.code, next.stderr).toBe(0);
    expect(site.checkDestination(join(room.folder, folder))).toBe(site.contents.size);
  }
  expect(await site.leftovers()).toEqual([]);
}

/** The store is cleaned and verified, and nothing wrong is found. */
async function checkStore(): Promise<void> {
  const { room } = site;
  await done(['store', 'gc', '--store', room.store, '--max-size', '20000000']);
  await done(['store', 'verify', '--store', room.store]);
  expect(await site.leftovers()).toEqual([]);
}

test(
  `${KILLS} kills of pulls, gc and verify, some two at once: the next pull is right, and nothing leaks`,
  async () => {
    console.log(`TFCACHE_STRESS_SEED=${SEED}`);
    // What the cache has from here on.
    const seeding = await site
      .start(pullInto('d1', 'path:**', ['--cache', 'github']), site.cache.environment)
      .ended();
    expect(seeding).toMatchObject({ code: 0 });
    expect(site.cache.entries().length).toBeGreaterThan(0);

    let struck = 0;
    const left = new Map<string, number>();
    for (let kill = FIRST; kill < KILLS; kill += 1) {
      const done = await strike(seededDice(SEED + kill));
      struck += done.struck;
      for (const what of whatWasLeft()) left.set(what, (left.get(what) ?? 0) + 1);
      const { struck: _, ...shown } = done;
      try {
        await checkNextPull();
        if (kill % 10 === 9) await checkStore();
      } catch (error) {
        console.log(`kill ${kill}: ${JSON.stringify(shown)}`);
        throw error;
      }
    }
    await checkStore();
    console.log(`${struck} were struck; they left`, Object.fromEntries(left));
    expect(struck).toBeGreaterThan((KILLS - FIRST) / 3);
  },
  120_000 + KILLS * 15_000,
);

/** Kinds of things that were killed in the middle of their work left: that the kills strike where it matters. */
function whatWasLeft(): Set<string> {
  const kinds = new Set<string>();
  for (const one of site.lyingAbout()) {
    kinds.add(
      one.includes(site.room.folder)
        ? 'orphaned processes'
        : one
            .replace(/^store\/v1\//, '')
            .replace(/^tmp\/.*/, 'TMPDIR')
            .replace(/^d\d\/@tfcache\.tmp.*/, '@tfcache.tmp')
            .replace(/^d\d\/@tfcache\.json\.tmp.*/, '@tfcache.json.tmp')
            .replace(/\/.*/, '')
            .replaceAll(/\d+/g, 'N'),
    );
  }
  return kinds;
}

test(
  'thirty-two pulls with overlapping requests while the store is cleaned and verified: no failure, no wrong byte',
  async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      if (round % 2 === 0) await STATES['cold']?.(seededDice(SEED));
      else removeDestinations();
      await done(pullInto('d0', 'path:f0/**', []));
      const loops = [site.loop('gc'), site.loop('verify')];
      const pulls = Array.from({ length: PROCESSES }, (_, process) =>
        site.pulls(`d${process + 1}`, shareOf(process)),
      );
      const ends = await Promise.all(pulls.map((job) => job.ended()));
      for (const { code, stderr } of ends) expect(code, stderr).toBe(0);
      for (const loop of loops) loop.kill('main', 'SIGTERM');
      for (const loop of loops) {
        const { code, stderr } = await loop.ended();
        expect(code, stderr).toBe(0);
      }
      let checked = 0;
      for (const name of readdirSync(site.room.folder)) {
        if (/^d\d+-\d+$/.test(name)) checked += site.checkDestination(join(site.room.folder, name));
      }
      expect(checked).toBeGreaterThan(32 * 10);
      expect(await site.leftovers()).toEqual([]);
    }
  },
  60_000 + ROUNDS * 240_000,
);

/** Which of the 32 requests one process pulls. */
function shareOf(process: number): string[] {
  return Array.from({ length: 32 }, (_, index) => index)
    .filter((index) => index % PROCESSES === process)
    .map((index) => REQUESTS[index % REQUESTS.length] ?? '');
}
