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
import { savePack } from './packs/save-pack.ts';
import { DEFAULT_PART_BYTES } from './packs/upload-pack.ts';

export interface S3CacheOptions {
  location: S3Location;
  keyPrefix: string;
  /** The job's environment: credentials, region, and the CI's variables about the branch. */
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** The time in which a transfer must make progress. Otherwise it is cancelled, and retried a few times. */
  idleTimeoutMs?: number;
  /** Bytes of one request and of one part. Default: chosen by the size of the packs. */
  rangeBytes?: number;
  partBytes?: number;
  /** Concurrent ranges and parts. */
  maxDownloads?: number;
  maxUploads?: number;
  /** See {@link createIndexLog}. */
  random?: () => number;
}

const DEFAULT_IDLE_TIMEOUT_MS = 30_000;
/** Eight connections to AWS exceed the bandwidth of most runners; more would only take processor time. */
const DEFAULT_MAX_DOWNLOADS = 8;
/** Each upload holds a part in memory. */
const DEFAULT_MAX_UPLOADS = 6;
/** Enough that small packs keep all connections busy, and few enough that only few files are incomplete. */
const MAX_CONCURRENT_PACKS = 16;

/** Longer messages of a store are truncated. */
const MAX_REASON_LENGTH = 400;

/** The parts of a cache that are created with the first request. */
interface OpenedCache {
  bucket: Bucket;
  index: IndexLog;
}

/**
 * Creates a cache in an S3-compatible object store. A pack is one object: the concatenated bytes of its files. Nothing is
 * loaded, and no request is sent, until a pack or the index is requested.
 *
 * @throws TfcacheError `input-invalid` for a prefix that keys may not contain.
 */
export function createS3Cache(options: S3CacheOptions): Cache {
  const { keyPrefix, environment } = options;
  const location = resolveEndpoint(options.location, environment);
  const idleTimeoutMs = options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS;
  // Throws for an invalid prefix.
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
  // If the store is unreachable or rejects the credentials, further requests would only delay the build.
  let serviceFailure: S3Failure | undefined;

  function classifyError(error: unknown): S3Failure {
    const failure = classifyS3Error(error, location);
    // Redacted before it is truncated, so that no part of a secret remains at the end.
    const redacted = { ...failure, reason: redact(failure.reason).slice(0, MAX_REASON_LENGTH) };
    if (redacted.isServiceDown) serviceFailure ??= redacted;
    return redacted;
  }

  function open(): OpenedCache {
    if (opened === undefined) {
      const bucket = openBucket(location, environment, idleTimeoutMs);
      // A job that may not read entries cannot combine them.
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
    const { index: indexLog } = open();
    let index = EMPTY_INDEX;
    let entryCount = 0;
    const reasons: string[] = [];
    // The job's own scope last, so that its entries have precedence.
    for (const scope of [...scopes.readScopes].reverse()) {
      try {
        const result = await indexLog.readIndex(layout.indexPrefix(scope), index);
        index = result.index;
        entryCount += result.entryCount;
      } catch (error) {
        const failure = classifyError(error);
        const reason = `could not read the index of ${scope}: ${failure.reason}`;
        if (failure.isServiceDown) return { index, state: 'unavailable', reason };
        reasons.push(reason);
      }
    }
    if (reasons.length > 0) return { index, state: 'unreadable', reason: reasons.join('; ') };
    if (entryCount === 0) return createUnreadIndexResult('empty', 'nothing was saved yet');
    return { index, state: 'read', reason: undefined };
  }

  async function writeIndex(
    index: CacheIndex,
    forget: readonly string[],
  ): Promise<{ reason: string | undefined }> {
    if (scopes.unwritableReason !== undefined) return { reason: scopes.unwritableReason };
    if (serviceFailure !== undefined) return { reason: serviceFailure.reason };
    const { index: indexLog } = open();
    await indexLog.addEntry(layout.indexPrefix(scopes.writeScope), { forget, index });
    return { reason: undefined };
  }

  async function lookup(packs: readonly Pack[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    if (scopes.unreadableReason !== undefined) return found;
    const { bucket } = open();
    await forEachParallel(packs, MAX_CONCURRENT_PACKS, async (pack) => {
      for (const key of listKeys(pack)) {
        if (serviceFailure !== undefined) return;
        try {
          if ((await bucket.headObject(key)) !== sumContentBytes(pack)) continue;
          found.add(pack.key);
          return;
        } catch (error) {
          const failure = classifyError(error);
          if (failure.kind !== 'missing') log.debug(`Could not look up ${key}: ${failure.reason}`);
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
    if (scopes.unreadableReason !== undefined)
      return reportDeniedPacks(packs, scopes.unreadableReason, onOutcome);
    const bytes = packs.reduce((sum, pack) => sum + sumContentBytes(pack), 0);
    const rangeBytes =
      options.rangeBytes ?? chooseRangeBytes(bytes, options.maxDownloads ?? DEFAULT_MAX_DOWNLOADS);
    await forEachParallel(
      sortLargestFirst(packs).entries(),
      MAX_CONCURRENT_PACKS,
      async ([priority, pack]) => {
        onOutcome(
          await runForPack(pack, ({ bucket }) =>
            restorePack(pack, join(scratch, createTemporaryName()), {
              bucket,
              candidateKeys: listKeys(pack),
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
    let deniedReason: string | undefined;
    await forEachParallel(
      sortLargestFirst(packs).entries(),
      MAX_CONCURRENT_PACKS,
      async ([priority, pack]) => {
        if (deniedReason !== undefined)
          return onOutcome({ status: 'denied', pack, reason: deniedReason });
        const outcome = await runForPack(pack, ({ bucket }) =>
          savePack(pack, locate, {
            bucket,
            objectKey: layout.packKey(scopes.writeScope, pack.key),
            candidateKeys: scopes.unreadableReason === undefined ? listKeys(pack) : [],
            semaphore: uploads,
            priority,
            partBytes: options.partBytes ?? DEFAULT_PART_BYTES,
            freeBuffers: buffers,
            classifyError,
            log,
          }),
        );
        if (outcome.status === 'denied') deniedReason = outcome.reason;
        onOutcome(outcome);
      },
    );
  }

  /** Turns exceptions into outcomes, because a cache must not break a build. */
  async function runForPack(
    pack: Pack,
    action: (opened: OpenedCache) => Promise<PackOutcome>,
  ): Promise<PackOutcome> {
    if (serviceFailure !== undefined)
      return { status: 'failed', pack, reason: serviceFailure.reason };
    try {
      return await action(open());
    } catch (error) {
      return { status: 'failed', pack, reason: classifyError(error).reason };
    }
  }

  const listKeys = (pack: Pack) =>
    scopes.readScopes.map((scope) => layout.packKey(scope, pack.key));

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
