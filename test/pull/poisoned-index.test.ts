import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CacheIndex, Pack } from '../../src/cache/cache.ts';
import { choosePacks } from '../../src/cache/choose-packs.ts';
import { createGithubCache } from '../../src/cache/github/github-cache.ts';
import { saveNewFiles } from '../../src/pull/save/save.ts';
import type { PullResult } from '../../src/pull/types.ts';
import { type CacheServer, startCacheServer } from '../support/cache-server.ts';
import { linuxMachine, makeRoom, type Room, recordingLog } from '../support/engine.ts';

let room: Room;
let server: CacheServer;

beforeEach(async () => {
  room = makeRoom();
  server = await startCacheServer();
});

afterEach(async () => {
  await server.stop();
  room.remove();
});

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
const MANY = 3_000;

/** Writes an index as another job with write access could. */
async function poison(index: CacheIndex): Promise<void> {
  const environment = { ...process.env, ...server.environment };
  const cache = createGithubCache({ keyPrefix: 'tfcache', environment, log: recordingLog() });
  const { reason } = await cache.writeIndex(index, join(room.folder, 'scratch'));
  expect(reason).toBeUndefined();
}

async function job(artifacts: string): Promise<PullResult & { lines: readonly string[] }> {
  rmSync(room.destination, { recursive: true, force: true });
  rmSync(room.store, { recursive: true, force: true });
  const log = recordingLog();
  const environment = { ...process.env, ...server.environment };
  const result = await room.pull({
    artifacts,
    mirror: `file://${room.tree}/`,
    cache: 'github',
    lockFile: room.lockFile,
    environment: server.environment,
    log,
  });
  expect(result.error).toBeUndefined();
  if (result.save !== undefined) {
    const progress = { begin: () => undefined, advance: () => undefined, end: () => undefined };
    const { signal } = new AbortController();
    const { problems } = await saveNewFiles(result.save, {
      log,
      progress,
      machine: linuxMachine,
      signal,
      environment,
    });
    expect(problems).toEqual([]);
  }
  return { ...result, lines: log.lines };
}

const pack = (name: string, contents: Pack['contents']): Pack => ({
  key: `tfcache-v1-${sha256(name)}`,
  size: contents.reduce((sum, { size }) => sum + size, 0),
  contents,
});

test('thousands of packs for one content: a handful of tries, then the mirror; the next job finds it', async () => {
  room.put('a.bin', 'content a');
  const content = { sha256: sha256('content a'), size: 9 };
  await poison({
    packs: Array.from({ length: MANY }, (_, at) => pack(`${at}`, [content])),
    files: [],
  });
  await room.pull({
    artifacts: 'path:a.bin',
    mirror: `file://${room.tree}/`,
    lockFile: room.lockFile,
  });
  const before = server.counts.calls.GetCacheEntryDownloadURL;
  const first = await job('path:a.bin');
  expect(first.report.bytes.mirror).toBe(9);
  expect(server.counts.calls.GetCacheEntryDownloadURL - before).toBeLessThan(20);
  const second = await job('path:a.bin');
  expect(second.report.bytes).toMatchObject({ mirror: 0, cache: 9 });
});

test('packs that lie about every content: the cache is given up with one warning', async () => {
  const names = Array.from({ length: 400 }, (_, at) => `f/${at}.bin`);
  for (const name of names) room.put(name, name);
  await room.pull({
    artifacts: 'path:f/*.bin',
    mirror: `file://${room.tree}/`,
    lockFile: room.lockFile,
  });
  await poison({
    packs: names.map((name) => pack(name, [{ sha256: sha256(name), size: name.length }])),
    files: [],
  });
  const before = server.counts.calls.GetCacheEntryDownloadURL;
  const first = await job('path:f/*.bin');
  expect(first.report.bytes.cache).toBe(0);
  expect(server.counts.calls.GetCacheEntryDownloadURL - before).toBeLessThan(60);
  const warnings = first.lines.filter((line) => line.startsWith('warning: '));
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/32 of 32 packs that its index names are missing or wrong/);
  const second = await job('path:f/*.bin');
  expect(second.report.bytes.mirror).toBe(0);
});

test('the choice among the most packs an index may name ends soon', () => {
  const contents = Array.from({ length: 100_000 }, (_, at) => ({
    sha256: sha256(`${at}`),
    size: (at % 97) + 1,
  }));
  const packs = Array.from({ length: 5_000 }, (_, at) =>
    pack(
      `pack ${at}`,
      Array.from({ length: 20 }, (_one, place) => {
        const chosen = (at * 7_919 + place * 104_729 + place * place * 31 * at) % 2_000;
        return contents[chosen] ?? { sha256: '', size: 0 };
      }),
    ),
  );
  const started = performance.now();
  const chosen = choosePacks(
    contents.slice(0, 2_000).map(({ sha256: one }) => one),
    packs,
  );
  expect(chosen.length).toBeGreaterThan(100);
  expect(performance.now() - started).toBeLessThan(20_000);
});
