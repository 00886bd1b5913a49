import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { joinPath } from '../../bucket-path.ts';
import { TfcacheError } from '../../error.ts';
import type { FolderListing, ListedFile } from '../../file.ts';
import type { Log } from '../../log.ts';
import { errorCode } from '../../store/file-error.ts';
import { throwIfCancelled } from '../cancelled.ts';
import { type Checked, Collected } from '../collected.ts';
import { mapParallel } from '../parallel.ts';

/** What `lstat` tells of a file. */
type Stated = Pick<ListedFile, 'size' | 'mtime'>;

/** System calls at once: enough for the latency of a network file system, fewer than libuv would queue. */
const AT_ONCE = 16;

/** @throws TfcacheError `configuration` when the share is not there or may not be read, `no-mirror` when it cannot be. */
export async function listFolder(
  root: string,
  folder: string,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<FolderListing> {
  const collected = new Collected<Stated>(join(root, folder));
  const exists = await readFolder(await realRoot(root), folder, collected, log, signal);
  collected.warn(log);
  return { folder, exists, files: collected.files.map(toListed), folders: collected.folders };
}

/** @throws TfcacheError `configuration` when the share is not there or may not be read, `no-mirror` when it cannot be. */
export async function listTree(
  root: string,
  folder: string,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<ListedFile[]> {
  const real = await realRoot(root);
  const files: ListedFile[] = [];
  const left = [folder];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const collected = new Collected<Stated>(join(root, next));
    await readFolder(real, next, collected, log, signal);
    collected.warn(log);
    for (const file of collected.files) files.push(toListed(file));
    for (const name of collected.folders) left.push(joinPath(next, name));
  }
  return files;
}

/** Whether a folder or file stands at this very place: no link on the way to it. */
export async function isPlainPath(real: string, path: string): Promise<boolean> {
  const place = path === '' ? real : join(real, path);
  return (await realpath(place)) === place;
}

/** The mirror's own folder may be reached through links: the user named it. */
export async function realRoot(root: string): Promise<string> {
  try {
    return await realpath(root);
  } catch (error) {
    throw unusable(root, error);
  }
}

async function readFolder(
  real: string,
  folder: string,
  collected: Collected<Stated>,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  throwIfCancelled(signal);
  const place = join(real, folder);
  let entries: Dirent[];
  try {
    if (!(await isPlainPath(real, folder))) return false;
    entries = await readdir(place, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return false;
    throw unusable(place, error);
  }
  if (folder === '' && entries.length === 0) {
    log.warning(`${place} is empty: if it is a mount point, nothing is mounted there.`);
  }
  for (const entry of entries) if (entry.isDirectory()) collected.addFolder(entry.name);
  const files = entries.filter((entry) => entry.isFile());
  await mapParallel(files, AT_ONCE, signal, async ({ name }) => {
    const found = await statIfThere(join(place, name));
    if (found === undefined) return;
    const mtime = Math.floor(found.mtimeMs / 1000);
    collected.addFile(joinPath(folder, name), { size: found.size, mtime });
  });
  const others =
    entries.length - files.length - entries.filter((entry) => entry.isDirectory()).length;
  if (others > 0) log.debug(`${place}: ${others} links or devices passed over.`);
  return true;
}

async function statIfThere(file: string) {
  try {
    return await lstat(file);
  } catch (error) {
    // Removed since the folder was read, or not a name that can be read back.
    if (errorCode(error) === 'ENOENT') return undefined;
    throw unusable(file, error);
  }
}

function toListed({ path, entry }: Checked<Stated>): ListedFile {
  return { path, ...entry };
}

export function unusable(where: string, error: unknown): TfcacheError {
  if (error instanceof TfcacheError) return error;
  const code = errorCode(error);
  const details = {
    where,
    cause: error,
    found: error instanceof Error ? error.message : String(error),
  };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new TfcacheError('configuration', 'The mirror’s folder is not there.', {
      ...details,
      hint: 'Mount the share before this step, and check the path (and {bucket}) in mirrors.',
    });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new TfcacheError('configuration', 'The mirror’s folder may not be read.', {
      ...details,
      hint: 'Give the user that runs this job read access to the share.',
    });
  }
  return new TfcacheError('no-mirror', 'The mirror’s folder cannot be read.', {
    ...details,
    hint: 'ESTALE, EIO and ETIMEDOUT mean that the server of the share is gone: mount it again, or name a further mirror.',
  });
}
