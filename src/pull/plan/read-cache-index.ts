import { fileKey } from '../../bucket/file.ts';
import type { Cache, CacheIndex, IndexAnswer } from '../../cache/cache.ts';
import { mergeIndexes } from '../../cache/index-file.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { Log } from '../../platform/log.ts';
import type { Artifact } from '../../request/request.ts';
import { knowPacks, type PackKnowledge, reasonNotToRead, unreadCache } from './pack-knowledge.ts';
import { CACHE_NOT_READ, type PlannedFile, planFar } from './plan.ts';

export interface LearnWith {
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
export async function learn(
  far: readonly PlannedFile[],
  { inputs, cache, artifacts, scratch, log }: LearnWith,
): Promise<PackKnowledge> {
  if (cache === undefined || cache.unreadable !== undefined) {
    return unreadCache(reasonNotToRead(cache) ?? '');
  }
  const general = await cache.readIndex(scratch);
  if (general.state === 'nothing') log.info(`Cache ${cache.name}: ${general.reason}`);
  let incomplete = isFailure(general);
  if (incomplete) log.warning(couldNotBeRead(cache, general));
  if (isClosed(general)) return unreadCache(CACHE_NOT_READ);
  const know = (index: CacheIndex): PackKnowledge => ({
    ...knowPacks(index, far, inputs.cacheKeyPrefix),
    incomplete,
  });
  const knowledge = know(general.index);
  const ids = artifactsWith(unknownTo(knowledge, far), artifacts);
  if (cache.artifactIndexes === undefined || ids.length === 0) return knowledge;
  const own = await cache.artifactIndexes.read(ids, scratch);
  if (isFailure(own) && !incomplete) {
    incomplete = true;
    log.warning(couldNotBeRead(cache, own));
  }
  if (isClosed(own)) return unreadCache(CACHE_NOT_READ);
  return know(mergeIndexes(own.index, general.index));
}

function isFailure(answer: IndexAnswer): boolean {
  return answer.state === 'unreadable' || isClosed(answer);
}

/** Packs would not be given either. */
function isClosed({ state }: IndexAnswer): boolean {
  return state === 'denied' || state === 'down';
}

function couldNotBeRead({ name }: Cache, { reason }: IndexAnswer): string {
  return `Cache ${name} could not be read: ${reason}.`;
}

function unknownTo(knowledge: PackKnowledge, far: readonly PlannedFile[]): ReadonlySet<string> {
  const planned = planFar(far, knowledge).filter(({ source }) => source !== 'cache');
  return new Set(planned.map(({ file }) => fileKey(file)));
}

function artifactsWith(files: ReadonlySet<string>, artifacts: readonly Artifact[]): string[] {
  return artifacts
    .filter((artifact) => artifact.files.some((file) => files.has(fileKey(file))))
    .map(({ id }) => id);
}
