import { TfcacheError } from '../../../platform/error.ts';
import { isProxyBypassed } from '../../../platform/proxy/no-proxy.ts';

/** The form of RSYNC_PROXY that rsync(1) describes: `host:port`, here without a password. */
const FORM = /^(?:\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]*):(\d{1,5})$/i;

const EXPECTED = 'host:port of an HTTP proxy, without a password';
const HINT = 'Write it as rsync takes it: proxy.example:3128';

/**
 * Returns a proxy as `RSYNC_PROXY` takes it: `host:port`, in lower case. `http://` before it and a slash after it are accepted.
 *
 * @returns undefined for anything else: a proxy without a port, with a password, or one that speaks TLS or SOCKS.
 */
export function parseRsyncProxy(text: string): string | undefined {
  const written = text
    .trim()
    .toLowerCase()
    .replace(/^http:\/\//, '')
    .replace(/\/$/, '');
  const port = Number(FORM.exec(written)?.[1]);
  return port >= 1 && port <= 65_535 ? written : undefined;
}

/** The error for an input that is no proxy. It does not show a password. */
export function createInvalidProxyError(text: string): TfcacheError {
  return new TfcacheError('input-invalid', 'The proxy cannot be used.', {
    where: 'input proxy',
    expected: EXPECTED,
    found: JSON.stringify(text.replace(/^.*@/s, '…@')),
    hint: /^(?:https|socks)/i.test(text)
      ? `rsync speaks plain HTTP to its proxy, not TLS or SOCKS. ${HINT}`
      : HINT,
  });
}

export interface ProxyChoice {
  /** `host:port`; undefined: none. */
  proxy: string | undefined;
  /** For the log: that a variable was heeded or left out. */
  note: string | undefined;
}

/**
 * The HTTP proxy before rsync daemons: the input, else `RSYNC_PROXY` of the environment when it is well-formed.
 *
 * @throws TfcacheError `usage` for an input that is no proxy.
 */
export function chooseProxy(
  input: string | undefined,
  environment: NodeJS.ProcessEnv,
): ProxyChoice {
  if (input !== undefined) {
    const proxy = parseRsyncProxy(input);
    if (proxy === undefined) throw createInvalidProxyError(input);
    return { proxy, note: undefined };
  }
  const variable = environment['RSYNC_PROXY'] ?? '';
  if (variable === '') return { proxy: undefined, note: undefined };
  const proxy = parseRsyncProxy(variable);
  if (proxy !== undefined) {
    return { proxy, note: `rsync goes through the proxy ${proxy} (RSYNC_PROXY).` };
  }
  return {
    proxy: undefined,
    note: 'The variable RSYNC_PROXY is not of the form host:port (of an HTTP proxy, without a password) and is left out; use the input proxy.',
  };
}

/** Whether `NO_PROXY` says to reach a daemon without the proxy. It counts for the input and for the variable, as in curl. */
export function bypassesRsyncProxy(
  { host, port }: { host: string; port: number },
  environment: NodeJS.ProcessEnv,
): boolean {
  return isProxyBypassed({ host, port }, environment);
}
