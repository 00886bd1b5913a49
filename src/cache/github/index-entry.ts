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

/** What came of looking for the newest entry of a series. */
export type GithubIndexEntryResult =
  | { kind: 'read'; index: CacheIndex }
  | { kind: 'missing' }
  /** There is one, and nobody will ever read it: it may be replaced. */
  | { kind: 'unusable'; reason: string }
  /** There may be one: the service failed, or may not be read by this job. What stands there must be left alone. */
  | { kind: 'unknown'; reason: string; isDenied: boolean; isServiceDown: boolean };

/** The newest entry whose key begins with `series`. Never throws. */
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
  const verdict = await client.run({
    operation: 'restore',
    // No entry has this very key: the newest with the prefix is what we want.
    key: `${series}${randomUUID()}`,
    restoreKeys: [series],
    folder,
    limits: { bytes: MAX_INDEX_BYTES, files: 1 },
  });
  if (verdict.kind === 'missing') return { kind: 'missing' };
  if (verdict.kind === 'corrupt') return { kind: 'unusable', reason: verdict.reason };
  if (verdict.kind !== 'done') return createUnknownResult(verdict);
  const { matchedKey } = verdict;
  if (matchedKey === undefined) return { kind: 'missing' };
  const file = findReceivedFile(join(folder, 'workspace'), INDEX_NAME, MAX_INDEX_BYTES, 'at most');
  const index = file === undefined ? 'it is not there' : parseIndex(readFileSync(file, 'utf8'));
  if (typeof index !== 'string') return { kind: 'read', index };
  const reason = `the index in entry ${matchedKey} cannot be used: ${index}`;
  return { kind: 'unusable', reason };
}

/** Adds an entry to a series, the newest from now on. Returns why it could not. Never throws. */
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
      const verdict = await client.run({ operation: 'save', key, folder });
      return { reason: verdict.kind === 'done' ? undefined : getReason(verdict) };
    });
  } catch (error) {
    return { reason: getErrorMessage(error) };
  }
}

function createUnknownResult(verdict: GithubOutcome): GithubIndexEntryResult {
  const isDenied = verdict.kind === 'denied';
  const isServiceDown = verdict.kind === 'failed' && verdict.isServiceDown;
  return { kind: 'unknown', reason: getReason(verdict), isDenied, isServiceDown };
}

function getReason(verdict: GithubOutcome): string {
  return 'reason' in verdict ? verdict.reason : 'the toolkit gave no reason';
}
