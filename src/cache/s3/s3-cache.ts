import { join } from 'node:path';
import { forEachParallel } from '../../platform/concurrency/parallel.ts';
import { createSemaphore } from '../../platform/concurrency/semaphore.ts';
import { createTemporaryName } from '../../platform/files/temporary-file.ts';
import type { Log } from '../../platform/log.ts';
import type { Cache, CacheIndex, IndexResult, Pack, PackOutcome } from '../cache.ts';
import { createUnreadIndexResult, EMPTY_INDEX } from '../index-file.ts';
import {
  createIndexKeyPrefix,
  reportDeniedPacks,
  sortLargestFirst,
  sumContentBytes,
} from '../packs.ts';
import type { Bucket } from './bucket/bucket.ts';
import { classifyS3Error } from './bucket/classify-error.ts';
import type { S3Failure } from './bucket/known-failures.ts';
import { openBucket } from './bucket/open-bucket.ts';
import { createIndexLog, type IndexLog } from './index/index-log.ts';
import { createObjectLayout } from './index/layout.ts';
import { resolveScopes } from './index/scopes.ts';
import { resolveEndpoint } from './location/endpoint.ts';
import type { S3Location } from './location/location.ts';
import { createRedactor } from './location/secrets.ts';
import { chooseRangeBytes, restorePack } from './packs/restore-pack.ts';
import { DEFAULT_PART_BYTES, savePack } from './packs/save-pack.ts';

export interface S3CacheOptions {
  location: S3Location;
  keyPrefix: string;
  /** The job's environment: credentials, region, and what its CI tells of the branch. */
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** Milliseconds in which something must move; else a transfer is given up, and tried again a few times. */
  idleTimeoutMs?: number;
  /** Bytes of one request and of one part, when they are not chosen by what there is to do. */
  rangeBytes?: number;
  partBytes?: number;
  /** Ranges and parts at once. */
  maxDownloads?: number;
  maxUploads?: number;
  /** See {@link createIndexLog}. */
  random?: () => number;
}

const DEFAULT_IDLE_TIMEOUT_MS = 30_000;
/** What AWS gives one connection, eight times, is more than most runners' links; more of them cost more processor time. */
const DEFAULT_MAX_DOWNLOADS = 8;
/** Each holds a part in memory. */
const DEFAULT_MAX_UPLOADS = 6;
/** Packs at once: enough that small ones keep all connections busy, few enough that files stay few. */
const MAX_CONCURRENT_PACKS = 16;

/** Characters of what a store says that are shown. */
const MAX_REASON_LENGTH = 400;

/** What is opened with the first request. */
interface OpenedCache {
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
  const location = resolveEndpoint(options.location, environment);
  const idleTimeoutMs = options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS;
  // The same keys as in every other cache, and so the same rules for the prefix.
  createIndexKeyPrefix(keyPrefix);
  const layout = createObjectLayout(location, keyPrefix);
  const scopes = resolveScopes(location, environment);
  const redact = createRedactor(environment);
  const log: Log = {
    info: (message) => options.log.info(redact(message)),
    warning: (message) => options.log.warning(redact(message)),
    error: (message) => options.log.error(redact(message)),
    debug: (message) => options.log.debug(redact(message)),
  };
  const downloads = createSemaphore(options.maxDownloads ?? DEFAULT_MAX_DOWNLOADS);
  const uploads = createSemaphore(options.maxUploads ?? DEFAULT_MAX_UPLOADS);
  let opened: OpenedCache | undefined;
  // Once the store cannot be reached or does not know us, asking on only costs the build its time.
  let down: S3Failure | undefined;

  function classifyError(error: unknown): S3Failure {
    const failure = classifyS3Error(error, location);
    // First the secrets, then the length: else the beginning of one could stay at the end.
    const told = { ...failure, reason: redact(failure.reason).slice(0, MAX_REASON_LENGTH) };
    if (told.isServiceDown) down ??= told;
    return told;
  }

  function open(): OpenedCache {
    if (opened === undefined) {
      const bucket = openBucket(location, environment, idleTimeoutMs);
      // Entries that may not be read cannot be put together.
      const random =
        scopes.unreadableReason === undefined ? (options.random ?? Math.random) : () => 1;
      opened = {
        bucket,
        index: createIndexLog({ bucket, classifyError, log, idleTimeoutMs, random }),
      };
    }
    return opened;
  }

