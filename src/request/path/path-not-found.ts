import { baseName, folderOf } from '../../bucket/bucket-path.ts';
import { MAIN_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing } from '../../bucket/file.ts';
import { findReservedName } from '../../mirror/rsync/output/own-names.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
import {
  findNearestNames,
  formatShortList,
  suggestName,
} from '../../platform/text/similar-names.ts';
import { escapeGlob, type Glob, hasGlobCharacter, unescapeGlob } from '../glob/glob.ts';
import type { GlobWalk } from '../glob/glob-walk.ts';
import type { Lister, Request } from '../request.ts';
import { createNothingMatchedError, describeFolder } from '../request-error.ts';

/** Returns the error of a `path:` request without files: how far its path exists, and the nearest names there. */
export async function createPathNotFoundError(
  request: Request,
  globs: readonly Glob[],
  { folders: matchedFolders }: GlobWalk,
  lister: Lister,
): Promise<Error> {
  const where = lister.describeLocation(MAIN_BUCKET);
  if (matchedFolders.length > 0) return createFolderError(request, matchedFolders, where);
  const reserved = findReservedName(request.name);
  if (reserved !== undefined) {
    return createNothingMatchedError(
      request,
      `${reserved} is a name that tfcache uses for temporary files of rsync.`,
      {
        where,
        hint: 'Use an https:// or file:// mirror for this file: rsync:// and ssh:// mirrors skip files of that name.',
      },
    );
  }
  const glob = globs[0];
  const base = glob?.base ?? '';
  const listed = await lister.listFolders(MAIN_BUCKET, listWithParents(base));
  const deepest = listed.find(({ exists }) => exists);
  if (deepest === undefined) {
    return createNothingMatchedError(request, 'the mirror has no folders.', {
      where,
      hint: 'Check that the URL of the mirror ends at the root of the bucket.',
    });
  }
  if (deepest.folder === '' && glob?.names[0] === MAIN_BUCKET) {
    return createBucketInPathError(request, where);
  }
  return createNameError(request, globs, deepest, where);
}

/** The glob matched folders, and only files are artifacts. */
function createFolderError(request: Request, folders: readonly string[], where: string): Error {
  const [folder = ''] = folders;
  const isOne = folders.length === 1;
  const problem = isOne ? 'is a folder, not a file' : 'are folders, not files';
  const path = isOne ? escapeGlob(folder) : request.name;
  return createNothingMatchedError(request, `${formatShortList(folders)} ${problem}.`, {
    where,
    hint: `To request all files below, write path:${escapeControlCharacters(path)}/**`,
  });
}

/** Addresses in Google Cloud Storage have the bucket's name before the path. */
function createBucketInPathError(request: Request, where: string): Error {
  const path = request.name.replace(/^[^/]*\/?/, '');
  return createNothingMatchedError(
    request,
    `the bucket ${MAIN_BUCKET} has no folder ${MAIN_BUCKET}/.`,
    {
      where,
      hint: `Paths are relative to the root of the bucket. Write path:${escapeControlCharacters(path) || '**'}`,
    },
  );
}

/** @param deepest the last folder of the path that exists */
function createNameError(
  request: Request,
  globs: readonly Glob[],
  deepest: FolderListing,
  where: string,
): Error {
  const glob = globs[0];
  const base = glob?.base ?? '';
  const isFolderMissing = deepest.folder !== base;
  const missing = isFolderMissing
    ? firstNameBelow(base, deepest.folder)
    : (glob?.names.at(-1) ?? '');
  const shownFolder = deepest.folder === '' ? 'the root' : `${deepest.folder}/`;
  const names = [
    ...deepest.folders.map((name) => `${name}/`),
    ...deepest.files.map((file) => baseName(file.path)),
  ];
  const nearest = findNearestNames(missing, names, 6);
  return createNothingMatchedError(
    request,
    isFolderMissing
      ? `there is no folder ${base}/.`
      : `no file in ${shownFolder} matches "${missing}".`,
    {
      where: `${where} (in ${shownFolder})`,
      found:
        names.length > nearest.length
          ? `${nearest.join(', ')} (nearest of ${names.length} names)`
          : describeFolder(deepest),
      hint: suggestCorrection(request, globs, deepest, isFolderMissing ? deepest.folders : names),
    },
  );
}

/** @param names the names that the missing name may have been meant to be; folders end in `/` or are plain */
function suggestCorrection(
  request: Request,
  globs: readonly Glob[],
  deepest: FolderListing,
  names: readonly string[],
): string {
  if (request.name.startsWith(' ')) {
    return 'Remove the space at the start of the path, unless the name begins with a space.';
  }
  const suggestion = suggestPath(request, globs, deepest, names);
  if (suggestion !== undefined) return suggestion;
  if (/\\\w/.test(request.name)) {
    const path = escapeControlCharacters(request.name.replaceAll('\\', '/'));
    return `Separate folders by "/": write path:${path}`;
  }
  return 'Correct the path or the glob. Upper and lower case differ.';
}

/** Replaces the first name of the path that does not exist by the name that is most similar. */
function suggestPath(
  { name }: Request,
  globs: readonly Glob[],
  { folder }: FolderListing,
  names: readonly string[],
): string | undefined {
  // With braces, a part of the request is not a part of one path.
  if (globs.length !== 1) return undefined;
  const parts = name.split('/');
  const index = folder === '' ? 0 : folder.split('/').length;
  const written = parts[index] ?? '';
  if (written === '' || hasGlobCharacter(written)) return undefined;
  const missing = unescapeGlob(written);
  const similar = suggestName(
    missing,
    names.map((each) => each.replace(/\/$/, '')),
  );
  if (similar === undefined) return undefined;
  const path = parts.with(index, escapeGlob(similar)).join('/');
  const ending = index === parts.length - 1 && names.includes(`${similar}/`) ? '/**' : '';
  const note =
    similar.toLowerCase() === missing.toLowerCase() ? ' (upper and lower case differ)' : '';
  return `Did you mean ${escapeControlCharacters(similar)}${note}? Write path:${escapeControlCharacters(path)}${ending}`;
}

/** Returns the folder and all folders above it, deepest first. */
function listWithParents(folder: string): string[] {
  const folders = [folder];
  while (folders.at(-1) !== '') folders.push(folderOf(folders.at(-1) ?? ''));
  return folders;
}

/** Returns the first name of `folder` below `parent`. */
function firstNameBelow(folder: string, parent: string): string {
  const rest = parent === '' ? folder : folder.slice(parent.length + 1);
  return rest.split('/')[0] ?? '';
}
