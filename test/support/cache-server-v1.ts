import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const API = '/_apis/artifactcache/';

interface Entry {
  id: number;
  key: string;
  version: string;
  chunks: { start: number; bytes: Buffer }[];
  complete: boolean;
}

export interface CacheServerV1 {
  /** What a runner with such a server sets; `ACTIONS_RUNTIME_TOKEN` is not among it. */
  environment: Record<string, string>;
  /** Keys of finished entries, oldest first. */
  keys(): string[];
  /** Authorization headers that came, each once. */
  authorizations(): string[];
  requests: { count: number };
  stop(): Promise<void>;
}

/**
 * A server of GitHub's cache service, version 1, as `@actions/cache` speaks it and as act's server answers it: keys are
 * written in small letters, match by prefix with the newest first, and nobody is asked for a token.
 */
export async function startCacheServerV1(): Promise<CacheServerV1> {
  const entries: Entry[] = [];
  const authorizations = new Set<string>();
  const requests = { count: 0 };

  function find(keys: readonly string[], version: string): Entry | undefined {
    const newest = entries.filter((one) => one.complete && one.version === version).reverse();
    for (const key of keys.map((one) => one.toLowerCase())) {
      const found =
        newest.find((one) => one.key === key) ?? newest.find((one) => one.key.startsWith(key));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests.count += 1;
    authorizations.add(request.headers.authorization ?? '');
    const url = new URL(request.url ?? '/', base);
    const resource = url.pathname.startsWith(API) ? url.pathname.slice(API.length) : '';
    const body = await readAll(request);
    const json = (status: number, value: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const [kind, id] = resource.split('/');
    const entry = entries.find((one) => String(one.id) === id);
    if (request.method === 'GET' && resource === 'cache') {
      const keys = (url.searchParams.get('keys') ?? '').split(',');
      const found = find(keys, url.searchParams.get('version') ?? '');
      if (found === undefined) {
        response.writeHead(204).end();
        return;
      }
      const archiveLocation = `${base}${API}artifacts/${found.id}`;
      return json(200, { result: 'hit', archiveLocation, cacheKey: found.key });
    }
    if (request.method === 'GET' && kind === 'artifacts' && entry !== undefined) {
      const whole = Buffer.concat(
        entry.chunks.toSorted((one, other) => one.start - other.start).map(({ bytes }) => bytes),
      );
      response.writeHead(200, { 'content-length': whole.length });
      response.end(whole);
      return;
    }
    if (request.method === 'POST' && resource === 'caches') {
      const { key, version } = JSON.parse(body.toString('utf8')) as Record<string, string>;
      const name = (key ?? '').toLowerCase();
      if (entries.some((one) => one.key === name && one.version === version)) {
        return json(400, { error: 'already exist' });
      }
      const made = { id: entries.length + 1, key: name, version: version ?? '', chunks: [] };
      entries.push({ ...made, complete: false });
      return json(200, { cacheId: made.id });
    }
    if (request.method === 'PATCH' && kind === 'caches' && entry !== undefined) {
      const start = Number(/^bytes (\d+)-/.exec(request.headers['content-range'] ?? '')?.[1]);
      entry.chunks.push({ start, bytes: body });
      return json(200, {});
    }
    if (request.method === 'POST' && kind === 'caches' && entry !== undefined) {
      entry.complete = true;
      return json(200, {});
    }
    json(404, { error: 'not found' });
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    environment: { ACTIONS_CACHE_URL: `${base}/` },
    keys: () => entries.filter(({ complete }) => complete).map(({ key }) => key),
    authorizations: () => [...authorizations],
    requests,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
