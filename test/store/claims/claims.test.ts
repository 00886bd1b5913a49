import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../../src/platform/log.ts';
import { claimKeys } from '../../../src/store/claims/claims.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Claim } from '../../../src/store/store.ts';
import { startChild } from '../../support/child.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CHILD = new URL('./claim-child.ts', import.meta.url);
const open = (folder = temporaryFolder()) => openStore(folder, { log: silentLog });
const never = new AbortController().signal;

function present(flight: Claim | undefined): Claim {
  if (flight === undefined) throw new Error('nothing was claimed');
  return flight;
}

test('what one fetches no other claims; what is left each fetches at once', async () => {
  const store = open();
  const first = present((await store.claim('mirror', ['a', 'b'])).claim);
  const { claim: flight } = await store.claim('mirror', ['b', 'c']);
  const second = present(flight);
  expect([[...first.keys], [...second.keys]]).toEqual([['a', 'b'], ['c']]);
  expect(second.folder).not.toBe(first.folder);
  expect((await store.claim('mirror', ['a', 'c'])).claim).toBeUndefined();
  expect(present((await store.claim('another', ['a'])).claim).keys.size).toBe(1);
});

test('one that waits goes on when the other lands, breaks off, or has brought something', async () => {
  const store = open();
  for (const end of ['complete', 'abandon', 'announce'] as const) {
    const first = present((await store.claim('mirror', ['a'])).claim);
    const { claim: flight, waitForChange: changed } = await store.claim('mirror', ['a']);
    expect(flight).toBeUndefined();
    let gone = false;
    const waiting = changed(never).then(() => {
      gone = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(gone).toBe(false);
    first[end]();
    await waiting;
    first.complete();
  }
});

test('waiting ends when the job is cancelled', async () => {
  const store = open();
  await store.claim('mirror', ['a']);
  const { waitForChange: changed } = await store.claim('mirror', ['a']);
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('stopped')), 20);
  await expect(changed(controller.signal)).rejects.toThrow();
});

test('what lands leaves nothing', async () => {
  const store = open();
  const flight = present((await store.claim('mirror', ['a'])).claim);
  mkdirSync(join(flight.folder, 'x'), { recursive: true });
  writeFileSync(join(flight.folder, 'x', 'left'), 'left');
  flight.complete();
  expect(readdirSync(join(store.folder, 'v1/staging'))).toEqual([]);
  const [name = ''] = readdirSync(join(store.folder, 'v1/claims'));
  expect(readdirSync(join(store.folder, 'v1/claims', name))).toEqual([]);
});

test('what broke off is gone on from by whoever needs the same, and by nobody else', async () => {
  const store = open();
  const first = present((await store.claim('mirror', ['a', 'b'])).claim);
  writeFileSync(join(first.folder, 'partial'), 'half');
  first.abandon();
  const other = present((await store.claim('mirror', ['c'])).claim);
  expect(other.folder).not.toBe(first.folder);
  const next = present((await store.claim('mirror', ['b', 'z'])).claim);
  expect(next.folder).toBe(first.folder);
  expect(existsSync(join(next.folder, 'partial'))).toBe(true);
});

test('a process that was killed loses its claims at once, and what it staged is taken over', async () => {
  const store = open();
  const child = startChild(CHILD, [store.folder, 'a', 'b']);
  await child.printed('claimed a b');
  expect((await store.claim('mirror', ['a'])).claim).toBeUndefined();
  const { waitForChange: changed } = await store.claim('mirror', ['a']);
  child.process.kill('SIGKILL');
  await changed(never);
  const { claim: flight } = await store.claim('mirror', ['a']);
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
  const first = present((await store.claim('mirror', ['a', 'b'])).claim);
  writeFileSync(join(first.folder, 'partial'), 'half');
  first.abandon();
  await store.removeFinishedClaims('mirror', () => new Set(['a']));
  expect(existsSync(first.folder)).toBe(true);
  await store.removeFinishedClaims('mirror', () => new Set(['a', 'b', 'c']));
  expect(existsSync(first.folder)).toBe(false);
  const alive = present((await store.claim('mirror', ['a', 'b'])).claim);
  await store.removeFinishedClaims('mirror', () => new Set(['a', 'b', 'c']));
  expect(existsSync(alive.folder)).toBe(true);
});

test('one that hangs is not waited for, and keeps its folder to itself', async () => {
  const store = open();
  const version = join(store.folder, 'v1');
  const child = startChild(CHILD, [store.folder, 'a', 'b']);
  await child.printed('claimed a b');
  child.process.kill('SIGSTOP');
  const claim = (keys: readonly string[]) =>
    claimKeys(version, 'mirror', keys, () => undefined, 300);
  const first = await claim(['a']);
  expect(first.claim).toBeUndefined();
  await first.waitForChange(never);
  const { claim: flight } = await claim(['a']);
  expect([...present(flight).keys]).toEqual(['a']);
  expect(readdirSync(present(flight).folder)).toEqual([]);
  present(flight).complete();
  child.process.kill('SIGKILL');
  await child.ended();
  expect(readdirSync(present((await claim(['b'])).claim).folder)).toEqual(['partial']);
});

test('a folder with nothing in it is not gone on from', async () => {
  const store = open();
  const first = present((await store.claim('mirror', ['a', 'b'])).claim);
  first.abandon();
  const next = present((await store.claim('mirror', ['b', 'z'])).claim);
  expect(next.folder).not.toBe(first.folder);
  expect(existsSync(first.folder)).toBe(false);
});
