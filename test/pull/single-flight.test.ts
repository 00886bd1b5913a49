import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeRoom, type Room } from '../support/engine.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../support/rsync-daemon.ts';

let room: Room;
let daemon: RsyncDaemon;
let mirror: string;

beforeEach(async () => {
  room = makeRoom();
  daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
  mirror = daemon.url('tensorflow');
});

afterEach(async () => {
  await daemon.stop();
  room.remove();
});

/** Every file that the daemon sent, as often as it sent it. */
const sent = () => [...daemon.log().matchAll(/ send (\S+) /g)].map(([, path]) => path ?? '').sort();

const pullInto = (name: string, artifacts: string, options = {}) =>
  room.pull({ artifacts, mirror, path: join(room.folder, name), ...options });

test('eight pulls of the same files: the mirror sends each once', async () => {
  for (const name of ['a', 'b', 'c']) room.put(`f/${name}.bin`, name.repeat(100_000));
  const names = Array.from({ length: 8 }, (_, index) => `d${index}`);
  const results = await Promise.all(names.map((name) => pullInto(name, 'path:f/*')));
  expect(results.map(({ error }) => error)).toEqual(names.map(() => undefined));
  expect(sent()).toEqual(['f/a.bin', 'f/b.bin', 'f/c.bin']);
  for (const name of names)
    expect(readdirSync(join(room.folder, name, 'f'))).toEqual(['a.bin', 'b.bin', 'c.bin']);
  expect(results.filter(({ report }) => report.bytes.mirror > 0)).toHaveLength(1);
});

test('pulls of different files do not wait for each other; overlapping ones share', async () => {
  for (let index = 0; index < 12; index += 1) room.put(`f/${index}.bin`, `content ${index}`);
  const results = await Promise.all([
    pullInto('d1', 'path:f/[0-5].bin'),
    pullInto('d2', 'path:f/[3-8].bin'),
    pullInto('d3', 'path:f/?.bin'),
    pullInto('d4', 'path:f/1?.bin'),
  ]);
  expect(results.map(({ error }) => error)).toEqual([undefined, undefined, undefined, undefined]);
  const each = Array.from({ length: 12 }, (_, index) => `f/${index}.bin`).sort();
  expect(sent()).toEqual(each);
});

test('what one job cannot get, the one that waited for it gets from its own mirror', async () => {
  room.put('f/a.bin', 'right');
  room.put('f/b.bin', 'other');
  const lockFile = room.lockFile;
  expect((await pullInto('d0', 'path:f/*', { lockFile })).error).toBeUndefined();
  // Another mirror, which serves other bytes of the same size under the same name.
  const bad = makeRoom();
  bad.put('f/a.bin', 'wrong');
  bad.put('f/b.bin', 'other');
  const badDaemon = await startRsyncDaemon({ modules: { tensorflow: bad.tree } });
  try {
    const store = { folder: join(room.folder, 'second store'), lifetime: 'persistent' as const };
    const options = { lockFile, store };
    const [first, second] = await Promise.all([
      pullInto('d1', 'path:f/*', { ...options, mirror: badDaemon.url('tensorflow') }),
      pullInto('d2', 'path:f/*', options),
    ]);
    expect(second.error).toBeUndefined();
    // Whichever was first: the bad mirror's bytes are nowhere, and who waited for the good one has them.
    expect([undefined, 'integrity']).toContain(first.error?.code);
  } finally {
    await badDaemon.stop();
    bad.remove();
  }
});

test('files with a known digest are there for those who wait before all have come', async () => {
  for (const name of ['a', 'b']) room.put(`f/${name}.bin`, name.repeat(2_000_000));
  const lockFile = room.lockFile;
  await pullInto('d0', 'path:f/*', { lockFile });
  const store = { folder: join(room.folder, 'second store'), lifetime: 'persistent' as const };
  const controller = new AbortController();
  const slow = pullInto('d1', 'path:f/*', {
    lockFile,
    store,
    bandwidthLimit: 800,
    signal: controller.signal,
  });
  // The first arrives after some two and a half seconds, the second as much later.
  const objects = join(store.folder, 'v1/objects');
  await expect.poll(() => count(objects), { timeout: 20_000, interval: 50 }).toBe(1);
  controller.abort(new Error('stopped'));
  expect((await slow).error?.message).toBe('stopped');
  const { error, report } = await pullInto('d2', 'path:f/*', { lockFile, store });
  expect(error).toBeUndefined();
  expect(report.bytes).toMatchObject({ store: 2_000_000, mirror: 2_000_000 });
  // Nothing of the run that was stopped is left.
  expect(readdirSync(join(store.folder, 'v1/staging'))).toEqual([]);
});

function count(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.includes('.'),
    ).length;
  } catch {
    // The store is not made yet.
    return 0;
  }
}
