import { createRsyncMirror } from '../../mirror/rsync/rsync-mirror.ts';
import { bypassesRsyncProxy } from '../../mirror/rsync/url/proxy.ts';
import { getRsyncPort } from '../../mirror/rsync/url/rsync-url.ts';
import { silentLog } from '../../platform/log.ts';
import type { HostAddress } from '../connection/open-connection.ts';
import { collectRoundTrips, summarizeRoundTrip } from '../connection/round-trip.ts';
import { createMirrorReader } from '../content/content-reader.ts';
import { explainFilteredPort } from '../content/filtered-port.ts';
import { inspectContent } from '../content/inspect-content.ts';
import { truncateNames } from '../content/names.ts';
import {
  createEmptyProbe,
  LINE_TIMEOUT_MS,
  MAX_SAMPLE_COUNT,
  PROBE_CONNECT_TIMEOUT_MS,
  type ProbeContext,
} from '../context.ts';
import { toProblem } from '../report/problem.ts';
import type { MirrorProbe, Problem } from '../report/report.ts';
import { findKnownSite } from '../status/known-sites.ts';
import { fetchSiteFreshness } from '../status/site-status.ts';
import type { ProbeTarget } from '../target.ts';
import { type DaemonGreeting, type DaemonOptions, listModules, requestModule } from './daemon.ts';
import { explainUnknownModule } from './explain-module.ts';

type RsyncTarget = ProbeTarget & { transport: 'rsync' };

/** Other than public sites, a mirror that bans is unknown: hours that are enough for those that are. */
const BAN_HOURS = 4;

/**
 * Looks at an rsync daemon, one connection after the other: its greeting and its list of modules by the protocol itself;
 * then the module, by the rsync program where there is one, because that is what a pull will do.
 */
export async function probeRsyncMirror(
  target: RsyncTarget,
  context: ProbeContext,
): Promise<MirrorProbe> {
  const { place } = target;
  const address = { host: place.host, port: getRsyncPort(place) };
  const bypassed = bypassesRsyncProxy(address, context.environment);
  const site = findKnownSite(place.host);
  const options: DaemonOptions = {
    timeoutMs: Math.min(PROBE_CONNECT_TIMEOUT_MS, context.getRemainingMs()),
    lineTimeoutMs: Math.min(LINE_TIMEOUT_MS, context.getRemainingMs()),
    security: place.scheme === 'rsyncs' ? 'tls' : 'none',
    url: place,
    banHours: site?.intervalHours ?? BAN_HOURS,
    proxy: bypassed ? undefined : context.proxy?.address,
    signal: context.signal,
    getRemainingMs: context.getRemainingMs,
  };
  let probe: MirrorProbe = {
    ...createEmptyProbe(target),
    verdict: 'reachable',
    problem: undefined,
  };
  if (site !== undefined) {
    const about = `This is ${site.name}, a public site: sync at most every ${site.intervalHours} hours`;
    const tensorflow = place.module === 'tensorflow' ? `; ${site.tensorflow}` : '';
    probe = { ...probe, notes: [`${about}${tensorflow}.`] };
  }
  if (context.proxyNote !== undefined && !bypassed) {
    probe = { ...probe, notes: [...probe.notes, context.proxyNote] };
  }
  try {
    const { greetings, modules } = await measureGreetings(
      address,
      options,
      site === undefined ? MAX_SAMPLE_COUNT : 1,
    );
    probe = {
      ...probe,
      ...describeGreetings(greetings, options.security),
      modules: truncateNames(modules.toSorted()),
    };
    if (target.named === 'host') {
      return { ...probe, notes: [...probe.notes, 'No module was named, so none was looked into.'] };
    }
    const { notes = [], ...found } = await inspectModule(target, address, options, context);
    probe = { ...probe, ...found, notes: [...probe.notes, ...notes] };
  } catch (error) {
    const problem = explainUnknownModule(toProblem(error), place.module, probe.modules, site);
    const told =
      problem.reason === 'port-filtered'
        ? { ...problem, hint: suggestAlternatives(address) }
        : problem;
    probe = {
      ...probe,
      verdict: 'unusable',
      problem: await explainFilteredPort(told, address, context),
    };
  }
  // A trace in the mirror itself knows better than its site.
  if (site === undefined || probe.freshness.lastSync !== undefined) return probe;
  const status = await fetchSiteFreshness(site.statusUrl, place.module, context);
  if (status === undefined) return probe;
  return { ...probe, freshness: { ...status, newestFile: probe.freshness.newestFile } };
}

