import { createOriginAuthorization } from '../../mirror/https/http/authorize.ts';
import type { HttpClient } from '../../mirror/https/http/client.ts';
import { unwrapRetryable } from '../../mirror/https/http/network-error.ts';
import { TfcacheError } from '../../platform/error.ts';
import { connectTimes } from '../connection/connect-times.ts';
import { roundTrip, roundTrips } from '../connection/round-trip.ts';
import { lookInto } from '../content/content.ts';
import { cutNames } from '../content/names.ts';
import { type Shelf, shelfOfWeb, webClient } from '../content/shelf.ts';
import { blank, LINE_LIMIT, type ProbeContext, SAMPLES } from '../context.ts';
import { problemOf } from '../report/problem.ts';
import type { MirrorProbe, Names, Problem } from '../report/report.ts';
import { offers } from '../rsync/explain-module.ts';
import { knownSite } from '../status/known-sites.ts';
import { findStatus, siteFreshness } from '../status/site-status.ts';
import type { Target } from '../target.ts';
import { type FirstPage, getFirstPage, isBucket } from './first-page.ts';
import { portalOf } from './portal.ts';

type HttpsTarget = Target & { transport: 'https' };

/** Looks at a web server or a bucket: connection, first page, listing, status. */
export async function probeHttpsMirror(
  target: HttpsTarget,
  context: ProbeContext,
): Promise<MirrorProbe> {
  const site = knownSite(target.root.hostname);
  const name = target.root.pathname.split('/').find((part) => part !== '') ?? target.bucket;
  let probe: MirrorProbe = { ...blank(target), verdict: 'unusable', problem: undefined };
  if (site !== undefined) {
    const about = name === 'tensorflow' ? `: ${site.tensorflow}` : '';
    probe = { ...probe, notes: [`This is ${site.name}, a public site${about}.`] };
  }
  const client = clientFor(target, context);
  let page: FirstPage;
  try {
    const samples = await connectTimes(target.root, context, site === undefined ? SAMPLES : 1);
    page = await getFirstPage(client, target.root, context.signal);
    probe = {
      ...probe,
      server: page.server,
      roundTrips: roundTrips(roundTrip('connect', samples), roundTrip('answer', [page.time])),
    };
    const portal = portalOf(page, target.root);
    if (portal !== undefined) return { ...probe, problem: portal };
    probe = { ...probe, ...(await lookAtFolder(client, target, context, probe.notes)) };
  } catch (error) {
    return { ...probe, verdict: 'unusable', problem: problemOf(unwrapRetryable(error)) };
  }
  // A trace in the mirror itself knows better than a list of the site, and a bucket is no site.
  if (probe.freshness.lastSync !== undefined || isBucket(page)) return probe;
  const told =
    site === undefined
      ? await findStatus(client, new URL('/', target.root), name, context)
      : await siteFreshness(site.statusUrl, name, context);
  if (told === undefined) return probe;
  return { ...probe, freshness: { ...told, newestFile: probe.freshness.newestFile } };
}

function clientFor(
  { root, authorization }: HttpsTarget,
  { environment }: ProbeContext,
): HttpClient {
  const authorize = createOriginAuthorization(root.origin, authorization);
  return webClient({ environment, timeout: LINE_LIMIT / 1000, authorize });
}

async function lookAtFolder(
  client: HttpClient,
  target: HttpsTarget,
  context: ProbeContext,
  notes: readonly string[],
): Promise<Partial<MirrorProbe>> {
  const { root } = target;
  const shelf = shelfAt(root, client, context);
  const { names, freshness, note } = await lookInto(shelf, context.limit, context.signal);
  if (names === undefined) {
    const beside = await listBeside(root, client, context);
    return { modules: beside, problem: noFolder(root, beside) };
  }
  const found = { content: names, freshness, notes: note === undefined ? notes : [...notes, note] };
  if (names.total > 0) return { ...found, verdict: 'usable' };
  return { ...found, problem: EMPTY };
}

const EMPTY: Problem = {
  kind: 'empty',
  message: 'The mirror answers, but lists nothing.',
  found: undefined,
  hint: 'Check the path (and {bucket}); its first sync may not have run. Else name another mirror.',
};

function noFolder(root: URL, beside: Names | undefined): Problem {
  const there = beside === undefined ? '' : `; beside it the mirror ${offers(beside)}`;
  return {
    kind: 'unknown-folder',
    message: `The mirror has no folder ${root.pathname}${there}.`,
    found: 'HTTP 404',
    hint: 'Correct the path of the mirror.',
  };
}

/** The folders beside one that is not there; undefined when they are not to be listed. */
async function listBeside(
  root: URL,
  client: HttpClient,
  context: ProbeContext,
): Promise<Names | undefined> {
  if (root.pathname === '/') return undefined;
  try {
    const shelf = shelfAt(new URL('..', root), client, context);
    const [folder] = await shelf.listFolders([''], context.signal);
    return folder?.exists === true ? cutNames(folder.folders.toSorted()) : undefined;
  } catch (error) {
    // A courtesy: that the folder is not there stands anyway.
    if (unwrapRetryable(error) instanceof TfcacheError) return undefined;
    throw error;
  }
}

function shelfAt(root: URL, client: HttpClient, { environment }: ProbeContext): Shelf {
  return shelfOfWeb({ root, client, environment, timeout: LINE_LIMIT / 1000 });
}
