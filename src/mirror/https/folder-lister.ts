import { joinPath } from '../../bucket-path.ts';
import { TfcacheError } from '../../error.ts';
import { Collected, MOST_NAMES } from '../collected.ts';
import { mapParallel } from '../parallel.ts';
import { shown } from './failure.ts';
import type { FolderAnswer, Lister } from './lister.ts';
import type { CheckedFile } from './listing/checked.ts';
import type { ListedEntry, ListingPage } from './listing/page.ts';
import { folderUrl } from './location.ts';
import { fetchText, notAListing, type PageContext, parsePage, type TextAnswer } from './pages.ts';

/** Most folders of one tree: each costs a request. */
const MOST_FOLDERS = 10_000;
/** Deepest nesting: a server whose folders hold themselves is noticed. */
const DEEPEST = 64;

/** Lists a web server folder by folder: each has a page of its own. */
export class FolderLister implements Lister {
  readonly name = 'pages of folders';
  private readonly root: URL;
  private readonly context: PageContext;

  constructor(root: URL, context: PageContext) {
    this.root = root;
    this.context = context;
  }

  async folder(folder: string, signal: AbortSignal | undefined): Promise<FolderAnswer> {
    const url = folderUrl(this.root, folder);
    const answer = await fetchText(url, this.context, signal);
    if (answer === undefined) return { exists: false, files: [], folders: [] };
    const page = await parseFolder(answer);
    const collected = new Collected<ListedEntry>(shown(url));
    for (const entry of page.files) {
      if (entry.name.includes('/')) collected.addFolder(entry.name);
      else collected.addFile(joinPath(folder, entry.name), entry);
    }
    for (const name of page.folders) collected.addFolder(name.replace(/\/$/, ''));
    collected.warn(this.context.tries.log);
    return { exists: true, files: collected.files, folders: collected.folders };
  }

  async tree(folder: string, signal: AbortSignal | undefined): Promise<readonly CheckedFile[]> {
    const files: CheckedFile[] = [];
    let level = [folder];
    let asked = 0;
    for (let depth = 0; level.length > 0; depth += 1) {
      asked += level.length;
      if (depth > DEEPEST || asked > MOST_FOLDERS || files.length > MOST_NAMES) {
        throw tooLarge(folderUrl(this.root, folder), asked, files.length);
      }
      const answers = await mapParallel(
        level,
        this.context.connections,
        signal,
        async (one, both) => ({
          one,
          answer: await this.folder(one, both),
        }),
      );
      level = [];
      for (const { one, answer } of answers) {
        files.push(...answer.files);
        for (const name of answer.folders) level.push(joinPath(one, name));
      }
    }
    return files;
  }
}

/** Tells HTML from JSON by what stands first, and loads the parser that is needed. */
async function parseFolder(answer: TextAnswer): Promise<ListingPage> {
  const first = answer.text.trimStart()[0];
  if (first === '[') {
    const { parseFolderJson } = await import('./listing/folder-json.ts');
    return parsePage(answer, 'JSON', () => parseFolderJson(answer.text));
  }
  if (first === '<') {
    const { parseFolderHtml } = await import('./listing/folder-html.ts');
    return parsePage(answer, 'HTML', () => parseFolderHtml(answer.text, answer.response.url));
  }
  throw notAListing(answer, 'neither HTML nor JSON');
}

function tooLarge(url: URL, folders: number, files: number): TfcacheError {
  return new TfcacheError('no-mirror', 'The tree of folders is too large to list.', {
    where: shown(url),
    found: `${files} files in ${folders} folders so far`,
    hint: 'Ask for a smaller folder: a longer fixed beginning of the path.',
  });
}
