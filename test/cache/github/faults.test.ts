import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Cache, PackOutcome } from '../../../src/cache/cache.ts';
import type { CacheFaults } from '../../support/cache-server.ts';
import { type CacheWorkbench, openCacheWorkbench } from '../../support/cache-workbench.ts';

const MIB = 1024 * 1024;
let bench: CacheWorkbench;
/** Another job's cache, which saves what the tests restore. */
let saver: Cache;
beforeAll(async () => {
  bench = await openCacheWorkbench();
  saver = bench.cache();
});
afterEach(() => {
  for (const name of Object.keys(bench.server.faults))
    delete bench.server.faults[name as keyof CacheFaults];
  bench.logged.length = 0;
});
afterAll(() => bench.close());

/** One pack that is in the cache, sound. */
async function savedPack(size = 2 * MIB) {
  const packs = bench.plan([bench.addContent(size)]);
  await bench.save(packs, saver);
  return packs;
}

function reasonOf(outcome: PackOutcome | undefined): string {
  if (outcome === undefined || !('reason' in outcome)) return `no reason: ${outcome?.status}`;
  return `${outcome.status}: ${outcome.reason}`;
}

describe('restoring', () => {
  it('reports the rate limit, and sends no further request', async () => {
    const packs = [...(await savedPack()), ...(await savedPack())];
    bench.server.faults.respond = { status: 429, headers: { 'retry-after': '77' } };
    const cache = bench.cache({ maxWorkers: 1 });
    const calls = bench.server.counts.calls.GetCacheEntryDownloadURL;
    const outcomes = await bench.restore(packs, cache);
    expect(outcomes).toHaveLength(2);
    for (const outcome of outcomes) {
      expect(reasonOf(outcome)).toMatch(/^failed: .*reset in 77 seconds.*\(429\)/i);
    }
    expect(reasonOf((await bench.save(packs, cache))[0])).toMatch(/429/);
    expect(bench.server.counts.calls.GetCacheEntryDownloadURL - calls).toBe(1);
  });

  it.each([500, 503])(
    'cancels, in bounded time, if the service responds with %i',
    async (status) => {
      const packs = [...(await savedPack()), ...(await savedPack())];
      bench.server.faults.respond = { status };
      const cache = bench.cache({ idleTimeoutMs: 1_500, maxWorkers: 1 });
      const outcomes = await bench.restore(packs, cache);
      expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'failed']);
      expect(reasonOf(outcomes[0])).toMatch(/1.5 seconds/);
      expect(reasonOf(outcomes[0])).toContain(String(status));
      expect((await cache.readIndex(bench.scratch())).reason).toMatch(/1.5 seconds/);
    },
  );

  it('retries after one failed response', async () => {
    const packs = await savedPack();
    bench.server.faults.respond = { status: 502, times: 1 };
    expect((await bench.restore(packs))[0]?.status).toBe('restored');
  });

  it('cancels if the service does not respond', async () => {
    const packs = await savedPack();
    bench.server.faults.hang = true;
    const [outcome] = await bench.restore(packs, bench.cache({ idleTimeoutMs: 1_000 }));
    expect(reasonOf(outcome)).toMatch(/^failed: no progress for 1 seconds/);
  });

  it('reports that the service is unreachable', async () => {
    const packs = await savedPack();
    const environment = {
      ...process.env,
      ...bench.server.environment,
      ACTIONS_RESULTS_URL: 'http://127.0.0.1:1/',
    };
    const [outcome] = await bench.restore(packs, bench.cache({ environment }));
    expect(reasonOf(outcome)).toMatch(/^failed: .*ECONNREFUSED/);
  });

  it('reports that the connection was reset, for the call and for the download', async () => {
    const packs = await savedPack();
    bench.server.faults.disconnect = true;
    expect(reasonOf((await bench.restore(packs))[0])).toMatch(/^failed: .*(ECONNRESET|hang up)/);
    delete bench.server.faults.disconnect;
    bench.server.faults.dropDownloadAfter = MIB;
    expect(reasonOf((await bench.restore(packs))[0])).toMatch(/^failed: .*(aborted|ECONNRESET)/);
    delete bench.server.faults.dropDownloadAfter;
    expect((await bench.restore(packs))[0]?.status).toBe('restored');
  });

  it('cancels a download that stalls', async () => {
    const packs = await savedPack();
    bench.server.faults.stallDownloadAfter = MIB;
    const [outcome] = await bench.restore(packs, bench.cache({ idleTimeoutMs: 1_500 }));
    expect(reasonOf(outcome)).toMatch(/^failed: no progress/);
  });

  it('reports an entry that was evicted after it was found as missing', async () => {
    const packs = await savedPack();
    bench.server.faults.evictBeforeDownload = true;
    expect((await bench.restore(packs))[0]?.status).toBe('missing');
  });

  it('restores nothing from a truncated or corrupt archive, and warns', async () => {
    const packs = await savedPack();
    for (const fault of [{ truncateDownload: MIB }, { corruptDownloadAt: 0 }]) {
      Object.assign(bench.server.faults, fault);
      const [outcome] = await bench.restore(packs);
      expect(outcome?.status === 'restored' && outcome.files.size).toBe(0);
      expect(bench.logged.join('\n')).toMatch(/warning: Could not use .*: .*tar/);
      bench.logged.length = 0;
    }
  });

  it('reports a full disk as a failure, not as a corrupt entry', async () => {
    const packs = await savedPack();
    const folder = bench.scratch();
    mkdirSync(folder);
    const script = `#!/bin/sh
case "$*" in
  *--version*) echo "tar (GNU tar) 1.34";;
  *) echo "tar: received-x: Cannot write: No space left on device" >&2; exit 2;;
esac
`;
    writeFileSync(join(folder, 'tar'), script, { mode: 0o755 });
    const environment = {
      ...process.env,
      ...bench.server.environment,
      PATH: `${folder}:${process.env['PATH']}`,
    };
    const [outcome] = await bench.restore(packs, bench.cache({ environment }));
    expect(reasonOf(outcome)).toMatch(/^failed: .*No space left on device/);
  });

  it('reports that reading is denied', async () => {
    const packs = await savedPack();
    bench.server.faults.readDenied = true;
    expect(reasonOf((await bench.restore(packs))[0])).toMatch(/^denied: cache read denied:/);
  });

  it('reports that the token is refused', async () => {
    const packs = await savedPack();
    const environment = {
      ...process.env,
      ...bench.server.environment,
      ACTIONS_RUNTIME_TOKEN: 'expired',
    };
    expect(reasonOf((await bench.restore(packs, bench.cache({ environment })))[0])).toMatch(
      /^failed: .*\(401\).*unknown token/,
    );
  });

  it('refuses to restore with a tar that is not GNU tar', async () => {
    const packs = await savedPack();
    const folder = bench.scratch();
    mkdirSync(folder);
    const program = join(folder, 'tar');
    writeFileSync(program, '#!/bin/sh\necho "bsdtar 3.7.2 - libarchive 3.7.2"\n');
    chmodSync(program, 0o755);
    const environment = {
      ...process.env,
      ...bench.server.environment,
      PATH: `${folder}:${process.env['PATH']}`,
    };
    const { downloads } = bench.server.counts;
    const [outcome] = await bench.restore(packs, bench.cache({ environment }));
    expect(reasonOf(outcome)).toMatch(/^failed: GNU tar was not found.*install/);
    expect(bench.server.counts.downloads).toBe(downloads);
  });

  it('warns once if zstd is missing', async () => {
    const packs = await savedPack();
    const folder = bench.scratch();
    mkdirSync(folder);
    for (const name of ['tar', 'gzip', 'sh']) symlinkSync(`/bin/${name}`, join(folder, name));
    const environment = { ...process.env, ...bench.server.environment, PATH: folder };
    const cache = bench.cache({ environment });
    expect((await bench.restore(packs, cache))[0]?.status).toBe('missing');
    expect((await bench.save(packs, cache))[0]?.status).toBe('saved');
    expect((await bench.restore(packs, cache))[0]?.status).toBe('restored');
    expect(bench.logged.filter((line) => line.startsWith('warning'))).toHaveLength(1);
    expect(bench.logged[0]).toMatch(/zstd was not found.*Install/);
  });

  it('logs no signature', async () => {
    const packs = await savedPack();
    bench.server.faults.dropDownloadAfter = 10;
    const outcomes = await bench.restore(packs);
    const printed = [...bench.logged, JSON.stringify(outcomes)].join('\n');
    expect(printed).toContain('twirp');
    expect(printed).not.toMatch(/sig=[0-9a-f]/);
    expect(printed).not.toContain('add-mask');
    expect(bench.logged.every((line) => line.startsWith('debug: '))).toBe(true);
  });
});

