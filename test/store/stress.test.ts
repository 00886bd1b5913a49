import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tryOwnership } from '../../src/store/ownership.ts';
import { type Child, startChild } from '../support/child.ts';
import { makeRoom, type Room, recordingLog } from '../support/engine.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../support/rsync-daemon.ts';

/** `TFCACHE_STRESS_KILLS=500` for the long version. */
const KILLS = Number(process.env['TFCACHE_STRESS_KILLS'] ?? 8);
/** Processes of the concurrent test, each with `32 / processes` pulls. */
const PROCESSES = Number(process.env['TFCACHE_STRESS_PROCESSES'] ?? 3);
const CHILD = new URL('./stress-child.ts', import.meta.url);

let room: Room;
let daemon: RsyncDaemon;
let mirror: string;
/** What every file must hold, by path. */
let contents: Map<string, Buffer>;

beforeEach(async () => {
  // Processes start faster when what Node compiled is kept.
  process.env['NODE_COMPILE_CACHE'] = mkdtempSync(join(tmpdir(), 'tfcache-compiled-'));
  room = makeRoom();
  contents = new Map();
  for (let index = 0; index < 200; index += 1) {
    put(
      `f${index % 10}/small-${index}.bin`,
      Buffer.alloc((index * 331) % 30_000, `small ${index} `),
    );
  }
  // Twins: the same bytes under several names.
  for (let index = 0; index < 10; index += 1) put(`f${index}/twin.bin`, Buffer.from('twin'));
  for (const index of [1, 2, 3]) {
    put(
      `f${index}/large.bin`,
      createHash('sha256').update(`${index}`).digest().toString('hex').repeat(16_000),
    );
  }
  daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
  mirror = daemon.url('tensorflow');
});

afterEach(async () => {
  await daemon.stop();
  room.remove();
  rmSync(process.env['NODE_COMPILE_CACHE'] ?? '', { recursive: true, force: true });
});

function put(path: string, content: Buffer | string): void {
  const bytes = Buffer.from(content);
  contents.set(path, bytes);
  room.put(path, bytes);
}

const REQUESTS = ['path:**', 'path:f[0-4]/**', 'path:f[3-8]/**', 'path:*/small-*', 'path:f1/**'];
const pick = <T>(list: readonly T[]): T => {
  const one = list[Math.floor(Math.random() * list.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
};

/** Each file there is one of the mirror's, with its bytes. */
function checkDestination(folder: string): number {
  let checked = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = file.slice(folder.length + 1);
    if (path.startsWith('@tfcache')) continue;
    expect(contents.get(path)?.equals(readFileSync(file)), path).toBe(true);
    checked += 1;
  }
  return checked;
}

/** What must hold when nothing runs: no lock is held, and nothing is left of those that were killed. */
function checkNothingLeaks(): void {
  const version = join(room.store, 'v1');
  for (const name of namesIn(join(version, 'owners'))) {
    const owners = join(version, 'owners', name);
    const turn = tryOwnership(owners);
    expect(turn, `the lock ${name} is held`).toBeDefined();
    turn?.release();
    expect(namesIn(owners)).toHaveLength(1);
  }
  expect(namesIn(join(version, 'staging'))).toEqual([]);
  expect(namesIn(join(version, 'leases'))).toEqual([]);
  const flights = join(version, 'flights');
  for (const name of namesIn(flights)) expect(namesIn(join(flights, name))).toEqual([]);
  for (const name of namesIn(join(version, 'index'))) expect(name).toMatch(/^[0-9a-f]{2}$/);
  expect(namesIn(join(version, 'quarantine'))).toEqual([]);
}

/** None when there is no such folder: a pull that finds everything in place makes no store. */
function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function start(work: string, requests: readonly string[] = []): Child {
  return startChild(CHILD, [room.folder, mirror, work, ...requests]);
}

test(
  `${KILLS} kills during pull, gc and verify, some two at once: the next pull is right, and nothing leaks`,
  async () => {
    let struck = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Every other time from an empty store.
      if (kill % 2 === 0) rmSync(room.store, { recursive: true, force: true });
      const first = kill % 2 === 0 ? 'd1' : pick(['d1', 'gc', 'verify']);
      const children = [start(first, [pick(REQUESTS)])];
      if (kill % 3 === 0) children.push(start(pick(['d2', 'gc', 'verify']), [pick(REQUESTS)]));
      await Promise.all(children.map((child) => child.printed('working')));
      await sleep(Math.random() * 400);
      for (const child of children) child.process.kill('SIGKILL');
      for (const child of children) if ((await child.ended()).signal === 'SIGKILL') struck += 1;

      const log = recordingLog();
      const { error } = await room.pull({
        artifacts: 'path:**',
        mirror,
        log,
        path: join(room.folder, 'd1-0'),
      });
      expect(error).toBeUndefined();
      expect(log.lines.filter((line) => /^(warning|error)/.test(line))).toEqual([]);
      expect(checkDestination(join(room.folder, 'd1-0'))).toBe(contents.size);
      expect(readdirSync(join(room.folder, 'd1-0')).filter((name) => name.startsWith('@'))).toEqual(
        ['@tfcache.json'],
      );
      checkNothingLeaks();
    }
    expect(struck).toBeGreaterThan(KILLS / 3);
  },
  60_000 + KILLS * 15_000,
);

test('thirty-two pulls with overlapping requests while the store is cleaned: no failure, no wrong byte', async () => {
  const cleaner = start('gc');
  await cleaner.printed('working');
  const each = Math.ceil(32 / PROCESSES);
  const children = Array.from({ length: PROCESSES }, (_, process) =>
    start(
      `p${process}`,
      Array.from(
        { length: each },
        (_, index) => REQUESTS[(process + index) % REQUESTS.length] ?? '',
      ),
    ),
  );
  for (const child of children) expect(await child.ended()).toMatchObject({ code: 0 });
  cleaner.process.kill('SIGTERM');
  expect(await cleaner.ended()).toMatchObject({ code: 0 });
  let checked = 0;
  for (const name of readdirSync(room.folder)) {
    if (/^p\d+-\d+$/.test(name)) checked += checkDestination(join(room.folder, name));
  }
  expect(checked).toBeGreaterThan(PROCESSES * each * 10);
  checkNothingLeaks();
}, 300_000);