  async function readIndex(): Promise<IndexResult> {
    if (scopes.unreadableReason !== undefined)
      return createUnreadIndexResult('denied', scopes.unreadableReason);
    const { index: logs } = open();
    let index = EMPTY_INDEX;
    let entries = 0;
    const reasons: string[] = [];
    // What is furthest away first: the own scope has the last word.
    for (const scope of [...scopes.readScopes].reverse()) {
      try {
        const read = await logs.readIndex(layout.indexPrefix(scope), index);
        index = read.index;
        entries += read.entries;
      } catch (error) {
        const failure = classifyError(error);
        const reason = `the index of ${scope} cannot be read: ${failure.reason}`;
        if (failure.isServiceDown) return { index, state: 'unavailable', reason };
        reasons.push(reason);
      }
    }
    if (reasons.length > 0) return { index, state: 'unreadable', reason: reasons.join('; ') };
    if (entries === 0) return createUnreadIndexResult('empty', 'nothing was saved yet');
    return { index, state: 'read', reason: undefined };
  }

  async function writeIndex(
    index: CacheIndex,
    forget: readonly string[],
  ): Promise<{ reason: string | undefined }> {
    if (scopes.unwritableReason !== undefined) return { reason: scopes.unwritableReason };
    if (down !== undefined) return { reason: down.reason };
    const { index: logs } = open();
    await logs.addEntry(layout.indexPrefix(scopes.writeScope), { forget, index });
    return { reason: undefined };
  }

  async function lookup(packs: readonly Pack[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    if (scopes.unreadableReason !== undefined) return found;
    const { bucket } = open();
    await forEachParallel(packs, MAX_CONCURRENT_PACKS, async (pack) => {
      for (const key of keysOf(pack)) {
        if (down !== undefined) return;
        try {
          if ((await bucket.headObject(key)) !== sumContentBytes(pack)) continue;
          found.add(pack.key);
          return;
        } catch (error) {
          const failure = classifyError(error);
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
    const deny = scopes.unreadableReason;
    if (deny !== undefined) return reportDeniedPacks(packs, deny, onOutcome);
    const bytes = packs.reduce((sum, pack) => sum + sumContentBytes(pack), 0);
    const rangeBytes =
      options.rangeBytes ?? chooseRangeBytes(bytes, options.maxDownloads ?? DEFAULT_MAX_DOWNLOADS);
    await forEachParallel(
      sortLargestFirst(packs).entries(),
      MAX_CONCURRENT_PACKS,
      async ([priority, pack]) => {
        onOutcome(
          await attempt(pack, ({ bucket }) =>
            restorePack(pack, join(scratch, createTemporaryName()), {
              bucket,
              candidateKeys: keysOf(pack),
              semaphore: downloads,
              priority,
              rangeBytes,
              idleTimeoutMs,
              classifyError,
              log,
            }),
          ),
        );
      },
    );
  }

  async function save(
    packs: readonly Pack[],
    locate: (sha256: string) => string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void> {
    if (scopes.unwritableReason !== undefined)
      return reportDeniedPacks(packs, scopes.unwritableReason, onOutcome);
    const buffers: Buffer[] = [];
    let denied: string | undefined;
    await forEachParallel(
      sortLargestFirst(packs).entries(),
      MAX_CONCURRENT_PACKS,
      async ([priority, pack]) => {
        if (denied !== undefined) return onOutcome({ status: 'denied', pack, reason: denied });
        const outcome = await attempt(pack, ({ bucket }) =>
          savePack(pack, locate, {
            bucket,
            objectKey: layout.packKey(scopes.writeScope, pack.key),
            candidateKeys: scopes.unreadableReason === undefined ? keysOf(pack) : [],
            semaphore: uploads,
            priority,
            partBytes: options.partBytes ?? DEFAULT_PART_BYTES,
            freeBuffers: buffers,
            classifyError,
            log,
          }),
        );
        if (outcome.status === 'denied') denied = outcome.reason;
        onOutcome(outcome);
      },
    );
  }

  /** Whatever happens is an outcome: a cache must not break a build. */
  async function attempt(
    pack: Pack,
    action: (opened: OpenedCache) => Promise<PackOutcome>,
  ): Promise<PackOutcome> {
    if (down !== undefined) return { status: 'failed', pack, reason: down.reason };
    try {
      return await action(open());
    } catch (error) {
      return { status: 'failed', pack, reason: classifyError(error).reason };
    }
  }

  const keysOf = (pack: Pack) => scopes.readScopes.map((scope) => layout.packKey(scope, pack.key));

  return {
    name: location.name,
    unreadableReason: scopes.unreadableReason,
    unwritableReason: scopes.unwritableReason,
    readIndex: () =>
      readIndex().catch((error) => {
        const failure = classifyError(error);
        return createUnreadIndexResult(
          failure.isServiceDown ? 'unavailable' : 'unreadable',
          failure.reason,
        );
      }),
    writeIndex: (index, _scratch, forget = []) =>
      writeIndex(index, forget).catch((error) => ({ reason: classifyError(error).reason })),
    lookup: (packs) => lookup(packs),
    restore,
    save: (packs, locate, _scratch, onOutcome) => save(packs, locate, onOutcome),
  };
}
