import { type Log, silentLog } from '../log.ts';
import { isProxyBypassed, proxyTargetOf } from './no-proxy.ts';

/** The HTTP proxies of an environment, as `proxyEnv` of Node's agents takes them. */
export type WebProxySettings = Partial<Record<'http_proxy' | 'https_proxy', string>>;

/**
 * Reads the proxy variables. curl's forms are accepted: without a scheme (Node would ignore the variable and connect directly),
 * in capitals, and ALL_PROXY for what has no variable of its own. Lower case names win, as in curl. A variable of another form
 * costs a warning. `NO_PROXY` is not in the result: see {@link isProxied}.
 */
export function readWebProxies(environment: NodeJS.ProcessEnv, log: Log): WebProxySettings {
  const all = pick(environment, 'all_proxy');
  const result: WebProxySettings = {};
  for (const name of ['https_proxy', 'http_proxy'] as const) {
    const value = pick(environment, name);
    const url = proxyUrl(value ?? all);
    if (url !== undefined) result[name] = url;
    else if (value ?? all) {
      log.warning(
        `${(value === undefined ? 'all_proxy' : name).toUpperCase()} is not the URL of an HTTP proxy (http://host:port); it is ignored and mirrors are asked directly.`,
      );
    }
  }
  return result;
}

/** Whether requests to a URL go through a proxy of the environment. */
export function isProxied(url: URL, environment: NodeJS.ProcessEnv): boolean {
  const proxies = readWebProxies(environment, silentLog);
  const proxy = proxies[url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'];
  return proxy !== undefined && !isProxyBypassed(proxyTargetOf(url), environment);
}

function pick(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  // An empty variable counts as none, as in curl.
  return environment[name]?.trim() || environment[name.toUpperCase()]?.trim() || undefined;
}

function proxyUrl(value: string | undefined): string | undefined {
  // Quotes that a shell would have removed.
  if (value === undefined || /^["']|["']$/.test(value)) return undefined;
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(value);
  // Without this, `http:/host:port` would be taken for a host named http.
  if (!hasScheme && !/^[^/]+\/?$/.test(value)) return undefined;
  const url = hasScheme ? value : `http://${value}`;
  // With its scheme and host in lower case.
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url).href : undefined;
}
