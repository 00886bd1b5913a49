import { isProxied } from '../../platform/proxy/web-proxy.ts';
import { CONNECT_LIMIT, type ProbeContext } from '../context.ts';
import { dial } from './dial.ts';

/** Milliseconds: who is further away is not measured more often. */
const FAR_AWAY = 500;

/** TCP alone; nothing when a proxy stands between, whose own distance would tell nothing. @throws ProbeFailure */
export async function connectTimes(
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
  while (times.length < samples && (times[0] ?? 0) < FAR_AWAY) {
    const connection = await dial(address, { limit: CONNECT_LIMIT, proxy: undefined, signal });
    connection.socket.destroy();
    times.push(connection.connectTime);
  }
  return times;
}
