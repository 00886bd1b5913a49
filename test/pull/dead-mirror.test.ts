import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRoom, type Room, recordingLog } from '../support/engine.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import type { PrivateServer } from '../support/private-server.ts';
import { startNginx } from '../support/web-servers.ts';

const MIB = 1024 * 1024;

let room: Room;
let nginx: PrivateServer;
let first: FaultProxy;
let second: FaultProxy;

beforeEach(async () => {
  room = makeRoom();
  nginx = await startNginx([
    `root ${room.tree};`,
    'autoindex on;',
    'autoindex_format json;',
    // So slow that next to nothing is on the way when a connection ends: what was passed has arrived.
    `location /slow/ { alias ${room.tree}/; limit_rate 6m; }`,
  ]);
  // Two mirrors with the same files, as two copies that keep times are: nginx makes its ETag of time and size.
  // Ended, not reset, which would throw away what the system had received already.
  first = await startFaultProxy(nginx.port, () => ({ kind: 'cut', after: 6 * MIB, how: 'end' }));
  second = await startFaultProxy(nginx.port, () => undefined);
});

afterEach(async () => {
  await first.stop();
  await second.stop();
  await nginx.stop();
  room.remove();
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);
const url = (proxy: FaultProxy): string => `http://127.0.0.1:${proxy.port}/`;

/** Only where a digest is known beforehand does a mirror resume what another one began. */
async function lockAll(): Promise<{ lockFile: string }> {
  const { lockFile } = room;
  const mirror = `http://127.0.0.1:${nginx.port}/`;
  const { error } = await room.pull({ artifacts: 'path:*.bin', mirror, lockFile });
  expect(error).toBeUndefined();
  rmSync(room.store, { recursive: true });
  rmSync(room.destination, { recursive: true });
  return { lockFile };
}

test('what a mirror gave before it died is not fetched again from the next', async () => {
  const content = randomBytes(40 * MIB);
  room.put('big.bin', content);
  room.put('small.bin', 'small');
  const log = recordingLog();
  const locked = await lockAll();

  const mirror = [`${url(first)}slow/`, url(second)];
  const { error, report } = await room.pull({ artifacts: 'path:*.bin', mirror, log, ...locked });

  expect(error).toBeUndefined();
  expect(readFileSync(join(room.destination, 'big.bin')).equals(content)).toBe(true);
  expect(room.read('small.bin')).toBe('small');
  expect(report.mirror).toBe(url(second));
  const given = sum(first.passed());
  expect(given).toBeGreaterThan(10 * MIB);
  expect(sum(second.passed())).toBeLessThan(content.length - given + 4 * MIB);
  expect(log.lines.some((line) => line.startsWith('warning') && line.includes(url(second)))).toBe(
    true,
  );
});

test('nor in the next run, when every mirror died', async () => {
  const content = randomBytes(40 * MIB);
  room.put('big.bin', content);
  const locked = await lockAll();
  const slow = { mirror: `${url(first)}slow/`, ...locked };
  const dead = await room.pull({ artifacts: 'path:*.bin', ...slow });
  expect(dead.error?.code).toBe('no-mirror');
  const given = sum(first.passed());

  const { error } = await room.pull({ artifacts: 'path:*.bin', mirror: url(second), ...locked });
  expect(error).toBeUndefined();
  expect(sum(second.passed())).toBeLessThan(content.length - given + 4 * MIB);
});
