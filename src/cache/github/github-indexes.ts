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
 * Artifacts whose index one job reads or writes. Each index is an upload, of which GitHub allows 200 per minute and
 * repository (https://docs.github.com/en/actions/reference/limits), for all jobs together.
 */
const MAX_ARTIFACT_COUNT = 40;
/** How often an index is written again if another job has replaced it by one without its content. */
const MAX_REWRITES = 2;
/** A random addition to the pause between two writes, so that concurrent jobs do not collide again. */
const MIN_EXTRA_PAUSE_MS = 100;
const MAX_EXTRA_PAUSE_MS = 500;
const MAX_PAUSE_MS = 3_000;

/**
 * Creates the indexes of GitHub's cache. Entries are immutable and cannot be locked, and only the newest of a series is
 * found, so a writer must merge with the newest. Therefore there are two kinds of index: a general one, merged from all
 * jobs, which a job that cannot read it does not replace; and one per artifact, which a job that has all files of the
 * artifact can write without reading.
 */
export function createGithubIndexes(
  options: GithubIndexOptions,
): Pick<Cache, 'readIndex' | 'writeIndex'> & { artifactIndexes: ArtifactIndexes } {
  const { client, keyPrefix, availability } = options;
  const generalSeries = createIndexKeyPrefix(keyPrefix);

  const readGeneral = (scratch: string): Promise<GithubIndexEntryResult> =>
    runOne(client, () => readNewestGithubIndexEntry(client, generalSeries, scratch));

  async function readIndex(scratch: string): Promise<IndexResult> {
    if (availability.unreadableReason !== undefined)
      return createUnreadIndexResult('denied', availability.unreadableReason);
    const reading = await readGeneral(scratch);
    if (reading.kind === 'read') return { index: reading.index, state: 'read', reason: undefined };
    if (reading.kind === 'missing')
      return createUnreadIndexResult('empty', 'nothing was saved yet');
    return createUnreadIndexResult(getIndexState(reading), reading.reason);
  }

  async function writeIndex(
    index: CacheIndex,
    scratch: string,
    forget: readonly string[] = [],
  ): Promise<{ reason: string | undefined }> {
    if (availability.unwritableReason !== undefined)
      return { reason: availability.unwritableReason };
    // A job that cannot read the index it would replace only writes indexes of artifacts.
    if (availability.unreadableReason !== undefined) return { reason: undefined };
    let keysToForget = forget;
    for (let rewriteCount = 0; ; rewriteCount += 1) {
      const startMs = Date.now();
      // Read immediately before writing: another job may have written an index since this job started.
      const newest = await readGeneral(scratch);
      if (newest.kind === 'unknown' && rewriteCount === 0) {
        if (newest.isDenied) return { reason: undefined };
        return { reason: `the current index could not be read: ${newest.reason}` };
      }
      // After a write, write again only if another job has replaced our entry without merging it.
      const isReplaced = newest.kind === 'read' && !isIndexSubset(index, newest.index);
      if (rewriteCount > 0 && !isReplaced) return { reason: undefined };
      const merged = mergeIndexes(getIndex(newest), index, keysToForget);
      const { reason } = await runOne(client, () =>
        writeGithubIndexEntry(client, generalSeries, merged, scratch),
      );
      if (reason !== undefined || rewriteCount === MAX_REWRITES) return { reason };
      // The other job may have saved again what this job found missing.
      keysToForget = [];
      // A job that read before our entry existed has written its own after about the time that we took.
      const extraPauseMs = randomInt(MIN_EXTRA_PAUSE_MS, MAX_EXTRA_PAUSE_MS);
      await setTimeout(Math.min(Date.now() - startMs + extraPauseMs, MAX_PAUSE_MS));
    }
  }

  async function readArtifacts(ids: readonly string[], scratch: string): Promise<IndexResult> {
    if (availability.unreadableReason !== undefined)
      return createUnreadIndexResult('denied', availability.unreadableReason);
    let failed: IndexResult | undefined;
    const found: CacheIndex[] = [];
    await client.forEach([...new Set(ids)].slice(0, MAX_ARTIFACT_COUNT), async (id) => {
      // Each request to a failing service takes seconds.
      if (failed !== undefined) return;
      const reading = await readNewestGithubIndexEntry(
        client,
        createArtifactIndexKeyPrefix(keyPrefix, id),
        scratch,
      );
      if (reading.kind === 'read') found.push(reading.index);
      else if (reading.kind === 'unknown')
        failed = createUnreadIndexResult(getIndexState(reading), reading.reason);
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
    if (availability.unwritableReason !== undefined)
      return { reason: availability.unwritableReason };
    let reason: string | undefined;
    let unsavedCount = Math.max(0, artifacts.length - MAX_ARTIFACT_COUNT);
    await client.forEach(artifacts.slice(0, MAX_ARTIFACT_COUNT), async (artifact) => {
      const failure = reason ?? (await writeArtifact(artifact, scratch, forget));
      if (failure === undefined) return;
      reason = failure;
      unsavedCount += 1;
    });
    if (reason === undefined && unsavedCount > 0 && availability.unreadableReason !== undefined) {
      reason = `a job saves the indexes of at most ${MAX_ARTIFACT_COUNT} artifacts`;
    }
    if (reason === undefined) return { reason };
    return { reason: `${unsavedCount} of ${artifacts.length} artifacts: ${reason}` };
  }

  async function writeArtifact(
    { id, index, isComplete }: ArtifactIndex,
    scratch: string,
    forget: readonly string[],
  ): Promise<string | undefined> {
    const series = createArtifactIndexKeyPrefix(keyPrefix, id);
    let previous = EMPTY_INDEX;
    if (!isComplete) {
      if (availability.unreadableReason !== undefined)
        return `the index of ${id} is incomplete and could not be merged: ${availability.unreadableReason}`;
      const reading = await readNewestGithubIndexEntry(client, series, scratch);
      if (reading.kind === 'unknown') return reading.reason;
      previous = getIndex(reading);
    }
    const merged = mergeIndexes(previous, index, forget);
    return (await writeGithubIndexEntry(client, series, merged, scratch)).reason;
  }

  return {
    readIndex,
    writeIndex,
    artifactIndexes: { read: readArtifacts, write: writeArtifacts },
  };
}

function getIndexState(reading: GithubIndexEntryResult): IndexResult['state'] {
  if (reading.kind !== 'unknown') return 'unreadable';
  if (reading.isDenied) return 'denied';
  return reading.isServiceDown ? 'unavailable' : 'unreadable';
}

function getIndex(reading: GithubIndexEntryResult): CacheIndex {
  return reading.kind === 'read' ? reading.index : EMPTY_INDEX;
}

/** Runs one action as {@link GithubClient.forEach} does, which releases the workers afterwards. */
async function runOne<T>(client: GithubClient, action: () => Promise<T>): Promise<T> {
  const results: T[] = [];
  await client.forEach([action], async (run) => {
    results.push(await run());
  });
  const [result] = results;
  if (result === undefined) throw new Error('The action returned no result.');
  return result;
}
