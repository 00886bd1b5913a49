import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ArtifactIndex, ArtifactIndexes, Cache, CacheIndex, IndexResult } from '../cache.ts';
import {
  createUnreadIndexResult,
  EMPTY_INDEX,
  isIndexSubset,
  mergeIndexes,
} from '../index-file.ts';
import { createArtifactIndexKeyPrefix, createIndexKeyPrefix } from '../packs.ts';
import type { GithubCacheAvailability } from './environment.ts';
import type { GithubClient } from './github-client.ts';
import {
  type GithubIndexEntryResult,
  readNewestGithubIndexEntry,
  writeGithubIndexEntry,
} from './index-entry.ts';

export interface GithubIndexOptions {
  client: GithubClient;
  keyPrefix: string;
  availability: GithubCacheAvailability;
}

/**
 * Artifacts whose own index is read or written by one job. Each is an upload, of which GitHub allows 200 a minute and
 * repository (https://docs.github.com/en/actions/reference/limits), to all jobs together.
 */
const MAX_ARTIFACT_COUNT = 40;
/** How often an index is written again because another job's came after it without what it tells. */
const MAX_REWRITES = 2;
/** Milliseconds to wait beyond what reading and writing took, drawn so that jobs do not meet again; and the longest wait. */
const PAUSE_MS = { least: 100, most: 500, longest: 3_000 };

/**
 * The indexes of GitHub's cache. An entry cannot be changed or locked, and of those of a series only the newest is ever
 * found: whoever writes one must know what the newest tells. So there are two kinds: a general one, put together from what
 * all jobs tell and left alone by a job that cannot read it; and one for each artifact, which a job that has all of the
 * artifact's files can write without reading.
 */
