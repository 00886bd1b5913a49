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
 * Reads what the cache knows of the files: first the general index, then the indexes of the artifacts whose files it lacks. Each
 * of these is one more entry to restore.
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
  let isIncomplete = isFailure(general);
  if (isIncomplete) log.warning(describeReadFailure(cache, general));
  if (isCacheUnavailable(general)) return createUnreadContents(CACHE_UNREADABLE);
  const toContents = (index: CacheIndex): CacheContents => ({
    ...createCacheContents(index, remote, inputs.cacheKeyPrefix),
    isIncomplete,
  });
  const contents = toContents(general.index);
  const ids = listArtifactIds(listUnknownFiles(contents, remote), artifacts);
  if (cache.artifactIndexes === undefined || ids.length === 0) return contents;
  const ofArtifacts = await cache.artifactIndexes.read(ids, scratch);
  if (isFailure(ofArtifacts) && !isIncomplete) {
    isIncomplete = true;
    log.warning(describeReadFailure(cache, ofArtifacts));
  }
  if (isCacheUnavailable(ofArtifacts)) return createUnreadContents(CACHE_UNREADABLE);
  return toContents(mergeIndexes(ofArtifacts.index, general.index));
}

function isFailure(answer: IndexResult): boolean {
  return answer.state === 'unreadable' || isCacheUnavailable(answer);
}

/** Returns true if packs could not be restored either. */
function isCacheUnavailable({ state }: IndexResult): boolean {
  return state === 'denied' || state === 'unavailable';
}

function describeReadFailure({ name }: Cache, { reason }: IndexResult): string {
  return `Cache ${name} could not be read: ${reason}.`;
}

function listUnknownFiles(
  contents: CacheContents,
  remote: readonly PlannedFile[],
): ReadonlySet<string> {
  const planned = planRemote(remote, contents).filter(({ source }) => source !== 'cache');
  return new Set(planned.map(({ file }) => fileKey(file)));
}

function listArtifactIds(files: ReadonlySet<string>, artifacts: readonly Artifact[]): string[] {
  return artifacts
    .filter((artifact) => artifact.files.some((file) => files.has(fileKey(file))))
    .map(({ id }) => id);
}
