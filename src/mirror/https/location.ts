import { isBucketName } from '../../bucket/safe-path.ts';
import { TfcacheError } from '../../platform/error.ts';
import { maskValue } from '../../platform/text/mask-secrets.ts';
import { formatBasicHeader } from './http/authorize.ts';

/** A mirror's URL as the user wrote it, taken apart. */
export interface MirrorLocation {
  /** For messages: without user and password; `{bucket}` stays. */
  displayUrl: string;
  /** `Basic …` if the URL names a user or a password. */
  authorization: string | undefined;
  /** The folder that a bucket stands in, ending in `/`. @throws TfcacheError `usage` for a bucket that cannot be named. */
  resolveRoot(bucket: string): URL;
}

/**
 * Parses `https://[user:password@]host[:port]/[folder/]`, in which `{bucket}` stands for the bucket's name.
 *
 * @throws TfcacheError `usage`.
 */
export function parseMirrorLocation(written: string): MirrorLocation {
  const url = parseUrl(written, 'bucket');
  // A token may be the password of no user: https://:TOKEN@host/
  const authorization =
    url.username === '' && url.password === ''
      ? undefined
      : formatBasicHeader(decodeURIComponent(url.username), decodeURIComponent(url.password));
  const shown = ensureTrailingSlash(written.replace(/:\/\/[^/]*@/, '://'));
  return {
    displayUrl: shown,
    authorization,
    resolveRoot(bucket) {
      if (!isBucketName(bucket)) {
        throw new TfcacheError('name-unsupported', 'This cannot be the name of a bucket.', {
          where: shown,
          found: JSON.stringify(bucket),
          hint: 'Buckets are named with letters, digits, dots, dashes and underscores.',
        });
      }
      return parseUrl(shown, bucket);
    },
  };
}

function parseUrl(written: string, bucket: string): URL {
  const text = ensureTrailingSlash(written.replaceAll('{bucket}', bucket));
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known = url !== undefined && ['https:', 'http:'].includes(url.protocol) && isDecodable(url);
  if (known && url.search === '' && url.hash === '' && !/[?#]/.test(text)) return url;
  throw new TfcacheError('mirror-invalid', 'A mirror’s URL cannot be used.', {
    expected: 'https://host[:port]/[folder/], {bucket} standing for the bucket',
    found: JSON.stringify(maskValue(written)),
    hint: 'A URL that needs a query (?…) cannot be a mirror: paths are put behind it.',
  });
}

/** A stray `%` cannot be told from an encoded character. */
function isDecodable(url: URL): boolean {
  try {
    decodeURIComponent(url.username + url.password + url.pathname);
    return true;
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

function ensureTrailingSlash(text: string): string {
  return text.endsWith('/') ? text : `${text}/`;
}

/**
 * The URL of a path below a root. Every character that could mean something in a URL is encoded, also `+`, which stores
 * decode to a space: `versions/"2.21.0"/x.whl` becomes `versions/%222.21.0%22/x.whl`.
 *
 * @param path checked before: no `.` or `..`, which a URL would resolve.
 */
export function buildFileUrl(root: URL, path: string): URL {
  return new URL(encodePath(path), root);
}

/** The URL of a folder below a root, ending in `/`. `''` is the root. */
export function buildFolderUrl(root: URL, folder: string): URL {
  return folder === '' ? root : new URL(`${encodePath(folder)}/`, root);
}

function encodePath(path: string): string {
  // `./` keeps a first name with a colon from being read as a scheme.
  return `./${path.split('/').map(encodeURIComponent).join('/')}`;
}
