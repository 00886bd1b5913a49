import { randomInt } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ArtifactIndex, ArtifactIndexes, Cache, CacheIndex, IndexAnswer } from '../cache.ts';
import { EMPTY_INDEX, isWithin, mergeIndexes } from '../index-file.ts';
import { artifactIndexKeyPrefix, indexKeyPrefix } from '../packs.ts';
import type { GithubClient } from './client.ts';
import type { Availability } from './environment.ts';
import { type IndexReading, readEntry, writeEntry } from './index-entry.ts';

export interface GithubIndexOptions {
  client: GithubClient;
  keyPrefix: string;
  able: Availability;
}

/**
 * Artifacts whose own index is read or written by one job. Each is an upload, of which GitHub allows 200 a minute and
 * repository (https://docs.github.com/en/actions/reference/limits), to all jobs together.
 */
const MOST_ARTIFACTS = 40;
/** How often an index is written again because another job's came after it without what it tells. */
const MOST_REPEATS = 2;
/** Milliseconds to wait beyond what reading and writing took, drawn so that jobs do not meet again; and the longest wait. */
const PAUSE = { least: 100, most: 500, longest: 3_000 };

/**
 * The indexes of GitHub's cache. An entry cannot be changed or locked, and of those of a series only the newest is ever
 * found: whoever writes one must know what the newest tells. So there are two kinds: a general one, put together from what
 * all jobs tell and left alone by a job that cannot read it; and one for each artifact, which a job that has all of the
 * artifact's files can write without reading.
 */
export function createGithubIndexes(
  options: GithubIndexOptions,
): Pick<Cache, 'readIndex' | 'writeIndex'> & { artifactIndexes: ArtifactIndexes } {
  const { client, keyPrefix, able } = options;
  const general = indexKeyPrefix(keyPrefix);

  const readGeneral = (scratch: string): Promise<IndexReading> =>
    alone(client, () => readEntry(client, general, scratch));

  async function readIndex(scratch: string): Promise<IndexAnswer> {
    if (able.unreadable !== undefined) return unread('denied', able.unreadable);
    const reading = await readGeneral(scratch);
    if (reading.kind === 'read') return { index: reading.index, state: 'read', reason: undefined };
    if (reading.kind === 'nothing') return unread('nothing', 'nothing was saved yet');
    return unread(stateOf(reading), reading.reason);
  }

  async function writeIndex(
    index: CacheIndex,
    scratch: string,
    forget: readonly string[] = [],
  ): Promise<{ reason: string | undefined }> {
    if (able.unwritable !== undefined) return { reason: able.unwritable };
    // The indexes of the artifacts are all that a job may write that does not see what it would replace.
    if (able.unreadable !== undefined) return { reason: undefined };
    let forgotten = forget;
    for (let repeats = 0; ; repeats += 1) {
      const began = Date.now();
      // Read again as late as can be: another job may have written one since this one began.
      const newest = await readGeneral(scratch);
      if (newest.kind === 'unknown' && repeats === 0) {
        if (newest.denied) return { reason: undefined };
        return { reason: `left as it is, since it cannot be read: ${newest.reason}` };
      }
      // From the second round on there is something to do only if another job wrote without having seen our entry.
      const lacking = newest.kind === 'read' && !isWithin(index, newest.index);
      if (repeats > 0 && !lacking) return { reason: undefined };
      const merged = mergeIndexes(indexOf(newest), index, forgotten);
      const { reason } = await alone(client, () => writeEntry(client, general, merged, scratch));
      if (reason !== undefined || repeats === MOST_REPEATS) return { reason };
      // The other job may have saved again what this one found gone.
      forgotten = [];
      // Whoever read before our entry was there is done with writing after about as long as we took.
      const pause = Date.now() - began + randomInt(PAUSE.least, PAUSE.most);
      await setTimeout(Math.min(pause, PAUSE.longest));
    }
  }

  async function readArtifacts(ids: readonly string[], scratch: string): Promise<IndexAnswer> {
    if (able.unreadable !== undefined) return unread('denied', able.unreadable);
    let failed: IndexAnswer | undefined;
    const found: CacheIndex[] = [];
    await client.forEach([...new Set(ids)].slice(0, MOST_ARTIFACTS), async (id) => {
      // Each try at a service that fails takes seconds.
      if (failed !== undefined) return;
      const reading = await readEntry(client, artifactIndexKeyPrefix(keyPrefix, id), scratch);
      if (reading.kind === 'read') found.push(reading.index);
      else if (reading.kind === 'unknown') failed = unread(stateOf(reading), reading.reason);
    });
    const index = found.reduce((sum, one) => mergeIndexes(sum, one), EMPTY_INDEX);
    return failed === undefined
      ? { index, state: found.length === 0 ? 'nothing' : 'read', reason: undefined }
      : { ...failed, index };
  }

  async function writeArtifacts(
    artifacts: readonly ArtifactIndex[],
    scratch: string,
    forget: readonly string[] = [],
  ): Promise<{ reason: string | undefined }> {
    if (able.unwritable !== undefined) return { reason: able.unwritable };
    let reason: string | undefined;
    let left = Math.max(0, artifacts.length - MOST_ARTIFACTS);
    await client.forEach(artifacts.slice(0, MOST_ARTIFACTS), async (artifact) => {
      const failed = reason ?? (await writeArtifact(artifact, scratch, forget));
      if (failed === undefined) return;
      reason = failed;
      left += 1;
    });
    if (reason === undefined && left > 0 && able.unreadable !== undefined) {
      reason = `a job saves those of ${MOST_ARTIFACTS} artifacts`;
    }
    if (reason === undefined) return { reason };
    return { reason: `${left} of ${artifacts.length} artifacts: ${reason}` };
  }

  async function writeArtifact(
    { id, index, whole }: ArtifactIndex,
    scratch: string,
    forget: readonly string[],
  ): Promise<string | undefined> {
    const series = artifactIndexKeyPrefix(keyPrefix, id);
    let before = EMPTY_INDEX;
    if (!whole) {
      if (able.unreadable !== undefined) return `not all of ${id} was saved; ${able.unreadable}`;
      const reading = await readEntry(client, series, scratch);
      if (reading.kind === 'unknown') return reading.reason;
      before = indexOf(reading);
    }
    const merged = mergeIndexes(before, index, forget);
    return (await writeEntry(client, series, merged, scratch)).reason;
  }

  return {
    readIndex,
    writeIndex,
    artifactIndexes: { read: readArtifacts, write: writeArtifacts },
  };
}

function unread(state: IndexAnswer['state'], reason: string): IndexAnswer {
  return { index: EMPTY_INDEX, state, reason };
}

function stateOf(reading: IndexReading): IndexAnswer['state'] {
  if (reading.kind !== 'unknown') return 'unreadable';
  if (reading.denied) return 'denied';
  return reading.down ? 'down' : 'unreadable';
}

function indexOf(reading: IndexReading): CacheIndex {
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
