/** Whoever sets one of these wants Node's own client, which knows proxies, to make the connections. */
export function needsProxy(environment: NodeJS.ProcessEnv): boolean {
  return ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some(
    (name) => environment[name],
  );
}
