const MASK = '***';
/** Longer than any host with its port. */
const MAX_HOST_LENGTH = 300;

/** An address in a text, up to white space or a quote. One slash is enough for the schemes that people mistype. */
const ADDRESS =
  /\b(?:[a-z][a-z0-9+.-]{0,30}:\/\/|(?:https?|rsyncs?|ssh|s3|gs|ftp|file):\/)[^\s"'<>\u201c\u201d]*/gi;

/** `user:password@host::module`, which rsync takes beside URLs. */
const DOUBLE_COLON_USER = /(?<![^\s"'<>])[^\s"'<>]+@(?=[^\s"'<>@/]+::)/g;

/** A host that cannot be a user name: with a dot, a number as port, in brackets, or a placeholder. */
const HOST = /^(?:localhost|\[[^\]]*\]|[^:@]*[.{][^:@]*)(?::\d+)?$/i;

/** The user of an example in a hint: `ssh://user@host/path/`, `rsync://[user@]host/module/`. */
const EXAMPLE_USER = /^\[?user$/;

/** What follows such a name in an address is taken for a secret. */
const SECRET_VALUE =
  /((?:secret|key|token|passw(?:or)?d|credential|signature)[^\s"'=:&;/?#@]{0,40}(?:=|:|%3d))[^\s"'&;#]+/gi;

/**
 * Returns a text for people without what may be a secret in its addresses: what precedes `@`, and what follows `secret`, `key`,
 * `token` or `password`. This is the last line of defence: code that handles an address leaves its password out by itself.
 *
 * An `@` in the path of an address whose host is sure stays: `https://host.example/a@b`.
 */
export function maskSecrets(text: string): string {
  return text.replace(ADDRESS, maskAddress).replace(DOUBLE_COLON_USER, `${MASK}@`);
}

function maskAddress(address: string): string {
  const start = /^[^/]*\/+/.exec(address)?.[0] ?? '';
  const rest = address.slice(start.length).replace(SECRET_VALUE, `$1${MASK}`);
  const at = Math.max(rest.lastIndexOf('@'), rest.toLowerCase().lastIndexOf('%40'));
  const authority = (rest.split(/[/?#]/, 1)[0] ?? '').slice(0, MAX_HOST_LENGTH);
  const isPath = HOST.test(authority) && !/^s3:/i.test(address);
  if (at === -1 || isPath || /^file:/i.test(address)) return start + rest;
  if (EXAMPLE_USER.test(rest.slice(0, at))) return start + rest;
  return `${start}${MASK}${rest.slice(at)}`;
}

/**
 * Returns true for an address with an `@` behind its first slash: the password may hold a slash that is not encoded, and then
 * host and password cannot be told apart.
 */
export function hasAmbiguousUser(address: string): boolean {
  return !/^file:/i.test(address) && /^[a-z][a-z0-9+.-]*:\/\/[^/]*\/.*@/is.test(address);
}

/**
 * Returns a value that a user wrote and that was refused, so that it can be shown: nothing of what stands before its last `@`,
 * or after a name such as `token=`. It may be an address that is wrong in any way, so no form of it is relied on.
 */
export function maskValue(value: string): string {
  const scheme = /^(?:[a-z][a-z0-9+.-]*:)?\/*/i.exec(value)?.[0] ?? '';
  const shown = value.includes('://') || /^[a-z0-9]+:\/+/i.test(value) ? scheme : '';
  const at = Math.max(value.lastIndexOf('@'), value.toLowerCase().lastIndexOf('%40'));
  const rest = at === -1 ? value.slice(shown.length) : `${MASK}${value.slice(at)}`;
  return shown + rest.replace(SECRET_VALUE, `$1${MASK}`);
}
