import type { Log } from '../../../platform/log.ts';
import type { Sleep } from '../process/retry.ts';
import { readHostRecord, writeHostRecord } from './host-record.ts';
import { isPublicHost } from './public-host.ts';

/** Milliseconds between two runs that come to the same public host from the same store. */
const LEAST_INTERVAL = 30_000;
/** What public mirrors ask for between two syncs: four hours (TUNA), six to a day (USTC). */
const ASKED_INTERVAL = 4 * 3_600_000;
/** So long after a host shut this address out it is tried once only: each try may prolong it. */
const SHUT_OUT = 3_600_000;
/** More further tries than this annoy. */
const MOST_RETRIES = 2;

export interface MannersOptions {
  /** Where hosts are remembered, `v1/hosts` of the store; undefined: nowhere. */
  folder: string | undefined;
  retries: number;
  log: Log;
  sleep: Sleep;
  now?: () => number;
  isPublic?: (host: string) => Promise<boolean>;
}

/** How one host is to be treated in this run. */
export interface Visit {
  /** Every connection to a public host counts. */
  isPublic: boolean;
  /** Further tries that are in order. */
  retries: number;
  /** It answered. */
  answered(): void;
  /** It looks as if the host had shut this address out. */
  shutOut(): void;
}

/**
 * Comes to a host, as a guest if it is a public one. A run that follows another too soon waits, at most half a minute: a build
 * goes on all the same. One that comes often is told so, and after the host shut this address out there is one try and no
 * more. Private hosts (by address or name) are not counted, nor is anything kept of them.
 */
export async function comeTo(
  host: string,
  options: MannersOptions,
  signal: AbortSignal | undefined,
): Promise<Visit> {
  const { folder, log, retries, sleep, now = Date.now, isPublic = isPublicHost } = options;
  if (!(await isPublic(host))) {
    return { isPublic: false, retries, answered: () => undefined, shutOut: () => undefined };
  }
  let allowed = retries;
  if (retries > MOST_RETRIES) {
    allowed = MOST_RETRIES;
    log.info(`${host} is public: ${MOST_RETRIES} further tries at most, not ${retries}.`);
  }
  const self = `${process.pid} ${Math.floor(performance.timeOrigin)}`;
  const known = folder === undefined ? undefined : readHostRecord(folder, host);
  const visits = (known?.visits ?? []).filter((at) => at <= now() && now() - at < ASKED_INTERVAL);
  let shutOutAt = known?.shutOut;
  const isSame = known?.lastBy === self;
  const last = visits.at(-1);
  if (!isSame && last !== undefined && now() - last < LEAST_INTERVAL) {
    const pause = LEAST_INTERVAL - (now() - last);
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
  if (shutOutAt !== undefined && now() - shutOutAt < SHUT_OUT) {
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
    answered() {
      if (shutOutAt === undefined) return;
      shutOutAt = undefined;
      write();
    },
    shutOut() {
      shutOutAt = now();
      write();
    },
  };
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}
