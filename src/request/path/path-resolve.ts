import { MAIN_BUCKET } from '../../bucket/buckets.ts';
import { toWantedFile } from '../../bucket/file.ts';
import { createFilterMatcher } from '../../mirror/filter/match.ts';
import type { FilterRule } from '../../mirror/filter/rule.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
import { formatShortList } from '../../platform/text/similar-names.ts';
import type { Glob } from '../glob/glob.ts';
import { type GlobMatch, walkGlobs } from '../glob/glob-walk.ts';
import type { Artifact, Request, ResolveContext } from '../request.ts';
import { createRequestUsageError } from '../request-error.ts';
import { createEverythingExcludedError, type Exclusion } from './everything-excluded.ts';
import { createPathNotFoundError } from './path-not-found.ts';

/**
 * Finds the files that the globs of a `path:` request match and the filters include.
 *
 * @throws TfcacheError `nothing-matched` if there are none
 */
export async function resolvePathRequest(
  request: Request,
  id: string,
  globs: readonly Glob[],
  { lister, filters }: ResolveContext,
): Promise<Artifact> {
  const walk = await walkGlobs(lister, MAIN_BUCKET, globs);
  if (walk.files.length === 0) throw await createPathNotFoundError(request, globs, walk, lister);
  const { included, exclusions } = applyFilters(filters, walk.files);
  if (included.size === 0) {
    const where = lister.describeLocation(MAIN_BUCKET);
    throw createEverythingExcludedError(request, filters, exclusions, where);
  }
  refuseReservedNames(request, [...included.keys()]);
  const files = [...included.keys()].sort().flatMap((path) => included.get(path)?.file ?? []);
  return {
    request,
    id,
    title: `${escapeControlCharacters(request.name)} (${files.length} file${files.length === 1 ? '' : 's'})`,
    version: undefined,
    files: files.map((file) => toWantedFile(MAIN_BUCKET, file)),
  };
}

/** Includes a file that several globs matched if the rules include it for one of them: each glob has its own base folder. */
function applyFilters(
  rules: readonly FilterRule[],
  matches: readonly GlobMatch[],
): { included: ReadonlyMap<string, GlobMatch>; exclusions: Exclusion[] } {
  const included = new Map<string, GlobMatch>();
  const exclusions: Exclusion[] = [];
  const matchers = new Map<string, ReturnType<typeof createFilterMatcher>>();
  for (const match of matches) {
    const { base } = match;
    const { path } = match.file;
    const matcher = matchers.get(base) ?? createFilterMatcher(rules, base);
    matchers.set(base, matcher);
    const decision = matcher(path);
    if (decision.included) included.set(path, match);
    else exclusions.push({ path, base, rule: decision.rule, matchedPath: decision.at });
  }
  return { included, exclusions };
}

/**
 * Refuses paths that begin with `@`. The destination has the record, other buckets and views under such names.
 *
 * @throws TfcacheError `request-invalid`
 */
function refuseReservedNames(request: Request, paths: readonly string[]): void {
  const reserved = paths.filter((path) => path.startsWith('@'));
  if (reserved.length === 0) return;
  throw createRequestUsageError(
    request,
    'it matches names that begin with "@", which are reserved in the destination.',
    {
      found: formatShortList(reserved),
      hint: 'Exclude them with the filter "- /@*", or write a narrower glob.',
    },
  );
}
