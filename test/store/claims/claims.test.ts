import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../../src/platform/log.ts';
import { claimFlight } from '../../../src/store/claims/claims.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Flight } from '../../../src/store/store.ts';
import { startChild } from '../../support/child.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CHILD = new URL('./flight-child.ts', import.meta.url);
const open = (folder = temporaryFolder()) => openStore(folder, { log: silentLog });
const never = new AbortController().signal;

function present(flight: Flight | undefined): Flight {
  if (flight === undefined) throw new Error('nothing was claimed');
  return flight;
}

test('what one fetches no other claims; what is left each fetches at once', async () => {
  const store = open();
  const first = present((await store.claim('mirror', ['a', 'b'])).flight);
  const { flight } = await store.claim('mirror', ['b', 'c']);
  const second = present(flight);
  expect([[...first.keys], [...second.keys]]).toEqual([['a', 'b'], ['c']]);
  expect(second.folder).not.toBe(first.folder);
  expect((await store.claim('mirror', ['a', 'c'])).flight).toBeUndefined();
  expect(present((await store.claim('another', ['a'])).flight).keys.size).toBe(1);
});

test('one that waits goes on when the other lands, breaks off, or has brought something', async () => {
  const store = open();
  for (const end of ['land', 'breakOff', 'announce'] as const) {
    const first = present((await store.claim('mirror', ['a'])).flight);
    const { flight, changed } = await store.claim('mirror', ['a']);
    expect(flight).toBeUndefined();
    let gone = false;
    const waiting = changed(never).then(() => {
      gone = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(gone).toBe(false);
    first[end]();
    await waiting;
    first.land();
  }
});

test('waiting ends when the job is cancelled', async () => {
  const store = open();
  await store.claim('mirror', ['a']);
  const { changed } = await store.claim('mirror', ['a']);
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('stopped')), 20);
  await expect(changed(controller.signal)).rejects.toThrow();
});

test('what lands leaves nothing', async () => {
  const store = open();
  const flight = present((await store.claim('mirror', ['a'])).flight);
  mkdirSync(join(flight.folder, 'x'), { recursive: true });
  writeFileSync(join(flight.folder, 'x', 'left'), 'left');
  flight.land();
  expect(readdirSync(join(store.folder, 'v1/staging'))).toEqual([]);
  const [name = ''] = readdirSync(join(store.folder, 'v1/flights'));
  expect(readdirSync(join(store.folder, 'v1/flights', name))).toEqual([]);
});

test('what broke off is gone on from by whoever needs the same, and by nobody else', async () => {
  const store = open();
  const first = present((await store.claim('mirror', ['a', 'b'])).flight);
  writeFileSync(join(first.folder, 'partial'), 'half');
  first.breakOff();
  const other = present((await store.claim('mirror', ['c'])).flight);
  expect(other.folder).not.toBe(first.folder);
  const next = present((await store.claim('mirror', ['b', 'z'])).flight);
  expect(next.folder).toBe(first.folder);
  expect(existsSync(join(next.folder, 'partial'))).toBe(true);
});

test('a process that was killed loses its claims at once, and what it staged is taken over', async () => {
  const store = open();
  const child = startChild(CHILD, [store.folder, 'a', 'b']);
  await child.printed('claimed a b');
  expect((await store.claim('mirror', ['a'])).flight).toBeUndefined();
  const { changed } = await store.claim('mirror', ['a']);
  child.process.kill('SIGKILL');
  await changed(never);
  const { flight } = await store.claim('mirror', ['a']);
  expect(readdirSync(present(flight).folder)).toEqual(['partial']);
});

test('many processes that want overlapping sets fetch each thing once', async () => {
  const folder = temporaryFolder();
  const sets = Array.from({ length: 5 }, (_, job) =>
    Array.from({ length: 30 }, (_, index) => `key ${(job * 7 + index) % 40}`),
  );
  const children = sets.map((keys) => startChild(CHILD, [folder, '--fetch', ...keys]));
  const fetched: string[] = [];
  for (const child of children) {
    const { code, output } = await child.ended();
    expect(code, output).toBe(0);
    fetched.push(...output.split('\n').filter((line) => line.startsWith('fetched ')));
  }
  expect(new Set(fetched).size).toBe(40);
  expect(fetched).toHaveLength(40);
});

test('what a killed flight left goes when all it was for is here, and stays until then', async () => {
  const store = open();
  const first = present((await store.claim('mirror', ['a', 'b'])).flight);
  writeFileSync(join(first.folder, 'partial'), 'half');
  first.breakOff();
  await store.sweep('mirror', () => new Set(['a']));
  expect(existsSync(first.folder)).toBe(true);
  await store.sweep('mirror', () => new Set(['a', 'b', 'c']));
  expect(existsSync(first.folder)).toBe(false);
  const alive = present((await store.claim('mirror', ['a', 'b'])).flight);
  await store.sweep('mirror', () => new Set(['a', 'b', 'c']));
  expect(existsSync(alive.folder)).toBe(true);
});

test('one that hangs is not waited for, and keeps its folder to itself', async () => {
  const store = open();
  const version = join(store.folder, 'v1');
  const child = startChild(CHILD, [store.folder, 'a', 'b']);
  await child.printed('claimed a b');
  child.process.kill('SIGSTOP');
  const claim = (keys: readonly string[]) =>
    claimFlight(version, 'mirror', keys, () => undefined, 300);
  const first = await claim(['a']);
  expect(first.flight).toBeUndefined();
  await first.changed(never);
  const { flight } = await claim(['a']);
  expect([...present(flight).keys]).toEqual(['a']);
  expect(readdirSync(present(flight).folder)).toEqual([]);
  present(flight).land();
  child.process.kill('SIGKILL');
  await child.ended();
  expect(readdirSync(present((await claim(['b'])).flight).folder)).toEqual(['partial']);
});

test('a folder with nothing in it is not gone on from', async () => {
  const store = open();
  const first = present((await store.claim('mirror', ['a', 'b'])).flight);
  first.breakOff();
  const next = present((await store.claim('mirror', ['b', 'z'])).flight);
  expect(next.folder).not.toBe(first.folder);
  expect(existsSync(first.folder)).toBe(false);
});