describe('saving', () => {
  it('reports a read-only token, and saves no second pack', async () => {
    const packs = bench.plan([33 * MIB, 34 * MIB].map((size) => bench.addContent(size)));
    const environment = {
      ...process.env,
      ...bench.server.environmentFor({ scopes: ['refs/heads/main'], readOnly: true }),
    };
    const calls = bench.server.counts.calls.CreateCacheEntry;
    const outcomes = await bench.save(packs, bench.cache({ environment, maxWorkers: 1 }));
    expect(outcomes.map(reasonOf)).toEqual(
      Array(2).fill('denied: cache write denied: token is scoped read-only'),
    );
    expect(bench.server.counts.calls.CreateCacheEntry - calls).toBe(1);
  });

  it('reports the rate limit', async () => {
    bench.server.faults.respond = { status: 429, method: 'CreateCacheEntry' };
    const [outcome] = await bench.save(bench.plan([bench.addContent(5)]));
    expect(reasonOf(outcome)).toMatch(/^failed: Failed to CreateCacheEntry: Rate limited/);
  });

  it('does not report a failing service as another job that saves the same key', async () => {
    bench.server.faults.respond = { status: 500, method: 'CreateCacheEntry' };
    const cache = bench.cache({ idleTimeoutMs: 1_500 });
    expect(reasonOf((await bench.save(bench.plan([bench.addContent(5)]), cache))[0])).toMatch(
      /^failed: no progress/,
    );
  });

  it('reports that the upload was reset', async () => {
    bench.server.faults.dropUploadAfter = MIB;
    const cache = bench.cache({ idleTimeoutMs: 3_000 });
    const [outcome] = await bench.save(bench.plan([bench.addContent(4 * MIB)]), cache);
    expect(outcome?.status).toBe('failed');
    expect(reasonOf(outcome)).toMatch(/ECONNRESET|EPIPE|no progress/);
    expect(bench.server.entries().map(({ key }) => key)).not.toContain(outcome?.pack.key);
  });

  it('reports that the upload was refused', async () => {
    bench.server.faults.uploadStatus = 403;
    const [outcome] = await bench.save(bench.plan([bench.addContent(5)]));
    expect(reasonOf(outcome)).toMatch(/^failed: .*403/);
  });

  it('reports that the entry could not be completed', async () => {
    bench.server.faults.respond = { status: 412, method: 'FinalizeCacheEntryUpload' };
    const [outcome] = await bench.save(bench.plan([bench.addContent(5)]));
    expect(reasonOf(outcome)).toMatch(/^failed: .*FinalizeCacheEntryUpload.*412/);
  });

  it('reports a content whose file is missing', async () => {
    const packs = bench.plan([bench.addContent(5)]);
    const outcomes: PackOutcome[] = [];
    await bench.cache().save(
      packs,
      () => join(bench.folder, 'absent'),
      bench.scratch(),
      (one) => {
        outcomes.push(one);
      },
    );
    expect(reasonOf(outcomes[0])).toMatch(/^failed: .*ENOENT/);
  });
});

