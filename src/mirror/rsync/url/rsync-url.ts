import { TfcacheError } from '../../../platform/error.ts';
import { formatHostName, parseHost, parsePort } from './host.ts';
import { decodeUrlPath, ESCAPE_HINT, encodeUrlName, parseUser, splitUrlPath } from './url-names.ts';

/** An rsync daemon's module and a folder in it. */
export interface RsyncUrl {
  /** `rsyncs`: the rsync protocol inside TLS. */
  scheme: 'rsync' | 'rsyncs';
  user: string | undefined;
  /** A name or an address; IPv6 without brackets. */
  host: string;
  port: number | undefined;
  module: string;
  /** Folder inside the module, no slash at either end; `''` for the module's root. */
  path: string;
}

const DEFAULT_PORTS = { rsync: 873, rsyncs: 874 };

const URL_FORM = /^(rsyncs?):\/\/(?:([^/]*)@)?(\[[^\]/]*\]|[^:/@[\]]*)(?::([^/]*))?(?:\/(.*))?$/;
const DOUBLE_COLON_FORM = /^(?:([^@/:]*)@)?(\[[^\]/]*\]|[^:/@[\]]+)::(.*)$/;

/**
 * Reads `rsync://[user@]host[:port]/module[/path]`, the same with `rsyncs://` for TLS, or `[user@]host::module[/path]`
 * (rsync(1), "CONNECTING TO AN RSYNC DAEMON"). In URLs `%20` and the like stand for a character, unlike in rsync itself.
 *
 * @throws TfcacheError `usage` that says which part cannot be used, without printing a password.
 */
export function parseRsyncUrl(text: string): RsyncUrl {
  const refuse = (what: string, hint: string) => {
    return new TfcacheError('mirror-invalid', `This mirror URL cannot be used: ${what}.`, {
      where: withoutPassword(text),
      hint,
    });
  };
  if (/[\s\p{Cc}]/u.test(text)) {
    throw refuse(
      'it holds white space or control characters',
      'Write a space in a name as %20: rsync://host/My%20Module/.',
    );
  }
  const match = URL_FORM.exec(text);
  const doubleColon = match === null ? DOUBLE_COLON_FORM.exec(text) : null;
  const [userText, hostText, portText, rest] =
    match !== null
      ? [match[2], match[3] ?? '', match[4], match[5] ?? '']
      : [doubleColon?.[1], doubleColon?.[2] ?? '', undefined, doubleColon?.[3] ?? ''];
  if (match === null && doubleColon === null) {
    throw refuse('it is not an rsync URL', 'Write rsync://host/module/ or host::module/.');
  }

  if (userText?.includes(':')) {
    throw refuse(
      'it holds a password',
      'Give the password by the input rsync-password and leave only the user name in the URL: rsync://user@host/module/.',
    );
  }
  const { user, problem } = parseUser(userText);
  if (problem !== undefined) throw refuse(problem.what, problem.hint('rsync://', 'module'));
  const { host, sound } = parseHost(hostText);
  if (!sound) {
    throw refuse(
      'its host is neither a name nor an address',
      'Write rsync://host/module/; an IPv6 address stands in brackets: rsync://[::1]/module/.',
    );
  }
  const port = portText === undefined ? undefined : parsePort(portText);
  if (portText !== undefined && port === undefined) {
    throw refuse('its port is not a number from 1 to 65535', 'Write rsync://host:873/module/.');
  }

  const decoded = match === null ? { names: splitUrlPath(rest) } : decodeUrlPath(rest);
  if (decoded.problem !== undefined) throw refuse(decoded.problem, ESCAPE_HINT);
  const [module = '', ...names] = decoded.names;
  if (module === '') {
    throw refuse(
      'it names no module',
      `Write rsync://${hostText}/MODULE/; \`rsync rsync://${hostText}/\` lists the modules there are.`,
    );
  }
  if (module.startsWith('-')) {
    throw refuse('its module begins with "-"', 'Use a module whose name is no option.');
  }
  if ([module, ...names].some((name) => name === '.' || name === '..')) {
    throw refuse('it holds "." or ".."', 'Write the path without them.');
  }
  // The daemon expands wildcards in the operand, and takes a backslash as their escape.
  if (decoded.names.some((name) => /[*?[\]\\]/.test(name))) {
    throw refuse('its path holds one of * ? [ ] \\', 'Name one folder, without wildcards.');
  }
  const scheme = match?.[1] === 'rsyncs' ? 'rsyncs' : 'rsync';
  return { scheme, user, host, port, module, path: names.join('/') };
}

/** The port that a URL names, else that of its scheme. */
export function getRsyncPort({ scheme, port }: Pick<RsyncUrl, 'scheme' | 'port'>): number {
  return port ?? DEFAULT_PORTS[scheme];
}

/** The operand for rsync: always `rsync://…/`, so that the folder's content is meant and not the folder. Names are literal. */
export function formatRsyncUrl(url: RsyncUrl): string {
  const user = url.user === undefined ? '' : `${url.user}@`;
  const path = url.path === '' ? '' : `${url.path}/`;
  return `rsync://${user}${formatHost(url)}/${url.module}/${path}`;
}

/** The URL for messages, as it can be written in `mirrors`: without the user. */
export function formatRsyncUrlWithoutUser(url: RsyncUrl): string {
  const names = [url.module, ...splitUrlPath(url.path)].map(encodeUrlName);
  return `${url.scheme}://${formatHost(url)}/${names.join('/')}/`;
}

/** `host` or `host:port` as it stands in a URL. */
export function formatHost(url: RsyncUrl): string {
  const host = formatHostName(url.host);
  return url.port === undefined ? host : `${host}:${url.port}`;
}

function withoutPassword(text: string): string {
  return text.replace(/^((?:rsyncs?:\/\/)?[^@/:]*):[^/]*@/, '$1:***@');
}
