import type { Log } from '../../../platform/log.ts';
import type { Sleep } from '../process/retry.ts';
import { readHostRecord, writeHostRecord } from './host-record.ts';
import { isPublicHost } from './public-host.ts';

/** Milliseconds between two runs that come to the same public host from the same store. */
const MIN_INTERVAL_MS = 30_000;
/** What public mirrors ask for between two syncs: four hours (TUNA), six to a day (USTC). */
const RECOMMENDED_INTERVAL_MS = 4 * 3_600_000;
/** So long after a host shut this address out it is tried once only: each try may prolong it. */
const BLOCKED_MS = 3_600_000;
/** More further tries than this annoy. */
const MAX_PUBLIC_RETRIES = 2;

export interface RateLimitOptions {
  /** Where hosts are remembered, `v1/hosts` of the store; undefined: nowhere. */
  folder: string | undefined;
  retries: number;
  log: Log;
  sleep: Sleep;
  now?: () => number;
  isPublic?: (host: string) => Promise<boolean>;
}

/** How one host is to be treated in this run. */
export interface RateLimit {
  /** Every connection to a public host counts. */
  isPublic: boolean;
  /** Further tries that are in order. */
  retries: number;
  /** It answered. */
  recordAnswer(): void;
  /** It looks as if the host had shut this address out. */
  recordBlock(): void;
}

/**
 * Comes to a host, as a guest if it is a public one. A run that follows another too soon waits, at most half a minute: a build
 * goes on all the same. One that comes often is told so, and after the host shut this address out there is one try and no
 * more. Private hosts (by address or name) are not counted, nor is anything kept of them.
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
    log.info(`${host} is public: ${MAX_PUBLIC_RETRIES} further tries at most, not ${retries}.`);
  }
  const self = `${process.pid} ${Math.floor(performance.timeOrigin)}`;
  const known = folder === undefined ? undefined : readHostRecord(folder, host);
  const visits = (known?.visits ?? []).filter(
    (at) => at <= now() && now() - at < RECOMMENDED_INTERVAL_MS,
  );
  let shutOutAt = known?.shutOut;
  const isSame = known?.lastBy === self;
  const last = visits.at(-1);
  if (!isSame && last !== undefined && now() - last < MIN_INTERVAL_MS) {
    const pause = MIN_INTERVAL_MS - (now() - last);
    log.info(
      `${host} is public and was asked ${seconds(now() - last)} s ago by another run: waiting ${seconds(pause)} s.`,
    );
    await sleep(pause, signal);
  }
  if (!isSame && visits.length > 0) {
    log.info(
      `${host} was asked ${visits.length === 1 ? 'once' : `${visits.length} times`} in the last four hours by runs with this store. ` +
        'Public mirrors ask for one sync in four to six hours: keep a lock-file, a cache and a store, so that nothing is fetched twice.',
    );
  }
  if (shutOutAt !== undefined && now() - shutOutAt < BLOCKED_MS) {
    allowed = 0;
    log.info(
      `${host} looked ${seconds((now() - shutOutAt) / 60)} minutes ago as if it had shut this address out: one try, no further ones.`,
    );
  }
  if (!isSame) visits.push(now());
  const write = () => {
    if (folder === undefined) return;
    const record = { version: 1 as const, host, visits: visits.slice(-1000), lastBy: self };
    writeHostRecord(folder, shutOutAt === undefined ? record : { ...record, shutOut: shutOutAt });
  };
  write();
  return {
    isPublic: true,
    retries: allowed,
    recordAnswer() {
      if (shutOutAt === undefined) return;
      shutOutAt = undefined;
      write();
    },
    recordBlock() {
      shutOutAt = now();
      write();
    },
  };
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}
