import type { ExpectedDigest, ListedFile } from '../../bucket/file.ts';
import { findPathProblem } from '../../bucket/safe-path.ts';
import { mapParallel } from '../../platform/concurrency/parallel.ts';
import { createHttpTransfers, type HttpTransferOptions } from '../https/download/transfers.ts';
import { createOriginAuthorization, type GetAuthorization } from '../https/http/authorize.ts';
import { requestFileSize } from '../https/http/file-facts.ts';
import { createNetrcAuthorization } from '../https/http/netrc.ts';
import { formatUrlForDisplay } from '../https/http/network-error.ts';
import { isPlainHttpAllowed } from '../https/http/transport.ts';
import {
  createNotAListingError,
  fetchText,
  type TextResponse,
} from '../https/listing/fetch-page.ts';
import { FormatMismatchError } from '../https/listing/page.ts';
import { type MirrorLocation, parseMirrorLocation } from '../https/location.ts';
import type { FetchEvents, FetchFile, FetchResult } from '../mirror.ts';
import { checkFilePaths } from '../partial/staged.ts';
import { normalizeProject } from './project-name.ts';
import type { ProjectEntry, ProjectPage } from './project-page.ts';

export interface PackageIndexOptions extends HttpTransferOptions {
  /** The address under which every project has a page: `https://host/simple/`. A user and password may stand in it. */
  url: string;
  /** Limits for asking for pages and sizes, if they differ from those for files. */
  lookup?: Pick<HttpTransferOptions, 'timeout' | 'retries'>;
}

/** A file of a project, its name checked, its size known. */
export interface IndexedFile extends ListedFile {
  /** The file’s own name; nothing stands before it. */
  path: string;
  /** Where it is fetched from; often another host than the index. */
  url: string;
  requiresPython: string | undefined;
  yanked: boolean;
  yankedReason?: string;
}

/** A Python package index (PEP 503 or PEP 691), for wheels that a bucket does not hold. No index is built in. */
export interface PackageIndex {
  /** For messages: without user and password. */
  readonly url: string;
  /**
   * What a project’s page says, names checked.
   *
   * @param project in any spelling; PEP 503 normalises it.
   * @returns undefined when the index has no such project.
   * @throws TfcacheError `no-mirror`
   */
  listProject(project: string, signal?: AbortSignal): Promise<ProjectEntry[] | undefined>;
  /**
   * Files with their sizes and times. Indexes in HTML tell neither: those are asked for one by one, so name only what may be
   * chosen. A file that is gone is left out.
   *
   * @throws TfcacheError `no-mirror`
   */
  completeFiles(entries: readonly ProjectEntry[], signal?: AbortSignal): Promise<IndexedFile[]>;
  /** Brings files to `staging/PATH`, as a Mirror does. */
  fetch(
    files: readonly (FetchFile & Pick<IndexedFile, 'url'>)[],
    staging: string,
    events: FetchEvents,
    signal?: AbortSignal,
  ): Promise<FetchResult>;
}

/** JSON where the index has it, else HTML. PEP 691, “Version + Format Selection”. */
const ACCEPT =
  'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1';

/** @throws TfcacheError `usage` for a URL that cannot be used. */
export function createPackageIndex(options: PackageIndexOptions): PackageIndex {
  const location = parseMirrorLocation(options.url);
  const root = location.resolveRoot('index');
  const authorize = createIndexAuthorization(location, root, options);
  const transfers = createHttpTransfers(options, authorize);
  const { requests: pages } =
    options.lookup === undefined
      ? transfers
      : createHttpTransfers({ ...options, ...options.lookup }, authorize);

  /** Size and time where the index does not tell them; nothing for a file that is gone. */
  async function completeOne(entry: ProjectEntry, signal: AbortSignal): Promise<IndexedFile[]> {
    const { name: path, url, requiresPython, yanked } = entry;
    const open = entry.size === undefined || entry.mtime === undefined;
    const exact = open ? await requestFileSize(new URL(url), pages, signal, 'count') : undefined;
    const size = entry.size ?? exact?.size;
    if (size === undefined) return [];
    const mtime = entry.mtime ?? exact?.mtime;
    const etag = mtime === undefined ? exact?.etag : undefined;
    const digests = convertDigests(entry);
    const version = { mtime, ...(etag === undefined ? {} : { etag }) };
    const reason = entry.yankedReason === undefined ? {} : { yankedReason: entry.yankedReason };
    return [{ path, size, ...version, digests, url, requiresPython, yanked, ...reason }];
  }

  return {
    url: location.displayUrl,
    async listProject(project, signal) {
      const page = new URL(`./${encodeURIComponent(normalizeProject(project))}/`, root);
      const answer = await fetchText(page, pages, signal, { accept: ACCEPT });
      if (answer === undefined) return undefined;
      return usableWheels(await parseProject(answer), answer.response.url, options);
    },
    async completeFiles(entries, signal) {
      return (await mapParallel(entries, pages.connections, signal, completeOne)).flat();
    },
    fetch(files, staging, events, signal) {
      checkFilePaths(files, location.displayUrl);
      return transfers.fetch(files, { getUrl: ({ url }) => new URL(url) }, staging, events, signal);
    },
  };
}

