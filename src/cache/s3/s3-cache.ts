import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { forEachParallel } from '../../platform/concurrency/parallel.ts';
import { createSemaphore } from '../../platform/concurrency/semaphore.ts';
import type { Log } from '../../platform/log.ts';
import type { Cache, CacheIndex, IndexAnswer, Pack, PackOutcome } from '../cache.ts';
import { EMPTY_INDEX } from '../index-file.ts';
import { indexKeyPrefix } from '../packs.ts';
import type { Bucket } from './bucket/bucket.ts';
import { type Failure, judgeFailure } from './bucket/failure.ts';
import { openBucket } from './bucket/open-bucket.ts';
import { createIndexLog, type IndexLog } from './index/index-log.ts';
import { layoutOf } from './index/layout.ts';
import { scopesOf } from './index/scopes.ts';
import { withEndpoint } from './location/endpoint.ts';
import type { S3Location } from './location/location.ts';
import { redactor } from './location/secrets.ts';
import { denyAll, largestFirst, sizeOf } from './packs/pack-list.ts';
import { chooseRangeSize, restorePack } from './packs/restore-pack.ts';
import { PART_SIZE, savePack } from './packs/save-pack.ts';

export interface S3CacheOptions {
  location: S3Location;
  keyPrefix: string;
  /** The job's environment: credentials, region, and what its CI tells of the branch. */
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** Milliseconds in which something must move; else a transfer is given up, and tried again a few times. */
  patience?: number;
  /** Bytes of one request and of one part, when they are not chosen by what there is to do. */
  rangeSize?: number;
  partSize?: number;
  /** Ranges and parts at once. */
  downloads?: number;
  uploads?: number;
  /** See {@link createIndexLog}. */
  draw?: () => number;
}

const DEFAULT_PATIENCE = 30_000;
/** What AWS gives one connection, eight times, is more than most runners' links; more of them cost more processor time. */
const DOWNLOADS = 8;
/** Each holds a part in memory. */
const UPLOADS = 6;
/** Packs at once: enough that small ones keep all connections busy, few enough that files stay few. */
const PACKS = 16;

/** Characters of what a store says that are shown. */
const LONGEST_REASON = 400;

/** What is opened with the first request. */
interface Opened {
  bucket: Bucket;
  index: IndexLog;
}

/**
 * A cache in an S3-compatible object store. A pack is one object: its files' bytes, one after the other. Nothing is loaded
 * or contacted until a pack or the index is asked for.
 *
 * @throws TfcacheError `usage` for a key prefix that cannot be used.
 */
