import { INDEX_BUCKET, PIP_CONFIGURED_INDEX } from '../bucket/buckets.ts';
import { TfcacheError } from '../platform/error.ts';
import { hasAmbiguousUser, maskValue } from '../platform/text/mask-secrets.ts';
import type { MirrorLine } from './inputs.ts';
import { suggestMirrorUrl } from './mirror-corrections.ts';
import { DEFAULT_MIRRORS } from './table.ts';

const URL_HINT =
  'Write rsync://host/module/, ssh://user@host/path/, https://host/folder/ or file:///folder/, with {bucket} in place of the bucket’s name.';

/**
 * Parses the input `mirrors`: one mirror per line in order of preference, `URL` or `BUCKET=URL`; blank lines and lines that
 * begin with `#` are skipped.
 *
 * @throws TfcacheError `usage`, naming the line.
 */
export function parseMirrors(text: string): MirrorLine[] {
  const lines = text
    .split('\n')
    .map((written, index) => ({ written: written.trim(), line: index + 1 }))
    .filter(({ written }) => written !== '' && !written.startsWith('#'));
  // The runner passes the default of action.yml like a value of the user.
  const isDefault = lines.map(({ written }) => written).join('\n') === DEFAULT_MIRRORS;
  return lines
    .map(({ written, line }) => parseLine(written, line))
    .map((line) => (isDefault ? { ...line, isDefault } : line));
}

function parseLine(written: string, line: number): MirrorLine {
  // Buckets are named by https://cloud.google.com/storage/docs/buckets#naming: no `:` and no `/`, so that the `=` of a URL is not mistaken for the separator.
  const match = /^(?:([a-z0-9][a-z0-9._-]{1,221}[a-z0-9])=)?("[^"]*"|[^=]*:\/\/.*|[^=]*)$/s.exec(
    written,
  );
  const url = match?.[2] === undefined ? undefined : unquoteUrl(match[2]);
  if (url === undefined || url === '') {
    throw createLineError(
      written,
      line,
      'URL or BUCKET=URL, the bucket in lower-case letters, digits, . _ -',
    );
  }
  const bucket = match?.[1];
  if (bucket === INDEX_BUCKET && url === PIP_CONFIGURED_INDEX) return { url, bucket, line };
  if (bucket === INDEX_BUCKET && !url.includes(':')) {
    throw createLineError(
      written,
      line,
      `${INDEX_BUCKET}=${PIP_CONFIGURED_INDEX} or ${INDEX_BUCKET}=https://host/simple/`,
    );
  }
  checkUrl(url, line);
  if (bucket !== undefined) return { url: url.replaceAll('{bucket}', bucket), bucket, line };
  return { url, bucket: url.includes('{bucket}') ? undefined : 'tensorflow', line };
}

/** Returns a URL with spaces without its double quotes, the spaces as %20; any other text as it is. */
export function unquoteUrl(text: string): string {
  return /^"[^"]* [^"]*"$/.test(text) ? text.slice(1, -1).replaceAll(' ', '%20') : text;
}

function checkUrl(url: string, line: number): void {
  if (hasAmbiguousUser(url)) {
    throw new TfcacheError('mirror-invalid', 'A mirror URL contains an @ after its first slash.', {
      where: `input mirrors, line ${line}`,
      found: JSON.stringify(maskValue(url)),
      hint: 'In a password write / as %2F and @ as %40, in the path of a folder write @ as %40.',
    });
  }
  if (/[{}<>]/.test(url.replaceAll('{bucket}', '')) || /\$\{?bucket|%7bbucket/i.test(url)) {
    throw createLineError(
      url,
      line,
      '{bucket}, or no braces (%7B and %7D in the name of a folder)',
    );
  }
  if (/[,;]\s*[a-z]+:\/\/|[,;]$/i.test(url)) throw createLineError(url, line, 'one URL per line');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'rsync' || scheme === 'rsyncs' || scheme === 'ssh') checkRsync(url, line, scheme);
  else if (scheme === 'https' || scheme === 'http' || scheme === 'file') checkWeb(url, line);
  else
    throw createLineError(
      url,
      line,
      'a URL that begins with rsync://, rsyncs://, ssh://, https:// or file://',
    );
}

/** Checks only the form; the transport checks the rest when the mirror is opened. */
function checkWeb(url: string, line: number): void {
  const text = url.replaceAll('{bucket}', 'bucket');
  const names = text.split('/');
  const hasHost = /^file:\/\/(?!\/|localhost\/)/i.test(text);
  if (URL.canParse(text) && !hasHost && !names.includes('..') && !/[\p{Cc}\s?#]/u.test(url)) return;
  throw createLineError(url, line, 'https://host[:port]/[folder/] or file:///folder/');
}

function checkRsync(url: string, line: number, scheme: 'rsync' | 'rsyncs' | 'ssh'): void {
  const expected =
    scheme === 'ssh'
      ? 'ssh://user@host[:port]/path/'
      : `${scheme}://[user@]host[:port]/module/[folder/]`;
  const match = /^(?:rsyncs?|ssh):\/\/(?:([^/]*)@)?([^/]*)\/(.*)$/is.exec(url);
  const [user, host = '', path = ''] = match?.slice(1) ?? [];
  if (user?.includes(':')) {
    throw new TfcacheError('mirror-invalid', 'A mirror URL must not contain a password.', {
      where: `input mirrors, line ${line}`,
      hint:
        scheme !== 'ssh'
          ? 'Write rsync://user@host/module/, and set the input rsync-password to a secret with the password.'
          : 'Write ssh://user@host/path/, and set the input ssh-private-key to a key.',
    });
  }
  if (user?.includes('@')) {
    throw new TfcacheError('mirror-invalid', 'The user name of a mirror URL contains an @.', {
      where: `input mirrors, line ${line}`,
      hint: `Write it as %40: ${scheme}://${user.replaceAll('@', '%40')}@${host}/…`,
    });
  }
  if (/\s/.test(url)) {
    throw new TfcacheError('mirror-invalid', 'A mirror URL contains a space.', {
      where: `input mirrors, line ${line}`,
      found: JSON.stringify(maskValue(url)),
      hint: `Write it as %20: ${scheme}://host/My%20Module/. Or put the URL in double quotes. One line holds one mirror.`,
    });
  }
  // A leading - would be an option.
  const hostForm =
    /^(?:\[[0-9a-f:.]+\]|(?:[a-z0-9]|\{bucket\})(?:[a-z0-9._-]|\{bucket\})*)(?::\d{1,5})?$/i;
  const names = path.split('/');
  const isValid =
    hostForm.test(host) &&
    (user === undefined || /^[a-z0-9_](?:[a-z0-9_.+-]|%40)*$/i.test(user)) &&
    names[0] !== '' &&
    !names[0]?.startsWith('-') &&
    !names.includes('..') &&
    !/\p{Cc}/u.test(url);
  if (!isValid) throw createLineError(url, line, expected);
}

function createLineError(written: string, line: number, expected: string): TfcacheError {
  return new TfcacheError('mirror-invalid', 'A line of the input mirrors is not valid.', {
    where: `input mirrors, line ${line}`,
    expected,
    found: JSON.stringify(maskValue(written)),
    hint: suggestMirrorUrl(written) ?? URL_HINT,
  });
}
