import { createOriginAuthorization } from '../../mirror/https/http/authorize.ts';
import type { HttpClient } from '../../mirror/https/http/client.ts';
import { unwrapRetryable } from '../../mirror/https/http/network-error.ts';
import { TfcacheError } from '../../platform/error.ts';
import { measureConnectTimes } from '../connection/measure-connect-times.ts';
import { collectRoundTrips, summarizeRoundTrip } from '../connection/round-trip.ts';
import {
  type ContentReader,
  createProbeHttpClient,
  createWebReader,
} from '../content/content-reader.ts';
import { inspectContent } from '../content/inspect-content.ts';
import { truncateNames } from '../content/names.ts';
import {
  createEmptyProbe,
  LINE_TIMEOUT_MS,
  MAX_SAMPLE_COUNT,
  type ProbeContext,
} from '../context.ts';
import { toProblem } from '../report/problem.ts';
import type { MirrorProbe, NameList, Problem } from '../report/report.ts';
import { formatOfferedNames } from '../rsync/explain-module.ts';
import { findKnownSite } from '../status/known-sites.ts';
import { fetchSiteFreshness, findSiteFreshness } from '../status/site-status.ts';
import type { ProbeTarget } from '../target.ts';
import { detectCaptivePortal } from './captive-portal.ts';
import { type FirstPage, fetchFirstPage, isBucketListing } from './first-page.ts';

type HttpsTarget = ProbeTarget & { transport: 'https' };

/** Looks at a web server or a bucket: connection, first page, listing, status. */
export async function probeHttpsMirror(
  target: HttpsTarget,
  context: ProbeContext,
): Promise<MirrorProbe> {
  const site = findKnownSite(target.root.hostname);
  const name = target.root.pathname.split('/').find((part) => part !== '') ?? target.bucket;
  let probe: MirrorProbe = { ...createEmptyProbe(target), verdict: 'unusable', problem: undefined };
  if (site !== undefined) {
    const about = name === 'tensorflow' ? `: ${site.tensorflow}` : '';
    probe = { ...probe, notes: [`This is ${site.name}, a public site${about}.`] };
  }
  const client = createClient(target, context);
  let page: FirstPage;
  try {
    const samples = await measureConnectTimes(
      target.root,
      context,
      site === undefined ? MAX_SAMPLE_COUNT : 1,
    );
    page = await fetchFirstPage(client, target.root, context.signal);
    probe = {
      ...probe,
      server: page.server,
      roundTrips: collectRoundTrips(
        summarizeRoundTrip('connect', samples),
        summarizeRoundTrip('answer', [page.responseMs]),
      ),
    };
    const portal = detectCaptivePortal(page, target.root);
    if (portal !== undefined) return { ...probe, problem: portal };
    probe = { ...probe, ...(await inspectFolder(client, target, context, probe.notes)) };
  } catch (error) {
    return { ...probe, verdict: 'unusable', problem: toProblem(unwrapRetryable(error)) };
  }
  // A trace in the mirror itself knows better than a list of the site, and a bucket is no site.
  if (probe.freshness.lastSync !== undefined || isBucketListing(page)) return probe;
  const told =
    site === undefined
      ? await findSiteFreshness(client, new URL('/', target.root), name, context)
      : await fetchSiteFreshness(site.statusUrl, name, context);
  if (told === undefined) return probe;
  return { ...probe, freshness: { ...told, newestFile: probe.freshness.newestFile } };
}

function createClient(
  { root, authorization }: HttpsTarget,
  { environment }: ProbeContext,
): HttpClient {
  const authorize = createOriginAuthorization(root.origin, authorization);
  return createProbeHttpClient({ environment, timeoutSeconds: LINE_TIMEOUT_MS / 1000, authorize });
}

async function inspectFolder(
  client: HttpClient,
  target: HttpsTarget,
  context: ProbeContext,
  notes: readonly string[],
): Promise<Partial<MirrorProbe>> {
  const { root } = target;
  const shelf = createReader(root, client, context);
  const { names, freshness, note } = await inspectContent(
    shelf,
    context.freshnessLimit,
    context.signal,
  );
  if (names === undefined) {
    const beside = await listSiblings(root, client, context);
    return { modules: beside, problem: createFolderProblem(root, beside) };
  }
  const found = { content: names, freshness, notes: note === undefined ? notes : [...notes, note] };
  if (names.total > 0) return { ...found, verdict: 'usable' };
  return { ...found, problem: EMPTY_PROBLEM };
}

const EMPTY_PROBLEM: Problem = {
  reason: 'mirror-empty',
  message: 'The mirror answers, but lists nothing.',
  found: undefined,
  hint: 'Check the path (and {bucket}); its first sync may not have run. Else name another mirror.',
};

function createFolderProblem(root: URL, beside: NameList | undefined): Problem {
  const there = beside === undefined ? '' : `; beside it the mirror ${formatOfferedNames(beside)}`;
  return {
    reason: 'folder-unknown',
    message: `The mirror has no folder ${root.pathname}${there}.`,
    found: 'HTTP 404',
    hint: 'Correct the path of the mirror.',
  };
}

/** The folders beside one that is not there; undefined when they are not to be listed. */
async function listSiblings(
  root: URL,
  client: HttpClient,
  context: ProbeContext,
): Promise<NameList | undefined> {
  if (root.pathname === '/') return undefined;
  try {
    const shelf = createReader(new URL('..', root), client, context);
    const [folder] = await shelf.listFolders([''], context.signal);
    return folder?.exists === true ? truncateNames(folder.folders.toSorted()) : undefined;
  } catch (error) {
    // A courtesy: that the folder is not there stands anyway.
    if (unwrapRetryable(error) instanceof TfcacheError) return undefined;
    throw error;
  }
}

function createReader(root: URL, client: HttpClient, { environment }: ProbeContext): ContentReader {
  return createWebReader({ root, client, environment, timeoutSeconds: LINE_TIMEOUT_MS / 1000 });
}
