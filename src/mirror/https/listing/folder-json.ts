import * as v from 'valibot';
import { MAX_NAMES_PER_LISTING } from '../../listing-collector.ts';
import { parseJsonPage } from './google-json.ts';
import { FormatMismatchError, type ListingPage, parseSizeBytes, parseTimeSeconds } from './page.ts';

const entrySchema = v.object({
  name: v.string(),
  type: v.picklist(['file', 'dir', 'directory', 'other']),
  size: v.nullish(v.union([v.number(), v.string()])),
  mtime: v.nullish(v.string()),
  date: v.nullish(v.string()),
  modified: v.nullish(v.string()),
});

/**
 * A folder as a JSON array. Two servers give one:
 * - nginx with `autoindex_format json`: `{name, type: "file" | "directory", mtime: "Wed, 05 Jan 2022 05:45:10 GMT", size}`,
 *   https://nginx.org/en/docs/http/ngx_http_autoindex_module.html;
 * - the binary mirror of npm's Chinese mirror: `{name, type: "file" | "dir", date, modified, size, url}`, names of folders
 *   ending in a slash, size `-` or a string for some (cnpm/cnpmcore, BinarySyncerService). Its files are asked for at
 *   the folder's own address, which redirects to where they are kept.
 *
 * Names are those in the folder.
 * @throws FormatMismatch
 */
export function parseFolderJson(body: string): ListingPage {
  const data = parseJsonPage(body);
  if (!Array.isArray(data)) throw new FormatMismatchError('not an array');
  if (data.length > MAX_NAMES_PER_LISTING)
    throw new FormatMismatchError(`more than ${MAX_NAMES_PER_LISTING} names`);
  const page: ListingPage = { files: [], folders: [], next: undefined };
  for (const item of data) {
    const parsed = v.safeParse(entrySchema, item);
    if (!parsed.success) throw new FormatMismatchError(v.summarize(parsed.issues).slice(0, 300));
    const entry = parsed.output;
    if (entry.type === 'file') {
      page.files.push({
        name: entry.name,
        size: parseSizeBytes(entry.size),
        mtime: parseTimeSeconds(entry.mtime ?? entry.modified ?? utc(entry.date ?? undefined)),
      });
    } else if (entry.type !== 'other') {
      page.folders.push(entry.name);
    }
  }
  return page;
}

/** `05-Jan-2022 05:45` names no zone and means UTC. */
function utc(date: string | undefined): string | undefined {
  return date === undefined || /Z$|GMT|[+-]\d\d:?\d\d$/.test(date) ? date : `${date} UTC`;
}
