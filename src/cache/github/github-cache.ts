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
  /** The job's environment, where the runner tells of its cache service. */
  environment: NodeJS.ProcessEnv;
  log: Log;
  /** The worker's program; beside this module unless told otherwise. */
  workerUrl?: URL;
  /** Packs at once. */
  maxWorkers?: number;
  /** Milliseconds without progress after which a call is given up, and the service with it. */
  idleTimeoutMs?: number;
}

const DEFAULT_IDLE_TIMEOUT_MS = 30_000;

/**
 * GitHub's cache, by the toolkit's own client (`@actions/cache`, in worker processes). Nothing is started or loaded until
 * a pack or the index is asked for.
 *
 * @throws TfcacheError `usage` for a key prefix that cannot stand in a key.
 */
export function createGithubCache(options: GithubCacheOptions): Cache {
  const { log } = options;
  const able = checkGithubCacheAvailability(options.environment);
  const client = createGithubClient({
    environment: options.environment,
    log,
    workerUrl: options.workerUrl ?? resolveWorkerUrl(),
    maxWorkers: options.maxWorkers ?? chooseWorkerCount(),
    idleTimeoutMs: options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS,
  });

  async function lookup(packs: readonly Pack[], scratch: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    if (able.unreadableReason !== undefined) return found;
    await client.forEach(packs, (pack) =>
      withTaskFolder(scratch, async (folder) => {
        const verdict = await client.run({ operation: 'lookup', key: pack.key, folder });
        if (isExactMatch(verdict, pack)) found.add(pack.key);
      }),
    );
    return found;
  }

  async function restore(
    packs: readonly Pack[],
    scratch: string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void> {
    if (able.unreadableReason !== undefined)
      return reportDeniedPacks(packs, able.unreadableReason, onOutcome);
    await client.forEach(sortLargestFirst(packs), async (pack) => {
      const folder = join(scratch, createTemporaryName());
      const limits = { bytes: sumContentBytes(pack), files: pack.contents.length };
      const request: GithubRequest = {
        operation: 'restore',
        key: pack.key,
        folder,
        limits: limits,
      };
      const verdict = await catchErrors(() => client.run(request));
      if (verdict.kind === 'corrupt') {
        log.warning(`The GitHub cache's entry ${pack.key} cannot be used: ${verdict.reason}.`);
      }
      onOutcome(createRestoreOutcome(pack, verdict, join(folder, 'workspace')));
    });
  }

  async function save(
    packs: readonly Pack[],
    locate: (sha256: string) => string,
    scratch: string,
    onOutcome: (outcome: PackOutcome) => void,
  ): Promise<void> {
    if (able.unwritableReason !== undefined)
      return reportDeniedPacks(packs, able.unwritableReason, onOutcome);
    let denied: PackOutcome | undefined;
    await client.forEach(sortLargestFirst(packs), async (pack) => {
      if (denied?.status === 'denied') return onOutcome({ ...denied, pack });
      const outcome = await saveOne(pack, locate, scratch);
      if (outcome.status === 'denied') denied = outcome;
      onOutcome(outcome);
    });
  }

  async function saveOne(
    pack: Pack,
    locate: (sha256: string) => string,
    scratch: string,
  ): Promise<PackOutcome> {
    const verdict = await catchErrors(() =>
      withTaskFolder(scratch, async (folder) => {
        // The toolkit packs and compresses before it asks whether the key is taken; asking first costs 20 ms.
        if (able.unreadableReason === undefined) {
          const there = await client.run({ operation: 'lookup', key: pack.key, folder });
          if (isExactMatch(there, pack)) {
            return { kind: 'already-saved' } as const;
          }
          if (there.kind === 'failed') return there;
        }
        const contents = join(folder, 'workspace', PACK_FOLDER);
        mkdirSync(contents, { recursive: true });
        for (const { sha256, size } of pack.contents) {
          const source = locate(sha256);
          // An entry cannot be taken back: one that holds something else would be in the way for good.
          if (statSync(source).size !== size) throw new Error(`${source} has not ${size} bytes`);
          linkOrCopy(source, join(contents, sha256));
        }
        return savePatiently({ operation: 'save', key: pack.key, folder });
      }),
    );
    if (verdict.kind === 'done') return { status: 'saved', pack };
    if (verdict.kind === 'already-saved') return { status: 'already-saved', pack };
    if (verdict.kind === 'missing') {
      return { status: 'failed', pack, reason: 'the toolkit gave no reason' };
    }
    if (verdict.kind === 'denied') return { status: 'denied', pack, reason: verdict.reason };
    return { status: 'failed', pack, reason: verdict.reason };
  }

  /** Another job may link one of the files into its own place while tar reads it: nothing but its ctime changes. */
  async function savePatiently(request: GithubRequest): Promise<GithubOutcome> {
    let verdict = await client.run(request);
    for (const pause of [250, 500, 1_000]) {
      if (!isFileChangedFailure(verdict)) break;
      await setTimeout(pause);
      verdict = await client.run(request);
    }
    return verdict;
  }

  return {
    name: 'github',
    unreadableReason: able.unreadableReason,
    unwritableReason: able.unwritableReason,
    ...createGithubIndexes({ client, keyPrefix: options.keyPrefix, availability: able }),
    lookup,
    restore,
    save,
  };
}

/** An entry that came back without what it should hold is `restored` without files: its key is of no use any more. */
function createRestoreOutcome(pack: Pack, verdict: GithubOutcome, workspace: string): PackOutcome {
  if (verdict.kind === 'denied') return { status: 'denied', pack, reason: verdict.reason };
  if (verdict.kind === 'failed') return { status: 'failed', pack, reason: verdict.reason };
  if (verdict.kind === 'corrupt') return { status: 'restored', pack, files: new Map() };
  // Keys match by prefix: another entry than the one asked for is none.
  if (!isExactMatch(verdict, pack)) return { status: 'missing', pack };
  return { status: 'restored', pack, files: listReceivedFiles(pack, workspace) };
}

/** Whether it is the pack's very entry. Services may change the case of keys: act's writes them in small letters. */
function isExactMatch(verdict: GithubOutcome, { key }: Pack): boolean {
  return verdict.kind === 'done' && verdict.matchedKey?.toLowerCase() === key.toLowerCase();
}

function isFileChangedFailure(verdict: GithubOutcome): boolean {
  return verdict.kind === 'failed' && verdict.reason.includes('file changed as we read it');
}

/** Full disks and the like are outcomes too: a cache must not break a build. */
async function catchErrors(action: () => Promise<GithubOutcome>): Promise<GithubOutcome> {
  try {
    return await action();
  } catch (error) {
    return { kind: 'failed', reason: getErrorMessage(error), isServiceDown: false };
  }
}

/**
 * Points at the file, for tar to follow. Not a hard link: that changes the file's ctime, and tar fails on a file that
 * changes while it reads, as it would here when two jobs save the same store's files at once.
 */
function linkOrCopy(source: string, target: string): void {
  try {
    symlinkSync(resolve(source), target);
  } catch (error) {
    // Windows lets only some users make links; file systems without links say so in one of these ways.
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'].includes(code)) throw error;
    copyFileSync(source, target, constants.COPYFILE_FICLONE);
  }
}

function chooseWorkerCount(): number {
  return Math.min(4, Math.max(2, availableParallelism()));
}

/** Beside this module, as source, compiled or bundled. */
function resolveWorkerUrl(): URL {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  // Not a plain string: the bundler would take it for a file to ship. The build puts one of this name beside each entry.
  return new URL(`./github-worker${extension}`, import.meta.url);
}
