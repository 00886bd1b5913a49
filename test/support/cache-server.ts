import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobStore, readText, type TransferFaults } from './cache-blobs.ts';

const SERVICE = '/twirp/github.actions.results.api.v1.CacheService/';
const BLOBS = '/devstoreaccount1/cache/';

export type CacheMethod =
  | 'CreateCacheEntry'
  | 'FinalizeCacheEntryUpload'
  | 'GetCacheEntryDownloadURL';

/** What the server does wrong. Set and delete fields at any time. */
export interface CacheFaults extends TransferFaults {
  /** Service calls are answered with this status (429, 500, …), `times` times (default: always). */
  respond?: {
    status: number;
    method?: CacheMethod;
    times?: number;
    headers?: Record<string, string>;
  };
  /** Service calls are never answered. */
  hang?: boolean;
  /** Service calls are cut off without an answer. */
  disconnect?: boolean;
  /** Every token is read-only, as for an untrusted event. */
  readOnly?: boolean;
  /** Every token has no readable scope. */
  readDenied?: boolean;
  /** The blob is gone when its signed URL is fetched. */
  evictBeforeDownload?: boolean;
}

export interface CacheEntry {
  key: string;
  version: string;
  scope: string;
  /** Bytes of the archive. */
  size: number;
  /** Identifies the blob. */
  id: string;
}

/** Which scopes (branches) a job may write and read; the first is where it writes. */
export interface CacheScope {
  scopes: readonly string[];
  readOnly?: boolean;
}

export interface CacheServer {
  /** What the runner would set for a job of the default scope. */
  environment: Record<string, string>;
  /** The same for a job of other scopes. */
  environmentFor(scope: CacheScope): Record<string, string>;
  /** Finished entries, oldest first. */
  entries(): CacheEntry[];
  /** Replaces or adds an entry's archive: for poisoning. The version must be that of the client. */
  setEntry(entry: { key: string; version: string; scope?: string }, archive: Uint8Array): void;
  removeEntry(key: string): void;
  faults: CacheFaults;
  counts: {
    calls: Record<CacheMethod, number>;
    uploads: number;
    downloads: number;
    bytesUploaded: number;
    bytesDownloaded: number;
  };
  stop(): Promise<void>;
}

/**
 * A server of GitHub's cache service, version 2, as `@actions/cache` speaks it: Twirp calls and signed blob addresses.
 * Entries are immutable and scoped; restore keys match by prefix, newest first. Blobs are files in `folder` (a
 * temporary one unless given), the list of entries is in memory.
 */
