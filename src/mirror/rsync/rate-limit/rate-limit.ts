import type { Sleep } from '../../../platform/concurrency/backoff.ts';
import type { Log } from '../../../platform/log.ts';
import { readHostRecord, writeHostRecord } from './host-record.ts';
import { isPublicHost } from './public-host.ts';

/** Minimum time between two runs with the same store that connect to the same public host. */
const MIN_INTERVAL_MS = 30_000;
/** Public mirrors ask for this time between two syncs: four hours (TUNA), six hours to a day (USTC). */
const RECOMMENDED_INTERVAL_MS = 4 * 3_600_000;
/** For this time after a host seemed to block this address, it is tried once only: each attempt may prolong the block. */
const BLOCKED_MS = 3_600_000;
/** Retries against a public host. */
const MAX_PUBLIC_RETRIES = 2;

export interface RateLimitOptions {
  /** The folder of the host records, `v1/hosts` in the store. If undefined, nothing is recorded. */
  folder: string | undefined;
  retries: number;
  log: Log;
  sleep: Sleep;
  now?: () => number;
  isPublic?: (host: string) => Promise<boolean>;
}

/** The limits for one host in this run. */
export interface RateLimit {
  /** True if the number of connections must be kept low. */
  isPublic: boolean;
  /** Allowed retries. */
  retries: number;
  /** Records that the host answered. */
  recordAnswer(): void;
  /** Records that the host seems to block this address. */
  recordBlock(): void;
}

/**
 * Applies the rate limit for public hosts. A run that follows another run too soon waits half a minute at most, then continues.
 * Frequent runs are logged. After the host seemed to block this address, no retries are allowed. Private hosts are neither limited
 * nor recorded.
 */
export async function applyRateLimit(
  host: string,
  options: RateLimitOptions,
  signal: AbortSignal | undefined,
): Promise<RateLimit> {
  const { folder, log, retries, sleep, now = Date.now, isPublic = isPublicHost } = options;
  if (!(await isPublic(host))) {
    return {
      isPublic: false,
      retries,
      recordAnswer: () => undefined,
      recordBlock: () => undefined,
    };
  }
  let allowed = retries;
  if (retries > MAX_PUBLIC_RETRIES) {
    allowed = MAX_PUBLIC_RETRIES;
    log.info(
      `${host} is a public host: using at most ${MAX_PUBLIC_RETRIES} retries instead of ${retries}.`,
    );
  }
  const self = `${process.pid} ${Math.floor(performance.timeOrigin)}`;
  const known = folder === undefined ? undefined : readHostRecord(folder, host);
  const runTimes = (known?.runTimes ?? []).filter(
    (at) => at <= now() && now() - at < RECOMMENDED_INTERVAL_MS,
  );
  let blockedAt = known?.blockedAt;
  const isSame = known?.lastProcess === self;
  const last = runTimes.at(-1);
  if (!isSame && last !== undefined && now() - last < MIN_INTERVAL_MS) {
    const pause = MIN_INTERVAL_MS - (now() - last);
    log.info(
      `${host} is a public host, and another run used it ${toSeconds(now() - last)} s ago: waiting ${toSeconds(pause)} s.`,
    );
    await sleep(pause, signal);
  }
  if (!isSame && runTimes.length > 0) {
    log.info(
      `Runs with this store used ${host} ${runTimes.length === 1 ? 'once' : `${runTimes.length} times`} in the last four hours. ` +
        'Public mirrors ask for one sync in four to six hours. Set lock-file, cache and store, so that no file is downloaded twice.',
    );
  }
  if (blockedAt !== undefined && now() - blockedAt < BLOCKED_MS) {
    allowed = 0;
    log.info(
      `${host} seemed to block this address ${toSeconds((now() - blockedAt) / 60)} minutes ago: trying once, without retries.`,
    );
  }
  if (!isSame) runTimes.push(now());
  const write = () => {
    if (folder === undefined) return;
    const record = {
      version: 1 as const,
      host,
      runTimes: runTimes.slice(-1000),
      lastProcess: self,
    };
    writeHostRecord(folder, blockedAt === undefined ? record : { ...record, blockedAt });
  };
  write();
  return {
    isPublic: true,
    retries: allowed,
    recordAnswer() {
      if (blockedAt === undefined) return;
      blockedAt = undefined;
      write();
    },
    recordBlock() {
      blockedAt = now();
      write();
    },
  };
}

function toSeconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}