it('kills the children of a stalled worker', async () => {
  const packs = await savedPack();
  const folder = bench.scratch();
  mkdirSync(folder);
  const note = join(folder, 'pid');
  // Extracting with it takes for ever; asked for its version it is GNU tar.
  const script = `#!/bin/sh\ncase "$*" in *--version*) echo "tar (GNU tar) 1.34";; *) echo $$ > ${note}; sleep 600;; esac\n`;
  writeFileSync(join(folder, 'tar'), script, { mode: 0o755 });
  const environment = {
    ...process.env,
    ...bench.server.environment,
    PATH: `${folder}:${process.env['PATH']}`,
  };
  const [outcome] = await bench.restore(packs, bench.cache({ environment, idleTimeoutMs: 2_000 }));
  expect(reasonOf(outcome)).toMatch(/^failed: no progress/);
  expect(isRunning(Number(readFileSync(note, 'utf8')))).toBe(false);
});

/** A killed process may stay as a zombie until somebody waits for it. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describe('the availability of the cache in the environment of the runner', () => {
  const cases: [
    string,
    Record<string, string | undefined>,
    RegExp | undefined,
    RegExp | undefined,
  ][] = [
    ['no service', { ACTIONS_RESULTS_URL: undefined }, /not set/, /not set/],
    ['no token', { ACTIONS_RUNTIME_TOKEN: undefined }, /token/, /token/],
    ['mode none', { ACTIONS_CACHE_MODE: 'none' }, /none/, /none/],
    ['mode read', { ACTIONS_CACHE_MODE: 'read' }, undefined, /read/],
    ['mode write', { ACTIONS_CACHE_MODE: 'write' }, undefined, undefined],
    ['mode write-only', { ACTIONS_CACHE_MODE: ' Write-Only ' }, /write-only/, undefined],
    ['an unknown mode', { ACTIONS_CACHE_MODE: 'new' }, undefined, undefined],
  ];
  it.each(cases)('%s', async (_name, changes, unreadable, unwritable) => {
    const environment = { ...process.env, ...bench.server.environment, ...changes };
    const cache = bench.cache({ environment });
    for (const [reason, expected] of [
      [cache.unreadableReason, unreadable],
      [cache.unwritableReason, unwritable],
    ] as const) {
      if (expected === undefined) expect(reason).toBeUndefined();
      else expect(reason).toMatch(expected);
    }
    const packs = bench.plan([bench.addContent(3)]);
    const [saved] = await bench.save(packs, cache);
    expect(saved?.status).toBe(unwritable === undefined ? 'saved' : 'denied');
    const [restored] = await bench.restore(packs, cache);
    expect(restored?.status).toBe(
      unreadable !== undefined ? 'denied' : unwritable === undefined ? 'restored' : 'missing',
    );
  });
});
