import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderOf } from '../../bucket/bucket-path.ts';
import type { GetAuthorization } from '../../mirror/https/http/authorize.ts';
import { createHttpClient, type HttpClient } from '../../mirror/https/http/client.ts';
import { readResponseText } from '../../mirror/https/http/read-body.ts';
import { detectLister } from '../../mirror/https/listing/detect-lister.ts';
import { buildFileUrl } from '../../mirror/https/location.ts';
import { ListingBudget } from '../../mirror/listing-collector.ts';
import type { Mirror } from '../../mirror/mirror.ts';
import { createSemaphore } from '../../platform/concurrency/semaphore.ts';
import { makeTemporaryFolder, PROBE_PREFIX } from '../../platform/files/temporary-folder.ts';
import { silentLog } from '../../platform/log.ts';

/** One folder as far as a look at it needs: no sizes. */
export interface ContentFolder {
  folder: string;
  exists: boolean;
  files: readonly { path: string; mtime?: number | undefined }[];
  folders: readonly string[];
}

/** What a look into a mirror needs, in as few requests as it takes: no sizes asked for one by one, nothing tried again. */
export interface ContentReader {
  listFolders(folders: readonly string[], signal: AbortSignal): Promise<readonly ContentFolder[]>;
  /** A small file as text; undefined when it is not there or larger than `limit` bytes. */
  readText(path: string, limit: number, signal: AbortSignal): Promise<string | undefined>;
}

/** A mirror whose listings are whole at once: rsync, a share. */
export function createMirrorReader(mirror: Mirror, bucket: string): ContentReader {
  return {
    listFolders: (folders, signal) => mirror.listFolders(bucket, folders, signal),
    async readText(path, limit, signal) {
      const folder = folderOf(path);
      const [listing] = await mirror.listFolders(bucket, [folder], signal);
      const file = listing?.files.find((candidate) => candidate.path === path);
      if (file === undefined || file.size > limit) return undefined;
      const staging = makeTemporaryFolder(tmpdir(), PROBE_PREFIX);
      try {
        const events = { onFile: () => undefined, onBytes: () => undefined };
        const { missing } = await mirror.fetch(bucket, [file], staging, events, signal);
        return missing.length > 0 ? undefined : readFileSync(join(staging, path), 'utf8');
      } finally {
        rmSync(staging, { recursive: true, force: true });
      }
    },
  };
}

export interface WebReaderOptions {
  root: URL;
  client: HttpClient;
  environment: NodeJS.ProcessEnv;
  /** Seconds without progress. */
  timeoutSeconds: number;
}

/** A web server or a bucket, by the listers that pulls use. */
export function createWebReader({
  root,
  client,
  environment,
  timeoutSeconds,
}: WebReaderOptions): ContentReader {
  const retryOptions = { retries: 0, firstPauseSeconds: 0, log: silentLog };
  const context = {
    client,
    timeout: timeoutSeconds,
    connections: 1,
    retryOptions,
    slots: createSemaphore(1),
  };
  let lister: ReturnType<typeof detectLister> | undefined;
  return {
    async listFolders(folders, signal) {
      lister ??= detectLister(root, context, environment, signal);
      const listings: ContentFolder[] = [];
      const budget = new ListingBudget();
      for (const folder of folders) {
        const answer = await (await lister).listFolder(folder, signal, budget);
        const files = answer.files.map(({ path, entry }) => ({ path, mtime: entry.mtime }));
        listings.push({ folder, exists: answer.exists, files, folders: answer.folders });
      }
      return listings;
    },
    async readText(path, limit, signal) {
      const response = await client.sendRequest(buildFileUrl(root, path), { signal });
      if (response.status !== 200) {
        response.body.resume();
        return undefined;
      }
      const text = await readResponseText(response, {
        timeout: timeoutSeconds,
        limit: limit + 1,
        beyond: 'cut',
        signal,
      });
      return text.length > limit ? undefined : text;
    },
  };
}

export interface ProbeHttpClientOptions {
  environment: NodeJS.ProcessEnv;
  /** Seconds to wait for the head of an answer. */
  timeoutSeconds: number;
  authorize?: GetAuthorization;
}

/** A client that holds one connection to a host. */
export function createProbeHttpClient({
  environment,
  timeoutSeconds,
  authorize,
}: ProbeHttpClientOptions): HttpClient {
  return createHttpClient({
    environment,
    connections: 1,
    timeout: timeoutSeconds,
    plainHttpHosts: [],
    log: silentLog,
    ...(authorize === undefined ? {} : { authorize }),
  });
}
