import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  CHARACTER_DEVICE,
  FIFO,
  FOLDER,
  type HostileDaemon,
  type HostileOptions,
  LINK,
  REGULAR,
  startHostileDaemon,
  type WireEntry,
} from '../../support/hostile-daemon.ts';
import {
  createRsyncWorkbench,
  everythingIn,
  fetchInto,
  type RsyncWorkbench,
} from '../../support/rsync-workbench.ts';
import { rejectionOf } from '../../support/thrown.ts';

const MIB = 1024 * 1024;
const TOP: WireEntry = { name: '.', mode: FOLDER };

let bench: RsyncWorkbench;
let daemon: HostileDaemon;
let staging: string;
/** Beside staging: what a mirror must not reach. */
let beside: string[];

beforeAll(() => {
  bench = createRsyncWorkbench();
});
afterAll(() => bench.remove());
beforeEach(() => {
  staging = join(bench.staging(), 'inner');
  bench.log.lines.length = 0;
  bench.pauses.length = 0;
  writeFileSync(join(staging, '../victim'), 'untouched');
  beside = readdirSync(bench.root).sort();
});
afterEach(async () => {
  await daemon?.stop();
  expect(readFileSync(join(staging, '../victim'), 'utf8')).toBe('untouched');
  expect(readdirSync(join(staging, '..')).filter((name) => name !== 'inner')).toEqual(['victim']);
  expect(readdirSync(bench.root).sort()).toEqual(beside);
});

async function hostile(options: HostileOptions) {
  daemon = await startHostileDaemon(options);
  return bench.mirror(daemon.url, { timeout: 5 });
}

const content = () => [Buffer.from('hello')];
const asked = (...paths: string[]) => paths.map((path) => ({ path, size: 5, mtime: undefined }));

/** What there is after a fetch, whether it failed or not. */
async function attempt(options: HostileOptions, paths: readonly string[]) {
  const mirror = await hostile(options);
  const outcome = await fetchInto(mirror, asked(...paths), staging).catch((error: Error) => error);
  let there: string[] = [];
  try {
    there = everythingIn(staging);
  } catch {
    // Not even made.
  }
  return { outcome, there };
}

describe('a daemon that is honest over the same protocol', () => {
  test('lists and sends', async () => {
    const mirror = await hostile({ entries: [TOP, { name: 'a', size: 5 }], content });
    const listed = await mirror.listTree('tensorflow', '');
    expect(listed).toEqual([{ path: 'a', size: 5, mtime: 1_600_000_000 }]);
    const fetched = await fetchInto(mirror, listed, staging);
    expect(fetched.told).toEqual(['a']);
    expect(readFileSync(join(staging, 'a'), 'utf8')).toBe('hello');
  });
});

describe('names that lie', () => {
  test.each([
    ['an absolute name', '/tmp/tfcache-hostile', REGULAR],
    ['a name that leads out', '../evil', REGULAR],
    ['a name that leads out further down', 'a/../../evil', REGULAR],
    ['the name of a folder above', '..', FOLDER],
    ['a file that was not asked for', 'evil', REGULAR],
    ['a file where partial data is kept', '.tfcache-partial/a', REGULAR],
    ['a name longer than any path', 'x'.repeat(5000), REGULAR],
  ])('%s is not written', async (_what, name, mode) => {
    const entries = [
      { name, mode, size: 5 },
      { name: 'a', size: 5 },
    ];
    const { outcome, there } = await attempt({ entries, content }, ['a']);
    expect(there.filter((path) => path !== 'a')).toEqual([]);
    expect(outcome).toMatchObject({
      code: 'no-mirror',
      message: expect.stringMatching(/no honest rsync daemon sends|broke|understand/),
    });
    expect(bench.pauses).toEqual([]);
    expect(() => lstatSync('/tmp/tfcache-hostile')).toThrow('ENOENT');
  });

  test.each([
    ['a device', CHARACTER_DEVICE],
    ['a fifo', FIFO],
    ['a link', LINK],
    ['a folder', FOLDER],
  ])('%s in place of the file is not made', async (_what, mode) => {
    const { outcome, there } = await attempt(
      { entries: [{ name: 'a', mode, target: '../victim' }] },
      ['a'],
    );
    expect(there).toEqual([]);
    // It may be said that the file is missing, or that the mirror lies.
    if (!(outcome instanceof Error)) expect(outcome).toMatchObject({ told: [], missing: ['a'] });
  });

  test('a file in place of the folder is refused, or left out by older ones', async () => {
    const entries = [
      { name: '.', size: 5 },
      { name: 'a', size: 5 },
    ];
    const { outcome, there } = await attempt({ entries, content }, ['a']);
    expect(there.filter((path) => path !== 'a')).toEqual([]);
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'no-mirror' });
  });

  test('a name with a NUL is cut there, and no more', async () => {
    const entries = [{ name: 'a\0/../../evil', size: 5 }];
    const { there } = await attempt({ entries, content }, ['a']);
    expect(there).toEqual(['a']);
  });

  test('a link as the folder of a file does not lead the file out', async () => {
    const entries = [
      { name: 'sub', mode: LINK, target: '..' },
      { name: 'sub/victim', size: 5 },
    ];
    const { there } = await attempt({ entries, content }, ['sub/victim']);
    expect(there.filter((path) => path !== 'sub/victim')).toEqual([]);
  });

  test('names with control characters reach neither a log line of their own nor a listing', async () => {
    const name = 'x\n::error::injected\u001b[31m';
    const mirror = await hostile({ entries: [TOP, { name, size: 5 }, { name: 'ok', size: 5 }] });
    const listed = await mirror.listTree('tensorflow', '');
    expect(listed.map(({ path }) => path).sort()).toEqual(['ok', name]);
    expect(bench.log.lines.filter((line) => line.includes('::error'))).toEqual([]);
  });

  test.each([
    ['outside', '../evil'],
    ['absolute', '/etc/passwd'],
    ['through itself', 'a/./b/../../../evil'],
  ])('a listing with a name that is %s', async (_what, name) => {
    const mirror = await hostile({ entries: [TOP, { name, size: 5 }, { name: 'ok', size: 5 }] });
    const listed = await mirror.listTree('tensorflow', '').catch((error: Error) => error);
    if (listed instanceof Error) expect(listed).toMatchObject({ code: 'no-mirror' });
    else expect(listed.map(({ path }) => path).every((path) => !/\.\.|^\//.test(path))).toBe(true);
  });
});

