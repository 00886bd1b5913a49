import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { TfcacheError } from '../platform/error.ts';
import { errorCode, fileError } from '../platform/files/file-error.ts';
import { escapeControlCharacters } from '../platform/text/escape.ts';

/** What an input that names a folder, or a file in one, is for. */
const FOLDERS = {
  path: 'the destination',
  store: 'the store',
  'lock-file': 'the folder of the lockfile',
} as const;

/**
 * Refuses a folder in the workspace that links lead out of it, or into its `.git`: a checkout may hold any link, and
 * files would be written, replaced and removed there. A folder outside of the workspace is the user's own choice.
 *
 * @param path absolute; it need not exist.
 * @param workspace absolute.
 * @throws TfcacheError `usage`.
 */
export function refuseLinkedPath(
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
      isBelow(inWorkspace) &&
      !inWorkspace.split(sep).includes('.git')
    )
      return;
    throw leadsOutside(path, link, real, input);
  } catch (error) {
    throw fileError(`look at ${FOLDERS[input]}`, path, error);
  }
}

/** Whether a path is below a folder; both absolute. */
export function isInside(path: string, folder: string): boolean {
  return isBelow(relative(folder, path));
}

function isBelow(way: string): boolean {
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The first link on the way from the workspace to the path. */
function findLink(path: string, workspace: string): string | undefined {
  let current = workspace;
  for (const name of relative(workspace, path).split(sep)) {
    current = join(current, name);
    const stats = lstatOf(current);
    if (stats === undefined) return undefined;
    if (stats.isSymbolicLink()) return current;
  }
  return undefined;
}

/** Where a path leads; undefined if a link on its way leads to nothing. */
function resolveExisting(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) === 'ELOOP') return undefined;
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
    // What is there and cannot be resolved is a dangling link.
    if (lstatOf(path) !== undefined) return undefined;
    const parent = resolveExisting(dirname(path));
    return parent === undefined ? undefined : join(parent, basename(path));
  }
}

function lstatOf(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

function leadsOutside(
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
