import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryName } from '../../platform/files/temporary-file.ts';
import type { Pack } from '../cache.ts';
import { PACK_FOLDER, RECEIVED_PREFIX } from './worker-task.ts';

/** Calls `action` with the path of a new folder below `scratch`, which `action` creates, and deletes the folder afterwards. */
export async function withTaskFolder<T>(
  scratch: string,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = join(scratch, createTemporaryName());
  try {
    return await action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Lists the files of a restored workspace that may be content of the pack: regular, of the expected size, and without a
 * second hard link (which could be a file of this machine). Ignores everything else. The caller verifies the checksums.
 */
export function listReceivedFiles(pack: Pack, workspace: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const { sha256, size } of pack.contents) {
    const file = findReceivedFile(workspace, sha256, size);
    if (file !== undefined) files.set(sha256, file);
  }
  return files;
}

/** Returns the path of a received file by the base name under which it was saved; undefined unless it is regular and fits. */
export function findReceivedFile(
  workspace: string,
  name: string,
  size: number,
  form: 'exactly' | 'at most' = 'exactly',
): string | undefined {
  const file = join(workspace, PACK_FOLDER, `${RECEIVED_PREFIX}${name}`);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || stats.nlink !== 1) return undefined;
  const fits = form === 'exactly' ? stats.size === size : stats.size <= size;
  return fits ? file : undefined;
}

/** Measures a task's progress in its folders: bytes of the archive, extracted bytes, and extracted files. */
export function measureTaskProgress(
  workspace: string,
  temporaryFolder: string,
): { archiveBytes: number; extractedBytes: number; fileCount: number } {
  let archiveBytes = 0;
  for (const folder of listNamesIfPresent(temporaryFolder)) {
    for (const name of listNamesIfPresent(join(temporaryFolder, folder))) {
      archiveBytes += getFileBytes(join(temporaryFolder, folder, name));
    }
  }
  const extracted = listNamesIfPresent(join(workspace, PACK_FOLDER));
  const sizes = extracted.map((name) => getFileBytes(join(workspace, PACK_FOLDER, name)));
  return {
    archiveBytes,
    extractedBytes: sizes.reduce((sum, size) => sum + size, 0),
    fileCount: extracted.length,
  };
}

function listNamesIfPresent(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The folder does not exist yet, or was just deleted by the toolkit.
    return [];
  }
}

function getFileBytes(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
