import { connect, createServer, type Server, type Socket } from 'node:net';

export interface DelayingProxyOptions {
  /** There and back, in milliseconds. */
  roundTrip: number;
  /** Bytes that may be on the way from the server to a client at once, as in a TCP window. */
  window: number;
}

export interface DelayingProxy {
  port: number;
  connections(): number;
  /** How many were open at once, at most. */
  most(): number;
  stop(): Promise<void>;
}

/**
 * A TCP proxy on 127.0.0.1 that makes a long way of a short one: bytes arrive half a round trip late in either direction, and
 * what comes from the server is held to one window a round trip for each connection.
 */
export async function startDelayingProxy(
  targetPort: number,
  { roundTrip, window }: DelayingProxyOptions,
): Promise<DelayingProxy> {
  const sockets = new Set<Socket>();
  let count = 0;
  let open = 0;
  let most = 0;
  const server = createServer((client) => {
    count += 1;
    open += 1;
    most = Math.max(most, open);
    const upstream = connect(targetPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('close', () => sockets.delete(socket));
    }
    client.once('close', () => {
      open -= 1;
      upstream.destroy();
    });
    delay(client, upstream, roundTrip / 2, roundTrip, Number.POSITIVE_INFINITY);
    delay(upstream, client, roundTrip / 2, roundTrip, window);
  });
  const port = await listen(server);
  return {
    port,
    connections: () => count,
    most: () => most,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Passes on what comes, `late` milliseconds later; what is not acknowledged (after `summarizeRoundTrip`) stays below `window` bytes. */
function delay(from: Socket, to: Socket, late: number, roundTrip: number, window: number): void {
  let underway = 0;
  from.on('data', (chunk) => {
    underway += chunk.length;
    if (underway >= window) from.pause();
    setTimeout(() => {
      if (!to.destroyed) to.write(chunk);
    }, late);
    setTimeout(() => {
      underway -= chunk.length;
      if (underway < window && from.isPaused()) from.resume();
    }, roundTrip);
  });
  from.on('end', () => setTimeout(() => to.end(), late));
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
