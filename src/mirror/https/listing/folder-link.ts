/** A link to something directly inside the folder. */
export interface ChildLink {
  to: 'file' | 'folder';
  /** Decoded; without a slash at the end. */
  name: string;
  /** The address to fetch the file from; undefined if it follows from the name. */
  url?: string;
}

/** What a link of a folder's page leads to. */
export type FolderLink =
  | ChildLink
  /** The folder itself (sorted in another way), one above it, or no page at all (`mailto:`, `javascript:`). */
  | { to: 'navigation' }
  | { to: 'elsewhere'; url: URL };

const NAVIGATION: FolderLink = { to: 'navigation' };

/**
 * Reads a link as a browser does: relative to a base, `.` and `..` resolved, without its fragment. Paths are compared decoded, so
 * that `%7Euser` and `~user` are one folder.
 *
 * @param base what the page's addresses are relative to: its own, or that of its `<base>`.
 * @param folder the address of the page, after redirects.
 */
export function parseFolderLink(href: string, base: URL, folder: URL): FolderLink {
  if (!URL.canParse(href, base.href)) return NAVIGATION;
  const url = new URL(href, base);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return NAVIGATION;
  // A server behind a TLS proxy writes http:// into its own addresses.
  if (url.host !== folder.host) return { to: 'elsewhere', url };
  const path = namesOf(url);
  const [last] = path.slice(-1);
  const target = last === '' ? path.slice(0, -1) : path;
  for (const here of foldersOf(folder)) {
    if (isPrefix(target, here)) return NAVIGATION;
    const [name = '', ...deeper] = isPrefix(here, target) ? target.slice(here.length) : ['', ''];
    if (deeper.length > 0 || name === '') continue;
    // Such a name cannot be put into an address again.
    if (!isDecodable(url.pathname.split('/').at(here.length + 1) ?? '')) return NAVIGATION;
    if (last === '') return { to: 'folder', name };
    return { to: 'file', name, ...(url.search === '' ? {} : { url: addressOf(url, folder) }) };
  }
  return { to: 'elsewhere', url };
}

/** A page whose address has no slash at its end may be the folder of that name, or a file in its folder (`index.html`). */
function foldersOf(page: URL): string[][] {
  const names = namesOf(page);
  const parent = names.slice(0, -1);
  return names.at(-1) === '' ? [parent] : [names, parent];
}

function namesOf({ pathname }: URL): string[] {
  return pathname.split('/').slice(1).map(decode);
}

/** A name that is not UTF-8 is compared as it is written. */
function decode(name: string): string {
  return isDecodable(name) ? decodeURIComponent(name) : name;
}

function isDecodable(name: string): boolean {
  try {
    decodeURIComponent(name);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

function isPrefix(start: readonly string[], names: readonly string[]): boolean {
  return start.length <= names.length && start.every((name, index) => name === names[index]);
}

function addressOf(url: URL, folder: URL): string {
  const address = new URL(url);
  address.protocol = folder.protocol;
  address.hash = '';
  return address.href;
}
