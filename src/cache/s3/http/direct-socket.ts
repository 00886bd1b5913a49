import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface DirectTarget {
  protocol: 'http:' | 'https:';
  hostname: string;
  port: number;
  /** Milliseconds for the connection to come about, and without any byte. */
  connectTimeoutMs: number;
  idleTimeoutMs: number;
}

/** Node's `onread`: the kernel writes into the buffer that is given, and nothing is allocated. */
interface OnRead {
  buffer: () => Uint8Array;
  callback: (bytes: number) => boolean;
}

/** A socket, plain or with TLS, that hands its bytes to `onread`. */
export function openDirectSocket(
  { protocol, hostname, port }: DirectTarget,
  onread: OnRead,
): Socket {
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const options = { host, port, onread, noDelay: true, keepAlive: true };
  return protocol === 'https:'
    ? connectTls({
        ...options,
        servername: isIP(host) === 0 ? host : '',
        ALPNProtocols: ['http/1.1'],
      })
    : connect(options);
}
