import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { TfcacheError } from '../platform/error.ts';
import { errorCode, fileError } from '../platform/files/file-error.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';

/** The purpose of each input that names a folder, or a file in one. */
const FOLDERS = {
  path: 'the destination',
  store: 'the store',
  'lock-file': 'the folder of the lockfile',
} as const;

/**
 * Rejects a folder in the workspace from which links lead out of the workspace or into its `.git`: a checkout may hold any link, and
 * tfcache writes and deletes files there. A folder outside the workspace is the user's own choice.
 *
 * @param path absolute; need not exist.
 * @param workspace absolute.
 * @throws TfcacheError `input-invalid`.
 */
export function rejectLinkedPath(
  path: string,
  workspace: string,
  input: keyof typeof FOLDERS = 'path',
): void {
  if (!isInside(path, workspace)) return;
  try {
    const link = findLink(path, workspace);
    if (link === undefined) return;
    const real = resolveExisting(path);
    const inWorkspace = real === undefined ? undefined : relative(realpathSync(workspace), real);
    if (
      inWorkspace !== undefined &&
      isRelativeInside(inWorkspace) &&
      !inWorkspace.split(sep).includes('.git')
    )
      return;
    throw createLinkError(path, link, real, input);
  } catch (error) {
    throw fileError(`check ${FOLDERS[input]}`, path, error);
  }
}

/** Returns true if a path is inside a folder; both absolute. */
export function isInside(path: string, folder: string): boolean {
  return isRelativeInside(relative(folder, path));
}

function isRelativeInside(path: string): boolean {
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Returns the first link between the workspace and the path. */
function findLink(path: string, workspace: string): string | undefined {
  let current = workspace;
  for (const name of relative(workspace, path).split(sep)) {
    current = join(current, name);
    const stats = lstatIfExists(current);
    if (stats === undefined) return undefined;
    if (stats.isSymbolicLink()) return current;
  }
  return undefined;
}

/** Returns the real path, also of a path that does not exist yet; undefined if a link in it is dangling. */
function resolveExisting(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) === 'ELOOP') return undefined;
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
    // A path that exists and cannot be resolved is a dangling link.
    if (lstatIfExists(path) !== undefined) return undefined;
    const parent = resolveExisting(dirname(path));
    return parent === undefined ? undefined : join(parent, basename(path));
  }
}

function lstatIfExists(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

function createLinkError(
  path: string,
  link: string,
  real: string | undefined,
  input: keyof typeof FOLDERS,
): TfcacheError {
  return new TfcacheError(
    'input-invalid',
    `A symbolic link leads ${FOLDERS[input]} out of the workspace, or into its .git.`,
    {
      where: `input ${input}, ${escapeControlCharacters(path)}`,
      expected: 'a folder in the workspace, or a path that names the other folder itself',
      found: `${escapeControlCharacters(link)} is a symbolic link to ${escapeControlCharacters(readlinkSync(link))}`,
      hint:
        real === undefined
          ? `Remove the link, or set ${input} to another folder. If the repository has it, ask who added it.`
          : `If you made the link, set ${input} to ${escapeControlCharacters(input === 'lock-file' ? join(real, 'tfcache.lock') : real)}. If the repository has it, remove it and ask who added it.`,
    },
  );
}
