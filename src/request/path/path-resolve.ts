import { baseName, folderOf } from '../../bucket/bucket-path.ts';
import type { FolderListing } from '../../bucket/file.ts';
import { filterMatcher } from '../../mirror/filter/match.ts';
import type { FilterRule } from '../../mirror/filter/rule.ts';
import { ownNameIn } from '../../mirror/rsync/output/own-names.ts';
import { contents, MAIN_BUCKET, wantedFile } from '../bucket.ts';
import { escaped, type Glob, isMagic, unescaped } from '../glob/glob.ts';
import { type FoundFile, type Walk, walkGlobs } from '../glob/glob-walk.ts';
import { likelySlip, nearest, shortList } from '../nearest.ts';
import type { Artifact, Listing, Request, ResolveContext } from '../request.ts';
import { nothingMatched, printable, usageError } from '../request-error.ts';
import { type Exclusion, everythingExcluded } from './excluded.ts';

/** The files that the globs of a `path:` request match and the filters let in. @throws TfcacheError `nothing-matched` */
export async function resolvePath(
  request: Request,
  id: string,
  globs: readonly Glob[],
  { listing, filters }: ResolveContext,
): Promise<Artifact> {
  const walk = await walkGlobs(listing, MAIN_BUCKET, globs);
  if (walk.files.length === 0) throw await notFound(request, globs, walk, listing);
  const { included, exclusions } = applyFilters(filters, walk.files);
  if (included.size === 0) {
    throw everythingExcluded(request, filters, exclusions, listing.where(MAIN_BUCKET));
  }
  const files = [...included.keys()].sort().flatMap((name) => included.get(name)?.file ?? []);
  refuseReserved(request, [...included.keys()]);
  return {
    request,
    id,
    title: `${printable(request.name)} (${files.length} file${files.length === 1 ? '' : 's'})`,
    version: undefined,
    files: files.map((file) => wantedFile(MAIN_BUCKET, file)),
  };
}

/** A file that several globs found is in when one of them lets it in: rules bear on what is below its folder alone. */
function applyFilters(
  rules: readonly FilterRule[],
  found: readonly FoundFile[],
): { included: ReadonlyMap<string, FoundFile>; exclusions: Exclusion[] } {
  const included = new Map<string, FoundFile>();
  const exclusions: Exclusion[] = [];
  const matchers = new Map<string, ReturnType<typeof filterMatcher>>();
  for (const each of found) {
    const { path: name } = each.file;
    const matcher = matchers.get(each.base) ?? filterMatcher(rules, each.base);
    matchers.set(each.base, matcher);
    const { included: isIn, rule, at } = matcher(name);
    if (isIn) included.set(name, each);
    else exclusions.push({ path: name, base: each.base, rule, at });
  }
  return { included, exclusions };
}

/** The destination keeps names beginning with `@` for tfcache's own record, other buckets and views. */
function refuseReserved(request: Request, paths: readonly string[]): void {
  const reserved = paths.filter((name) => name.startsWith('@'));
  if (reserved.length === 0) return;
  throw usageError(
    request,
    'it takes in names that begin with "@", which the destination keeps for itself.',
    {
      found: shortList(reserved),
      hint: 'Leave them out with the filter "- /@*", or write a narrower glob.',
    },
  );
}

async function notFound(
  request: Request,
  globs: readonly Glob[],
  walk: Walk,
  listing: Listing,
): Promise<Error> {
  const where = listing.where(MAIN_BUCKET);
  const [folder] = walk.folders;
  if (folder !== undefined) {
    const some = walk.folders.length === 1 ? 'is a folder' : 'are folders, not files';
    return nothingMatched(request, `${shortList(walk.folders)} ${some}.`, {
      where,
      hint: `Ask for ${walk.folders.length === 1 ? `path:${printable(escaped(folder))}/**` : `path:${printable(request.name)}/**`} to take what is inside.`,
    });
  }
  const own = ownNameIn(request.name);
  if (own !== undefined) {
    return nothingMatched(
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
  const listed = await listing.folders(MAIN_BUCKET, withParents(base));
  const deepest = listed.find(({ exists }) => exists);
  if (deepest === undefined) {
    return nothingMatched(request, 'the mirror shows no folder at all.', {
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
  const near = nearest(wanted, names, 6);
  return nothingMatched(
    request,
    gone ? `there is no folder ${base}/.` : `no file in ${shown} matches.`,
    {
      where: `${where} (in ${shown})`,
      found:
        names.length > near.length
          ? `${near.join(', ')} (of ${names.length} names)`
          : contents(deepest),
      hint: request.name.startsWith(' ')
        ? 'The path begins with a space: leave it out unless the name has one.'
        : (suggestion(request, globs, deepest, gone ? deepest.folders : names) ??
          'Correct the path; upper and lower case differ.'),
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
  if (wanted === '' || isMagic(wanted)) return undefined;
  const plain = names.map((each) => each.replace(/\/$/, ''));
  const slip = likelySlip(unescaped(wanted), plain);
  if (slip === undefined) return undefined;
  const path = parts.with(at, escaped(slip)).join('/');
  const isFolder = at === parts.length - 1 && names.includes(`${slip}/`);
  return `Did you mean path:${printable(path)}${isFolder ? '/**' : ''}? (upper and lower case differ)`;
}

/** Addresses in Google Cloud Storage have the bucket's name in front of the path. */
function bucketInPath(request: Request, where: string): Error {
  const path = request.name.replace(/^[^/]*\/?/, '');
  return nothingMatched(request, `the bucket ${MAIN_BUCKET} has no folder of its own name.`, {
    where,
    hint: `Paths are relative to the root of the bucket: write path:${printable(path) || '**'}`,
  });
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
