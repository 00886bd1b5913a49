import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runStoreCommand } from '../../../src/cli/commands/store.ts';
import { parseCommandLine } from '../../../src/cli/options.ts';
import { TfcacheError } from '../../../src/platform/error.ts';
import { makeRoom, type Room } from '../../support/engine.ts';
import { type RsyncDaemon, startRsyncDaemon } from '../../support/rsync-daemon.ts';

const printed = vi.hoisted(() => ({ output: '' }));
vi.mock('../../../src/cli/standard-streams.ts', () => ({
  printOutput: (text: string) => {
    printed.output += text;
  },
  getStandardError: () => ({ write: () => true }),
}));

let room: Room;
let daemon: RsyncDaemon;

beforeEach(async () => {
  room = makeRoom();
  daemon = await startRsyncDaemon({ modules: { tensorflow: room.tree } });
  for (const name of ['a', 'b', 'c']) room.put(`f/${name}.bin`, name.repeat(1000));
  const { error } = await room.pull({ artifacts: 'path:f/*', mirror: daemon.url('tensorflow') });
  expect(error).toBeUndefined();
});

afterEach(async () => {
  await daemon.stop();
  room.remove();
});

async function store(...args: string[]): Promise<{ exitCode: number; output: string }> {
  printed.output = '';
  const line = parseCommandLine(['store', ...args, '--store', room.store], {});
  return { exitCode: await runStoreCommand(line), output: printed.output };
}

test('stats says what is there, to people and to machines', async () => {
  const { exitCode, output } = await store('stats');
  expect(exitCode).toBe(0);
  expect(output).toMatch(/^Store .*\n {2}objects +3 files, 2.93 KiB\n/);
  expect(output).toMatch(/known paths +3 lines/);
  const { output: json } = await store('stats', '--json');
  expect(JSON.parse(json)).toMatchObject({
    version: 1,
    exists: true,
    objects: { count: 3, bytes: 3000 },
    index: { lines: 3 },
    quarantine: { files: 0 },
    jobs: 0,
  });
});

test('verify ends with 3 when something is wrong, and the next pull fetches that again', async () => {
  expect(await store('verify')).toEqual({
    exitCode: 0,
    output: 'Intact: 3 objects, 2.93 KiB.\nIndex: 3 lines, all intact.\n',
  });
  const objects = join(room.store, 'v1/objects');
  const names = readdirSync(objects, { recursive: true, encoding: 'utf8' });
  const object = join(objects, names.find((name) => name.includes('.')) ?? '');
  chmodSync(object, 0o644);
  writeFileSync(object, 'overwritten');
  const { exitCode, output } = await store('verify', '--json');
  expect(exitCode).toBe(3);
  expect(JSON.parse(output)).toMatchObject({ sound: { objects: 2 }, wrong: [{ object }] });
  const path = join(room.folder, 'elsewhere');
  const { error, report } = await room.pull({
    artifacts: 'path:f/*',
    mirror: daemon.url('tensorflow'),
    path,
  });
  expect(error).toBeUndefined();
  expect(report.bytes).toMatchObject({ store: 2000, mirror: 1000 });
});

test('gc keeps to a size or an age', async () => {
  expect((await store('gc')).output).toBe('Removed: none.\nKept: 3 objects, 2.93 KiB.\n');
  expect((await store('gc', '--max-size', '2500')).output).toBe(
    'Removed: 1 object, 1000 B.\nKept: 2 objects, 1.95 KiB.\n' +
      'Removed from the index: 1 path whose content is no longer in the store.\n',
  );
  expect((await store('gc', '--store-max-size', '1kB')).output).toContain('Kept: 1 object, 1000 B');
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const { output } = await store('gc', '--max-age', '1s', '--json');
  expect(JSON.parse(output)).toMatchObject({ removed: { objects: 1 }, kept: { objects: 0 } });
});

test.each([
  [['stats', '--max-size', '1GB'], 'is only valid for tfcache store gc'],
  [['gc', '--max-age', 'soon'], '--max-age'],
  [['gc', '--max-size', 'much'], '50GB'],
  [['shrink'], 'stats, verify and gc'],
  [['gc', 'verify'], 'stats, verify and gc'],
  [[], 'stats, verify and gc'],
])('%j is refused with a way out', async (args, says) => {
  const error = await store(...args).catch((thrown: unknown) => thrown);
  if (!(error instanceof TfcacheError)) throw error;
  expect(error.code).toBe('usage');
  expect(JSON.stringify([error.message, error.expected, error.hint])).toContain(says);
});

test('a folder without a store is refused, not made into one', async () => {
  room.remove();
  const error = await store('gc', '--max-size', '1').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'usage', where: room.store });
});

test('a pull keeps the store to its size, and never loses what it published', async () => {
  const mirror = daemon.url('tensorflow');
  const { error } = await room.pull({
    artifacts: 'path:f/a.bin',
    mirror,
    path: join(room.folder, 'elsewhere'),
    storeMaxSize: 1500,
  });
  expect(error).toBeUndefined();
  const { output } = await store('stats', '--json');
  expect(JSON.parse(output)).toMatchObject({ objects: { count: 1, bytes: 1000 } });
  // What it uses itself stays, however small the store is to be.
  const path = join(room.folder, 'third');
  const small = await room.pull({ artifacts: 'path:f/*', mirror, path, storeMaxSize: 1 });
  expect(small.error).toBeUndefined();
  expect(readFileSync(join(path, 'f/c.bin'), 'utf8')).toBe('c'.repeat(1000));
  expect(JSON.parse((await store('stats', '--json')).output)).toMatchObject({
    objects: { count: 3 },
  });
});
