import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DigestAlgorithm, WantedFile } from '../../bucket/file.ts';
import type { Cache, Pack } from '../../cache/cache.ts';
import { choosePacks } from '../../cache/choose-packs.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import type { HashPool } from '../../platform/hashing/hash-pool.ts';
import type { Log, Progress } from '../../platform/log.ts';
import type { Store } from '../../store/store.ts';
import { CACHE_UNREADABLE, type PlannedFile } from '../plan/plan.ts';
import { addToStore, type FetchedFile, toVerifiedFile } from './fetched.ts';
import { findMismatch, findWrongSize, listNeededAlgorithms } from './verify.ts';

export interface RestoreContext {
  cache: Cache;
  /** Every pack that may hold something wanted. */
  packs: readonly Pack[];
  store: Store;
  hashPool: HashPool;
  log: Log;
  progress: Progress;
  signal: AbortSignal;
  /** Called for each file with wrong bytes. */
  onRefused?: (file: WantedFile, error: TfcacheError) => void;
}

/**
 * Packs that are tried for one content. An index may be written by another branch or by an attacker: without a bound, one
 * that names thousands of packs for a content costs a request for each.
 */
const MAX_TRIES_PER_CONTENT = 4;
/** After this many packs that gave nothing, the cache is given up if they are most of what it was asked for. */
const MAX_USELESS_PACKS = 32;
const USELESS_SHARE = 3 / 4;

/** What the flights are called that restore packs; their keys are the packs'. */
export const PACK_CLAIM_GROUP = 'cache-packs';

export interface RestoreResult {
  fetched: readonly FetchedFile[];
  /** What the cache did not give after all; now planned for the mirror, with the reason. */
  unrestored: readonly PlannedFile[];
  /** Keys of packs that the service no longer has: the index must forget them. */
  evicted: readonly string[];
  /** sha256 of contents whose pack came back wrong: to be saved anew under another key. */
  poisoned: readonly string[];
}

/**
 * Brings packs from the cache, holds every file in them to its sha256 and takes it into the store. What the cache does not
 * give, or gives wrong, is left for the mirror. Wrong bytes are said loudly.
 *
 * @throws TfcacheError `integrity` when the cache is right and the lock has a wrong size; `no-space`.
 */