/**
 * Finds credentials as pip does: those of the address, then those of netrc; a user without a password (or a token) comes last. Those of
 * the index are sent to its own origin alone.
 */
export function createIndexAuthorization(
  { authorization }: MirrorLocation,
  root: URL,
  { url: written, environment }: Pick<PackageIndexOptions, 'url' | 'environment'>,
): GetAuthorization {
  const ofIndex = createOriginAuthorization(root.origin, authorization);
  const ofNetrc = createNetrcAuthorization(environment, root.origin);
  const isUserAlone = /^\w+:\/\/[^/@:]+@/.test(written);
  return (url) => {
    // Node sends what is written in the address of a file.
    if (url.username !== '' || url.password !== '') return undefined;
    return isUserAlone ? (ofNetrc(url) ?? ofIndex(url)) : (ofIndex(url) ?? ofNetrc(url));
  };
}

/** The digests of a page as those that a file must have. */
export function convertDigests({ digests }: ProjectEntry): ExpectedDigest[] {
  return digests.map((digest) => ({ ...digest, source: 'listing' }));
}

async function parseProject(answer: TextResponse): Promise<ProjectPage> {
  const { parseProjectHtml, parseProjectJson } = await import('./project-page.ts');
  const { text, response } = answer;
  const parse = /^\s*\{/.test(text) ? parseProjectJson : parseProjectHtml;
  try {
    return await parse(text, response.url);
  } catch (error) {
    if (!(error instanceof FormatMismatchError)) throw error;
    throw createNotAListingError(answer, error.message, error);
  }
}

/** Skips wheels whose name or address cannot be used, and warns once of all that was skipped. */
function usableWheels(
  page: ProjectPage,
  url: URL,
  { log, plainHttpHosts = [] }: PackageIndexOptions,
): ProjectEntry[] {
  const skipped = [...page.skipped];
  const wheels = page.wheels.filter((entry) => {
    const problem = findNameProblem(entry.name) ?? findAddressProblem(entry.url, plainHttpHosts);
    if (problem !== undefined)
      skipped.push(`${JSON.stringify(entry.name.slice(0, 200))}: ${problem}`);
    return problem === undefined;
  });
  if (skipped.length > 0) {
    log.warning(
      `${formatUrlForDisplay(url)}: ${countWheels(skipped)} skipped (${shortened(skipped)}).`,
    );
  }
  if (page.tolerated.length > 0) {
    log.warning(
      `${formatUrlForDisplay(url)}: ${countWheels(page.tolerated)} read as pip reads them, although not in the form of PEP 691 (${shortened(page.tolerated)}).`,
    );
  }
  return wheels;
}

function countWheels(lines: readonly string[]): string {
  return lines.length === 1 ? '1 wheel is' : `${lines.length} wheels are`;
}

function shortened(lines: readonly string[]): string {
  return lines.slice(0, 3).join('; ') + (lines.length > 3 ? '; …' : '');
}

/** A name alone, no path; others cannot be files of a project. */
function findNameProblem(name: string): string | undefined {
  if (/[/\\\p{Cc}]/u.test(name)) return 'not the name of a file';
  return findPathProblem(name);
}

function findAddressProblem(
  address: string,
  plainHttpHosts: readonly string[],
): string | undefined {
  const url = new URL(address);
  if (url.protocol === 'https:' || isPlainHttpAllowed(url, plainHttpHosts)) return undefined;
  const host = url.host === '' ? '' : ` for ${url.host}`;
  return `${url.protocol} is not used${host}, only https:`;
}
