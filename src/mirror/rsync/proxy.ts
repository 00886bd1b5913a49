import { TfcacheError } from '../../error.ts';

/** The form of RSYNC_PROXY that rsync(1) describes: `host:port`, without a scheme; here also without a password. */
const FORM = /^(?:\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9._-]*):(\d{1,5})$/i;

/** True for `host:port`, as `RSYNC_PROXY` takes it. */
export function isProxy(text: string): boolean {
  const port = Number(FORM.exec(text)?.[1]);
  return port >= 1 && port <= 65_535;
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
    if (isProxy(input)) return { proxy: input, note: undefined };
    throw new TfcacheError('usage', 'The proxy cannot be used.', {
      where: 'input proxy',
      expected: 'host:port, without http:// and without a password',
      found: JSON.stringify(input.replace(/^.*@/, '…@')),
      hint: 'Write it as rsync takes it: proxy.example:3128',
    });
  }
  const variable = environment['RSYNC_PROXY'] ?? '';
  if (variable === '') return { proxy: undefined, note: undefined };
  if (isProxy(variable)) {
    return { proxy: variable, note: `rsync goes through the proxy ${variable} (RSYNC_PROXY).` };
  }
  return {
    proxy: undefined,
    note: 'The variable RSYNC_PROXY is not of the form host:port and is left out; use the input proxy.',
  };
}
