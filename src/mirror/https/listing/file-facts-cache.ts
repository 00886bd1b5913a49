import type { ListedFile } from '../../../bucket/file.ts';
import { mapParallel } from '../../../platform/concurrency/parallel.ts';
import { TfcacheError } from '../../../platform/error.ts';
import { type AddressFacts, type ExactFileFacts, requestAddressFacts } from '../http/file-facts.ts';
import { formatUrlForDisplay } from '../http/network-error.ts';
import { buildFileUrl } from '../location.ts';
import type { RequestContext } from './fetch-page.ts';
import { type CheckedFile, createListedFile } from './listed-file.ts';

/** Most files whose size is asked for one by one in answer to one question. */
const MAX_FILE_REQUESTS = 5000;

/**
 * Completes what a listing leaves open. Apache and fancyindex round sizes to two digits, and nothing may be verified by a
 * rounded size, so such files are asked for one by one (HEAD). An answer is remembered as long as the listing's text
 * for the file stays the same; what was fetched in between is asked for again, so that a change under the copy shows.
 */
export class FileFactsCache {
  private readonly known = new Map<string, ExactFileFacts | 'folder'>();
  private readonly context: RequestContext;

  constructor(context: RequestContext) {
    this.context = context;
  }

  forget(url: URL): void {
    for (const key of this.known.keys())
      if (key.startsWith(`${url.href}\n`)) this.known.delete(key);
  }

  /** @throws TfcacheError `no-mirror` */
  async completeFiles(
    root: URL,
    files: readonly CheckedFile[],
    signal: AbortSignal | undefined,
  ): Promise<ListedFile[]> {
    const answers = await this.ask(root, files, signal);
    return files.flatMap(({ path, entry }) => {
      if (!answers.has(path)) {
        return [createListedFile(path, entry, entry.size ?? 0, { mtime: entry.mtime })];
      }
      const exact = answers.get(path);
      // Listed, but gone when asked for.
      if (exact === undefined || exact === 'folder') return [];
      const { size, mtime = entry.mtime, etag } = exact;
      return [createListedFile(path, entry, size, { mtime, etag })];
    });
  }

  /**
   * Finds the folders among what a page lists without a slash: their addresses redirect to themselves with one. Only what the
   * page leaves open is asked for, and {@link completeFiles} does not ask for it again.
   *
   * @throws TfcacheError `no-mirror`
   */
  async findFolders(
    root: URL,
    files: readonly CheckedFile[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlySet<string>> {
    const answers = await this.ask(root, files, signal);
    return new Set([...answers].flatMap(([path, answer]) => (answer === 'folder' ? [path] : [])));
  }

  /** Asks for what the listing leaves open. */
  private async ask(
    root: URL,
    files: readonly CheckedFile[],
    signal: AbortSignal | undefined,
  ): Promise<Map<string, AddressFacts>> {
    const open = files.filter(({ entry }) => entry.size === undefined || entry.mtime === undefined);
    if (open.length > MAX_FILE_REQUESTS) throw tooMany(root, open.length);
    if (open.length > 0) {
      this.context.retryOptions.log.debug(
        `${formatUrlForDisplay(root)} lists rounded sizes; asking for ${open.length} files.`,
      );
    }
    const answers = new Map<string, AddressFacts>();
    await mapParallel(open, this.context.connections, signal, async (file, both) => {
      answers.set(file.path, await this.exact(root, file, both));
    });
    return answers;
  }

  private async exact(
    root: URL,
    { path, entry }: CheckedFile,
    signal: AbortSignal,
  ): Promise<AddressFacts> {
    const url = entry.url === undefined ? buildFileUrl(root, path) : new URL(entry.url);
    const key = `${url.href}\n${entry.text ?? ''}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const exact = await requestAddressFacts(url, this.context, signal);
    if (exact !== undefined) this.known.set(key, exact);
    return exact;
  }
}

function tooMany(root: URL, count: number): TfcacheError {
  return new TfcacheError('listing-too-large', 'The mirror rounds the sizes of too many files.', {
    where: formatUrlForDisplay(root),
    expected: `at most ${MAX_FILE_REQUESTS} files to ask for one by one`,
    found: `${count} files`,
    hint: 'Ask for a smaller folder, or let the mirror list exact sizes (nginx: autoindex_exact_size on, or autoindex_format json).',
  });
}
