import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRoom, type Room } from '../support/engine.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../support/rsync-daemon.ts';

let room: Room;
let daemon: RsyncDaemon;

beforeEach(async () => {
  room = makeRoom();
  daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
});

afterEach(async () => {
  await daemon.stop();
  room.remove();
});

test('what is in the way is found before anything is fetched', async () => {
  room.put('linux/a.whl', 'wheel a');
  room.put('linux/b.whl', 'wheel b');
  mkdirSync(join(room.destination, 'linux'), { recursive: true });
  writeFileSync(join(room.destination, 'linux/b.whl'), 'mine');

  const mirror = daemon.url('tensorflow');
  const { error } = await room.pull({ artifacts: 'path:linux/*', mirror });

  expect(error).toMatchObject({ code: 'failed', where: expect.stringContaining('linux/b.whl') });
  expect(daemon.connections(), 'one to list, none to fetch').toBe(1);
  expect(room.read('linux/b.whl')).toBe('mine');
  expect(existsSync(join(room.destination, 'linux/a.whl'))).toBe(false);

  const dry = await room.pull({ artifacts: 'path:linux/*', mirror, lookupOnly: true });
  expect(dry.error, 'a dry run changes nothing, so nothing is in its way').toBeUndefined();
});
