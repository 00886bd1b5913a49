import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRoom, type Room } from '../../support/engine.ts';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';

// A listing, the transfer, the listing again: at first sight nothing else tells that a file changed under the copy.
const LAST = 2;

let room: Room;
let daemon: RsyncDaemon;
let refusing: FaultProxy;
let refuses: boolean;

beforeEach(async () => {
  room = makeRoom();
  refuses = true;
  room.put('a/one.bin', 'one'.repeat(10_000));
  room.put('a/two.bin', 'two'.repeat(10_000));
  daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
  refusing = await startFaultProxy(daemon.port, (connection) =>
    refuses && connection > LAST ? { kind: 'cut', after: 0, how: 'end' } : undefined,
  );
});

afterEach(async () => {
  await refusing.stop();
  await daemon.stop();
  room.remove();
});

const sent = () => daemon.log().match(/ send /g)?.length ?? 0;
const url = () => `rsync://127.0.0.1:${refusing.port}/tensorflow/`;

test('if a mirror does not list again, the next mirror is used', async () => {
  const mirror = [url(), daemon.url('tensorflow')];
  const { error, report } = await room.pull({ artifacts: 'path:a/*.bin', mirror });
  expect(refusing.connections()).toBeGreaterThan(LAST);
  expect(error).toBeUndefined();
  expect(report.mirror).toBe(daemon.url('tensorflow'));
  expect(room.read('a/two.bin')).toBe('two'.repeat(10_000));
});

test('without another mirror the run fails, and complete files are not downloaded again', async () => {
  const { error } = await room.pull({ artifacts: 'path:a/*.bin', mirror: url() });
  expect(error?.code).toBe('no-mirror');
  expect(sent()).toBe(2);
  refuses = false;
  const next = await room.pull({ artifacts: 'path:a/*.bin', mirror: url() });
  expect(next.error).toBeUndefined();
  expect(room.read('a/one.bin')).toBe('one'.repeat(10_000));
  expect(sent()).toBe(2);
});