export function createGithubIndexes(
  options: GithubIndexOptions,
): Pick<Cache, 'readIndex' | 'writeIndex'> & { artifactIndexes: ArtifactIndexes } {
  const { client, keyPrefix, availability: able } = options;
  const general = createIndexKeyPrefix(keyPrefix);

  const readGeneral = (scratch: string): Promise<GithubIndexEntryResult> =>
    alone(client, () => readNewestGithubIndexEntry(client, general, scratch));

  async function readIndex(scratch: string): Promise<IndexResult> {
    if (able.unreadableReason !== undefined)
      return createUnreadIndexResult('denied', able.unreadableReason);
    const reading = await readGeneral(scratch);
    if (reading.kind === 'read') return { index: reading.index, state: 'read', reason: undefined };
    if (reading.kind === 'missing')
      return createUnreadIndexResult('empty', 'nothing was saved yet');
    return createUnreadIndexResult(stateOf(reading), reading.reason);
  }

  async function writeIndex(
    index: CacheIndex,
    scratch: string,
    forget: readonly string[] = [],
  ): Promise<{ reason: string | undefined }> {
    if (able.unwritableReason !== undefined) return { reason: able.unwritableReason };
    // The indexes of the artifacts are all that a job may write that does not see what it would replace.
    if (able.unreadableReason !== undefined) return { reason: undefined };
    let forgotten = forget;
    for (let repeats = 0; ; repeats += 1) {
      const began = Date.now();
      // Read again as late as can be: another job may have written one since this one began.
      const newest = await readGeneral(scratch);
      if (newest.kind === 'unknown' && repeats === 0) {
        if (newest.isDenied) return { reason: undefined };
        return { reason: `left as it is, since it cannot be read: ${newest.reason}` };
      }
      // From the second round on there is something to do only if another job wrote without having seen our entry.
      const lacking = newest.kind === 'read' && !isIndexSubset(index, newest.index);
      if (repeats > 0 && !lacking) return { reason: undefined };
      const merged = mergeIndexes(indexOf(newest), index, forgotten);
      const { reason } = await alone(client, () =>
        writeGithubIndexEntry(client, general, merged, scratch),
      );
      if (reason !== undefined || repeats === MAX_REWRITES) return { reason };
      // The other job may have saved again what this one found gone.
      forgotten = [];
      // Whoever read before our entry was there is done with writing after about as long as we took.
      const pause = Date.now() - began + randomInt(PAUSE_MS.least, PAUSE_MS.most);
      await setTimeout(Math.min(pause, PAUSE_MS.longest));
    }
  }

  async function readArtifacts(ids: readonly string[], scratch: string): Promise<IndexResult> {
    if (able.unreadableReason !== undefined)
      return createUnreadIndexResult('denied', able.unreadableReason);
    let failed: IndexResult | undefined;
    const found: CacheIndex[] = [];
    await client.forEach([...new Set(ids)].slice(0, MAX_ARTIFACT_COUNT), async (id) => {
      // Each try at a service that fails takes seconds.
      if (failed !== undefined) return;
      const reading = await readNewestGithubIndexEntry(
        client,
        createArtifactIndexKeyPrefix(keyPrefix, id),
        scratch,
      );
      if (reading.kind === 'read') found.push(reading.index);
      else if (reading.kind === 'unknown')
        failed = createUnreadIndexResult(stateOf(reading), reading.reason);
    });
    const index = found.reduce((sum, one) => mergeIndexes(sum, one), EMPTY_INDEX);
    return failed === undefined
      ? { index, state: found.length === 0 ? 'empty' : 'read', reason: undefined }
      : { ...failed, index };
  }

  async function writeArtifacts(
    artifacts: readonly ArtifactIndex[],
    scratch: string,
    forget: readonly string[] = [],
  ): Promise<{ reason: string | undefined }> {
    if (able.unwritableReason !== undefined) return { reason: able.unwritableReason };
    let reason: string | undefined;
    let left = Math.max(0, artifacts.length - MAX_ARTIFACT_COUNT);
    await client.forEach(artifacts.slice(0, MAX_ARTIFACT_COUNT), async (artifact) => {
      const failed = reason ?? (await writeArtifact(artifact, scratch, forget));
      if (failed === undefined) return;
      reason = failed;
      left += 1;
    });
    if (reason === undefined && left > 0 && able.unreadableReason !== undefined) {
      reason = `a job saves those of ${MAX_ARTIFACT_COUNT} artifacts`;
    }
    if (reason === undefined) return { reason };
    return { reason: `${left} of ${artifacts.length} artifacts: ${reason}` };
  }

  async function writeArtifact(
    { id, index, isComplete: whole }: ArtifactIndex,
    scratch: string,
    forget: readonly string[],
  ): Promise<string | undefined> {
    const series = createArtifactIndexKeyPrefix(keyPrefix, id);
    let before = EMPTY_INDEX;
    if (!whole) {
      if (able.unreadableReason !== undefined)
        return `not all of ${id} was saved; ${able.unreadableReason}`;
      const reading = await readNewestGithubIndexEntry(client, series, scratch);
      if (reading.kind === 'unknown') return reading.reason;
      before = indexOf(reading);
    }
    const merged = mergeIndexes(before, index, forget);
    return (await writeGithubIndexEntry(client, series, merged, scratch)).reason;
  }

  return {
    readIndex,
    writeIndex,
    artifactIndexes: { read: readArtifacts, write: writeArtifacts },
  };
}

function stateOf(reading: GithubIndexEntryResult): IndexResult['state'] {
  if (reading.kind !== 'unknown') return 'unreadable';
  if (reading.isDenied) return 'denied';
  return reading.isServiceDown ? 'unavailable' : 'unreadable';
}

function indexOf(reading: GithubIndexEntryResult): CacheIndex {
  return reading.kind === 'read' ? reading.index : EMPTY_INDEX;
}

/** What needs no company; the worker rests afterwards. */
async function alone<T>(client: GithubClient, action: () => Promise<T>): Promise<T> {
  const results: T[] = [];
  await client.forEach([action], async (one) => {
    results.push(await one());
  });
  const [result] = results;
  if (result === undefined) throw new Error('one action gives one result');
  return result;
}
