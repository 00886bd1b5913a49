import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Cache, Pack } from '../../src/cache/cache.ts';
import { createHashPool } from '../../src/platform/hashing/hash-pool.ts';
import { silentLog, silentProgress } from '../../src/platform/log.ts';
import { restoreFromCache } from '../../src/pull/fetch/restore.ts';
import type { PlannedFile } from '../../src/pull/plan/plan.ts';
import { collectGarbage } from '../../src/store/maintenance/collect-garbage.ts';
import { openStore } from '../../src/store/open-store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rejectionOf } from '../support/thrown.ts';

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex');
const textOf = (name: string) => `content of ${name}`;

function packOf(name: string): Pack {
  const size = textOf(name).length;
  return { key: `pack-${name}`, size, contents: [{ sha256: sha256Of(textOf(name)), size }] };
}

function planned(name: string): PlannedFile {
  const file = { bucket: 'b', path: name, size: textOf(name).length, mtime: 1, digests: [] };
  return { file, sha256: sha256Of(textOf(name)), source: 'cache', skipped: [] };
}

/** A cache that takes its time, and counts what it is asked for. */
function slowCache(asked: string[], broken: ReadonlySet<string> = new Set()): Cache {
  const unused = () => Promise.reject(new Error('not asked for here'));
  return {
    name: 'slow',
    unreadableReason: undefined,
    unwritableReason: undefined,
    readIndex: unused,
    writeIndex: unused,
    lookup: unused,
    save: unused,
    async restore(packs, scratch, onOutcome) {
      for (const pack of packs) {
        asked.push(pack.key);
        await sleep(30);
        const name = pack.key.slice('pack-'.length);
        const file = join(scratch, name);
        mkdirSync(scratch, { recursive: true });
        writeFileSync(file, broken.has(name) ? 'x'.repeat(pack.size) : textOf(name));
        const [content] = pack.contents;
        onOutcome({ status: 'restored', pack, files: new Map([[content?.sha256 ?? '', file]]) });
      }
    },
  };
}

const ALL = ['a', 'b', 'c', 'd', 'e'];
const SETS = [['a', 'b', 'c'], ['b', 'c', 'd'], ['d', 'e'], ALL];

test('of jobs that need the same packs one restores each, and the others take it from the store', async () => {
  const folder = temporaryFolder();
  const asked: string[] = [];
  const hashPool = createHashPool({ maxThreads: 1 });
  const results = await Promise.all(
    SETS.map((names) =>
      restoreFromCache(names.map(planned), {
        cache: slowCache(asked),
        packs: ALL.map(packOf),
        store: openStore(folder, { log: silentLog }),
        hashPool,
        log: silentLog,
        progress: silentProgress,
        signal: new AbortController().signal,
      }),
    ),
  );
  await hashPool.close();
  expect(asked.sort()).toEqual(ALL.map((name) => `pack-${name}`));
  for (const [index, { fetched, unrestored: left, poisoned }] of results.entries()) {
    expect(fetched.map(({ verified }) => verified.path).sort()).toEqual(SETS[index]);
    expect({ left, poisoned }).toEqual({ left: [], poisoned: [] });
  }
});

test('what is in the store already is not restored, and a clean-up leaves it', async () => {
  const folder = temporaryFolder();
  const store = openStore(folder, { log: silentLog });
  writeFileSync(join(folder, 'incoming'), textOf('a'));
  const sha256 = sha256Of(textOf('a'));
  store.add(join(folder, 'incoming'), { sha256, size: textOf('a').length });
  await sleep(100);
  // Nobody knew when this job said what it uses.
  const lease = store.lease();
  lease.narrow([]);
  const hashPool = createHashPool({ maxThreads: 1 });
  const { signal } = new AbortController();
  const { fetched } = await restoreFromCache([planned('a')], {
    cache: slowCache([]),
    packs: [packOf('a')],
    store,
    hashPool,
    log: silentLog,
    progress: silentProgress,
    signal,
  });
  await hashPool.close();
  expect(fetched.map(({ source }) => source)).toEqual(['store']);
  const limits = { maxSize: 0, maxAge: undefined };
  const { held } = await collectGarbage(folder, { ...limits, progress: silentProgress, signal });
  expect(held.objects).toBe(1);
  lease.release();
});

test('a pack that one job got wrong is tried once more by the one that waited, then left for the mirror', async () => {
  const folder = temporaryFolder();
  const asked: string[] = [];
  const hashPool = createHashPool({ maxThreads: 1 });
  const results = await Promise.all(
    [['a', 'b'], ['a']].map((names) =>
      restoreFromCache(names.map(planned), {
        cache: slowCache(asked, new Set(['a'])),
        packs: ALL.map(packOf),
        store: openStore(folder, { log: silentLog }),
        hashPool,
        log: silentLog,
        progress: silentProgress,
        signal: new AbortController().signal,
      }),
    ),
  );
  await hashPool.close();
  expect(asked.filter((key) => key === 'pack-a')).toHaveLength(2);
  expect(results.map(({ unrestored: left }) => left.map(({ file }) => file.path))).toEqual([
    ['a'],
    ['a'],
  ]);
});

test('a cache that gives the locked content is not blamed for a wrong size in the lock', async () => {
  const hashPool = createHashPool({ maxThreads: 1 });
  const right = planned('a');
  const locked = { algorithm: 'sha256', value: right.sha256 ?? '', source: 'lock' } as const;
  const wrong = { ...right, file: { ...right.file, size: 5, digests: [locked] } };
  const error = await rejectionOf(
    restoreFromCache([wrong], {
      cache: slowCache([]),
      packs: [packOf('a')],
      store: openStore(temporaryFolder(), { log: silentLog }),
      hashPool,
      log: silentLog,
      progress: silentProgress,
      signal: new AbortController().signal,
    }),
  );
  await hashPool.close();
  expect(error).toMatchObject({ code: 'integrity', where: 'cache slow' });
  expect(error).toMatchObject({ expected: '5 bytes (from the lock)' });
  expect(error.found).toContain(`${textOf('a').length} bytes`);
});
