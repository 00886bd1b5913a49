import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRoom, type Room, recordingLog } from '../support/engine.ts';
import { CANNOT_MOUNT, mountSmall, remount } from '../support/mounts.ts';

let room: Room;

beforeEach(() => {
  room = makeRoom();
});
afterEach(() => room.remove());

const mirror = () => pathToFileURL(`${room.tree}/`).href;
const on = (disk: string) => ({
  artifacts: 'path:**',
  mirror: mirror(),
  lockFile: room.lockFile,
  store: { folder: join(disk, 'store'), lifetime: 'persistent' as const },
});

/** A store with all of the mirror on a file system of its own, which may only be read from now on. */
async function readOnlyStore(): Promise<string | undefined> {
  const disk = mountSmall('size=4m');
  if (disk === undefined) return undefined;
  room.put('models/a.bin', 'a');
  room.put('models/b.bin', 'b');
  expect((await room.pull(on(disk))).error).toBeUndefined();
  remount(disk, 'ro');
  return disk;
}

test('a store that may only be read is enough for what it holds', async ({ skip }) => {
  const disk = await readOnlyStore();
  if (disk === undefined) return skip(CANNOT_MOUNT);
  const log = recordingLog();
  const path = join(room.folder, 'elsewhere');
  const options = { ...on(disk), path, log, storeMaxSize: 1_000_000 };
  const placed = await room.pull(options);
  expect(placed.error).toBeUndefined();
  expect(placed.report.bytes).toMatchObject({ store: 2, mirror: 0 });
  const inPlace = await room.pull(options);
  expect(inPlace.error).toBeUndefined();
  expect(inPlace.report.bytes).toMatchObject({ 'in-place': 2 });
  expect(readdirSync(join(path, 'models'))).toEqual(['a.bin', 'b.bin']);
  expect(log.lines.filter((line) => !/^(debug|info)/.test(line))).toEqual([]);
});

test('what it lacks is an error that says it may only be read', async ({ skip }) => {
  const disk = await readOnlyStore();
  if (disk === undefined) return skip(CANNOT_MOUNT);
  room.put('models/c.bin', 'c');
  const { error } = await room.pull({ ...on(disk), lockFile: undefined });
  expect(error?.message).toContain('read-only');
});

test('a dry run looks into a store that may only be read, and makes none where there is none', async ({
  skip,
}) => {
  room.put('models/a.bin', 'a');
  const absent = join(room.folder, 'no-store');
  const store = { folder: absent, lifetime: 'persistent' as const };
  const looked = await room.pull({
    artifacts: 'path:**',
    mirror: mirror(),
    lookupOnly: true,
    store,
  });
  expect(looked.error).toBeUndefined();
  expect(existsSync(absent)).toBe(false);

  const disk = await readOnlyStore();
  if (disk === undefined) return skip(CANNOT_MOUNT);
  room.put('models/c.bin', 'c');
  const options = { ...on(disk), lockFile: undefined, path: join(room.folder, 'elsewhere') };
  const { error, report } = await room.pull({ ...options, lookupOnly: true });
  expect(error).toBeUndefined();
  expect(report.bytes).toMatchObject({ store: 2, mirror: 1 });
});
