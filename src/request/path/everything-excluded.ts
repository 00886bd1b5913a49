import { folderOf } from '../../bucket/bucket-path.ts';
import { matchFilterRules } from '../../mirror/filter/match.ts';
import type { FilterRule } from '../../mirror/filter/rule.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
import { formatShortList } from '../../platform/text/similar-names.ts';
import type { Request } from '../request.ts';
import { createNothingMatchedError } from '../request-error.ts';

/** A file that the filter rules exclude. */
export interface Exclusion {
  path: string;
  /** The folder that the request names. Rules apply below it. */
  base: string;
  rule: FilterRule | undefined;
  /** What the rule matched: the file, or a folder above it. */
  matchedPath: string;
}

/**
 * Returns the error for filters that exclude all files that a request matches. It names the rules that exclude them, and the
 * rules to add. A common mistake with rsync's rules is that `- *` excludes the folder `linux/` before `+ /linux/cpu/*.whl`
 * can match.
 */
export function createEverythingExcludedError(
  request: Request,
  rules: readonly FilterRule[],
  exclusions: readonly Exclusion[],
  where: string,
): Error {
  const causes = new Map<string, { text: string; fileCount: number }>();
  for (const { path, matchedPath, rule } of exclusions) {
    const isFolder = matchedPath !== path;
    const name =
      rule === undefined
        ? 'no rule'
        : `"${escapeControlCharacters(rule.text)}" (filters line ${rule.line})`;
    const text = isFolder
      ? `${name} excludes the folder ${escapeControlCharacters(matchedPath)}/ with everything in it`
      : `${name} excludes ${escapeControlCharacters(path)}`;
    // One line per excluded folder, and one line per rule that excludes single files.
    const key = `${rule?.line ?? 0}\0${isFolder ? matchedPath : ''}`;
    const known = causes.get(key);
    if (known === undefined) causes.set(key, { text, fileCount: 1 });
    else known.fileCount += 1;
  }
  const described = [...causes.values()].map(
    ({ text, fileCount }) => text + (fileCount > 1 ? ` (${fileCount} files)` : ''),
  );
  const additions = listRulesToAdd(rules, exclusions);
  const firstLine = Math.min(...exclusions.map(({ rule }) => rule?.line ?? 1));
  return createNothingMatchedError(
    request,
    `the filters exclude all ${exclusions.length} files that the glob matches.`,
    {
      where,
      found: formatShortList(described, 4),
      hint: `Add before line ${firstLine} of the filters (the first matching rule decides):\n${additions.join('\n')}`,
    },
  );
}

/** Returns the fewest `+` rules that include a file: one for each excluded folder, and one for the file if it needs one. */
function listRulesToAdd(rules: readonly FilterRule[], exclusions: readonly Exclusion[]): string[] {
  const additions: string[] = [];
  for (const { path, base } of exclusions.slice(0, 3)) {
    const added: FilterRule[] = [];
    for (;;) {
      const decision = matchFilterRules([...added, ...rules], path, base);
      if (decision.included || added.length > path.split('/').length) break;
      added.push(createIncludeRule(decision.at, decision.at !== path));
    }
    additions.push(...added.map(({ text }) => text));
  }
  return [...new Set(additions)];
}

function createIncludeRule(path: string, isFolder: boolean): FilterRule {
  const extension = /\.\w+$/.exec(path)?.[0];
  const parent = folderOf(path);
  const wholePattern = escapePattern(path);
  const pattern =
    isFolder || extension === undefined
      ? wholePattern
      : `${parent === '' ? '' : `${escapePattern(parent)}/`}*${extension}`;
  return {
    text: `+ /${escapeControlCharacters(pattern)}${isFolder ? '/' : ''}`,
    line: 0,
    action: 'include',
    pattern,
    anchored: true,
    foldersOnly: isFolder,
    negated: false,
  };
}

/** Returns a path as a pattern of rsync, in which a backslash escapes only if the pattern has a wildcard. */
function escapePattern(path: string): string {
  return /[*?[]/.test(path) ? path.replace(/[*?[\\]/g, '\\$&') : path;
}
