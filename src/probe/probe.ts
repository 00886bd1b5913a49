import { mapParallel } from '../platform/concurrency/parallel.ts';
import { createEmptyProbe, type ProbeContext } from './context.ts';
import { resolvePipIndex } from './https/pip-index.ts';
import { createTimeoutError, toProblem } from './report/problem.ts';
import type { MirrorProbe, ProbeReport, ProblemReason } from './report/report.ts';
import { findLocalRsync } from './rsync/local-rsync.ts';
import { resolveRsyncProxy } from './rsync/rsync-proxy.ts';
import type { ProbeTarget } from './target.ts';

export interface ProbeOptions {
  targets: readonly ProbeTarget[];
  environment: NodeJS.ProcessEnv;
  rsyncPath: string;
  rsyncPassword: string | undefined;
  /** `host:port` of an HTTP proxy for rsync daemons; undefined: RSYNC_PROXY of the environment, if it is one. */
  proxy: string | undefined;
  /** Days after which a mirror counts as stale; 7 when absent. */
  staleAfterDays?: number;
  /** Milliseconds for one mirror; 10,000 when absent. */
  timeLimitMs?: number;
  /** Milliseconds since the epoch; the clock when absent. */
  nowMs?: number;
  signal?: AbortSignal;
  /** Called before a mirror is asked. */
  onStart?(target: ProbeTarget): void;
}

const DEFAULT_STALE_AFTER_DAYS = 7;
const DEFAULT_TIME_LIMIT_MS = 10_000;
/** Hosts asked at the same time; each of them by one connection. */
const MAX_CONCURRENT_HOSTS = 4;

/**
 * Looks at mirrors: whether they answer, what they have, how fresh they are, how far away they are. Reads only; whatever goes
 * wrong with a mirror is data. One connection at a time to a host.
 *
 * @throws TfcacheError `usage` for a proxy that is none; the reason of `signal` when it is aborted.
 */
export async function probeMirrors(options: ProbeOptions): Promise<ProbeReport> {
  const {
    environment,
    staleAfterDays = DEFAULT_STALE_AFTER_DAYS,
    nowMs: now = Date.now(),
  } = options;
  const targets = await Promise.all(
    options.targets.map((target) => resolvePipIndex(target, environment)),
  );
  const needsRsync = targets.some(({ transport }) => transport === 'rsync' || transport === 'ssh');
  const rsync = needsRsync ? await findLocalRsync(options.rsyncPath, environment) : undefined;
  const { proxy, note: proxyNote } = resolveRsyncProxy(options.proxy, environment);
  const { rsyncPath, rsyncPassword } = options;
  const at = Math.floor(now / 1000);
  const found = new Map<ProbeTarget, MirrorProbe>();
  await mapParallel(groupByHost(targets), MAX_CONCURRENT_HOSTS, options.signal, async (group) => {
    for (const target of group) {
      options.signal?.throwIfAborted();
      options.onStart?.(target);
      const shared = { environment, rsync, rsyncPath, rsyncPassword, proxy, proxyNote };
      found.set(
        target,
        await probeTarget(
          target,
          { ...shared, freshnessLimit: { nowSeconds: at, staleAfterDays } },
          options,
        ),
      );
    }
  });
  options.signal?.throwIfAborted();
  const mirrors = targets.flatMap((target) => found.get(target) ?? []);
  return { format: 'tfcache-probe/1', at, staleAfterDays, rsync, mirrors };
}

/** One mirror within its time; what takes longer is told as such. */
async function probeTarget(
  target: ProbeTarget,
  shared: Omit<ProbeContext, 'signal' | 'getRemainingMs'>,
  { timeLimitMs: timeLimit = DEFAULT_TIME_LIMIT_MS, signal }: ProbeOptions,
): Promise<MirrorProbe> {
  const until = performance.now() + timeLimit;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(createTimeoutError()), timeLimit);
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const context = {
    ...shared,
    signal: both,
    getRemainingMs: () => Math.max(0, until - performance.now()),
  };
  try {
    const result = await probeByTransport(target, context);
    return stop.signal.aborted ? explainTimeout(result, timeLimit) : result;
  } catch (error) {
    return { ...createEmptyProbe(target), verdict: 'unusable', problem: toProblem(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** The reasons of the transports' errors if they are cut off by the time limit. */
const CUT_REASONS: readonly ProblemReason[] = [
  'time-limit',
  'transfer-cancelled',
  'program-failed',
  'defect',
];

/** What the end of the time means: a mirror that had answered was only slow to list; of another nothing is known. */
function explainTimeout(result: MirrorProbe, timeLimit: number): MirrorProbe {
  const isCut = result.problem !== undefined && CUT_REASONS.includes(result.problem.reason);
  if (!isCut) return result;
  if (result.server === undefined) return { ...result, problem: createTimeoutError().problem };
  const note = `It answers, but what is in it was not listed within ${timeLimit / 1000} seconds.`;
  return { ...result, verdict: 'reachable', problem: undefined, notes: [...result.notes, note] };
}

/** Each transport is loaded when a mirror has it. */
async function probeByTransport(target: ProbeTarget, context: ProbeContext): Promise<MirrorProbe> {
  switch (target.transport) {
    case 'rsync':
      return (await import('./rsync/probe-rsync.ts')).probeRsyncMirror(target, context);
    case 'ssh':
      return (await import('./rsync/probe-ssh.ts')).probeSshMirror(target, context);
    case 'https':
      return (await import('./https/probe-https.ts')).probeHttpsMirror(target, context);
    case 'file':
      return (await import('./content/probe-file.ts')).probeFileMirror(target, context);
    case 'index':
      return (await import('./https/probe-package-index.ts')).probePackageIndex(target, context);
  }
}

function groupByHost(targets: readonly ProbeTarget[]): ProbeTarget[][] {
  return [...Map.groupBy(targets, getTargetHost).values()];
}

function getTargetHost(target: ProbeTarget): string {
  switch (target.transport) {
    case 'rsync':
      return target.place.host.toLowerCase();
    case 'ssh':
      return target.host.toLowerCase();
    case 'https':
      return target.root.hostname.replace(/^\[|\]$/g, '');
    case 'index':
      return URL.canParse(target.url) ? new URL(target.url).hostname : '';
    case 'file':
      return '';
  }
}
