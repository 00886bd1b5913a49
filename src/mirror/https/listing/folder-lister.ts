import { baseName, joinPath } from '../../../bucket/bucket-path.ts';
import { mapParallel } from '../../../platform/concurrency/parallel.ts';
import { TfcacheError } from '../../../platform/error.ts';
import { ListingBudget, ListingCollector } from '../../listing-collector.ts';
import { formatUrlForDisplay } from '../http/network-error.ts';
import { StatusError } from '../http/status-error.ts';
import { buildFolderUrl } from '../location.ts';
import {
  createNotAListingError,
  fetchText,
  parsePage,
  type RequestContext,
  type TextResponse,
} from './fetch-page.ts';
import type { FileFactsCache } from './file-facts-cache.ts';
import type { FolderPage } from './folder-html.ts';
import type { CheckedFile } from './listed-file.ts';
import type { FolderContents, Lister } from './lister.ts';
import type { ListingPage, PageEntry } from './page.ts';

/** Most folders of one tree: each costs a request. */
const MOST_FOLDERS = 10_000;
/** Deepest nesting: a server whose folders hold themselves is noticed. */
const DEEPEST = 64;

/** Lists a web server folder by folder: each has a page of its own. */
export class FolderLister implements Lister {
  readonly name = 'pages of folders';
  private readonly root: URL;
  private readonly context: RequestContext;
  /** True when any folder was listed: then the root exists, whether or not it can be listed itself. */
  private hasListed = false;
  private readonly exact: FileFactsCache | undefined;
  private toldElsewhere = false;

  /** @param exact to tell folders that a page lists without a slash; undefined: they are listed as files. */
  constructor(root: URL, context: RequestContext, exact: FileFactsCache | undefined) {
    this.root = root;
    this.context = context;
    this.exact = exact;
  }

  async listFolder(
    folder: string,
    signal: AbortSignal | undefined,
    budget: ListingBudget,
  ): Promise<FolderContents> {
    const url = buildFolderUrl(this.root, folder);
    const answer = await fetchText(url, this.context, signal);
    if (answer === undefined) return { exists: false, files: [], folders: [] };
    this.hasListed = true;
    budget.addPage(answer.text.length, formatUrlForDisplay(url), this.context.timeout);
    const page = await this.parse(answer);
    const collected = new ListingCollector<PageEntry>(formatUrlForDisplay(url), budget);
    for (const entry of page.files) {
      if (entry.name.includes('/')) collected.addFolder(entry.name);
      else collected.addFile(joinPath(folder, entry.name), entry);
    }
    for (const name of page.folders) collected.addFolder(name.replace(/\/$/, ''));
    const { files } = collected;
    const hidden = (await this.exact?.findFolders(this.root, files, signal)) ?? new Set<string>();
    for (const path of hidden) collected.addFolder(baseName(path));
    collected.warnAboutExcludedNames(this.context.retryOptions.log);
    return {
      exists: true,
      files: hidden.size === 0 ? files : files.filter(({ path }) => !hidden.has(path)),
      folders: collected.folders,
    };
  }

  async requireRoot(signal: AbortSignal | undefined): Promise<void> {
    if (this.hasListed) return;
    let root: TextResponse | undefined;
    try {
      root = await fetchText(this.root, this.context, signal);
    } catch (error) {
      // A root that may not be listed (403) exists.
      if (error instanceof StatusError) return;
      throw error;
    }
    if (root === undefined) throw rootMissing(this.root);
    this.hasListed = true;
  }

  async listTree(folder: string, signal: AbortSignal | undefined): Promise<readonly CheckedFile[]> {
    const files: CheckedFile[] = [];
    const budget = new ListingBudget();
    let level = [folder];
    let asked = 0;
    for (let depth = 0; level.length > 0; depth += 1) {
      asked += level.length;
      if (depth > DEEPEST || asked > MOST_FOLDERS) {
        throw tooLarge(buildFolderUrl(this.root, folder), asked, files.length);
      }
      const answers = await mapParallel(
        level,
        this.context.connections,
        signal,
        async (one, both) => ({
          one,
          answer: await this.listFolder(one, both, budget),
        }),
      );
      level = [];
      for (const { one, answer } of answers) {
        for (const file of answer.files) files.push(file);
        for (const name of answer.folders) level.push(joinPath(one, name));
      }
    }
    return files;
  }

  /** Tells HTML from JSON by its first character, and loads the parser that is needed. */
  private async parse(answer: TextResponse): Promise<ListingPage> {
    const first = /\S/.exec(answer.text)?.[0];
    if (first === '[') {
      const { parseFolderJson } = await import('./folder-json.ts');
      return parsePage(answer, 'JSON', () => parseFolderJson(answer.text));
    }
    if (first === '<') {
      const { parseFolderHtml } = await import('./folder-html.ts');
      const { url } = answer.response;
      const page = await parsePage(answer, 'HTML', () => parseFolderHtml(answer.text, url));
      this.tellElsewhere(url, page);
      return page;
    }
    throw createNotAListingError(answer, 'neither HTML nor JSON');
  }

  /** A page without a file or folder may be that of an empty folder, or its links may lead past the mirror. */
  private tellElsewhere(url: URL, { files, folders, elsewhere }: FolderPage): void {
    if (elsewhere === undefined || files.length + folders.length > 0) return;
    const { log } = this.context.retryOptions;
    const what =
      elsewhere.count === 1 ? 'its only link leads' : `all ${elsewhere.count} links lead`;
    const level = this.toldElsewhere ? 'debug' : 'warning';
    this.toldElsewhere = true;
    log[level](
      `${formatUrlForDisplay(url)} lists no file and no folder: ${what} elsewhere (${formatUrlForDisplay(elsewhere.example)}).`,
    );
  }
}

function rootMissing(root: URL): StatusError {
  return new StatusError('folder-unknown', 404, 'The mirror has nothing at this address (404).', {
    where: formatUrlForDisplay(root),
    found: 'HTTP 404 for the folder that the URL of the mirror names',
    hint: 'Check the path in the URL of the mirror.',
  });
}

function tooLarge(url: URL, folders: number, files: number): TfcacheError {
  return new TfcacheError('listing-too-large', 'The tree of folders is too large to list.', {
    where: formatUrlForDisplay(url),
    found: `${files} files in ${folders} folders so far`,
    hint: 'Ask for a smaller folder: a longer fixed beginning of the path.',
  });
}
