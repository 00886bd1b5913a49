import { constants, copyFileSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { getErrorMessage } from '../../platform/error.ts';
import { createTemporaryName } from '../../platform/files/temporary-file.ts';
import type { Log } from '../../platform/log.ts';
import type { Cache, Pack, PackOutcome } from '../cache.ts';
import { reportDeniedPacks, sortLargestFirst, sumContentBytes } from '../packs.ts';
import { checkGithubCacheAvailability } from './environment.ts';
import { createGithubClient, type GithubRequest } from './github-client.ts';
import { createGithubIndexes } from './github-indexes.ts';
import { listReceivedFiles, withTaskFolder } from './task-folder.ts';
import type { GithubOutcome } from './task-outcome.ts';
import { PACK_FOLDER } from './worker-task.ts';

export interface GithubCacheOptions {
  keyPrefix: string;
  /** The job's environment, which names the runner's cache service. */
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** The worker's program; by default the one next to this module. */
  workerUrl?: URL;
  /** Packs at once. */
  maxWorkers?: number;
  /** Milliseconds without progress after which a call is cancelled, and no further call is made. */
  idleTimeoutMs?: number;
}

const DEFAULT_IDLE_TIMEOUT_MS = 30_000;

/**
 * Creates a cache on GitHub's service, through the toolkit's client (`@actions/cache`) in worker processes. Nothing is
 * started or loaded until a pack or the index is requested.
 *
 * @throws TfcacheError `input-invalid` for a prefix that keys may not contain.
 */
export function createGithubCache(options: GithubCacheOptions): Cache {
  const { log } = options;
  const availability = checkGithubCacheAvailability(options.environment);
  const client = createGithubClient({
    environment: options.environment,
    log,
    workerUrl: options.workerUrl ?? resolveWorkerUrl(),
    maxWorkers: options.maxWorkers ?? chooseWorkerCount(),
    idleTimeoutMs: options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS,
  });

  async function lookup(packs: readonly Pack[], scratch: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    if (availability.unreadableReason !== undefined) return found;
    await client.forEach(packs, (pack) =>
      withTaskFolder(scratch, async (folder) => {
        const outcome = await client.run({ operation: 'lookup', key: pack.key, folder });
        if (isExactMatch(outcome, pack)) found.add(pack.key);
      }),
    );
    return found;
  }

  async function restore(
    packs: readonly Pack[],
    scratch: string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void> {
    if (availability.unreadableReason !== undefined)
      return reportDeniedPacks(packs, availability.unreadableReason, onOutcome);
    await client.forEach(sortLargestFirst(packs), async (pack) => {
      const folder = join(scratch, createTemporaryName());
      const limits = { bytes: sumContentBytes(pack), fileCount: pack.contents.length };
      const request: GithubRequest = {
        operation: 'restore',
        key: pack.key,
        folder,
        limits: limits,
      };
      const outcome = await catchErrors(() => client.run(request));
      if (outcome.kind === 'corrupt') {
        log.warning(`Could not use entry ${pack.key} of the GitHub cache: ${outcome.reason}.`);
      }
      onOutcome(createRestoreOutcome(pack, outcome, join(folder, 'workspace')));
    });
  }

  async function save(
    packs: readonly Pack[],
    locate: (sha256: string) => string,
    scratch: string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void> {
    if (availability.unwritableReason !== undefined)
      return reportDeniedPacks(packs, availability.unwritableReason, onOutcome);
    let denied: PackOutcome | undefined;
    await client.forEach(sortLargestFirst(packs), async (pack) => {
      if (denied?.status === 'denied') return onOutcome({ ...denied, pack });
      const outcome = await savePack(pack, locate, scratch);
      if (outcome.status === 'denied') denied = outcome;
      onOutcome(outcome);
    });
  }

  async function savePack(
    pack: Pack,
    locate: (sha256: string) => string,
    scratch: string,
  ): Promise<PackOutcome> {
    const outcome = await catchErrors(() =>
      withTaskFolder(scratch, async (folder) => {
        // The toolkit packs and compresses before it checks the key, so checking first (20 ms) saves time.
        if (availability.unreadableReason === undefined) {
          const existing = await client.run({ operation: 'lookup', key: pack.key, folder });
          if (isExactMatch(existing, pack)) return { kind: 'already-saved' } as const;
          if (existing.kind === 'failed') return existing;
        }
        const contents = join(folder, 'workspace', PACK_FOLDER);
        mkdirSync(contents, { recursive: true });
        for (const { sha256, size } of pack.contents) {
          const source = locate(sha256);
          // Entries are immutable: one with the wrong content would block this key for ever.
          if (statSync(source).size !== size)
            throw new Error(`${source} does not have ${size} bytes`);
          linkOrCopy(source, join(contents, sha256));
        }
        return saveWithRetries({ operation: 'save', key: pack.key, folder });
      }),
    );
    if (outcome.kind === 'done') return { status: 'saved', pack };
    if (outcome.kind === 'already-saved') return { status: 'already-saved', pack };
    if (outcome.kind === 'missing') {
      return { status: 'failed', pack, reason: 'the toolkit gave no reason' };
    }
    if (outcome.kind === 'denied') return { status: 'denied', pack, reason: outcome.reason };
    return { status: 'failed', pack, reason: outcome.reason };
  }

  /** Retries while tar sees a file change. Another job that links a file of the store changes its ctime, nothing else. */
  async function saveWithRetries(request: GithubRequest): Promise<GithubOutcome> {
    let outcome = await client.run(request);
    for (const pauseMs of [250, 500, 1_000]) {
      if (!isFileChangedFailure(outcome)) break;
      await setTimeout(pauseMs);
      outcome = await client.run(request);
    }
    return outcome;
  }

  return {
    name: 'github',
    unreadableReason: availability.unreadableReason,
    unwritableReason: availability.unwritableReason,
    ...createGithubIndexes({ client, keyPrefix: options.keyPrefix, availability }),
    lookup,
    restore,
    save,
  };
}

/** An entry without its contents is `restored` without files, so that the caller saves the pack under another key. */
function createRestoreOutcome(pack: Pack, outcome: GithubOutcome, workspace: string): PackOutcome {
  if (outcome.kind === 'denied') return { status: 'denied', pack, reason: outcome.reason };
  if (outcome.kind === 'failed') return { status: 'failed', pack, reason: outcome.reason };
  if (outcome.kind === 'corrupt') return { status: 'restored', pack, files: new Map() };
  // The service matches keys by prefix, and may return another entry.
  if (!isExactMatch(outcome, pack)) return { status: 'missing', pack };
  return { status: 'restored', pack, files: listReceivedFiles(pack, workspace) };
}

/** Returns whether the entry has the pack's key. Services may change the case of keys: act writes them in lower case. */
function isExactMatch(outcome: GithubOutcome, { key }: Pack): boolean {
  return outcome.kind === 'done' && outcome.matchedKey?.toLowerCase() === key.toLowerCase();
}

function isFileChangedFailure(outcome: GithubOutcome): boolean {
  return outcome.kind === 'failed' && outcome.reason.includes('file changed as we read it');
}

/** Turns exceptions such as a full disk into outcomes, because a cache must not break a build. */
async function catchErrors(action: () => Promise<GithubOutcome>): Promise<GithubOutcome> {
  try {
    return await action();
  } catch (error) {
    return { kind: 'failed', reason: getErrorMessage(error), isServiceDown: false };
  }
}

/**
 * Creates a symbolic link, which tar follows. A hard link would change the file's ctime, and tar fails if a file changes
 * while it reads, for example when two jobs save files of the same store.
 */
function linkOrCopy(source: string, target: string): void {
  try {
    symlinkSync(resolve(source), target);
  } catch (error) {
    // Some users on Windows may not create links; file systems without links use one of these codes.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(code)) throw error;
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
  }
}

function chooseWorkerCount(): number {
  return Math.min(4, Math.max(2, availableParallelism()));
}

/** Returns the worker next to this module, as source, compiled or bundled. */
function resolveWorkerUrl(): URL {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  // Not a plain string, which the bundler would treat as an asset. The build writes the worker next to each entry.
  return new URL(`./github-worker${extension}`, import.meta.url);
}
