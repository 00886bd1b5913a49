import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryName } from '../../platform/files/temporary-file.ts';
import type { Pack } from '../cache.ts';
import { PACK_FOLDER, RECEIVED_PREFIX } from './worker-task.ts';

/** A folder name below `scratch` for one task, which makes it; removed with all that is in it when the task has ended. */
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
 * The regular files of a restored pack's workspace: content of the pack, of the right size, with no other name anywhere
 * (a second one could be a file of the machine that was linked in). Everything else is left where it is, untouched.
 * Whether the bytes are right is for the caller to verify.
 */
export function listReceivedFiles(pack: Pack, workspace: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const { sha256, size } of pack.contents) {
    const file = findReceivedFile(workspace, sha256, size);
    if (file !== undefined) files.set(sha256, file);
  }
  return files;
}

/** One received file by the base name it was saved under; undefined unless it is regular and of at most `size` bytes. */
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

/** How far a task is, read from its folders: bytes of the archive and of what was extracted, and how many files. */
export function measureTaskProgress(
  workspace: string,
  temporary: string,
): { archive: number; extracted: number; files: number } {
  let archive = 0;
  for (const folder of names(temporary)) {
    for (const name of names(join(temporary, folder))) {
      archive += sizeOf(join(temporary, folder, name));
    }
  }
  const extracted = names(join(workspace, PACK_FOLDER));
  const bytes = extracted.map((name) => sizeOf(join(workspace, PACK_FOLDER, name)));
  return {
    archive,
    extracted: bytes.reduce((sum, size) => sum + size, 0),
    files: extracted.length,
  };
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not made yet, or already gone: the toolkit works in there while we look.
    return [];
  }
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
