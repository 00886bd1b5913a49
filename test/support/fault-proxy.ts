import { connect, createServer, type Server, type Socket } from 'node:net';

/** What goes wrong on the way from the server to the client. */
export type Fault =
  /** The connection ends (politely, or by a reset) after so many bytes from the server. */
  | { kind: 'cut'; after: number; how: 'end' | 'reset' }
  /** Nothing more comes after so many bytes; the connection stays. */
  | { kind: 'silence'; after: number }
  /** So many bytes a second. */
  | { kind: 'drip'; bytesPerSecond: number }
  /** The byte at this place is another. */
  | { kind: 'corrupt'; at: number }
  /** This is answered instead of what the server says. */
  | { kind: 'answer'; text: string };

export interface FaultProxy {
  port: number;
  /** Connections so far. */
  connections(): number;
  /** Bytes passed from the server to the client, by connection. */
  passed(): readonly number[];
  stop(): Promise<void>;
}

/**
 * A TCP proxy on 127.0.0.1 that does to each connection what `faultFor` says (connections are counted from 1); undefined
 * passes all through.
 */
export async function startFaultProxy(
  targetPort: number,
  faultFor: (connection: number) => Fault | undefined,
): Promise<FaultProxy> {
  const sockets = new Set<Socket>();
  const passed: number[] = [];
  const server = createServer((client) => {
    const index = passed.push(0) - 1;
    const fault = faultFor(index + 1);
    sockets.add(client);
    client.on('error', () => undefined);
    if (fault?.kind === 'cut' && fault.after === 0) {
      if (fault.how === 'reset') client.resetAndDestroy();
      else client.end();
      return;
    }
    if (fault?.kind === 'silence' && fault.after === 0) return;
    if (fault?.kind === 'answer') {
      client.end(fault.text);
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1');
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
    client.on('close', () => upstream.destroy());
    client.pipe(upstream);
    upstream.on('end', () => client.end());
    upstream.on('data', (chunk) => {
      pass(chunk, client, upstream, fault, passed[index] ?? 0);
      passed[index] = (passed[index] ?? 0) + chunk.length;
    });
  });
  const port = await listen(server);
  return {
    port,
    connections: () => passed.length,
    passed: () => passed,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function pass(
  chunk: Buffer,
  client: Socket,
  upstream: Socket,
  fault: Fault | undefined,
  before: number,
): void {
  switch (fault?.kind) {
    case 'cut': {
      if (before + chunk.length < fault.after) break;
      client.write(chunk.subarray(0, Math.max(0, fault.after - before)), () => {
        if (fault.how === 'reset') client.resetAndDestroy();
        else client.end();
      });
      upstream.destroy();
      return;
    }
    case 'silence':
      if (before >= fault.after) return;
      client.write(chunk.subarray(0, fault.after - before));
      return;
    case 'drip':
      upstream.pause();
      setTimeout(() => upstream.resume(), (1000 * chunk.length) / fault.bytesPerSecond);
      break;
    case 'corrupt': {
      const at = fault.at - before;
      const byte = chunk[at];
      if (byte !== undefined) chunk[at] = byte ^ 0xff;
      break;
    }
  }
  if (!client.write(chunk)) {
    upstream.pause();
    client.once('drain', () => upstream.resume());
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
