import { once } from 'node:events';
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How one answer is made to go wrong. Offsets are in bytes of its body. */
export interface AnswerFault {
  /** The connection is cut after this many bytes. */
  cutAfter?: number;
  /** Nothing more comes after this many bytes, with the connection open. */
  stallAfter?: number;
  /** A few bytes at a time from this offset on, this many milliseconds apart. */
  dripAfter?: number;
  dripEvery?: number;
  /** Answered without asking the server: the status, S3's code, and headers. 200 with a code is an error, too. */
  status?: number;
  code?: string;
  headers?: Record<string, string>;
  /** The answer comes in chunks, without a length. */
  chunked?: boolean;
  /** Milliseconds before the request goes on. */
  delay?: number;
  /** Called when the request arrives, and waited for. */
  before?: () => Promise<void>;
}

export interface Asked {
  method: string;
  /** Decoded, with the query. */
  path: string;
  range: string | undefined;
  /** The program that asks: `tfcache/…` or `aws-sdk-js/…`. */
  agent: string;
  /** It writes only what is not there yet. */
  conditional: boolean;
  /** How many with the same method and path came before. */
  earlier: number;
}

export interface FaultyProxy {
  endpoint: string;
  /** Decides about each request; none goes wrong without it. */
  rule: (asked: Asked) => AnswerFault | undefined;
  /** What was asked so far; tests empty it. */
  readonly asked: Asked[];
  stop(): Promise<void>;
}

/** Stands before a server that speaks HTTP and spoils some of its answers. Requests go on as they came, signatures too. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const asked: Asked[] = [];
  const { hostname, port: targetPort } = new URL(target);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? '';
    const path = decodeURIComponent(request.url ?? '');
    const earlier = asked.filter((one) => one.method === method && one.path === path).length;
    const one = {
      method,
      path,
      range: request.headers.range,
      agent: request.headers['user-agent'] ?? '',
      conditional: request.headers['if-none-match'] === '*',
      earlier,
    };
    asked.push(one);
    const fault = proxy.rule(one) ?? {};
    await fault.before?.();
    if (fault.delay !== undefined) await sleep(fault.delay);
    if (fault.status !== undefined) {
      request.resume();
      const code = fault.code ?? 'Fault';
      response.writeHead(fault.status, { 'content-type': 'application/xml', ...fault.headers });
      response.end(
        method === 'HEAD'
          ? undefined
          : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>made to fail</Message></Error>`,
      );
      return;
    }
    // A client that takes this for an HTTP proxy asks with the whole address.
    const target = request.url?.replace(/^http:\/\/[^/]*/, '');
    const { headers } = request;
    const out = forward({ hostname, port: targetPort, method, path: target, headers });
    out.on(
      'response',
      (answer) => void pass(answer, response, fault).catch(() => response.destroy()),
    );
    out.on('error', () => response.destroy());
    response.on('close', () => out.destroy());
    request.pipe(out);
  }

  const proxy: FaultyProxy = {
    endpoint: '',
    rule: () => undefined,
    asked,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

async function pass(
  answer: IncomingMessage,
  response: ServerResponse,
  fault: AnswerFault,
): Promise<void> {
  if (fault.chunked) delete answer.headers['content-length'];
  response.writeHead(answer.statusCode ?? 500, answer.headers);
  response.flushHeaders();
  // One for each time the client is slower than we are.
  response.setMaxListeners(0);
  const stop = fault.cutAfter ?? fault.stallAfter ?? Number.POSITIVE_INFINITY;
  let sent = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    let left = chunk.subarray(0, Math.max(0, stop - sent));
    while (fault.dripAfter !== undefined && sent >= fault.dripAfter && left.length > 0) {
      response.write(left.subarray(0, 100));
      sent += 100;
      left = left.subarray(100);
      await sleep(fault.dripEvery ?? 20);
      if (response.destroyed) return;
    }
    sent += left.length;
    if (left.length > 0 && !response.write(left))
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (sent >= stop) {
      if (fault.stallAfter !== undefined) await once(response, 'close');
      // Lets what was written go out before the connection is cut.
      else await sleep(30);
      response.destroy();
      return;
    }
  }
  response.end();
}
