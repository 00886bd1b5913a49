import type { LocalRsync, MirrorProbe } from './report/report.ts';
import type { RsyncProxy } from './rsync/rsync-proxy.ts';
import { type FreshnessLimit, NOTHING_KNOWN } from './status/freshness.ts';
import type { Target } from './target.ts';

/** What every prober needs. One is made for each mirror: `signal` and `timeLeft` are its own. */
export interface ProbeContext {
  environment: NodeJS.ProcessEnv;
  /** Undefined when no mirror needs it. */
  rsync: LocalRsync | undefined;
  /** The input `rsync-path`. */
  rsyncPath: string;
  rsyncPassword: string | undefined;
  /** HTTP proxy for rsync daemons. */
  proxy: RsyncProxy | undefined;
  /** That RSYNC_PROXY is heeded, or left out. */
  proxyNote: string | undefined;
  limit: FreshnessLimit;
  /** Aborted when the time for this mirror is up or the user stops. */
  signal: AbortSignal;
  /** Milliseconds left for this mirror. */
  timeLeft(): number;
}

/** Longest waits, in milliseconds: within the ten seconds of a mirror one of each fits, and a listing. */
export const CONNECT_LIMIT = 3_000;
export const LINE_LIMIT = 4_000;
/** Connections to measure with. A public site gets no more than are needed anyway. */
export const SAMPLES = 3;

/** The fields of a report about which nothing is known yet. */
export function blank(target: Target): Omit<MirrorProbe, 'verdict' | 'problem'> {
  return {
    url: target.shown,
    bucket: target.bucket,
    server: undefined,
    roundTrips: [],
    modules: undefined,
    content: undefined,
    freshness: NOTHING_KNOWN,
    notes: [],
  };
}