function suggestAlternatives({ port }: HostAddress): string {
  return `Use ssh:// or https:// if the mirror has them, or a proxy (input proxy); or let this machine out to port ${port}.`;
}

async function measureGreetings(address: HostAddress, options: DaemonOptions, samples: number) {
  const { greeting, modules } = await listModules(address, options);
  const greetings = [greeting];
  // What takes long is not measured more often: the time is for finding out what is wrong.
  while (greetings.length < samples && greeting.connectMs + greeting.greetingMs < 500) {
    greetings.push((await listModules(address, options)).greeting);
  }
  return { greetings, modules };
}

function describeGreetings(
  greetings: readonly DaemonGreeting[],
  security: DaemonOptions['security'],
): Pick<MirrorProbe, 'server' | 'roundTrips'> {
  const [greeting] = greetings;
  const checksums =
    greeting === undefined || greeting.checksums.length === 0
      ? 'no list of checksums: rsync before 3.2.7'
      : greeting.checksums.join(' ');
  return {
    server: `rsync daemon${security === 'tls' ? ' inside TLS' : ''}, protocol ${greeting?.protocol ?? 'unknown'} (${checksums})`,
    roundTrips: collectRoundTrips(
      summarizeRoundTrip(
        'connect',
        greetings.map(({ connectMs: connectTime }) => connectTime),
      ),
      summarizeRoundTrip(
        'greeting',
        greetings.map(({ greetingMs: greetingTime }) => greetingTime),
      ),
    ),
  };
}

/** By the rsync program if a listing can be made with it; else the daemon is only asked whether it lets us in. */
async function inspectModule(
  target: RsyncTarget,
  address: HostAddress,
  options: DaemonOptions,
  context: ProbeContext,
): Promise<Partial<MirrorProbe>> {
  const { rsync, rsyncPath, proxy, rsyncPassword } = context;
  if (rsync?.path === undefined || rsync.problem !== undefined) {
    const answer = await requestModule(address, target.place.module, options);
    const login = answer === 'login' ? '; it wants a password, which was not tried' : '';
    const what = 'without a usable rsync program here, what is in it was not listed';
    return { notes: [`The module is there; ${what}${login}.`] };
  }
  const mirror = createRsyncMirror({
    url: target.url,
    bucket: target.bucket,
    rsyncPath,
    timeout: LINE_TIMEOUT_MS / 1000,
    retries: 0,
    bandwidthLimit: undefined,
    password: rsyncPassword,
    proxy: proxy?.hostPort,
    environment: context.environment,
    log: silentLog,
  });
  const shelf = createMirrorReader(mirror, target.bucket);
  const { names, freshness, note } = await inspectContent(
    shelf,
    context.freshnessLimit,
    context.signal,
  );
  const problem =
    names === undefined
      ? createFolderProblem(target.place.path)
      : names.total === 0
        ? EMPTY_PROBLEM
        : undefined;
  return {
    verdict: problem === undefined ? 'usable' : 'unusable',
    problem,
    content: names,
    freshness,
    ...(note === undefined ? {} : { notes: [note] }),
  };
}

function createFolderProblem(path: string): Problem {
  return {
    reason: 'folder-unknown',
    message: `The module is there, but the folder "${path}" in it is not.`,
    found: undefined,
    hint: 'Correct the path in the mirror URL.',
  };
}

const EMPTY_PROBLEM: Problem = {
  reason: 'mirror-empty',
  message: 'The mirror answers, but there is nothing in it.',
  found: undefined,
  hint: 'Its first sync may not have run, or its disk is not mounted: tell the operator, or name another mirror.',
};
