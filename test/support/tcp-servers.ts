import { spawn } from 'node:child_process';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A server on 127.0.0.1 that does one thing with each connection; stopped when the test has finished. */
export async function startTcpServer(onConnection: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    // A client that goes away in the middle is what these servers are for.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return listen(server);
}

/** An HTTP server on 127.0.0.1, stopped when the test has finished. */
export async function startHttpServer(listener: RequestListener): Promise<number> {
  const server = createHttpServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listen(server);
}

/** The files given by their path, 404 for all others. */
export function pages(files: Readonly<Record<string, { type: string; body: string }>>) {
  const listener: RequestListener = (request, response) => {
    const page = files[(request.url ?? '').replace(/\?.*/, '')];
    if (page === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('no\n');
    else response.writeHead(200, { 'content-type': page.type, server: 'test' }).end(page.body);
  };
  return listener;
}

/** What ends a connection by RST instead of by FIN, as a firewall or a ban does. */
export function reset(socket: Socket): void {
  socket.resetAndDestroy();
}

/**
 * A port whose queue of connections is full: the kernel drops what else comes, as a filter does. Nothing accepts, because
 * the process that listens is asleep.
 */
export async function startFilteredPort(): Promise<number> {
  const script = `
    const server = require('node:net').createServer();
    server.listen(0, '127.0.0.1', 1, () => {
      require('node:fs').writeSync(1, String(server.address().port));
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const fillers: Socket[] = [];
  onTestFinished(() => {
    for (const socket of fillers) socket.destroy();
    child.kill('SIGKILL');
  });
  const port = await new Promise<number>((resolve) => {
    child.stdout.once('data', (data: Buffer) => resolve(Number(data.toString())));
  });
  for (let count = 0; count < 8; count += 1) {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => socket.destroy());
    fillers.push(socket);
    const connected = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), 300);
      socket.once('connect', () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
    if (!connected) return port;
  }
  throw new Error('the queue of connections does not fill up');
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Listening on TCP, so the address is one with a port.
  return (server.address() as AddressInfo).port;
}
