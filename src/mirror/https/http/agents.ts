import http from 'node:http';
import https from 'node:https';
import type { Log } from '../../../platform/log.ts';
import { isProxied, readWebProxies } from '../../../platform/proxy/web-proxy.ts';

/** Returns the agent for requests to a URL. */
export type GetAgent = (url: URL) => http.Agent;

/**
 * Creates keep-alive agents that go through the proxy of the given environment, and directly to the hosts of `NO_PROXY`. Node's
 * own agents do the proxying (https://nodejs.org/api/http.html#built-in-proxy-support): plain requests by absolute URL, TLS
 * through CONNECT.
 *
 * @param connections sockets at once to one host.
 */
export function createAgents(
  environment: NodeJS.ProcessEnv,
  connections: number,
  log: Log,
): GetAgent {
  const options = { keepAlive: true, maxSockets: connections, maxFreeSockets: connections };
  const proxyEnv: NodeJS.ProcessEnv = { ...readWebProxies(environment, log) };
  const pair = (more: { proxyEnv?: NodeJS.ProcessEnv }) => ({
    'http:': new http.Agent({ ...options, ...more }),
    'https:': new https.Agent({ ...options, ...more }),
  });
  const [direct, proxied] = [pair({}), pair({ proxyEnv })];
  return (url) => {
    const agents = isProxied(url, environment) ? proxied : direct;
    return agents[url.protocol === 'https:' ? 'https:' : 'http:'];
  };
}
