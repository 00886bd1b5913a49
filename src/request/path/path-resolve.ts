import { baseName, folderOf } from '../../bucket/bucket-path.ts';
import { MAIN_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing } from '../../bucket/file.ts';
import { toWantedFile } from '../../bucket/file.ts';
import { createFilterMatcher } from '../../mirror/filter/match.ts';
import type { FilterRule } from '../../mirror/filter/rule.ts';
import { findReservedName } from '../../mirror/rsync/output/own-names.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
import {
  findNearestNames,
  formatShortList,
  suggestName,
} from '../../platform/text/similar-names.ts';
import { escapeGlob, type Glob, hasGlobCharacter, unescapeGlob } from '../glob/glob.ts';
import { type GlobMatch, type GlobWalk, walkGlobs } from '../glob/glob-walk.ts';
import type { Artifact, Lister, Request, ResolveContext } from '../request.ts';
import {
  createNothingMatchedError,
  createRequestUsageError,
  describeFolder,
} from '../request-error.ts';
import { createEverythingExcludedError, type Exclusion } from './everything-excluded.ts';

/** The files that the globs of a `path:` request match and the filters let in. @throws TfcacheError `nothing-matched` */
export async function resolvePathRequest(
  request: Request,
  id: string,
  globs: readonly Glob[],
  { lister, filters }: ResolveContext,
): Promise<Artifact> {
  const walk = await walkGlobs(lister, MAIN_BUCKET, globs);
  if (walk.files.length === 0) throw await notFound(request, globs, walk, lister);
  const { included, exclusions } = applyFilters(filters, walk.files);
  if (included.size === 0) {
    throw createEverythingExcludedError(
      request,
      filters,
      exclusions,
      lister.describeLocation(MAIN_BUCKET),
    );
  }
  const files = [...included.keys()].sort().flatMap((name) => included.get(name)?.file ?? []);
  refuseReserved(request, [...included.keys()]);
  return {
    request,
    id,
    title: `${escapeControlCharacters(request.name)} (${files.length} file${files.length === 1 ? '' : 's'})`,
    version: undefined,
    files: files.map((file) => toWantedFile(MAIN_BUCKET, file)),
  };
}

/** A file that several globs found is in when one of them lets it in: rules bear on what is below its folder alone. */
function applyFilters(
  rules: readonly FilterRule[],
  found: readonly GlobMatch[],
): { included: ReadonlyMap<string, GlobMatch>; exclusions: Exclusion[] } {
  const included = new Map<string, GlobMatch>();
  const exclusions: Exclusion[] = [];
  const matchers = new Map<string, ReturnType<typeof createFilterMatcher>>();
  for (const each of found) {
    const { path: name } = each.file;
    const matcher = matchers.get(each.base) ?? createFilterMatcher(rules, each.base);
    matchers.set(each.base, matcher);
    const { included: isIn, rule, at } = matcher(name);
    if (isIn) included.set(name, each);
    else exclusions.push({ path: name, base: each.base, rule, matchedPath: at });
  }
  return { included, exclusions };
}

/** The destination keeps names beginning with `@` for tfcache's own record, other buckets and views. */
function refuseReserved(request: Request, paths: readonly string[]): void {
  const reserved = paths.filter((name) => name.startsWith('@'));
  if (reserved.length === 0) return;
  throw createRequestUsageError(
    request,
    'it takes in names that begin with "@", which the destination keeps for itself.',
    {
      found: formatShortList(reserved),
      hint: 'Leave them out with the filter "- /@*", or write a narrower glob.',
    },
  );
}

