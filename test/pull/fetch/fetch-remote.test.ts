import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChild } from '../../support/child.ts';
import { makeRoom, type Room } from '../../support/engine.ts';

const STAGING = new URL('../../store/claims/staging-child.ts', import.meta.url);

let room: Room;

beforeEach(() => {
  room = makeRoom();
});
afterEach(() => room.remove());

test('a run that was stopped while it read the index of the cache is in nobody’s way', async () => {
  room.put('a.bin', 'a');
  const other = startChild(STAGING, [room.store, 'cache-index', 'hold']);
  await other.printed('mine');
  other.process.kill('SIGSTOP');
  const mirror = pathToFileURL(join(room.tree, '/')).href;
  const { error } = await room.pull({ artifacts: 'path:**', mirror });
  expect(error).toBeUndefined();
});
