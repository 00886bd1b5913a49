import { folderOf } from '../../bucket/bucket-path.ts';
import { matchFilterRules } from '../../mirror/filter/match.ts';
import type { FilterRule } from '../../mirror/filter/rule.ts';
import { escapeControlCharacters } from '../../platform/text/escape.ts';
import { formatShortList } from '../../platform/text/similar-names.ts';
import type { Request } from '../request.ts';
import { createNothingMatchedError } from '../request-error.ts';

/** A file that a rule kept out. */
export interface Exclusion {
  path: string;
  /** The folder that the request named: rules bear on what is below it. */
  base: string;
  rule: FilterRule | undefined;
  /** What the rule hit: the file itself, or a folder above it. */
  matchedPath: string;
}

/**
 * The error for filters that leave nothing. It names the rule for each thing that was cut off, and the rules to add:
 * rsync's classic trap is that `- *` cuts off `linux/` before `+ /linux/cpu/*.whl` is ever reached.
 */
export function createEverythingExcludedError(
  request: Request,
  rules: readonly FilterRule[],
  exclusions: readonly Exclusion[],
  where: string,
): Error {
  const cuts = new Map<string, { text: string; files: number }>();
  for (const { path, matchedPath, rule } of exclusions) {
    const isFolder = matchedPath !== path;
    const name =
      rule === undefined
        ? 'no rule'
        : `"${escapeControlCharacters(rule.text)}" (filters line ${rule.line})`;
    const text = isFolder
      ? `${name} cuts off the folder ${escapeControlCharacters(matchedPath)}/, so that no rule is asked about what is inside`
      : `${name} excludes ${escapeControlCharacters(path)}`;
    // One line a folder that was cut off; one line a rule for single files, however many it hit.
    const key = `${rule?.line ?? 0}\0${isFolder ? matchedPath : ''}`;
    const known = cuts.get(key);
    if (known === undefined) cuts.set(key, { text, files: 1 });
    else known.files += 1;
  }
  const described = [...cuts.values()].map(
    ({ text, files }) => text + (files > 1 ? ` (${files} files)` : ''),
  );
  const additions = rulesToAdd(rules, exclusions);
  const firstLine = Math.min(...exclusions.map(({ rule }) => rule?.line ?? 1));
  return createNothingMatchedError(
    request,
    `the filters exclude all ${exclusions.length} files that the glob matches.`,
    {
      where,
      found: formatShortList(described, 4),
      hint: `Add above line ${firstLine} of the filters (the first rule that matches decides):\n${additions.join('\n')}`,
    },
  );
}

/** The fewest `+` rules that let a file through: for every folder that is cut off, and for the file if that is not enough. */
function rulesToAdd(rules: readonly FilterRule[], exclusions: readonly Exclusion[]): string[] {
  const additions: string[] = [];
  for (const { path, base } of exclusions.slice(0, 3)) {
    const added: FilterRule[] = [];
    for (;;) {
      const verdict = matchFilterRules([...added, ...rules], path, base);
      if (verdict.included || added.length > path.split('/').length) break;
      added.push(includeRule(verdict.at, verdict.at !== path));
    }
    additions.push(...added.map(({ text }) => text));
  }
  return [...new Set(additions)];
}

function includeRule(path: string, folder: boolean): FilterRule {
  const extension = /\.\w+$/.exec(path)?.[0];
  const parent = folderOf(path);
  const whole = escapePattern(path);
  const pattern =
    folder || extension === undefined
      ? whole
      : `${parent === '' ? '' : `${escapePattern(parent)}/`}*${extension}`;
  return {
    text: `+ /${escapeControlCharacters(pattern)}${folder ? '/' : ''}`,
    line: 0,
    action: 'include',
    pattern,
    anchored: true,
    foldersOnly: folder,
    negated: false,
  };
}

/** A name as rsync's patterns spell it: a backslash counts only where there is a wildcard. */
function escapePattern(path: string): string {
  return /[*?[]/.test(path) ? path.replace(/[*?[\\]/g, '\\$&') : path;
}