async function notFound(
  request: Request,
  globs: readonly Glob[],
  walk: GlobWalk,
  lister: Lister,
): Promise<Error> {
  const where = lister.describeLocation(MAIN_BUCKET);
  const [folder] = walk.folders;
  if (folder !== undefined) {
    const some = walk.folders.length === 1 ? 'is a folder' : 'are folders, not files';
    return createNothingMatchedError(request, `${formatShortList(walk.folders)} ${some}.`, {
      where,
      hint: `Ask for ${walk.folders.length === 1 ? `path:${escapeControlCharacters(escapeGlob(folder))}/**` : `path:${escapeControlCharacters(request.name)}/**`} to take what is inside.`,
    });
  }
  const own = findReservedName(request.name);
  if (own !== undefined) {
    return createNothingMatchedError(
      request,
      `${own} is a name that tfcache itself uses while rsync copies.`,
      {
        where,
        hint: 'rsync:// and ssh:// mirrors leave entries of that name out: take it from an https:// or file:// mirror, or leave it out of the request.',
      },
    );
  }
  const glob = globs[0];
  const base = glob?.base ?? '';
  const listed = await lister.listFolders(MAIN_BUCKET, withParents(base));
  const deepest = listed.find(({ exists }) => exists);
  if (deepest === undefined) {
    return createNothingMatchedError(request, 'the mirror shows no folder at all.', {
      where,
      hint: "Check that the mirror's URL ends at the bucket's root.",
    });
  }
  if (glob !== undefined && deepest.folder === '' && glob.names[0] === MAIN_BUCKET) {
    return bucketInPath(request, where);
  }
  const gone = deepest.folder !== base;
  const shown = deepest.folder === '' ? 'its root' : `${deepest.folder}/`;
  const wanted = gone ? nextName(base, deepest.folder) : (glob?.names.at(-1) ?? '');
  const names = [
    ...deepest.folders.map((name) => `${name}/`),
    ...deepest.files.map((file) => baseName(file.path)),
  ];
  const near = findNearestNames(wanted, names, 6);
  return createNothingMatchedError(
    request,
    gone ? `there is no folder ${base}/.` : `no file in ${shown} matches.`,
    {
      where: `${where} (in ${shown})`,
      found:
        names.length > near.length
          ? `${near.join(', ')} (of ${names.length} names)`
          : describeFolder(deepest),
      hint: request.name.startsWith(' ')
        ? 'The path begins with a space: leave it out unless the name has one.'
        : (suggestion(request, globs, deepest, gone ? deepest.folders : names) ??
          (/\\\w/.test(request.name)
            ? `Folders are separated by "/": write path:${escapeControlCharacters(request.name.replaceAll('\\', '/'))}`
            : 'Correct the path; upper and lower case differ.')),
    },
  );
}

/** `Did you mean path:…?` with the first name that is not there replaced by the one that it is a slip of. */
function suggestion(
  { name }: Request,
  globs: readonly Glob[],
  { folder }: FolderListing,
  names: readonly string[],
): string | undefined {
  // With braces, a part of the request is no part of a path.
  if (globs.length !== 1) return undefined;
  const parts = name.split('/');
  const at = folder === '' ? 0 : folder.split('/').length;
  const wanted = parts[at] ?? '';
  if (wanted === '' || hasGlobCharacter(wanted)) return undefined;
  const plain = names.map((each) => each.replace(/\/$/, ''));
  const slip = suggestName(unescapeGlob(wanted), plain);
  if (slip === undefined) return undefined;
  const path = parts.with(at, escapeGlob(slip)).join('/');
  const isFolder = at === parts.length - 1 && names.includes(`${slip}/`);
  const note =
    slip.toLowerCase() === unescapeGlob(wanted).toLowerCase()
      ? ' (upper and lower case differ)'
      : '';
  return `Did you mean path:${escapeControlCharacters(path)}${isFolder ? '/**' : ''}?${note}`;
}

/** Addresses in Google Cloud Storage have the bucket's name in front of the path. */
function bucketInPath(request: Request, where: string): Error {
  const path = request.name.replace(/^[^/]*\/?/, '');
  return createNothingMatchedError(
    request,
    `the bucket ${MAIN_BUCKET} has no folder of its own name.`,
    {
      where,
      hint: `Paths are relative to the root of the bucket: write path:${escapeControlCharacters(path) || '**'}`,
    },
  );
}

/** The folder and all above it, deepest first. */
function withParents(folder: string): string[] {
  const folders = [folder];
  while (folders.at(-1) !== '') folders.push(folderOf(folders.at(-1) ?? ''));
  return folders;
}

/** The first name of `folder` below `parent`. */
function nextName(folder: string, parent: string): string {
  const rest = parent === '' ? folder : folder.slice(parent.length + 1);
  return rest.split('/')[0] ?? '';
}
