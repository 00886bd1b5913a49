import http from 'node:http';
import https from 'node:https';
import type { Log } from '../../log.ts';

export interface Agents {
  'http:': http.Agent;
  'https:': https.Agent;
}

/**
 * Keep-alive agents that go through the proxy of the given environment. Node's own agents do the proxying
 * (https://nodejs.org/api/http.html#built-in-proxy-support): plain requests by absolute URL, TLS through CONNECT.
 *
 * @param connections sockets at once to one host.
 */
export function createAgents(
  environment: NodeJS.ProcessEnv,
  connections: number,
  log: Log,
): Agents {
  const options = {
    keepAlive: true,
    maxSockets: connections,
    maxFreeSockets: connections,
    proxyEnv: proxyEnvironment(environment, log),
  };
  return { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
}

/**
 * The proxy variables as Node's agents take them. curl's forms are accepted: without a scheme (Node would ignore the
 * variable and go out directly), and ALL_PROXY for what has no variable of its own. Lower case wins, as with curl.
 */
export function proxyEnvironment(environment: NodeJS.ProcessEnv, log: Log): NodeJS.ProcessEnv {
  const all = pick(environment, 'all_proxy');
  const result: NodeJS.ProcessEnv = {};
  for (const name of ['https_proxy', 'http_proxy']) {
    const value = proxyUrl(name, pick(environment, name) ?? all, log);
    if (value !== undefined) result[name] = value;
  }
  const except = pick(environment, 'no_proxy');
  if (except !== undefined) result['no_proxy'] = except;
  return result;
}

function pick(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = environment[name] ?? environment[name.toUpperCase()];
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

function proxyUrl(name: string, value: string | undefined, log: Log): string | undefined {
  if (value === undefined) return undefined;
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return url;
  log.warning(
    `${name.toUpperCase()} is not the URL of an HTTP proxy (http://host:port); it is ignored and mirrors are asked directly.`,
  );
  return undefined;
}
