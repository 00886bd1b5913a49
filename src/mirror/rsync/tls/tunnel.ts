import { createServer, type Server, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ExplainedFailure } from '../exit/exit.ts';
import { openSecureSocket, type SecureAddress, SecureConnectError } from './secure-socket.ts';

/** A port of this machine behind which a daemon is reached by TLS. */
export interface Tunnel {
  port: number;
  /** Why the daemon was not reached; undefined if it was, or if nothing was connected yet. */
  failure(): ExplainedFailure | undefined;
}

/**
 * Runs `work` while a tunnel to a daemon is open: rsync itself speaks no TLS. It listens on 127.0.0.1 and takes one connection,
 * the one of the rsync that `work` starts; then it listens no more.
 */
export async function withTunnel<T>(
  address: SecureAddress,
  work: (tunnel: Tunnel) => Promise<T>,
): Promise<T> {
  const sockets = new Set<Socket>();
  const ended = new AbortController();
  let failure: ExplainedFailure | undefined;
  const server = createServer({ noDelay: true }, (local) => {
    server.close();
    sockets.add(local);
    // The other end of a broken connection is told by rsync.
    local.on('error', () => local.destroy());
    openSecureSocket({ ...address, signal: both(address.signal, ended.signal) }).then(
      (secure) => {
        sockets.add(secure);
        join(local, secure);
      },
      (error: unknown) => {
        if (error instanceof SecureConnectError) failure = error.explained;
        local.destroy();
      },
    );
  });
  server.maxConnections = 1;
  try {
    return await work({ port: await listen(server), failure: () => failure });
  } finally {
    ended.abort();
    server.close();
    for (const socket of sockets) socket.destroy();
  }
}

function join(local: Socket, secure: TLSSocket): void {
  local.pipe(secure);
  secure.pipe(local);
  secure.on('error', () => local.resetAndDestroy());
  secure.on('close', () => local.end());
  local.on('close', () => secure.end());
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('the tunnel has no port'));
    });
  });
}

function both(one: AbortSignal | undefined, other: AbortSignal): AbortSignal {
  return one === undefined ? other : AbortSignal.any([one, other]);
}
