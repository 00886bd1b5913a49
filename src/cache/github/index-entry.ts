import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CacheIndex } from '../cache.ts';
import { formatIndex, LARGEST_INDEX, parseIndex } from '../index-file.ts';
import { receivedFile } from '../received.ts';
import { inFolder } from '../task-folder.ts';
import type { GithubClient } from './client.ts';
import type { Verdict } from './verdict.ts';
import { PACK_FOLDER } from './worker-task.ts';

const INDEX_NAME = 'index.json';

/** What came of looking for the newest entry of a series. */
export type IndexReading =
  | { kind: 'read'; index: CacheIndex }
  | { kind: 'nothing' }
  /** There is one, and nobody will ever read it: it may be replaced. */
  | { kind: 'unusable'; reason: string }
  /** There may be one: the service failed, or may not be read by this job. What stands there must be left alone. */
  | { kind: 'unknown'; reason: string; denied: boolean; down: boolean };

/** The newest entry whose key begins with `series`. Never throws. */
export async function readEntry(
  client: GithubClient,
  series: string,
  scratch: string,
): Promise<IndexReading> {
  try {
    return await inFolder(scratch, (folder) => readInto(client, series, folder));
  } catch (error) {
    return { kind: 'unknown', reason: messageOf(error), denied: false, down: false };
  }
}

async function readInto(
  client: GithubClient,
  series: string,
  folder: string,
): Promise<IndexReading> {
  const verdict = await client.call({
    operation: 'restore',
    // No entry has this very key: the newest with the prefix is what we want.
    key: `${series}${randomUUID()}`,
    restoreKeys: [series],
    folder,
    limits: { bytes: LARGEST_INDEX, files: 1 },
  });
  if (verdict.kind === 'missing') return { kind: 'nothing' };
  if (verdict.kind === 'broken') return { kind: 'unusable', reason: verdict.reason };
  if (verdict.kind !== 'done') return unknown(verdict);
  const { matchedKey } = verdict;
  if (matchedKey === undefined) return { kind: 'nothing' };
  const file = receivedFile(join(folder, 'workspace'), INDEX_NAME, LARGEST_INDEX, 'at most');
  const index = file === undefined ? 'it is not there' : parseIndex(readFileSync(file, 'utf8'));
  if (typeof index !== 'string') return { kind: 'read', index };
  const reason = `the index in entry ${matchedKey} cannot be used: ${index}`;
  return { kind: 'unusable', reason };
}

/** Adds an entry to a series, the newest from now on. Returns why it could not. Never throws. */
export async function writeEntry(
  client: GithubClient,
  series: string,
  index: CacheIndex,
  scratch: string,
): Promise<{ reason: string | undefined }> {
  const key = `${series}${Date.now()}-${randomUUID()}`;
  try {
    return await inFolder(scratch, async (folder) => {
      const contents = join(folder, 'workspace', PACK_FOLDER);
      mkdirSync(contents, { recursive: true });
      writeFileSync(join(contents, INDEX_NAME), formatIndex(index));
      const verdict = await client.call({ operation: 'save', key, folder });
      return { reason: verdict.kind === 'done' ? undefined : reasonOf(verdict) };
    });
  } catch (error) {
    return { reason: messageOf(error) };
  }
}

function unknown(verdict: Verdict): IndexReading {
  const denied = verdict.kind === 'denied';
  const down = verdict.kind === 'failed' && verdict.down;
  return { kind: 'unknown', reason: reasonOf(verdict), denied, down };
}

function reasonOf(verdict: Verdict): string {
  return 'reason' in verdict ? verdict.reason : 'the toolkit gave no reason';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
