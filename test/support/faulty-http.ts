import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface FaultyServer {
  port: number;
  /** `http://127.0.0.1:PORT/` */
  url: string;
  /** `METHOD path range` of every request so far. */
  requests: string[];
  /** Bytes of bodies given to the network so far. */
  bytesSent(): number;
  stop(): Promise<void>;
}

/** Answers a request in a way of its own, or returns false to have it answered rightly. */
export type Fault = (request: IncomingMessage, response: ServerResponse, data: Buffer) => boolean;

/** An HTTP server that serves files as a good one does (ranges, ETag, If-Range), except where a fault says otherwise. */
export async function startFaultyHttp(
  files: Readonly<Record<string, Buffer>>,
  fault: Fault = () => false,
): Promise<FaultyServer> {
  const requests: string[] = [];
  let sent = 0;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname.slice(1));
    requests.push(`${request.method} ${path} ${request.headers.range ?? ''}`.trim());
    const write = response.write.bind(response);
    response.write = ((chunk: Buffer | string, ...rest: []) => {
      sent += chunk.length;
      return write(chunk, ...rest);
    }) as typeof response.write;
    const end = response.end.bind(response);
    response.end = ((chunk?: Buffer | string | (() => void), ...rest: []) => {
      if (chunk !== undefined && typeof chunk !== 'function') sent += chunk.length;
      return end(chunk, ...rest);
    }) as typeof response.end;
    const data = files[path];
    if (fault(request, response, data ?? Buffer.alloc(0))) return;
    if (data === undefined) response.writeHead(404).end('no such file');
    else serveFile(request, response, data);
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}/`,
    requests,
    bytesSent: () => sent,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export const LAST_MODIFIED = 'Wed, 05 Jan 2022 05:45:10 GMT';

export function etagOf(data: Buffer): string {
  return `"${createHash('sha256').update(data).digest('hex').slice(0, 16)}"`;
}

/** One file, as RFC 9110 has it. */
export function serveFile(
  request: IncomingMessage,
  response: ServerResponse,
  data: Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  const etag = headers['etag'] ?? etagOf(data);
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  const ifRange = request.headers['if-range'];
  const common = {
    etag,
    'last-modified': LAST_MODIFIED,
    'content-type': 'application/octet-stream',
    'accept-ranges': 'bytes',
    ...headers,
  };
  const isHead = request.method === 'HEAD';
  if (range !== null && (ifRange === undefined || ifRange === etag)) {
    const start = Number(range[1]);
    const end = Math.min(Number(range[2]) + 1, data.length);
    if (start >= data.length) {
      response.writeHead(416, { 'content-range': `bytes */${data.length}` }).end();
      return;
    }
    response.writeHead(206, {
      ...common,
      'content-range': `bytes ${start}-${end - 1}/${data.length}`,
      'content-length': end - start,
    });
    response.end(isHead ? undefined : data.subarray(start, end));
    return;
  }
  response.writeHead(200, { ...common, 'content-length': data.length });
  response.end(isHead ? undefined : data);
}