export async function restoreFromCache(
  planned: readonly PlannedFile[],
  context: RestoreContext,
): Promise<RestoreResult> {
  const { cache, store, log, progress } = context;
  const wanted = new Map<string, PlannedFile[]>();
  for (const file of planned) {
    if (file.sha256 === undefined) continue;
    wanted.set(file.sha256, [...(wanted.get(file.sha256) ?? []), file]);
  }
  const fetched: FetchedFile[] = [];
  const reasons = new Map<string, string>();
  const evicted: string[] = [];
  const poisoned = new Set<string>();
  const tries = new Map<string, number>();
  const kept = new Set<string>();
  const outcomes = { asked: 0, useless: 0 };
  const warned = new Set<string>();
  let packs = context.packs;
  let isWaitLogged = false;
  /** The lock's fault, not the cache's: no other source would help. */
  let wrongSize: TfcacheError | undefined;
  try {
    progress.begin(`Restoring from cache ${cache.name}`, sumTotals(planned));
    for (;;) {
      const useful = choosePacks(listContentsToTry(), packs);
      if (useful.length === 0 || isUseless()) break;
      const keys = useful.map((pack) => pack.key);
      const { claim: flight, waitForChange: changed } = await store.claim(PACK_CLAIM_GROUP, keys);
      // Another job may have brought some of it before it was claimed.
      takeFromStore();
      if (flight === undefined) {
        if (!isWaitLogged) log.info('Waiting for another job, which restores the same packs.');
        isWaitLogged = true;
        await changed(context.signal);
        takeFromStore();
        continue;
      }
      const still = new Set(choosePacks(listContentsToTry(), packs).map((pack) => pack.key));
      const chosen = useful.filter(({ key }) => flight.keys.has(key) && still.has(key));
      let asked: readonly Pack[] = [];
      try {
        deleteContents(flight.folder);
        // The first few show whether the index is to be believed.
        const few = chosen.slice(0, MAX_USELESS_PACKS);
        await restorePacks(few, flight.folder);
        asked = isUseless() ? few : chosen;
        await restorePacks(asked.slice(few.length), flight.folder);
      } finally {
        // What did not fit is of no use to anyone.
        flight.complete();
      }
      const tried = new Set(asked.map((pack) => pack.key));
      packs = packs.filter((pack) => !tried.has(pack.key));
      countTries(asked);
    }
    if (isUseless() && choosePacks(wanted.keys(), packs).length > 0) giveUpCache();
  } finally {
    progress.end();
  }
  const left = [...wanted].flatMap(([sha256, files]) =>
    files.map((file) => ({
      ...file,
      source: 'mirror' as const,
      skipped: [
        ...file.skipped,
        {
          source: 'cache' as const,
          reason: reasons.get(sha256) ?? 'the cache has no pack with it',
        },
      ],
    })),
  );
  return { fetched, unrestored: left, evicted, poisoned: [...poisoned] };

  function* listContentsToTry(): Iterable<string> {
    for (const sha256 of wanted.keys()) {
      if ((tries.get(sha256) ?? 0) < MAX_TRIES_PER_CONTENT) yield sha256;
    }
  }

  function countTries(asked: readonly Pack[]): void {
    for (const { sha256 } of asked.flatMap(({ contents }) => contents)) {
      if (!wanted.has(sha256)) continue;
      const count = (tries.get(sha256) ?? 0) + 1;
      tries.set(sha256, count);
      // Whatever else the index names for it is as little to be believed: it is saved anew.
      if (count === MAX_TRIES_PER_CONTENT) poisoned.add(sha256);
    }
  }

  function isUseless(): boolean {
    const { asked, useless } = outcomes;
    return useless >= MAX_USELESS_PACKS && useless > asked * USELESS_SHARE;
  }

  function giveUpCache(): void {
    const { asked, useless } = outcomes;
    log.warning(
      `Cache ${cache.name}: ${useless} of ${asked} packs that its index names are missing or wrong; the rest is not asked for.`,
    );
    for (const sha256 of wanted.keys()) {
      poisoned.add(sha256);
      if (!reasons.has(sha256)) reasons.set(sha256, "the cache's index names packs that it lacks");
    }
  }

  async function restorePacks(chosen: readonly Pack[], folder: string): Promise<void> {
    if (chosen.length === 0) return;
    const checks: Promise<void>[] = [];
    const failed = new Set<string>();
    await cache.restore(chosen, folder, (outcome) => {
      if (outcome.status === 'restored') {
        for (const content of outcome.pack.contents) {
          const file = outcome.files.get(content.sha256);
          checks.push(verifyContent(content.sha256, file));
        }
        return;
      }
      if (outcome.status === 'missing') evicted.push(outcome.pack.key);
      else failed.add(outcome.pack.key);
      const reason =
        'reason' in outcome
          ? recordReadFailure(outcome.pack, outcome.reason)
          : 'the cache no longer has its pack (evicted)';
      for (const content of outcome.pack.contents) reasons.set(content.sha256, reason);
    });
    await Promise.all(checks);
    const answered = chosen.filter(({ key }) => !failed.has(key));
    outcomes.asked += answered.length;
    outcomes.useless += answered.filter(
      ({ contents }) => !contents.some(({ sha256 }) => kept.has(sha256)),
    ).length;
    if (wrongSize !== undefined) throw wrongSize;
  }

  /** Of a service that stops working, a hundred packs say the same: it is said once. */
  function recordReadFailure(pack: Pack, reason: string): string {
    const text = `Cache ${cache.name}: pack ${pack.key} could not be restored: ${reason}`;
    if (warned.has(reason)) log.debug(text);
    else log.warning(text);
    warned.add(reason);
    return `${CACHE_UNREADABLE}: ${reason}`;
  }

  /** Another job may have filled the store while this one waited for its turn. */
  function takeFromStore(): void {
    const contents = [...wanted].map(([sha256, files]) => {
      return { sha256, files, size: files[0]?.file.size ?? 0 };
    });
    for (const { sha256, files, size } of store.keepInLease(contents)) {
      addFetched(sha256, files, size, 'store', undefined);
    }
  }

  function addFetched(
    sha256: string,
    files: readonly PlannedFile[],
    size: number,
    source: 'store' | 'cache',
    origin: string | undefined,
  ): void {
    wanted.delete(sha256);
    for (const planned of files) {
      fetched.push({ planned, verified: toVerifiedFile(planned, sha256, size), source, origin });
      progress.advance({ files: 1, bytes: size });
    }
  }

  async function verifyContent(sha256: string, path: string | undefined): Promise<void> {
    const files = wanted.get(sha256);
    const first = files?.[0];
    if (files === undefined || first === undefined) return;
    if (path === undefined) {
      recordCorrupt(sha256, `the pack came back without ${first.file.path}`, undefined);
      return;
    }
    const algorithms = new Set<DigestAlgorithm>(
      files.flatMap(({ file }) => listNeededAlgorithms(file.digests)),
    );
    try {
      const digest = await context.hashPool.digest(path, [...algorithms]);
      for (const { file } of files) {
        wrongSize ??= findWrongSize(file, digest, `cache ${cache.name}`);
        if (wrongSize !== undefined) return;
        const believed = { algorithm: 'sha256', value: sha256, source: 'cache' } as const;
        const held = { ...file, digests: [...file.digests, believed] };
        const mismatch = findMismatch(held, digest, `cache ${cache.name}`);
        if (mismatch !== undefined) {
          context.onRefused?.(file, mismatch);
          recordCorrupt(sha256, 'the cache returned other bytes', mismatch);
          return;
        }
      }
      addToStore(store, first, path, digest);
      addFetched(sha256, files, digest.size, 'cache', cache.name);
      kept.add(sha256);
    } catch (error) {
      if (error instanceof TfcacheError && error.code === 'no-space') throw error;
      recordCorrupt(
        sha256,
        `the restored file could not be taken in: ${describeError(error)}`,
        undefined,
      );
    }
  }

  function recordCorrupt(sha256: string, reason: string, mismatch: TfcacheError | undefined): void {
    poisoned.add(sha256);
    reasons.set(sha256, reason);
    if (mismatch === undefined) {
      log.warning(`Cache ${cache.name}: ${reason}.`);
      return;
    }
    log.error(
      `${describeError(mismatch)}\n  The bytes were thrown away. Delete the cache entry or change cache-key-prefix if nobody can explain it.`,
    );
  }
}

function sumTotals(planned: readonly PlannedFile[]): { files: number; bytes: number } {
  return { files: planned.length, bytes: planned.reduce((sum, { file }) => sum + file.size, 0) };
}

/** Deletes everything in a folder, and keeps the folder. */
function deleteContents(folder: string): void {
  for (const name of readdirSync(folder)) {
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
