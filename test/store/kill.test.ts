import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/platform/log.ts';
import { openStore } from '../../src/store/open-store.ts';
import { startChild } from '../support/child.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { contentOf, FILES, wantedOf } from './kill-work.ts';

const KILLS = 40;
const CHILD = new URL('./kill-child.ts', import.meta.url);
const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What must hold whenever a process may have been killed. */
function checkStore(folder: string): number {
  const store = openStore(folder, {
    log: silentLog,
    onChanged: (changed) => expect.fail(`it was quarantined: ${changed.change}`),
  });
  const objects = join(folder, 'v1/objects');
  for (const name of readdirSync(objects, { recursive: true, encoding: 'utf8' })) {
    if (!name.includes('.')) continue;
    const bytes = readFileSync(join(objects, name));
    expect(name).toContain(sha256Of(bytes));
  }
  let known = 0;
  for (let index = 0; index < FILES; index += 1) {
    const { path, size, mtime } = wantedOf(index);
    const found = store.find({ bucket: 'tensorflow', path, size, mtime });
    if (found === undefined) continue;
    known += 1;
    const object = store.objectPath(found.sha256, size);
    // The object is taken in before its path is remembered: what is remembered is there.
    expect(object).toBeDefined();
    expect(readFileSync(object ?? '').equals(contentOf(index))).toBe(true);
  }
  return known;
}

test(`killed ${KILLS} times, alone and two at once, the store is sound and the work gets done`, async () => {
  const folder = join(temporaryFolder(), 'store');
  let known = 0;
  let struck = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const children = [startChild(CHILD, [folder])];
    if (kill % 4 === 0) children.push(startChild(CHILD, [folder]));
    await Promise.race(children.map((child) => child.printed('working')));
    await sleep(Math.random() * 60);
    for (const child of children) child.process.kill('SIGKILL');
    for (const child of children) if ((await child.ended()).signal === 'SIGKILL') struck += 1;
    const now = checkStore(folder);
    expect(now).toBeGreaterThanOrEqual(known);
    known = now;
  }
  expect(struck).toBeGreaterThan(KILLS / 4);
  const last = await startChild(CHILD, [folder]).ended();
  expect(last.code).toBe(0);
  expect(checkStore(folder)).toBe(FILES);
  expect(readdirSync(join(folder, 'v1/staging'))).toEqual([]);
  const [owner = ''] = readdirSync(join(folder, 'v1/locks'));
  expect(readdirSync(join(folder, 'v1/locks', owner))).toHaveLength(1);
  expect(existsSync(join(folder, 'v1/quarantine'))).toBe(false);
}, 120_000);