describe('content that lies', () => {
  test('more bytes than the list said', async () => {
    const mirror = await hostile({
      entries: [{ name: 'a', size: 5 }],
      content: () => [Buffer.alloc(3 * MIB, 'x')],
    });
    const outcome = await fetchInto(mirror, asked('a'), staging).catch((error: Error) => error);
    // rsync takes a file that grew meanwhile; the digest and the second listing decide on it.
    if (outcome instanceof Error) expect(outcome).toMatchObject({ code: 'no-mirror' });
    else expect(lstatSync(join(staging, 'a')).size).toBe(3 * MIB);
  });

  test('fewer bytes than the list said', async () => {
    const mirror = await hostile({ entries: [{ name: 'a', size: 10 * MIB }], content });
    const outcome = await fetchInto(mirror, asked('a'), staging).catch((error: Error) => error);
    if (!(outcome instanceof Error)) expect(lstatSync(join(staging, 'a')).size).toBe(5);
  });

  test('a length below nothing', async () => {
    const mirror = await hostile({ entries: [TOP, { name: 'a', size: -7 }] });
    const outcome = await mirror.listTree('tensorflow', '').catch((error: Error) => error);
    if (!(outcome instanceof Error)) expect(outcome).toEqual([]);
  });

  test('data without end for a small file is cut off', async () => {
    const chunk = Buffer.alloc(32 * 1024, 'x');
    function* endless() {
      for (;;) yield chunk;
    }
    const mirror = await hostile({ entries: [{ name: 'a', size: 5 }], content: endless });
    const error = await rejectionOf(fetchInto(mirror, asked('a'), staging));
    expect(error).toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('more than it listed'),
    });
    expect(bench.pauses).toEqual([]);
    const left = everythingIn(staging).map((path) => lstatSync(join(staging, path)).size);
    expect(Math.max(0, ...left)).toBeLessThan(1024 * MIB);
  });

  test('another file than the one that was asked for', async () => {
    const { outcome, there } = await attempt(
      { entries: [{ name: 'a', size: 5 }], content, answerAs: () => 77 },
      ['a'],
    );
    expect(outcome).toMatchObject({
      code: 'no-mirror',
      message: expect.stringContaining('no honest rsync daemon sends'),
    });
    expect(there).toEqual([]);
  });

  test('bytes that are no protocol', async () => {
    const { outcome, there } = await attempt(
      { entries: [{ name: 'a', size: 5 }], garbage: Buffer.alloc(1000, 0xfe) },
      ['a'],
    );
    expect(outcome).toMatchObject({ code: 'no-mirror' });
    expect(there).toEqual([]);
  });
});

describe('too much of it', () => {
  test('a listing of a million names: taken in, with bounded memory', async () => {
    function* million(): Iterable<WireEntry> {
      yield TOP;
      for (let index = 0; index < 1_000_000; index += 1) yield { name: `n${index}`, size: 5 };
    }
    await hostile({ entries: million() });
    const mirror = bench.mirror(daemon.url, { timeout: 60 });
    const before = process.memoryUsage().rss;
    const listed = await mirror.listTree('tensorflow', '');
    expect(listed).toHaveLength(1_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(900 * MIB);
  }, 120_000);

  test('a listing without end: rsync is ended before it takes all memory', async () => {
    const long = 'x'.repeat(3000);
    function* endless(): Iterable<WireEntry> {
      yield TOP;
      for (let index = 0; ; index += 1) yield { name: `${index}${long}`, size: 5 };
    }
    await hostile({ entries: endless() });
    const mirror = bench.mirror(daemon.url, { timeout: 60, memoryLimit: 100 * MIB });
    const error = await rejectionOf(mirror.listTree('tensorflow', ''));
    expect(error).toMatchObject({
      code: 'no-mirror',
      message: expect.stringMatching(/took too much memory/),
    });
  }, 120_000);

  test('a message of the day without end', async () => {
    const line = Buffer.from(`${'welcome '.repeat(100)}\n`);
    function* endless() {
      for (;;) yield line;
    }
    const mirror = await hostile({ entries: [], before: endless() });
    const error = await rejectionOf(
      bench.mirror(daemon.url, { timeout: 0.5 }).listTree('tensorflow', ''),
    );
    expect(mirror.url).toBe(daemon.url);
    expect(error).toMatchObject({ code: 'no-mirror' });
  }, 60_000);

  test('messages without end are not kept', async () => {
    const messages = Array.from({ length: 20_000 }, (_, index) => ({
      kind: 3,
      text: `::error::line ${index} ${'y'.repeat(200)}\n`,
    }));
    const mirror = await hostile({
      entries: [TOP],
      messages,
      garbage: Buffer.alloc(100, 0xfe),
    });
    const error = await rejectionOf(mirror.listTree('tensorflow', ''));
    expect(error.found?.length).toBeLessThan(1200);
    expect(error.found).not.toMatch(/\p{Cc}/u);
  });
});