export function createS3Cache(options: S3CacheOptions): Cache {
  const { keyPrefix, environment } = options;
  const location = withEndpoint(options.location, environment);
  const patience = options.patience ?? DEFAULT_PATIENCE;
  // The same keys as in every other cache, and so the same rules for the prefix.
  indexKeyPrefix(keyPrefix);
  const layout = layoutOf(location, keyPrefix);
  const scopes = scopesOf(location, environment);
  const redact = redactor(environment);
  const log: Log = {
    info: (message) => options.log.info(redact(message)),
    warning: (message) => options.log.warning(redact(message)),
    error: (message) => options.log.error(redact(message)),
    debug: (message) => options.log.debug(redact(message)),
  };
  const downloads = createSemaphore(options.downloads ?? DOWNLOADS);
  const uploads = createSemaphore(options.uploads ?? UPLOADS);
  let opened: Opened | undefined;
  // Once the store cannot be reached or does not know us, asking on only costs the build its time.
  let down: Failure | undefined;

  function judge(error: unknown): Failure {
    const failure = judgeFailure(error, location);
    // First the secrets, then the length: else the beginning of one could stay at the end.
    const told = { ...failure, reason: redact(failure.reason).slice(0, LONGEST_REASON) };
    if (told.down) down ??= told;
    return told;
  }

  function open(): Opened {
    if (opened === undefined) {
      const bucket = openBucket(location, environment, patience);
      // Entries that may not be read cannot be put together.
      const draw = scopes.unreadable === undefined ? (options.draw ?? Math.random) : () => 1;
      opened = { bucket, index: createIndexLog({ bucket, judge, log, patience, draw }) };
    }
    return opened;
  }

  async function readIndex(): Promise<IndexAnswer> {
    if (scopes.unreadable !== undefined) return unread('denied', scopes.unreadable);
    const { index: logs } = open();
    let index = EMPTY_INDEX;
    let entries = 0;
    const reasons: string[] = [];
    // What is furthest away first: the own scope has the last word.
    for (const scope of [...scopes.read].reverse()) {
      try {
        const read = await logs.read(layout.index(scope), index);
        index = read.index;
        entries += read.entries;
      } catch (error) {
        const failure = judge(error);
        const reason = `the index of ${scope} cannot be read: ${failure.reason}`;
        if (failure.down) return { index, state: 'down', reason };
        reasons.push(reason);
      }
    }
    if (reasons.length > 0) return { index, state: 'unreadable', reason: reasons.join('; ') };
    if (entries === 0) return unread('nothing', 'nothing was saved yet');
    return { index, state: 'read', reason: undefined };
  }

  async function writeIndex(
    index: CacheIndex,
    forget: readonly string[],
  ): Promise<{ reason: string | undefined }> {
    if (scopes.unwritable !== undefined) return { reason: scopes.unwritable };
    if (down !== undefined) return { reason: down.reason };
    const { index: logs } = open();
    await logs.add(layout.index(scopes.own), { forget, index });
    return { reason: undefined };
  }

  async function lookup(packs: readonly Pack[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    if (scopes.unreadable !== undefined) return found;
    const { bucket } = open();
    await forEachParallel(packs, PACKS, async (pack) => {
      for (const key of keysOf(pack)) {
        if (down !== undefined) return;
        try {
          if ((await bucket.head(key)) !== sizeOf(pack)) continue;
          found.add(pack.key);
          return;
        } catch (error) {
          const failure = judge(error);
          if (failure.kind !== 'missing') log.debug(`Looking for ${key}: ${failure.reason}`);
        }
      }
    });
    return found;
  }

  async function restore(
    packs: readonly Pack[],
    scratch: string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void> {
    const deny = scopes.unreadable;
    if (deny !== undefined) return denyAll(packs, deny, onOutcome);
    const bytes = packs.reduce((sum, pack) => sum + sizeOf(pack), 0);
    const rangeSize = options.rangeSize ?? chooseRangeSize(bytes, options.downloads ?? DOWNLOADS);
    await forEachParallel(largestFirst(packs).entries(), PACKS, async ([rank, pack]) => {
      onOutcome(
        await attempt(pack, ({ bucket }) =>
          restorePack(pack, join(scratch, randomUUID()), {
            bucket,
            keys: keysOf(pack),
            slots: downloads,
            rank,
            rangeSize,
            patience,
            judge,
            log,
          }),
        ),
      );
    });
  }

  async function save(
    packs: readonly Pack[],
    locate: (sha256: string) => string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void> {
    if (scopes.unwritable !== undefined) return denyAll(packs, scopes.unwritable, onOutcome);
    const buffers: Buffer[] = [];
    let denied: string | undefined;
    await forEachParallel(largestFirst(packs).entries(), PACKS, async ([rank, pack]) => {
      if (denied !== undefined) return onOutcome({ status: 'denied', pack, reason: denied });
      const outcome = await attempt(pack, ({ bucket }) =>
        savePack(pack, locate, {
          bucket,
          key: layout.pack(scopes.own, pack.key),
          known: scopes.unreadable === undefined ? keysOf(pack) : [],
          slots: uploads,
          rank,
          partSize: options.partSize ?? PART_SIZE,
          buffers,
          judge,
          log,
        }),
      );
      if (outcome.status === 'denied') denied = outcome.reason;
      onOutcome(outcome);
    });
  }

  /** Whatever happens is an outcome: a cache must not break a build. */
  async function attempt(
    pack: Pack,
    action: (opened: Opened) => Promise<PackOutcome>,
  ): Promise<PackOutcome> {
    if (down !== undefined) return { status: 'failed', pack, reason: down.reason };
    try {
      return await action(open());
    } catch (error) {
      return { status: 'failed', pack, reason: judge(error).reason };
    }
  }

  const keysOf = (pack: Pack) => scopes.read.map((scope) => layout.pack(scope, pack.key));

  return {
    name: location.name,
    unreadable: scopes.unreadable,
    unwritable: scopes.unwritable,
    readIndex: () =>
      readIndex().catch((error) => {
        const failure = judge(error);
        return unread(failure.down ? 'down' : 'unreadable', failure.reason);
      }),
    writeIndex: (index, _scratch, forget = []) =>
      writeIndex(index, forget).catch((error) => ({ reason: judge(error).reason })),
    lookup: (packs) => lookup(packs),
    restore,
    save: (packs, locate, _scratch, onOutcome) => save(packs, locate, onOutcome),
  };
}

function unread(state: IndexAnswer['state'], reason: string): IndexAnswer {
  return { index: EMPTY_INDEX, state, reason };
}
