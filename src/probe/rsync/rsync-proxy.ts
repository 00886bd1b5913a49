import { chooseProxy } from '../../mirror/rsync/url/proxy.ts';
import type { HostAddress } from '../connection/open-connection.ts';

/** The HTTP proxy before rsync daemons. */
export interface RsyncProxy {
  /** `host:port`, as rsync takes it. */
  hostPort: string;
  address: HostAddress;
}

/**
 * The proxy that a pull would go through: what the user gave, else RSYNC_PROXY.
 *
 * @returns also what to tell of RSYNC_PROXY.
 * @throws TfcacheError `usage` for a proxy that the user gave and that is none.
 */
export function resolveRsyncProxy(
  given: string | undefined,
  environment: NodeJS.ProcessEnv,
): { proxy: RsyncProxy | undefined; note: string | undefined } {
  const { proxy: written, note } = chooseProxy(given === '' ? undefined : given, environment);
  if (written === undefined) return { proxy: undefined, note };
  const colon = written.lastIndexOf(':');
  const host = written.slice(0, colon).replace(/^\[|\]$/g, '');
  return {
    proxy: { hostPort: written, address: { host, port: Number(written.slice(colon + 1)) } },
    note,
  };
}
