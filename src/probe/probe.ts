import { mapParallel } from '../platform/concurrency/parallel.ts';
import { blank, type ProbeContext } from './context.ts';
import { withPipsIndex } from './https/pip-target.ts';
import { outOfTime, problemOf } from './report/problem.ts';
import type { MirrorProbe, ProbeReport } from './report/report.ts';
import { findLocalRsync } from './rsync/local-rsync.ts';
import { rsyncProxy } from './rsync/rsync-proxy.ts';
import type { Target } from './target.ts';

export interface ProbeOptions {
  targets: readonly Target[];
  environment: NodeJS.ProcessEnv;
  rsyncPath: string;
  rsyncPassword: string | undefined;
  /** `host:port` of an HTTP proxy for rsync daemons; undefined: RSYNC_PROXY of the environment, if it is one. */
  proxy: string | undefined;
  /** Days after which a mirror counts as stale; 7 when absent. */
  staleAfterDays?: number;
  /** Milliseconds for one mirror; 10,000 when absent. */
  timeLimit?: number;
  /** Milliseconds since the epoch; the clock when absent. */
  now?: number;
  signal?: AbortSignal;
  /** Called before a mirror is asked. */
  onBegin?(target: Target): void;
}

const STALE_AFTER_DAYS = 7;
const TIME_LIMIT = 10_000;
/** Hosts asked at the same time; each of them by one connection. */
const HOSTS_AT_ONCE = 4;

/**
 * Looks at mirrors: whether they answer, what they have, how fresh they are, how far away they are. Reads only; whatever goes
 * wrong with a mirror is data. One connection at a time to a host.
 *
 * @throws TfcacheError `usage` for a proxy that is none; the reason of `signal` when it is aborted.
 */
export async function probe(options: ProbeOptions): Promise<ProbeReport> {
  const { environment, staleAfterDays = STALE_AFTER_DAYS, now = Date.now() } = options;
  const targets = await Promise.all(
    options.targets.map((target) => withPipsIndex(target, environment)),
  );
  const needsRsync = targets.some(({ transport }) => transport === 'rsync' || transport === 'ssh');
  const rsync = needsRsync ? await findLocalRsync(options.rsyncPath, environment) : undefined;
  const { proxy, note: proxyNote } = rsyncProxy(options.proxy, environment);
  const { rsyncPath, rsyncPassword } = options;
  const at = Math.floor(now / 1000);
  const found = new Map<Target, MirrorProbe>();
  await mapParallel(byHost(targets), HOSTS_AT_ONCE, options.signal, async (group) => {
    for (const target of group) {
      options.signal?.throwIfAborted();
      options.onBegin?.(target);
      const shared = { environment, rsync, rsyncPath, rsyncPassword, proxy, proxyNote };
      found.set(
        target,
        await probeOne(target, { ...shared, limit: { now: at, staleAfterDays } }, options),
      );
    }
  });
  options.signal?.throwIfAborted();
  const mirrors = targets.flatMap((target) => found.get(target) ?? []);
  return { format: 'tfcache-probe/1', at, staleAfterDays, rsync, mirrors };
}

/** One mirror within its time; what takes longer is told as such. */
async function probeOne(
  target: Target,
  shared: Omit<ProbeContext, 'signal' | 'timeLeft'>,
  { timeLimit = TIME_LIMIT, signal }: ProbeOptions,
): Promise<MirrorProbe> {
  const until = performance.now() + timeLimit;
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(outOfTime()), timeLimit);
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const context = {
    ...shared,
    signal: both,
    timeLeft: () => Math.max(0, until - performance.now()),
  };
  try {
    const result = await probeByTransport(target, context);
    return stop.signal.aborted ? cutShort(result, timeLimit) : result;
  } catch (error) {
    return { ...blank(target), verdict: 'unusable', problem: problemOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** What the end of the time means: a mirror that had answered was only slow to list; of another nothing is known. */
function cutShort(result: MirrorProbe, timeLimit: number): MirrorProbe {
  // What the transports say when they are cut off; any other problem was found before that.
  const isCut = result.problem?.kind === 'failed' || result.problem?.kind === 'time';
  if (!isCut) return result;
  if (result.server === undefined) return { ...result, problem: outOfTime().problem };
  const note = `It answers, but what is in it was not listed within ${timeLimit / 1000} seconds.`;
  return { ...result, verdict: 'reachable', problem: undefined, notes: [...result.notes, note] };
}

/** Each transport is loaded when a mirror has it. */
async function probeByTransport(target: Target, context: ProbeContext): Promise<MirrorProbe> {
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

function byHost(targets: readonly Target[]): Target[][] {
  return [...Map.groupBy(targets, hostOf).values()];
}

function hostOf(target: Target): string {
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
