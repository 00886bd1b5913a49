import { Parser } from 'htmlparser2';
import { MOST_NAMES } from '../../collected.ts';
import { childName } from '../location.ts';
import { parseIndexSize, parseIndexTime } from './index-cells.ts';
import { FormatMismatch, type ListingPage } from './page.ts';

/** Every name may be linked twice: by its icon and by its text. */
const MAX_LINKS = 2 * MOST_NAMES;

interface Row {
  href: string;
  /** What follows the link up to the end of the row or the next link: the date and the size. */
  text: string;
}

/**
 * A folder's page as web servers make it: nginx autoindex and fancyindex, Apache with and without FancyIndexing and as a
 * table, and what other servers make alike. They have in common that every name is a link to a direct child, and that date
 * and size follow it in its row, so links are taken from the parsed page and all others (parent, sorting, the site's own) passed over.
 * The text of a link is never used: it may be cut (`tensorflow_cpu-2.15.0-cp311..&gt;`).
 *
 * Names are those in the folder. Sizes are exact only where the server wrote all digits; times are those of the page, read
 * as UTC, mostly without seconds.
 *
 * @param folder the address of the page, after redirects.
 * @throws FormatMismatch for a page that is not a folder's.
 */
export function parseFolderHtml(body: string, folder: URL): ListingPage {
  const { rows, isIndex } = readRows(body, folder);
  const page: ListingPage = { files: [], folders: [], next: undefined };
  const seen = new Set<string>();
  for (const { href, text } of rows) {
    const name = nameOf(href, folder);
    // A row of a table may hold two links to the same name: the icon and the text.
    if (name === undefined || seen.has(name)) continue;
    seen.add(name);
    if (name.endsWith('/')) page.folders.push(name);
    else
      page.files.push({
        name,
        size: parseIndexSize(text),
        mtime: parseIndexTime(text),
        text: text.trim(),
      });
  }
  if (!isIndex) throw new FormatMismatch('a web page that is not the listing of a folder');
  return page;
}

function nameOf(href: string, folder: URL): string | undefined {
  try {
    return childName(href, folder);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Recognised by what these servers write: a title or heading "Index of …", or fancyindex's table. */
function readRows(body: string, folder: URL): { rows: Row[]; isIndex: boolean } {
  const rows: Row[] = [];
  let row: Row | undefined;
  let inLink = false;
  let heading: string | undefined;
  let isIndex = false;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'title' || name === 'h1') heading = '';
        if (name === 'table' && ['list', 'indexlist'].includes(attributes['id'] ?? ''))
          isIndex = true;
        if (name === 'tr') row = undefined;
        if (name !== 'a' || attributes['href'] === undefined) return;
        inLink = true;
        if (rows.length >= MAX_LINKS) throw new FormatMismatch(`more than ${MAX_LINKS} links`);
        row = { href: attributes['href'], text: '' };
        rows.push(row);
      },
      ontext(text) {
        if (heading !== undefined) heading += text;
        else if (row !== undefined && !inLink) row.text += text;
      },
      onclosetag(name) {
        if (name === 'a') inLink = false;
        if (name === 'td' && row !== undefined) row.text += '  ';
        if (name === 'tr' || name === 'pre' || name === 'table') row = undefined;
        if ((name === 'title' || name === 'h1') && heading !== undefined) {
          isIndex ||= /^\s*(index|directory listing) (of|for)\b/i.test(heading);
          heading = undefined;
        }
      },
    },
    { decodeEntities: true },
  );
  parser.end(body);
  // Apache puts the icon's link before the name's, both to the same place: the last one carries date and size.
  const merged = new Map<string, Row>();
  for (const one of rows) {
    const key = URL.canParse(one.href, folder.href) ? new URL(one.href, folder).href : one.href;
    const before = merged.get(key);
    if (before === undefined || before.text.trim() === '') merged.set(key, one);
  }
  return { rows: [...merged.values()], isIndex };
}
