import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeTemporaryFolder } from '../../../src/platform/files/temporary-folder.ts';
import { silentLog } from '../../../src/platform/log.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { startChild } from '../../support/child.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FLIGHTS = new URL('../claims/claim-child.ts', import.meta.url);
const STAGING = new URL('../claims/staging-child.ts', import.meta.url);
const open = (folder = temporaryFolder()) => openStore(folder, { log: silentLog });
const staged = (store: Store) => readdirSync(join(store.folder, 'v1/staging')).sort();

test('a job that begins removes what killed ones left and nobody can go on from', async () => {
  const store = open();
  const packs = await store.claim('cache-packs', ['pack']);
  writeFileSync(join(packs.claim?.folder ?? '', 'archive'), 'half');
  packs.claim?.abandon();
  const child = startChild(STAGING, [store.folder, 'cache-index', 'hold']);
  await child.printed('mine');
  child.process.kill('SIGKILL');
  await child.ended();
  // Killed between removing a flight and its folder, or before it made it.
  const [flights = ''] = readdirSync(join(store.folder, 'v1/claims'));
  mkdirSync(join(store.folder, 'v1/staging', `${flights}-7`, 'x'), { recursive: true });
  expect(staged(store)).toHaveLength(3);
  open(store.folder).lease().release();
  expect(staged(store)).toEqual([]);
  expect(readdirSync(join(store.folder, 'v1/claims', flights))).toEqual([]);
});

test('what a process put aside goes with the process', async () => {
  const store = open();
  const own = store.makeScratchFolder();
  const child = startChild(STAGING, [store.folder, '', 'scratch']);
  await child.printed('mine');
  const folders = () =>
    readdirSync(join(store.folder, 'v1')).filter((name) => name.startsWith('scratch'));
  open(store.folder).lease().release();
  expect(folders()).toHaveLength(2);
  child.process.kill('SIGKILL');
  await child.ended();
  open(store.folder).lease().release();
  expect(folders()).toEqual([basename(own)]);
});

test('what others use, or can go on from, stays', async () => {
  const store = open();
  const child = startChild(FLIGHTS, [store.folder, 'a']);
  await child.printed('claimed a');
  child.process.kill('SIGKILL');
  await child.ended();
  const packs = await store.claim('cache-packs', ['pack']);
  const staging = await store.stage('cache-index');
  writeFileSync(join(staging.folder, 'index'), 'x');
  const scratch = makeTemporaryFolder(store.folder, 'lock');
  const before = staged(store);
  expect(before).toHaveLength(3);
  open(store.folder).lease().release();
  expect(staged(store)).toEqual(before);
  expect(existsSync(scratch)).toBe(true);
  packs.claim?.complete();
  await staging.release();
});
