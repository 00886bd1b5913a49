import { TfcacheError } from '../error.ts';
import type { MirrorLine } from './inputs.ts';
import { DEFAULT_MIRROR } from './table.ts';

const WHAT_TO_DO =
  'Set mirrors to an rsync:// URL, for example rsync://mirror.example/tensorflow/ or rsync://mirror.example/{bucket}/.';

/**
 * Parses the input `mirrors`: one mirror per line, `URL` or `BUCKET=URL`; blank lines and lines that begin with `#` are
 * skipped. The default is accepted and marked `unsupported`: a run that has everything locked and cached needs no mirror.
 *
 * @throws TfcacheError `usage`, naming the line.
 */
export function parseMirrors(text: string): MirrorLine[] {
  if (text.trim() === DEFAULT_MIRROR) return [defaultMirror()];
  const lines = text
    .split('\n')
    .map((written, index) => ({ written: written.trim(), line: index + 1 }))
    .filter(({ written }) => written !== '' && !written.startsWith('#'))
    .map(({ written, line }) => parseLine(written, line));
  refuseSeveral(lines);
  return lines;
}

function defaultMirror(): MirrorLine {
  return {
    url: DEFAULT_MIRROR,
    bucket: undefined,
    line: 1,
    unsupported: `Fetching over https:// is not supported yet, and mirrors is at its default. ${WHAT_TO_DO}`,
  };
}

function parseLine(written: string, line: number): MirrorLine {
  // Buckets are named by https://cloud.google.com/storage/docs/buckets#naming: no `:` and no `/`, so a URL's own `=` is not taken for ours.
  const match = /^(?:([a-z0-9][a-z0-9._-]{1,221}[a-z0-9])=)?([^=]*:\/\/.*|[^=]*)$/s.exec(written);
  const url = match?.[2];
  if (url === undefined || url === '') {
    throw badLine(
      written,
      line,
      'URL or BUCKET=URL, the bucket in lower-case letters, digits, . _ -',
    );
  }
  checkUrl(url, line);
  const bucket = match?.[1];
  if (bucket !== undefined) return { url: url.replaceAll('{bucket}', bucket), bucket, line };
  return { url, bucket: url.includes('{bucket}') ? undefined : 'tensorflow', line };
}

function checkUrl(url: string, line: number): void {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme === 'ssh' || scheme === 'https' || scheme === 'file') {
    throw new TfcacheError('usage', `Mirrors by ${scheme}:// are not supported yet.`, {
      where: `input mirrors, line ${line}`,
      found: withoutPassword(url),
      hint: WHAT_TO_DO,
    });
  }
  const expected = 'rsync://[user@]host[:port]/module/[folder/]';
  if (scheme !== 'rsync') throw badLine(url, line, expected);
  const match = /^rsync:\/\/(?:([^@/]*)@)?([^/]*)\/(.*)$/is.exec(url);
  const [user, host = '', path = ''] = match?.slice(1) ?? [];
  if (user?.includes(':')) {
    throw new TfcacheError('usage', 'A mirror URL must not hold a password.', {
      where: `input mirrors, line ${line}`,
      hint: 'Keep rsync://user@host/module/ and put the password into a secret for the input rsync-password.',
    });
  }
  // A leading - would be read as an option, a control character never stands in a name that a person wrote.
  const named =
    /^(?:\[[0-9a-f:.]+\]|(?:[a-z0-9]|\{bucket\})(?:[a-z0-9._-]|\{bucket\})*)(?::\d{1,5})?$/i;
  const names = path.split('/');
  const sound =
    named.test(host) &&
    (user === undefined || /^[a-z0-9_][a-z0-9_.+-]*$/i.test(user)) &&
    names[0] !== '' &&
    !names[0]?.startsWith('-') &&
    !names.includes('..') &&
    !/\p{Cc}/u.test(url);
  if (!sound) throw badLine(url, line, expected);
}

/** Choosing among several mirrors of a bucket comes later; until then the second would be ignored, so it is refused. */
function refuseSeveral(lines: readonly MirrorLine[]): void {
  for (const [index, line] of lines.entries()) {
    const earlier = lines
      .slice(0, index)
      .find(
        (other) =>
          other.bucket === line.bucket || other.bucket === undefined || line.bucket === undefined,
      );
    if (earlier === undefined) continue;
    const bucket = line.bucket ?? earlier.bucket ?? 'every bucket';
    throw new TfcacheError('usage', `More than one mirror for ${bucket} is not supported yet.`, {
      where: `input mirrors, lines ${earlier.line} and ${line.line}`,
      found: `${earlier.url} and ${line.url}`,
      hint: 'Keep one line for each bucket.',
    });
  }
}

function badLine(written: string, line: number, expected: string): TfcacheError {
  return new TfcacheError('usage', 'A line of the input mirrors cannot be read.', {
    where: `input mirrors, line ${line}`,
    expected,
    found: JSON.stringify(withoutPassword(written)),
    hint: WHAT_TO_DO,
  });
}

function withoutPassword(url: string): string {
  return url.replace(/:\/\/[^/]*@/, '://…@');
}
