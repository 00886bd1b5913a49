import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cache, Pack, PackedContent, PackOutcome } from '../../src/cache/cache.ts';
import { createGithubCache, type GithubCacheOptions } from '../../src/cache/github/github-cache.ts';
import { planPacks } from '../../src/cache/packs.ts';
import type { Log } from '../../src/platform/log.ts';
import { type CacheServer, startCacheServer } from './cache-server.ts';

/** A cache server, a folder of content as a store holds it, and caches that talk to the server. */
export interface CacheWorkbench {
  server: CacheServer;
  folder: string;
  /** What went to the log, with its level. */
  logged: string[];
  /** Read-only files as in a store; random unless bytes are given. */
  addContent(bytes: number | Uint8Array): PackedContent;
  locate(sha256: string): string;
  /** A cache as a job of its own would have it. */
  cache(options?: Partial<GithubCacheOptions>): Cache;
  plan(contents: readonly PackedContent[]): Pack[];
  save(packs: readonly Pack[], cache?: Cache): Promise<PackOutcome[]>;
  restore(packs: readonly Pack[], cache?: Cache): Promise<PackOutcome[]>;
  scratch(): string;
  close(): Promise<void>;
}

export async function openCacheWorkbench(): Promise<CacheWorkbench> {
  const folder = mkdtempSync(join(tmpdir(), 'tfcache-cache-test-'));
  const store = join(folder, 'store');
  mkdirSync(store);
  const server = await startCacheServer({ folder: join(folder, 'server') });
  const logged: string[] = [];
  const note = (level: string) => (message: string) => {
    logged.push(`${level}: ${message}`);
  };
  const log: Log = {
    info: note('info'),
    warning: note('warning'),
    error: note('error'),
    debug: note('debug'),
  };
  let scratches = 0;
  const workbench: CacheWorkbench = {
    server,
    folder,
    logged,
    addContent(bytes) {
      const data = typeof bytes === 'number' ? randomBytes(bytes) : bytes;
      const sha256 = createHash('sha256').update(data).digest('hex');
      writeFileSync(join(store, sha256), data, { mode: 0o444 });
      return { sha256, size: data.length };
    },
    locate: (sha256) => join(store, sha256),
    cache: (options = {}) =>
      createGithubCache({
        keyPrefix: 'tfcache',
        environment: { ...process.env, ...server.environment },
        log,
        ...options,
      }),
    plan: (contents) => planPacks(contents, 'tfcache'),
    async save(packs, cache = workbench.cache()) {
      const outcomes: PackOutcome[] = [];
      await cache.save(packs, workbench.locate, workbench.scratch(), (one) => outcomes.push(one));
      return outcomes;
    },
    async restore(packs, cache = workbench.cache()) {
      const outcomes: PackOutcome[] = [];
      await cache.restore(packs, workbench.scratch(), (one) => outcomes.push(one));
      return outcomes;
    },
    scratch() {
      scratches += 1;
      return join(folder, `scratch-${scratches}`);
    },
    async close() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return workbench;
}

/** True when every file that came back has the bytes of its name. */
export function areSound(outcomes: readonly PackOutcome[]): boolean {
  return outcomes.every(
    (outcome) =>
      outcome.status === 'restored' &&
      outcome.files.size === outcome.pack.contents.length &&
      [...outcome.files].every(([sha256, file]) => sha256Of(file) === sha256),
  );
}

export function sha256Of(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