export async function startCacheServer(
  options: { folder?: string; port?: number } = {},
): Promise<CacheServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tfcache-cache-server-'));
  mkdirSync(folder, { recursive: true });
  const faults: CacheFaults = {};
  const blobs = new BlobStore(folder, faults);
  const calls: CacheServer['counts']['calls'] = {
    CreateCacheEntry: 0,
    FinalizeCacheEntryUpload: 0,
    GetCacheEntryDownloadURL: 0,
  };
  const tokens = new Map<string, CacheScope>();
  const reserved: CacheEntry[] = [];
  let finished: CacheEntry[] = [];

  const blobUrl = (id: string) => `${base}${BLOBS}${id}?sig=${randomUUID()}&se=2099`;
  const same = (one: CacheEntry, key: string, version: string, scope: string) =>
    one.key === key && one.version === version && one.scope === scope;

  function create(key: string, version: string, scope: CacheScope): Answer {
    if (scope.readOnly === true || faults.readOnly === true) {
      return ok({ ok: false, message: 'cache write denied: token is scoped read-only' });
    }
    const own = scope.scopes[0] ?? '';
    if ([...reserved, ...finished].some((entry) => same(entry, key, version, own))) {
      const msg = 'cache entry with the same key, version, and scope already exists';
      return { status: 409, body: { code: 'already_exists', msg } };
    }
    const entry = { key, version, scope: own, size: 0, id: randomUUID() };
    reserved.push(entry);
    return ok({ ok: true, signed_upload_url: blobUrl(entry.id) });
  }

  function finalize(key: string, version: string, size: number, scope: CacheScope): Answer {
    const at = reserved.findIndex((entry) => same(entry, key, version, scope.scopes[0] ?? ''));
    const entry = reserved[at];
    if (entry === undefined) return ok({ ok: false, message: 'no such upload' });
    const uploaded = blobs.parts(entry.id)?.reduce((sum, part) => sum + part.size, 0);
    if (uploaded !== size) return ok({ ok: false, message: 'size does not match the upload' });
    reserved.splice(at, 1);
    finished.push({ ...entry, size });
    return ok({ ok: true, entry_id: String(finished.length) });
  }

  function find(key: string, restoreKeys: string[], version: string, scope: CacheScope): Answer {
    if (faults.readDenied === true) {
      const msg = 'cache read denied: token has no readable scopes';
      return { status: 403, body: { code: 'permission_denied', msg } };
    }
    for (const name of scope.scopes) {
      const newest = finished
        .filter((entry) => entry.scope === name && entry.version === version)
        .reverse();
      const hit = [key, ...restoreKeys]
        .map(
          (wanted) =>
            newest.find((entry) => entry.key === wanted) ??
            newest.find((entry) => entry.key.startsWith(wanted)),
        )
        .find((entry) => entry !== undefined);
      if (hit === undefined) continue;
      if (faults.evictBeforeDownload === true) blobs.remove(hit.id);
      return ok({ ok: true, signed_download_url: blobUrl(hit.id), matched_key: hit.key });
    }
    return ok({ ok: false });
  }

  async function call(name: string, request: IncomingMessage): Promise<Answer | 'silent' | 'cut'> {
    const body = JSON.parse(await readText(request)) as Record<string, unknown>;
    if (!Object.hasOwn(calls, name)) return { status: 404, body: { code: 'bad_route', msg: name } };
    const method = name as CacheMethod;
    calls[method] += 1;
    if (faults.hang === true) return 'silent';
    if (faults.disconnect === true) return 'cut';
    const fault = faults.respond;
    if (fault !== undefined && (fault.method ?? method) === method && (fault.times ?? 1) > 0) {
      if (fault.times !== undefined) fault.times -= 1;
      const msg = `the test asked for ${fault.status}`;
      return { status: fault.status, body: { code: 'fault', msg }, headers: fault.headers ?? {} };
    }
    const scope = tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
    if (scope === undefined) {
      return { status: 401, body: { code: 'unauthenticated', msg: 'unknown token' } };
    }
    const key = String(body['key'] ?? '');
    const version = String(body['version'] ?? '');
    if (method === 'CreateCacheEntry') return create(key, version, scope);
    if (method === 'FinalizeCacheEntryUpload') {
      return finalize(key, version, Number(body['size_bytes'] ?? body['sizeBytes']), scope);
    }
    const restoreKeys = body['restore_keys'] ?? body['restoreKeys'] ?? [];
    return find(key, Array.isArray(restoreKeys) ? restoreKeys.map(String) : [], version, scope);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', base);
    if (url.pathname.startsWith(BLOBS)) {
      return blobs.handle(url.pathname.slice(BLOBS.length), url, request, response);
    }
    const answer = await call(url.pathname.replace(SERVICE, ''), request);
    if (answer === 'silent') return;
    if (answer === 'cut') {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  }

  const server = createServer({ highWaterMark: 1024 * 1024 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const environmentFor = (scope: CacheScope): Record<string, string> => {
    const token = `test-token-${randomUUID()}`;
    tokens.set(token, scope);
    return {
      ACTIONS_CACHE_SERVICE_V2: 'true',
      ACTIONS_RESULTS_URL: `${base}/`,
      ACTIONS_RUNTIME_TOKEN: token,
    };
  };

  return {
    environment: environmentFor({ scopes: ['refs/heads/main'] }),
    environmentFor,
    entries: () => finished.map((entry) => ({ ...entry })),
    setEntry({ key, version, scope = 'refs/heads/main' }, archive) {
      finished = finished.filter((entry) => !same(entry, key, version, scope));
      const file = blobs.newFile();
      writeFileSync(file, archive);
      const id = randomUUID();
      blobs.put(id, [{ file, size: archive.length }]);
      finished.push({ key, version, scope, size: archive.length, id });
    },
    removeEntry(key) {
      for (const entry of finished.filter((one) => one.key === key)) blobs.remove(entry.id);
      finished = finished.filter((entry) => entry.key !== key);
    },
    faults,
    get counts() {
      return { calls: { ...calls }, ...blobs.counts };
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Answer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

function ok(body: object): Answer {
  return { status: 200, body };
}
