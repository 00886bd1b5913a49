import { setImmediate as nextTurn } from 'node:timers/promises';
import { MAX_NAMES_PER_LISTING } from '../../listing-collector.ts';
import { type ChildLink, parseFolderLink } from './folder-link.ts';
import { parseIndexSize, parseIndexTime } from './index-cells.ts';
import { parseMarkup } from './markup.ts';
import { FormatMismatchError, type ListingPage } from './page.ts';

interface Row {
  href: string;
  /** The link's own text. It may be cut, so it never gives a name. */
  label: string;
  /** What follows the link up to the end of the row or the next link: the date and the size. */
  text: string;
}

/** Most links of one page: every name may be linked twice, by its icon and by its text. */
const MAX_LINKS = 2 * MAX_NAMES_PER_LISTING;
/** Links that are read before other work gets its turn. */
const LINKS_PER_TURN = 5_000;

/** A folder's page, and the links on it that do not lead into the folder. */
export interface FolderPage extends ListingPage {
  /** Links to other places of the web, without those to the folder itself and to the folders above it. */
  elsewhere: { count: number; example: URL } | undefined;
}

/**
 * Parses a folder's page as web servers write it: nginx autoindex and fancyindex, Apache with and without FancyIndexing and as a
 * table, lighttpd, Caddy, mini_httpd, Python's http.server and others. They have in common that every name is a link to a direct
 * child, and that date and size follow it in its row, so links are taken from the parsed page and all others are skipped.
 * The text of a link is never used: it may be cut (`tensorflow_cpu-2.15.0-cp311..&gt;`).
 *
 * Names are those in the folder. Sizes are exact only where the server wrote all digits; times are those of the page, read
 * as UTC, mostly without seconds.
 *
 * @param folder the address of the page, after redirects.
 * @throws FormatMismatch for a page that is not a folder's.
 */
export async function parseFolderHtml(body: string, folder: URL): Promise<FolderPage> {
  const { rows, base, isIndex } = await readRows(body, folder);
  if (!isIndex) throw new FormatMismatchError('a web page that is not the listing of a folder');
  const children = new Map<string, { link: ChildLink; label: string; text: string }>();
  let elsewhere: FolderPage['elsewhere'];
  for (const [index, { href, label, text }] of rows.entries()) {
    if (index % LINKS_PER_TURN === LINKS_PER_TURN - 1) await nextTurn();
    const link = parseFolderLink(href, base, folder);
    if (link.to === 'elsewhere') {
      elsewhere = { count: (elsewhere?.count ?? 0) + 1, example: elsewhere?.example ?? link.url };
    }
    if (link.to !== 'file' && link.to !== 'folder') continue;
    const key = link.to === 'folder' ? `${link.name}/` : link.name;
    // Apache puts the icon's link before the name's, both to the same place: the last one carries date and size.
    const before = children.get(key);
    if (before === undefined || before.text === '') {
      children.set(key, { link, label: label.trim(), text: text.trim() });
    }
  }
  const links = [...children.values()].map(({ link }) => link);
  const unclear = links.filter(({ name }) => !FILE_NAME.test(name)).length;
  const isClear = links.some(({ to }) => to === 'folder') || unclear > MAX_UNCLEAR_NAMES;
  const isFile = (name: string, label: string) =>
    !label.endsWith('/') && (isClear || FILE_NAME.test(name));
  const page: FolderPage = { files: [], folders: [], next: undefined, elsewhere };
  for (const { link, label, text } of children.values()) {
    if (link.to === 'folder') page.folders.push(`${link.name}/`);
    else {
      page.files.push({
        name: link.name,
        // A folder that is listed without a slash may have a size, too; undefined means that the server is asked.
        size: isFile(link.name, label) ? parseIndexSize(text) : undefined,
        mtime: parseIndexTime(text),
        text,
        ...(link.url === undefined ? {} : { url: link.url }),
      });
    }
  }
  return page;
}

/** Most names of one page that are asked for because they may be folders. */
const MAX_UNCLEAR_NAMES = 200;

/** A name with an extension. The names of versions, which folders often have, end in digits. */
const FILE_NAME = /\.[a-z][a-z0-9]{0,9}$/i;

/** How servers title the page of a folder. */
const INDEX_TITLE =
  /^(index|directory listing|listing|contents|files|links)\b ?(of|for|:|in|within)/i;

async function readRows(
  body: string,
  folder: URL,
): Promise<{ rows: Row[]; base: URL; isIndex: boolean }> {
  const rows: Row[] = [];
  let row: Row | undefined;
  let inLink = false;
  let heading: string | undefined;
  let isIndex = false;
  let base: string | undefined;
  await parseMarkup(body, 'html', {
    onopentag(name, attributes) {
      if (name === 'base') base ??= attributes['href'];
      if (name === 'title' || name === 'h1') heading = '';
      if (name === 'table' && ['list', 'indexlist'].includes(attributes['id'] ?? ''))
        isIndex = true;
      if (name === 'tr') row = undefined;
      if (name !== 'a' || attributes['href'] === undefined) return;
      if (rows.length >= MAX_LINKS) throw new FormatMismatchError(`more than ${MAX_LINKS} links`);
      inLink = true;
      row = { href: attributes['href'], label: '', text: '' };
      rows.push(row);
    },
    ontext(text) {
      if (heading !== undefined) heading += text;
      else if (row !== undefined && inLink) row.label += text;
      else if (row !== undefined) row.text += text;
    },
    onclosetag(name) {
      if (name === 'a') inLink = false;
      if (name === 'td' && row !== undefined) row.text += '  ';
      if (name === 'tr' || name === 'pre' || name === 'table') row = undefined;
      if ((name === 'title' || name === 'h1') && heading !== undefined) {
        isIndex ||= isTitleOf(heading.trim(), folder);
        heading = undefined;
      }
    },
  });
  const isBase = base !== undefined && URL.canParse(base, folder.href);
  return { rows, base: isBase ? new URL(base ?? '', folder) : folder, isIndex };
}

/** A title that says what the page is, or names the path of the folder (darkhttpd, webfs, Caddy at its root). */
function isTitleOf(title: string, { pathname, host }: URL): boolean {
  if (INDEX_TITLE.test(title)) return true;
  return [pathname, `${host}${pathname}`].some(
    (path) => title === path || title === safeDecode(path),
  );
}

function safeDecode(path: string): string {
  try {
    return decodeURI(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
