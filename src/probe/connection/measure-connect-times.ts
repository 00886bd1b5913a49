import { isProxied } from '../../platform/proxy/web-proxy.ts';
import { PROBE_CONNECT_TIMEOUT_MS, type ProbeContext } from '../context.ts';
import { openConnection } from './open-connection.ts';

/** Milliseconds: who is further away is not measured more often. */
const MAX_SAMPLED_CONNECT_MS = 500;

/** TCP alone; nothing when a proxy stands between, whose own distance would tell nothing. @throws ProbeError */
export async function measureConnectTimes(
  root: URL,
  { environment, signal }: ProbeContext,
  samples: number,
): Promise<number[]> {
  if (isProxied(root, environment)) return [];
  const address = {
    host: root.hostname.replace(/^\[|\]$/g, ''),
    port: Number(root.port || (root.protocol === 'https:' ? '443' : '80')),
  };
  const times: number[] = [];
  while (times.length < samples && (times[0] ?? 0) < MAX_SAMPLED_CONNECT_MS) {
    const connection = await openConnection(address, {
      timeoutMs: PROBE_CONNECT_TIMEOUT_MS,
      proxy: undefined,
      signal,
    });
    connection.socket.destroy();
    times.push(connection.connectMs);
  }
  return times;
}
