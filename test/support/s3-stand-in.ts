import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type KeyPairs, signatureFault } from './s3-signature.ts';

export interface StandInOptions {
  buckets: readonly string[];
  keys: KeyPairs;
  /** Names of keys that may not write. */
  readOnly?: readonly string[];
  /** Keys on a page of a listing at most, whatever is asked for. */
  page?: number;
}

/** Every request that came, for tests that count. */
export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}

export interface StandIn {
  endpoint: string;
  /** Every answer is the whole object, as some stores do. */
  ignoreRanges: boolean;
  /** Bytes of a range at most, whatever was asked for. */
  longestRange: number;
  seen: Seen[];
  /** Objects by `bucket/key`. */
  objects: Map<string, Buffer>;
  /** Uploads that were begun and neither completed nor given up. */
  uploads: ReadonlyMap<string, unknown>;
  stop(): Promise<void>;
}

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

/**
 * The part of S3 that the cache uses, in memory: for tests that must run with Node alone. What real servers do is tested by
 * the same suite in test/cluster/, so that this one cannot be kinder than they are. It is strict: signatures are checked,
 * and checksum trailers refused, which some stores do not know.
 */
export async function startStandIn(options: StandInOptions): Promise<StandIn> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, { name: string; parts: Map<number, Buffer> }>();
  const seen: Seen[] = [];
  const tags = new WeakMap<Buffer, string>();

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'http://stand-in');
    const [bucket = '', ...rest] = decodeURIComponent(url.pathname).slice(1).split('/');
    const key = rest.join('/');
    const query = url.searchParams;
    const method = request.method ?? '';
    seen.push({ method, path: decodeURIComponent(url.pathname), query, headers: request.headers });
    const fault = signatureFault(request, body, options.keys);
    if (fault !== undefined) throw new Refusal(403, fault);
    const id = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!['GET', 'HEAD'].includes(method) && options.readOnly?.includes(id)) {
      throw new Refusal(403, 'AccessDenied');
    }
    if (Object.keys(request.headers).some((name) => /^x-amz-(?:trailer|checksum)/.test(name))) {
      throw new Refusal(501, 'NotImplemented');
    }
    if (!options.buckets.includes(bucket)) throw new Refusal(404, 'NoSuchBucket');
    const name = `${bucket}/${key}`;
    const onlyNew = request.headers['if-none-match'] === '*';
    const upload = query.get('uploadId');
    if (key === '') list(bucket, query, response);
    else if (method === 'POST' && query.has('uploads')) {
      const id = randomUUID();
      uploads.set(id, { name, parts: new Map() });
      xml(response, `<R><UploadId>${id}</UploadId></R>`);
    } else if (upload !== null) {
      answerUpload(method, name, upload, onlyNew, query, body, response);
    } else if (method === 'PUT') {
      put(name, body, onlyNew);
      response.writeHead(200, { etag: tagOf(body) }).end();
    } else if (method === 'DELETE') {
      objects.delete(name);
      response.writeHead(204).end();
    } else get(request, name, response);
  }

  function answerUpload(
    method: string,
    name: string,
    id: string,
    onlyNew: boolean,
    query: URLSearchParams,
    body: Buffer,
    response: ServerResponse,
  ): void {
    const upload = uploads.get(id);
    if (upload?.name !== name) throw new Refusal(404, 'NoSuchUpload');
    if (method === 'PUT') {
      upload.parts.set(Number(query.get('partNumber')), body);
      response.writeHead(200, { etag: tagOf(body) }).end();
    } else if (method === 'DELETE') {
      uploads.delete(id);
      response.writeHead(204).end();
    } else {
      const wanted = [...body.toString().matchAll(/<PartNumber>(\d+)</g)].map(([, n]) => Number(n));
      const parts = wanted.map((number) => upload.parts.get(number));
      if (parts.includes(undefined)) throw new Refusal(400, 'InvalidPart');
      put(name, Buffer.concat(parts.filter((part) => part !== undefined)), onlyNew);
      uploads.delete(id);
      xml(response, '<R><ETag>"whole"</ETag></R>');
    }
  }

  /** Hashed once an object: ranges of it are asked for many times. */
  function tagOf(body: Buffer): string {
    const tag = tags.get(body) ?? `"${createHash('md5').update(body).digest('hex')}"`;
    tags.set(body, tag);
    return tag;
  }

  function put(name: string, body: Buffer, onlyNew: boolean): void {
    if (onlyNew && objects.has(name)) throw new Refusal(412, 'PreconditionFailed');
    objects.set(name, body);
  }

  function get(request: IncomingMessage, name: string, response: ServerResponse): void {
    const body = objects.get(name);
    if (body === undefined) throw new Refusal(404, 'NoSuchKey');
    const asked = standIn.ignoreRanges ? '' : (request.headers.range ?? '');
    const range = /^bytes=(\d+)-(\d+)$/.exec(asked);
    const start = Number(range?.[1] ?? 0);
    const asIs = range === null ? Number.POSITIVE_INFINITY : start + standIn.longestRange - 1;
    const end = Math.min(Number(range?.[2] ?? Infinity), body.length - 1, asIs);
    if (range !== null && start >= body.length) throw new Refusal(416, 'InvalidRange');
    const part = body.subarray(start, end + 1);
    response.writeHead(range === null ? 200 : 206, {
      'content-length': part.length,
      etag: tagOf(body),
      ...(range === null ? {} : { 'content-range': `bytes ${start}-${end}/${body.length}` }),
    });
    response.end(request.method === 'HEAD' ? undefined : part);
  }

  function list(bucket: string, query: URLSearchParams, response: ServerResponse): void {
    const prefix = `${bucket}/${query.get('prefix') ?? ''}`;
    if (query.has('uploads')) {
      const begun = [...uploads.values()].filter(({ name }) => name.startsWith(prefix));
      xml(response, `<R>${begun.map(({ name }) => `<Upload><Key>${name}</Key></Upload>`)}</R>`);
      return;
    }
    const after = query.get('continuation-token') ?? '';
    const names = [...objects.keys()].filter((one) => one.startsWith(prefix) && one > after).sort();
    const page = names.slice(0, options.page ?? 1000);
    const next = page.length < names.length ? page.at(-1) : undefined;
    const contents = page.map((name) => {
      const size = objects.get(name)?.length;
      return `<Contents><Key>${escapeXml(name.slice(bucket.length + 1))}</Key><Size>${size}</Size></Contents>`;
    });
    const token =
      next === undefined ? '' : `<NextContinuationToken>${escapeXml(next)}</NextContinuationToken>`;
    xml(
      response,
      `<ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${token}${contents.join('')}</ListBucketResult>`,
    );
  }

  const standIn: StandIn = {
    endpoint: '',
    ignoreRanges: false,
    longestRange: Number.POSITIVE_INFINITY,
    seen,
    objects,
    uploads,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      try {
        answer(request, body, response);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const text = `<?xml version="1.0"?><Error><Code>${error.code}</Code><Message>no: ${error.code}</Message></Error>`;
        response.writeHead(error.status, { 'content-type': 'application/xml' });
        response.end(request.method === 'HEAD' ? undefined : text);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  standIn.endpoint = `http://127.0.0.1:${port}`;
  return standIn;
}
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function xml(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>${text}`);
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
