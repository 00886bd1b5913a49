import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRoom, type Room, recordingLog } from '../../support/engine.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';

let room: Room;
let second: string;
let daemon: RsyncDaemon;

beforeEach(async () => {
  room = makeRoom();
  second = join(room.folder, 'second');
  mkdirSync(second);
  daemon = await startRsyncDaemon({ modules: { first: room.tree, second } });
});

afterEach(async () => {
  await daemon.stop();
  room.remove();
});

const both = () => [daemon.url('first'), daemon.url('second')];

test('a file that the first mirror does not have is downloaded from the second', async () => {
  room.put('here.bin', 'here');
  writeFileSync(join(second, 'there.bin'), 'there');
  const log = recordingLog();

  const artifacts = 'path:here.bin\npath:there.bin';
  const { error, report } = await room.pull({ artifacts, mirror: both(), log });

  expect(error).toBeUndefined();
  expect(room.read('here.bin')).toBe('here');
  expect(room.read('there.bin')).toBe('there');
  const origins = report.artifacts.flatMap(({ files }) => files.map(({ origin }) => origin));
  expect(origins).toEqual(both());
  expect(log.lines.some((line) => line.startsWith('warning') && line.includes('there.bin'))).toBe(
    true,
  );
});

test('an unreachable first mirror causes a warning, not an error', async () => {
  writeFileSync(join(second, 'a.bin'), 'a');
  const dead = await startRsyncDaemon({ modules: { gone: room.tree } });
  const url = dead.url('gone');
  await dead.stop();

  const mirror = [url, daemon.url('second')];
  const { error, report } = await room.pull({ artifacts: 'path:a.bin', mirror });

  expect(error).toBeUndefined();
  expect(report.mirror).toBe(daemon.url('second'));
  expect(room.read('a.bin')).toBe('a');
});

test('corrupt bytes of the first mirror are refused, and the second mirror is used', async () => {
  room.put('a.bin', 'right');
  room.put('b.bin', 'other');
  cpSync(room.tree, second, { recursive: true, preserveTimestamps: true });
  const lockFile = room.lockFile;
  await room.pull({ artifacts: 'path:*.bin', mirror: daemon.url('first'), lockFile });
  rmSync(room.destination, { recursive: true });
  rmSync(room.store, { recursive: true });
  room.put('a.bin', 'wrong');
  const log = recordingLog();

  const { error } = await room.pull({ artifacts: 'path:*.bin', mirror: both(), lockFile, log });

  expect(error).toBeUndefined();
  expect(room.read('a.bin')).toBe('right');
  const told = log.lines.find((line) => line.includes('Wrong bytes'));
  expect(told).toContain(createHash('sha256').update('right').digest('hex'));
  expect(told).toContain(createHash('sha256').update('wrong').digest('hex'));
  expect(told).toContain(daemon.url('first'));
});

test('two mirrors with different times of a file agree', async () => {
  room.put('a.bin', 'a');
  writeFileSync(join(second, 'a.bin'), 'a');
  utimesSync(join(second, 'a.bin'), 1_600_000_000, 1_600_000_000);
  const lockFile = room.lockFile;
  await room.pull({ artifacts: 'path:a.bin', mirror: daemon.url('first'), lockFile });
  rmSync(join(room.tree, 'a.bin'));

  const store = { folder: join(room.folder, 'fresh-store'), lifetime: 'persistent' } as const;
  const path = join(room.folder, 'fresh');
  const { error } = await room.pull({
    artifacts: 'path:a.bin',
    mirror: both(),
    lockFile,
    store,
    path,
  });

  expect(error).toBeUndefined();
});

test('if no mirror has it, the error says what was searched and where', async () => {
  const { error } = await room.pull({ artifacts: 'path:a.bin', mirror: both() });
  expect(error?.code).toBe('nothing-matched');
  for (const url of both()) expect(`${error?.where} ${error?.message}`).toContain(url);
});
