import { connect, type Socket } from 'node:net';
import { formatHostName } from '../../mirror/rsync/url/host.ts';
import { ProbeError } from '../report/problem.ts';
import { LineReader } from '../rsync/line-reader.ts';
import { explainConnectError } from './explain-connect-error.ts';

/** A host and a port; IPv6 without brackets. */
export interface HostAddress {
  host: string;
  port: number;
}

export interface ProbeConnectionOptions {
  /** Milliseconds for the connection, and for the proxy's answer. */
  timeoutMs: number;
  /** An HTTP proxy to go through by CONNECT; undefined: directly. */
  proxy: HostAddress | undefined;
  signal: AbortSignal;
}

/** An open connection. The caller destroys the socket. */
export interface ProbeConnection {
  socket: Socket;
  reader: LineReader;
  /** Milliseconds from the start until TCP was connected (to the proxy, if there is one). */
  connectMs: number;
}

/** Connects, directly or through a proxy. @throws ProbeError */
export async function openConnection(
  address: HostAddress,
  options: ProbeConnectionOptions,
): Promise<ProbeConnection> {
  const { proxy } = options;
  if (proxy === undefined) return openSocketConnection(address, options);
  const connection = await openSocketConnection(proxy, options).catch((error: unknown) => {
    throw toProxyError(error);
  });
  try {
    await requestTunnel(connection, address, proxy, options.timeoutMs);
    return connection;
  } catch (error) {
    connection.socket.destroy();
    throw error;
  }
}

function openSocketConnection(
  address: HostAddress,
  { timeoutMs, signal }: ProbeConnectionOptions,
): Promise<ProbeConnection> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: address.host,
      port: address.port,
      noDelay: true,
      // Node's own 250 ms for the first of several addresses is less than the way around the world takes.
      autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(timeoutMs / 3)),
    });
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      socket.off('error', fail);
    };
    const fail = (error: Error) => {
      end();
      socket.destroy();
      reject(new ProbeError(explainConnectError(error, address)));
    };
    const giveUp = () => fail(new ConnectTimeoutError(timeoutMs));
    const timer = setTimeout(giveUp, timeoutMs);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('error', fail);
    socket.once('connect', () => {
      const connectTime = performance.now() - began;
      end();
      resolve({ socket, reader: new LineReader(socket), connectMs: connectTime });
    });
    if (signal.aborted) giveUp();
  });
}

/** Nothing answered the connection, not even a refusal. */
export class ConnectTimeoutError extends Error {
  constructor(timeoutMs: number) {
    super(`no answer to the connection within ${(timeoutMs / 1000).toFixed(1)} seconds`);
  }
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-connect */
async function requestTunnel(
  { socket, reader }: ProbeConnection,
  { host, port }: HostAddress,
  proxy: HostAddress,
  timeoutMs: number,
): Promise<void> {
  const target = `${formatHostName(host)}:${port}`;
  const by = `The proxy ${proxy.host}:${proxy.port}`;
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
  const first = await reader.readLine(timeoutMs);
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(first.text ?? '')?.[1];
  if (status === undefined) {
    throw new ProbeError({
      reason: 'proxy-refused',
      message: `${by} does not answer as an HTTP proxy.`,
      found: first.text ?? first.end,
      hint: 'Check host and port of the proxy.',
    });
  }
  if (!status.startsWith('2')) {
    throw new ProbeError({
      reason: status.startsWith('5') ? 'proxy-unreachable' : 'proxy-refused',
      message: `${by} refuses to connect to ${target}.`,
      found: first.text,
      hint:
        status === '407'
          ? 'It asks for a user and a password, which is not supported: use an https:// mirror.'
          : `Ask who runs it to allow CONNECT to port ${port}, or use an https:// mirror: proxies let port 443 through.`,
    });
  }
  for (;;) {
    const header = await reader.readLine(timeoutMs);
    if (header.text === undefined || header.text === '') return;
  }
}

function toProxyError(error: unknown): unknown {
  if (!(error instanceof ProbeError)) return error;
  return new ProbeError({
    ...error.problem,
    reason: 'proxy-unreachable',
    message: `The proxy cannot be used: ${error.problem.message}`,
    hint: 'Check host and port of the proxy (input proxy, or RSYNC_PROXY).',
  });
}
