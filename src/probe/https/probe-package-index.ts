import { compare } from '@renovatebot/pep440';
import { unwrapRetryable } from '../../mirror/https/http/network-error.ts';
import { parseMirrorLocation } from '../../mirror/https/location.ts';
import {
  createIndexAuthorization,
  createPackageIndex,
} from '../../mirror/package-index/package-index.ts';
import type { ProjectEntry } from '../../mirror/package-index/project-page.ts';
import { silentLog } from '../../platform/log.ts';
import { parseWheelName } from '../../request/wheel/wheel-name.ts';
import { measureConnectTimes } from '../connection/measure-connect-times.ts';
import { collectRoundTrips, summarizeRoundTrip } from '../connection/round-trip.ts';
import { createProbeHttpClient } from '../content/content-reader.ts';
import { truncateNames } from '../content/names.ts';
import {
  createEmptyProbe,
  LINE_TIMEOUT_MS,
  MAX_SAMPLE_COUNT,
  type ProbeContext,
} from '../context.ts';
import { toProblem } from '../report/problem.ts';
import type { MirrorProbe, Problem } from '../report/report.ts';
import { UNKNOWN_FRESHNESS } from '../status/freshness.ts';
import { findKnownSite } from '../status/known-sites.ts';
import { fetchSiteFreshness } from '../status/site-status.ts';
import type { ProbeTarget } from '../target.ts';
import { detectCaptivePortal } from './captive-portal.ts';
import { fetchFirstPage } from './first-page.ts';

/** Asked for one after the other until one is there: an index names all of its projects only in a page of many megabytes. */
const PROJECTS = ['tensorflow', 'tensorflow-cpu'] as const;

/** Looks at a Python package index: connection, the page of TensorFlow's project, its wheels. */
export async function probePackageIndex(
  target: ProbeTarget & { transport: 'index' },
  context: ProbeContext,
): Promise<MirrorProbe> {
  const { signal, environment } = context;
  let probe: MirrorProbe = {
    ...createEmptyProbe(target),
    verdict: 'unusable',
    problem: target.problem,
  };
  if (target.from !== undefined) probe = { ...probe, notes: [`pypi=pip: from ${target.from}.`] };
  if (target.problem !== undefined) return probe;
  try {
    const location = parseMirrorLocation(target.url);
    const root = location.resolveRoot(target.bucket);
    const site = findKnownSite(root.hostname);
    const authorize = createIndexAuthorization(location, root, { url: target.url, environment });
    const client = createProbeHttpClient({
      environment,
      timeoutSeconds: LINE_TIMEOUT_MS / 1000,
      authorize,
    });
    const samples = await measureConnectTimes(
      root,
      context,
      site === undefined ? MAX_SAMPLE_COUNT : 1,
    );
    const page = await fetchFirstPage(client, new URL(`${PROJECTS[0]}/`, root), signal);
    probe = {
      ...probe,
      server: page.server,
      roundTrips: collectRoundTrips(
        summarizeRoundTrip('connect', samples),
        summarizeRoundTrip('answer', [page.responseMs]),
      ),
    };
    const portal = detectCaptivePortal(page, root);
    if (portal !== undefined) return { ...probe, problem: portal };
    const entries = await readFirstProject(target.url, context);
    probe = { ...probe, ...describeProject(entries) };
    if (site === undefined || probe.problem !== undefined) return probe;
    const name = root.pathname.split('/').find((part) => part !== '') ?? target.bucket;
    const told = await fetchSiteFreshness(site.statusUrl, name, context);
    if (told === undefined) return probe;
    return { ...probe, freshness: { ...told, newestFile: probe.freshness.newestFile } };
  } catch (error) {
    return { ...probe, problem: toProblem(unwrapRetryable(error)) };
  }
}

/** As a pull reads it; undefined when the index has none of the projects. */
async function readFirstProject(
  url: string,
  { environment, signal }: ProbeContext,
): Promise<ProjectEntry[] | undefined> {
  const index = createPackageIndex({
    url,
    environment,
    timeout: LINE_TIMEOUT_MS / 1000,
    retries: 0,
    bandwidthLimit: undefined,
    connections: 1,
    log: silentLog,
  });
  for (const project of PROJECTS) {
    const entries = await index.listProject(project, signal);
    if (entries !== undefined) return entries;
  }
  return undefined;
}

function describeProject(entries: readonly ProjectEntry[] | undefined): Partial<MirrorProbe> {
  if (entries === undefined) return { problem: NO_PROJECT };
  const wheels = entries.flatMap(({ name, mtime }) => {
    const parsed = parseWheelName(name);
    return parsed === undefined ? [] : [{ name, mtime, version: parsed.version }];
  });
  if (wheels.length === 0) return { problem: NO_WHEELS };
  const newestFirst = wheels.toSorted((left, right) => compare(right.version, left.version));
  const times = wheels.flatMap(({ mtime }) => mtime ?? []);
  const newestFile = times.length === 0 ? undefined : Math.max(...times);
  return {
    verdict: 'usable',
    content: truncateNames(newestFirst.map(({ name }) => name)),
    freshness: { ...UNKNOWN_FRESHNESS, newestFile },
  };
}

const NO_PROJECT: Problem = {
  reason: 'folder-unknown',
  message: `The index has no project ${PROJECTS.join(' and no project ')}.`,
  found: 'HTTP 404',
  hint: 'Check that the address is the folder in which each project has its page, mostly https://host/simple/; or name another index.',
};

const NO_WHEELS: Problem = {
  reason: 'mirror-empty',
  message: 'The index has a page for TensorFlow, and no wheel on it.',
  found: undefined,
  hint: 'Check the address in a browser: it may be no package index, or one that keeps no wheels. Else name another index.',
};
