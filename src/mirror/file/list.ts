import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { joinPath } from '../../bucket/bucket-path.ts';
import type { FolderListing, ListedFile } from '../../bucket/file.ts';
import { mapParallel } from '../../platform/concurrency/parallel.ts';
import { getErrorMessage, TfcacheError } from '../../platform/error.ts';
import { errorCode } from '../../platform/files/file-error.ts';
import type { Log } from '../../platform/log.ts';
import { throwIfCancelled } from '../cancelled.ts';
import { type CheckedEntry, ListingCollector } from '../listing-collector.ts';
import {
  findRealFolder,
  type LinkTarget,
  type RealFolder,
  resolveInside,
  resolveLinkTarget,
} from './links.ts';

/** What `lstat` tells of a file. */
type Stated = Pick<ListedFile, 'size' | 'mtime'>;

/** Links that lead to each other multiply what is below them. */
const MAX_LINKED_FOLDERS = 5_000;

/** A folder that is read. */
interface Reading {
  /** The mirror's folder, without links. */
  real: string;
  /** Relative to it. */
  folder: string;
  /** The folder's place, or undefined to find it. */
  at?: RealFolder | undefined;
  collected: ListingCollector<Stated>;
  log: Log;
  signal: AbortSignal | undefined;
}

interface Read {
  /** Undefined if there is no such folder. */
  at: RealFolder | undefined;
  linkedFolders: number;
}

const NO_FOLDER: Read = { at: undefined, linkedFolders: 0 };

/** System calls at once: enough for the latency of a network file system, fewer than libuv would queue. */
const MAX_PARALLEL_CALLS = 16;

