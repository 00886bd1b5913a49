import { fileKey } from '../../bucket/file.ts';
import type { Cache, CacheIndex, IndexResult } from '../../cache/cache.ts';
import { mergeIndexes } from '../../cache/index-file.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Log } from '../../platform/log.ts';
import type { Artifact } from '../../request/request.ts';
import {
  type CacheContents,
  createCacheContents,
  createUnreadContents,
  getUnreadableReason,
} from './cache-contents.ts';
import { CACHE_UNREADABLE, type PlannedFile, planRemote } from './plan.ts';

export interface ReadCacheIndexContext {
  inputs: Inputs;
  cache: Cache | undefined;
  artifacts: readonly Artifact[];
  scratch: string;
  log: Log;
}

/**
 * What the cache knows of the files. The general index first; the artifacts' own only for those that it does not help
 * with: each is one more entry to look for.
 */
export async function readCacheIndex(
  remote: readonly PlannedFile[],
  { inputs, cache, artifacts, scratch, log }: ReadCacheIndexContext,
): Promise<CacheContents> {
  if (cache === undefined || cache.unreadableReason !== undefined) {
    return createUnreadContents(getUnreadableReason(cache) ?? '');
  }
  const general = await cache.readIndex(scratch);
  if (general.state === 'empty') log.info(`Cache ${cache.name}: ${general.reason}`);
  let incomplete = isFailure(general);
  if (incomplete) log.warning(describeReadFailure(cache, general));
  if (isCacheUnavailable(general)) return createUnreadContents(CACHE_UNREADABLE);
  const know = (index: CacheIndex): CacheContents => ({
    ...createCacheContents(index, remote, inputs.cacheKeyPrefix),
    isIncomplete: incomplete,
  });
  const knowledge = know(general.index);
  const ids = listArtifactIds(listUnknownFiles(knowledge, remote), artifacts);
  if (cache.artifactIndexes === undefined || ids.length === 0) return knowledge;
  const own = await cache.artifactIndexes.read(ids, scratch);
  if (isFailure(own) && !incomplete) {
    incomplete = true;
    log.warning(describeReadFailure(cache, own));
  }
  if (isCacheUnavailable(own)) return createUnreadContents(CACHE_UNREADABLE);
  return know(mergeIndexes(own.index, general.index));
}

function isFailure(answer: IndexResult): boolean {
  return answer.state === 'unreadable' || isCacheUnavailable(answer);
}

/** Packs would not be given either. */
function isCacheUnavailable({ state }: IndexResult): boolean {
  return state === 'denied' || state === 'unavailable';
}

function describeReadFailure({ name }: Cache, { reason }: IndexResult): string {
  return `Cache ${name} could not be read: ${reason}.`;
}

function listUnknownFiles(
  knowledge: CacheContents,
  remote: readonly PlannedFile[],
): ReadonlySet<string> {
  const planned = planRemote(remote, knowledge).filter(({ source }) => source !== 'cache');
  return new Set(planned.map(({ file }) => fileKey(file)));
}

function listArtifactIds(files: ReadonlySet<string>, artifacts: readonly Artifact[]): string[] {
  return artifacts
    .filter((artifact) => artifact.files.some((file) => files.has(fileKey(file))))
    .map(({ id }) => id);
}
