import { INDEX_BUCKET, PIP_CONFIGURED_INDEX } from '../bucket/buckets.ts';
import { unquoteUrl } from '../inputs/mirrors.ts';
import { parseMirrorLocation } from '../mirror/https/location.ts';
import { parseRsyncUrl, type RsyncUrl } from '../mirror/rsync/url/rsync-url.ts';
import { TfcacheError } from '../platform/error.ts';
import { hasAmbiguousUser, maskValue } from '../platform/text/mask-secrets.ts';
import type { Problem } from './report/report.ts';

/** A mirror to look at. `url` may hold a user name and, for https, a password; `shown` never does. */
export type ProbeTarget = { url: string; shown: string; bucket: string } & (
  | {
      transport: 'rsync';
      /** Its `module` is a stand-in when `named` is `'host'`. */
      place: RsyncUrl;
      /** `host`: the URL ends at the host, so it is only asked what it offers. */
      named: 'module' | 'host';
    }
  | { transport: 'ssh'; host: string; port: number }
  | { transport: 'https'; root: URL; authorization: string | undefined }
  | { transport: 'file' }
  | {
      /** A Python package index. Its `url` is `pip` for that of pip's own configuration. */
      transport: 'index';
      /** The variable or the file of pip's configuration that names it; undefined when the user did. */
      from: string | undefined;
      /** Why there is none to look at; undefined when there is. */
      problem: Problem | undefined;
    }
);

const URL_SYNTAX =
  'rsync://host/module/, rsyncs://host/module/, ssh://user@host/path/, https://host/folder/ or file:///folder/';

/**
 * Reads mirrors as the input `mirrors` has them, one a line: `URL` or `BUCKET=URL`, blank lines and `#` comments skipped,
 * `{bucket}` standing for the bucket (`tensorflow` unless one is named), `pypi=pip` for the index of pip's configuration. Beyond
 * that, `rsync://host/` asks a daemon for what it offers.
 *
 * @throws TfcacheError `usage` that names the line.
 */
export function parseProbeTargets(lines: readonly string[]): ProbeTarget[] {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(parseTarget);
}

function parseTarget(line: string): ProbeTarget {
  const match = /^(?:([a-z0-9][a-z0-9._-]{1,221}[a-z0-9])=)?("[^"]*"|[^=]*:\/\/.*|[^=]*)$/s.exec(
    line,
  );
  const bucket = match?.[1] ?? 'tensorflow';
  const url = unquoteUrl(match?.[2] ?? '').replaceAll('{bucket}', bucket);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (bucket === INDEX_BUCKET && url === PIP_CONFIGURED_INDEX) return createIndexTarget(url, line);
  const shown = removeUser(url);
  if (hasAmbiguousUser(url)) {
    throw createTargetError(
      line,
      'an @ stands behind its first slash (write %40, and %2F for / in a password)',
    );
  }
  if (/[\s\p{Cc}]/u.test(url)) {
    throw createTargetError(
      line,
      'it holds white space or control characters (write a space as %20)',
    );
  }
  if (scheme === 'rsync' || scheme === 'rsyncs' || (scheme === undefined && /^[^/]+::/.test(url))) {
    return { ...parseRsyncTarget(url), shown, bucket };
  }
  if (scheme === 'ssh') return { ...parseSshTarget(url, line), shown, bucket };
  if (scheme === 'https' || scheme === 'http') {
    const { authorization, resolveRoot: root } = parseMirrorLocation(url);
    if (bucket === INDEX_BUCKET) return createIndexTarget(url, shown);
    return { transport: 'https', url, root: root(bucket), authorization, shown, bucket };
  }
  if (scheme === 'file') return { transport: 'file', url, shown, bucket };
  throw createTargetError(
    line,
    scheme === undefined ? 'it has no scheme' : `${scheme}:// is no transport`,
  );
}

function createIndexTarget(url: string, shown: string): ProbeTarget {
  const nothingKnown = { from: undefined, problem: undefined };
  return { transport: 'index', url, shown, bucket: INDEX_BUCKET, ...nothingKnown };
}

function parseRsyncTarget(url: string) {
  const transport = 'rsync' as const;
  // A module is put in its place so that one parser judges user, host and port.
  const lowered = url.replace(/^[a-z]+:/i, (scheme) => scheme.toLowerCase());
  if (/^rsyncs?:\/\/[^/]*\/*$/.test(lowered)) {
    const place = parseRsyncUrl(`${lowered.replace(/\/*$/, '')}/module/`);
    return { transport, url, place, named: 'host' as const };
  }
  return { transport, url, place: parseRsyncUrl(lowered), named: 'module' as const };
}

function parseSshTarget(url: string, line: string) {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const host = parsed?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (parsed === undefined || !/^[\w[:][\w.:%-]*$/.test(host)) {
    throw createTargetError(line, 'its host is neither a name nor an address');
  }
  if (parsed.password !== '') throw createTargetError(line, 'it holds a password');
  return { transport: 'ssh' as const, url, host, port: Number(parsed.port || '22') };
}

function removeUser(url: string): string {
  // Up to the last @: a password may hold one, and in a line that cannot be read also a /.
  return url.includes('://') ? url.replace(/:\/\/[^/]*@/, '://') : url.replace(/^[^/@]*@/, '');
}

function createTargetError(line: string, why: string): TfcacheError {
  return new TfcacheError('mirror-invalid', `This is not a mirror: ${why}.`, {
    where: maskValue(line),
    expected: `${URL_SYNTAX}, BUCKET= in front of it for another bucket`,
    hint: 'Write the mirror as a URL: tfcache probe rsync://mirror.example/tensorflow/',
  });
}
