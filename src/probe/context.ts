import type { LocalRsync, MirrorProbe } from './report/report.ts';
import type { RsyncProxy } from './rsync/rsync-proxy.ts';
import { type FreshnessLimit, UNKNOWN_FRESHNESS } from './status/freshness.ts';
import type { ProbeTarget } from './target.ts';

/** What every prober needs. One is made for each mirror: `signal` and `getRemainingMs` are its own. */
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
  freshnessLimit: FreshnessLimit;
  /** Aborted when the time for this mirror is up or the user stops. */
  signal: AbortSignal;
  /** Milliseconds left for this mirror. */
  getRemainingMs(): number;
}

/** Longest waits, in milliseconds: within the ten seconds of a mirror one of each fits, and a listing. */
export const PROBE_CONNECT_TIMEOUT_MS = 3_000;
export const LINE_TIMEOUT_MS = 4_000;
/** Connections to measure with. A public site gets no more than are needed anyway. */
export const MAX_SAMPLE_COUNT = 3;

/** The fields of a report about which nothing is known yet. */
export function createEmptyProbe(target: ProbeTarget): Omit<MirrorProbe, 'verdict' | 'problem'> {
  return {
    url: target.shown,
    bucket: target.bucket,
    server: undefined,
    roundTrips: [],
    modules: undefined,
    content: undefined,
    freshness: UNKNOWN_FRESHNESS,
    notes: [],
  };
}
