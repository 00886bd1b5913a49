import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getErrorMessage } from '../../platform/error.ts';
import type { CacheIndex } from '../cache.ts';
import { formatIndex, MAX_INDEX_BYTES, parseIndex } from '../index-file.ts';
import type { GithubClient } from './github-client.ts';
import { findReceivedFile, withTaskFolder } from './task-folder.ts';
import type { GithubOutcome } from './task-outcome.ts';
import { PACK_FOLDER } from './worker-task.ts';

const INDEX_NAME = 'index.json';

/** The result of reading the newest entry of a series. */
export type GithubIndexEntryResult =
  | { kind: 'read'; index: CacheIndex }
  | { kind: 'missing' }
  /** The entry is not an index that tfcache can read. It may be replaced. */
  | { kind: 'unusable'; reason: string }
  /** The service failed, or this job may not read it. An existing entry must not be replaced. */
  | { kind: 'unknown'; reason: string; isDenied: boolean; isServiceDown: boolean };

/** Reads the newest entry whose key begins with `series`. Never throws. */
export async function readNewestGithubIndexEntry(
  client: GithubClient,
  series: string,
  scratch: string,
): Promise<GithubIndexEntryResult> {
  try {
    return await withTaskFolder(scratch, (folder) =>
      readNewestIndexEntryInFolder(client, series, folder),
    );
  } catch (error) {
    return {
      kind: 'unknown',
      reason: getErrorMessage(error),
      isDenied: false,
      isServiceDown: false,
    };
  }
}

async function readNewestIndexEntryInFolder(
  client: GithubClient,
  series: string,
  folder: string,
): Promise<GithubIndexEntryResult> {
  const outcome = await client.run({
    operation: 'restore',
    // No entry has exactly this key, so that the service returns the newest entry with the prefix.
    key: `${series}${randomUUID()}`,
    restoreKeys: [series],
    folder,
    limits: { bytes: MAX_INDEX_BYTES, fileCount: 1 },
  });
  if (outcome.kind === 'missing') return { kind: 'missing' };
  if (outcome.kind === 'corrupt') return { kind: 'unusable', reason: outcome.reason };
  if (outcome.kind !== 'done') return createUnknownResult(outcome);
  const { matchedKey } = outcome;
  if (matchedKey === undefined) return { kind: 'missing' };
  const file = findReceivedFile(join(folder, 'workspace'), INDEX_NAME, MAX_INDEX_BYTES, 'at most');
  const index =
    file === undefined ? `${INDEX_NAME} is missing` : parseIndex(readFileSync(file, 'utf8'));
  if (typeof index !== 'string') return { kind: 'read', index };
  const reason = `the index in entry ${matchedKey} is not usable: ${index}`;
  return { kind: 'unusable', reason };
}

/** Adds an entry to a series, as its newest. Returns why this failed. Never throws. */
export async function writeGithubIndexEntry(
  client: GithubClient,
  series: string,
  index: CacheIndex,
  scratch: string,
): Promise<{ reason: string | undefined }> {
  const key = `${series}${Date.now()}-${randomUUID()}`;
  try {
    return await withTaskFolder(scratch, async (folder) => {
      const contents = join(folder, 'workspace', PACK_FOLDER);
      mkdirSync(contents, { recursive: true });
      writeFileSync(join(contents, INDEX_NAME), formatIndex(index));
      const outcome = await client.run({ operation: 'save', key, folder });
      return { reason: outcome.kind === 'done' ? undefined : getReason(outcome) };
    });
  } catch (error) {
    return { reason: getErrorMessage(error) };
  }
}

function createUnknownResult(outcome: GithubOutcome): GithubIndexEntryResult {
  const isDenied = outcome.kind === 'denied';
  const isServiceDown = outcome.kind === 'failed' && outcome.isServiceDown;
  return { kind: 'unknown', reason: getReason(outcome), isDenied, isServiceDown };
}

function getReason(outcome: GithubOutcome): string {
  return 'reason' in outcome ? outcome.reason : 'the toolkit gave no reason';
}
