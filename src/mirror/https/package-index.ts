import type { ExpectedDigest, ListedFile } from '../../file.ts';
import { normalizeProject } from '../../request/project-name.ts';
import { findPathProblem } from '../../safe-path.ts';
import type { FetchEvents, FetchFile, FetchResult } from '../mirror.ts';
import { mapParallel } from '../parallel.ts';
import { checkFetchPaths } from '../partial/staged.ts';
import { askSize } from './exact.ts';
import { FormatMismatch } from './listing/page.ts';
import type { ProjectEntry } from './listing/project-page.ts';
import { parseLocation } from './location.ts';
import { fetchText, notAListing, type TextAnswer } from './pages.ts';
import { openTransfers, type TransferOptions } from './transfers.ts';

export interface PackageIndexOptions extends TransferOptions {
  /** The address under which every project has a page: `https://host/simple/`. A user and password may stand in it. */
  url: string;
}

/** A file of a project, its name checked, its size known. */
export interface IndexedFile extends ListedFile {
  /** The file’s own name; nothing stands before it. */
  path: string;
  /** Where it is fetched from; often another host than the index. */
  url: string;
  requiresPython: string | undefined;
  yanked: boolean;
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
  project(project: string, signal?: AbortSignal): Promise<ProjectEntry[] | undefined>;
  /**
   * Files with their sizes and times. Indexes in HTML tell neither: those are asked for one by one, so name only what may be
   * chosen. A file that is gone is left out.
   *
   * @throws TfcacheError `no-mirror`
   */
  complete(entries: readonly ProjectEntry[], signal?: AbortSignal): Promise<IndexedFile[]>;
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
  const location = parseLocation(options.url);
  const root = location.root('index');
  const { authorization } = location;
  const transfers = openTransfers(
    options,
    authorization === undefined ? undefined : { origin: root.origin, value: authorization },
  );
  const { pages } = transfers;

  /** Size and time where the index does not tell them; nothing for a file that is gone. */
  async function completeOne(entry: ProjectEntry, signal: AbortSignal): Promise<IndexedFile[]> {
    const { name: path, url, requiresPython, yanked, sha256 } = entry;
    const open = entry.size === undefined || entry.mtime === undefined;
    const exact = open ? await askSize(new URL(url), pages, signal) : undefined;
    const size = entry.size ?? exact?.size;
    if (size === undefined) return [];
    const mtime = entry.mtime ?? exact?.mtime;
    const etag = mtime === undefined ? exact?.etag : undefined;
    const digests: ExpectedDigest[] =
      sha256 === undefined ? [] : [{ algorithm: 'sha256', value: sha256, source: 'listing' }];
    const version = { mtime, ...(etag === undefined ? {} : { etag }) };
    return [{ path, size, ...version, digests, url, requiresPython, yanked }];
  }

  return {
    url: location.shown,
    async project(project, signal) {
      const page = new URL(`./${encodeURIComponent(normalizeProject(project))}/`, root);
      const answer = await fetchText(page, pages, signal, { accept: ACCEPT });
      if (answer === undefined) return undefined;
      return (await parseProject(answer)).filter(({ name }) => isSafeName(name));
    },
    async complete(entries, signal) {
      return (await mapParallel(entries, pages.connections, signal, completeOne)).flat();
    },
    fetch(files, staging, events, signal) {
      checkFetchPaths(files, location.shown);
      return transfers.fetch(files, { urlOf: ({ url }) => new URL(url) }, staging, events, signal);
    },
  };
}

async function parseProject(answer: TextAnswer): Promise<ProjectEntry[]> {
  const { parseProjectHtml, parseProjectJson } = await import('./listing/project-page.ts');
  const { text, response } = answer;
  const parse = text.trimStart().startsWith('{') ? parseProjectJson : parseProjectHtml;
  try {
    return parse(text, response.url);
  } catch (error) {
    if (!(error instanceof FormatMismatch)) throw error;
    throw notAListing(answer, error.message, error);
  }
}

/** A name alone, no path; others cannot be files of a project and are passed over. */
function isSafeName(name: string): boolean {
  return !/[/\\\p{Cc}]/u.test(name) && findPathProblem(name) === undefined;
}