/** @throws TfcacheError `configuration` when the share is not there or may not be read, `no-mirror` when it cannot be. */
export async function listShareFolder(
  root: string,
  folder: string,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<FolderListing> {
  const collected = new ListingCollector<Stated>(join(root, folder));
  const { at } = await readFolder({
    real: await resolveRealRoot(root),
    folder,
    collected,
    log,
    signal,
  });
  collected.warnAboutExcludedNames(log);
  const exists = at !== undefined;
  return { folder, exists, files: collected.files.map(toListed), folders: collected.folders };
}

/** @throws TfcacheError `configuration` when the share is not there or may not be read, `no-mirror` when it cannot be. */
export async function listShareTree(
  root: string,
  folder: string,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<ListedFile[]> {
  const real = await resolveRealRoot(root);
  const files: ListedFile[] = [];
  const left: { path: string; above: RealFolder | undefined }[] = [
    { path: folder, above: undefined },
  ];
  let links = 0;
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { path, above } = next;
    const collected = new ListingCollector<Stated>(join(root, path));
    const at = above && (await placeBelow(real, path, above));
    const read = await readFolder({ real, folder: path, at, collected, log, signal });
    collected.warnAboutExcludedNames(log);
    links += read.linkedFolders;
    if (links > MAX_LINKED_FOLDERS) throw tooManyLinks(join(root, folder));
    for (const file of collected.files) files.push(toListed(file));
    for (const name of collected.folders) left.push({ path: joinPath(path, name), above: read.at });
  }
  return files;
}

/** The mirror's own folder may be reached through links: the user named it. */
export async function resolveRealRoot(root: string): Promise<string> {
  try {
    return await realpath(root);
  } catch (error) {
    throw createShareError(root, error);
  }
}

/** Undefined if the folder was removed meanwhile: reading it finds that out again. */
async function placeBelow(
  real: string,
  path: string,
  above: RealFolder,
): Promise<RealFolder | undefined> {
  try {
    const place = await resolveInside(real, path);
    return place === undefined ? undefined : { path: place, parent: above };
  } catch (error) {
    throw createShareError(join(real, path), error);
  }
}

async function readFolder(reading: Reading): Promise<Read> {
  const { real, folder, collected, log, signal } = reading;
  throwIfCancelled(signal);
  let at: RealFolder | undefined;
  let entries: Dirent[];
  try {
    at = reading.at ?? (await findRealFolder(real, folder));
    if (at === undefined) return NO_FOLDER;
    entries = await readdir(at.path, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return NO_FOLDER;
    throw createShareError(join(real, folder), error);
  }
  const { path: place } = at;
  if (folder === '' && entries.length === 0) {
    log.warning(`${place} is empty: if it is a mount point, nothing is mounted there.`);
  }
  for (const entry of entries) if (entry.isDirectory()) collected.addFolder(entry.name);
  const files = entries.filter((entry) => entry.isFile());
  await mapParallel(files, MAX_PARALLEL_CALLS, signal, async ({ name }) => {
    const found = await statIfThere(join(place, name));
    if (found !== undefined) collected.addFile(joinPath(folder, name), stated(found));
  });
  const others = entries.filter((entry) => !entry.isFile() && !entry.isDirectory());
  const { skipped, linkedFolders } = await readLinks(reading, at, others);
  if (skipped.length > 0) {
    const entry = skipped.length === 1 ? '1 entry is' : `${skipped.length} entries are`;
    log.info(
      `${join(real, folder)}: ${entry} left out: no regular files (devices), or links that lead nowhere, out of the mirror or in a circle; one of them: ${JSON.stringify(skipped[0])}`,
    );
  }
  return { at, linkedFolders };
}

/** Follows the links among these entries; the names of all others are `skipped`. */
async function readLinks(
  { real, folder, collected, signal }: Reading,
  at: RealFolder,
  entries: readonly Dirent[],
): Promise<{ skipped: readonly string[]; linkedFolders: number }> {
  const skipped: string[] = [];
  let linkedFolders = 0;
  await mapParallel(entries, MAX_PARALLEL_CALLS, signal, async (entry) => {
    const path = joinPath(folder, entry.name);
    const target = await targetOf(real, path, entry, at);
    if (target.kind === 'none') skipped.push(entry.name);
    if (target.kind === 'file') collected.addFile(path, stated(target));
    if (target.kind === 'folder') {
      collected.addFolder(entry.name);
      linkedFolders += 1;
    }
  });
  return { skipped: skipped.sort(), linkedFolders };
}

async function targetOf(
  real: string,
  path: string,
  entry: Dirent,
  folder: RealFolder,
): Promise<LinkTarget> {
  if (!entry.isSymbolicLink()) return { kind: 'none' };
  try {
    return await resolveLinkTarget(real, path, folder);
  } catch (error) {
    // A link into a folder that may not be read, or to something that was removed meanwhile.
    if (['ENOENT', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return { kind: 'none' };
    throw createShareError(join(real, path), error);
  }
}

function stated({ size, mtimeMs }: { size: number; mtimeMs: number }): Stated {
  return { size, mtime: Math.floor(mtimeMs / 1000) };
}

async function statIfThere(file: string) {
  try {
    return await lstat(file);
  } catch (error) {
    // Removed since the folder was read, or not a name that can be read back.
    if (errorCode(error) === 'ENOENT') return undefined;
    throw createShareError(file, error);
  }
}

function toListed({ path, entry }: CheckedEntry<Stated>): ListedFile {
  return { path, ...entry };
}

function tooManyLinks(where: string): TfcacheError {
  return new TfcacheError(
    'listing-too-large',
    'The mirror has too many links to folders to follow.',
    {
      where,
      expected: `at most ${MAX_LINKED_FOLDERS} folders that are reached by links`,
      hint: 'Ask for a smaller folder: a longer fixed beginning of the path.',
    },
  );
}

export function createShareError(where: string, error: unknown): TfcacheError {
  if (error instanceof TfcacheError) return error;
  const code = errorCode(error);
  const details = {
    where,
    cause: error,
    found: getErrorMessage(error),
  };
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new TfcacheError('folder-unknown', 'The mirror’s folder is not there.', {
      ...details,
      hint: 'Mount the share before this step, and check the path (and {bucket}) in mirrors.',
    });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new TfcacheError('access-denied', 'The mirror’s folder may not be read.', {
      ...details,
      hint: 'Give the user that runs this job read access to the share.',
    });
  }
  return new TfcacheError('mirror-unreachable', 'The mirror’s folder cannot be read.', {
    ...details,
    hint: 'ESTALE, EIO and ETIMEDOUT mean that the server of the share is gone: mount it again, or name a further mirror.',
  });
}
