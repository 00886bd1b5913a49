import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChild } from '../../support/child.ts';
import { makeRoom, type Room } from '../../support/engine.ts';

const LEASE = new URL('../../store/leases/lease-child.ts', import.meta.url);

let room: Room;

beforeEach(() => {
  room = makeRoom();
});
afterEach(() => room.remove());

test('a run that finds everything in place removes what killed ones left in the store', async () => {
  room.put('models/a.bin', 'a');
  const leases = () => readdirSync(join(room.store, 'v1/leases'));
  const pull = async () => {
    const { lockFile } = room;
    const mirror = pathToFileURL(`${room.tree}/`).href;
    const { error, report } = await room.pull({ artifacts: 'path:**', mirror, lockFile });
    expect(error).toBeUndefined();
    return report.bytes.mirror;
  };
  expect(await pull()).toBe(1);
  const other = startChild(LEASE, [room.store, 'a'.repeat(64)]);
  await other.printed('leased');
  expect(await pull()).toBe(0);
  // One that lives keeps what is its own.
  expect(leases()).toHaveLength(1);
  other.process.kill('SIGKILL');
  await other.ended();
  expect(await pull()).toBe(0);
  expect(leases()).toEqual([]);
});
