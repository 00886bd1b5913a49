import { lstat, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { errorCode } from '../../platform/files/file-error.ts';

/**
 * Returns where a path of the mirror really is: links are followed as long as they stay below the mirror's folder.
 *
 * @param real the mirror's folder, without links.
 * @returns undefined if there is nothing at this path, or it leads out of the mirror.
 * @throws the system's error for what cannot be read.
 */
export async function resolveInside(real: string, path: string): Promise<string | undefined> {
  let place: string;
  try {
    place = await realpath(path === '' ? real : join(real, path));
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
  return place === real || place.startsWith(real.endsWith(sep) ? real : real + sep)
    ? place
    : undefined;
}

/** What a symbolic link of a folder leads to. */
export type LinkTarget =
  | { kind: 'file'; size: number; mtimeMs: number }
  | { kind: 'folder' }
  /** Nothing, something outside of the mirror, a device, or a folder above the link: following that would not end. */
  | { kind: 'none' };

/** The real place of a folder, and those of the folders above it by the names that lead to it. */
export interface RealFolder {
  path: string;
  parent: RealFolder | undefined;
}

/** @param path of a link, relative to the mirror's folder `real`. @param folder that holds the link. */
export async function resolveLinkTarget(
  real: string,
  path: string,
  folder: RealFolder,
): Promise<LinkTarget> {
  const place = await resolveInside(real, path);
  if (place === undefined || isAbove(place, folder)) return { kind: 'none' };
  const found = await lstat(place);
  if (found.isFile()) return { kind: 'file', size: found.size, mtimeMs: found.mtimeMs };
  return { kind: found.isDirectory() ? 'folder' : 'none' };
}

function isAbove(place: string, folder: RealFolder): boolean {
  for (let at: RealFolder | undefined = folder; at !== undefined; at = at.parent) {
    if (at.path === place) return true;
  }
  return false;
}

/** Returns the place of a folder; undefined if it is not inside of the mirror. `''` is the mirror's own. */
export async function findRealFolder(
  real: string,
  folder: string,
): Promise<RealFolder | undefined> {
  let found: RealFolder = { path: real, parent: undefined };
  for (let end = 0; folder !== '' && end !== folder.length; ) {
    const slash = folder.indexOf('/', end + 1);
    end = slash === -1 ? folder.length : slash;
    const place = await resolveInside(real, folder.slice(0, end));
    if (place === undefined) return undefined;
    found = { path: place, parent: found };
  }
  return found;
}
