const MASK = '***';
/** Longer than any host with its port. */
const MAX_HOST_LENGTH = 300;

/** An address in a text, up to white space or a quote. One slash is enough after a scheme, because people mistype them. */
const ADDRESS =
  /\b(?:[a-z][a-z0-9+.-]{0,30}:\/\/|(?:https?|rsyncs?|ssh|s3|gs|ftp|file):\/)[^\s"'<>\u201c\u201d]*/gi;

/** `user:password@host::module`, which rsync accepts besides URLs. */
const DOUBLE_COLON_USER = /(?<![^\s"'<>])[^\s"'<>]+@(?=[^\s"'<>@/]+::)/g;

/** A host that cannot be a user name: with a dot, a number as port, in brackets, or a placeholder. */
const HOST = /^(?:localhost|\[[^\]]*\]|[^:@]*[.{][^:@]*)(?::\d+)?$/i;

/** The user of an example in a hint: `ssh://user@host/path/`, `rsync://[user@]host/module/`. */
const EXAMPLE_USER = /^\[?user$/;

/** A name in an address whose value counts as a secret. */
const SECRET_VALUE =
  /((?:secret|key|token|passw(?:or)?d|credential|signature)[^\s"'=:&;/?#@]{0,40}(?:=|:|%3d))[^\s"'&;#]+/gi;

/**
 * Masks possible secrets in the addresses of a text: what precedes `@`, and the values of `secret`, `key`, `token` and `password`.
 * This is the last line of defence: code that handles an address removes its password itself.
 *
 * An `@` in the path of an address with an unambiguous host stays: `https://host.example/a@b`.
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
 * Returns true for an address with an `@` after its first slash: the password may hold a slash that is not encoded, and then host
 * and password cannot be distinguished.
 */
export function hasAmbiguousUser(address: string): boolean {
  return !/^file:/i.test(address) && /^[a-z][a-z0-9+.-]*:\/\/[^/]*\/.*@/is.test(address);
}

/**
 * Masks a rejected value of a user, so that it can be shown: everything before its last `@`, and after a name such as `token=`.
 * It may be an address that is malformed in any way, so no syntax is assumed.
 */
export function maskValue(value: string): string {
  const scheme = /^(?:[a-z][a-z0-9+.-]*:)?\/*/i.exec(value)?.[0] ?? '';
  const shown = value.includes('://') || /^[a-z0-9]+:\/+/i.test(value) ? scheme : '';
  const at = Math.max(value.lastIndexOf('@'), value.toLowerCase().lastIndexOf('%40'));
  const rest = at === -1 ? value.slice(shown.length) : `${MASK}${value.slice(at)}`;
  return shown + rest.replace(SECRET_VALUE, `$1${MASK}`);
}
