import { silentLog } from '../log.ts';
import { proxyEnvironment } from '../mirror/https/agents.ts';

/** Whether requests to a URL go through a proxy of the environment, as curl and Node read NO_PROXY. */
export function goesThroughProxy(url: URL, environment: NodeJS.ProcessEnv): boolean {
  const variables = proxyEnvironment(environment, silentLog);
  const proxy = variables[url.protocol === 'https:' ? 'https_proxy' : 'http_proxy'];
  if (proxy === undefined) return false;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const exceptions = (variables['no_proxy'] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return !exceptions.some((entry) => isExcepted(entry.toLowerCase(), url.hostname, port));
}

function isExcepted(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const suffix = name.replace(/^\*?\.?/, '');
  return host === suffix || host.endsWith(`.${suffix}`);
}
