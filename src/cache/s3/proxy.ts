/**
 * Whether the connections to a store lead through a proxy that the environment names: then Node's own client, which knows
 * proxies, must make them. `NO_PROXY` lists hosts without (`host`, `host:port`, `.domain`, `*`); of forms beyond these Node
 * knows more (https://nodejs.org/docs/latest-v24.x/api/cli.html#node_use_env_proxy1), and decides.
 *
 * @param endpoint undefined: AWS, over https.
 */
export function needsProxy(environment: NodeJS.ProcessEnv, endpoint: string | undefined): boolean {
  const either = (name: string): string =>
    environment[name.toLowerCase()] || environment[name] || '';
  const url = new URL(endpoint ?? 'https://amazonaws.com');
  const proxy = either(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === '') return false;
  if (endpoint === undefined) return true;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return !either('NO_PROXY')
    .toLowerCase()
    .split(/[,\s]+/)
    .some(
      (name) =>
        name === '*' ||
        name === url.hostname ||
        name === `${url.hostname}:${port}` ||
        (name.startsWith('.') && url.hostname.endsWith(name)),
    );
}
