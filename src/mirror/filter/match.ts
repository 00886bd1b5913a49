import { baseName, folderOf } from '../../bucket/bucket-path.ts';
import type { FilterRule } from './rule.ts';
import { matchWildcard } from './wildmatch.ts';

/** What the rules say of a file, and why. */
export interface FilterDecision {
  included: boolean;
  /** The rule that decided; undefined when none matched: what no rule names is included. */
  rule: FilterRule | undefined;
  /** Where it decided: the file, or the folder above it that is excluded with all that is below. */
  at: string;
}

/**
 * What the rules say of the file `path`, as rsync would when it walks the folder `base`: each folder strictly below `base`
 * is asked about first, from the top, and an excluded folder excludes all below it; then the file. `base` itself and what
 * is above are not asked about, like a source argument of `rsync -R`; when `base` is the file itself, only the file is.
 *
 * Both are relative to the bucket's root, where anchored patterns stand; `base` is `''` for the root.
 *
 * @throws RangeError when `path` is not below `base`.
 */
export function matchFilterRules(
  rules: readonly FilterRule[],
  path: string,
  base: string,
): FilterDecision {
  return createFilterMatcher(rules, base)(path);
}

/** `matchFilterRules` for many files: folders are asked about once. */
export function createFilterMatcher(
  rules: readonly FilterRule[],
  base: string,
): (path: string) => FilterDecision {
  const tests = rules.map((rule) => ({ rule, matches: ruleTest(rule) }));
  const decide = (name: string, isFolder: boolean): FilterDecision => {
    const bytes = toBytes(name);
    const rule = tests.find((test) => test.matches(bytes, isFolder))?.rule;
    return { included: rule?.action !== 'exclude', rule, at: name };
  };
  const folders = new Map<string, FilterDecision | undefined>();
  /** The verdict that excludes a folder or one above it; undefined when it is walked into. */
  const exclusion = (folder: string): FilterDecision | undefined => {
    if (folder.length <= base.length) return undefined;
    if (folders.has(folder)) return folders.get(folder);
    let verdict = exclusion(folderOf(folder));
    if (verdict === undefined) {
      const own = decide(folder, true);
      if (!own.included) verdict = own;
    }
    folders.set(folder, verdict);
    return verdict;
  };
  return (path) => {
    if (base !== '' && path !== base && !path.startsWith(`${base}/`)) {
      throw new RangeError(`${path} is not below ${base}`);
    }
    return exclusion(folderOf(path)) ?? decide(path, false);
  };
}

/** One rule as a test of a name's bytes: exclude.c, rule_matches(). */
function ruleTest(rule: FilterRule): (name: string, isFolder: boolean) => boolean {
  const pattern = toBytes(rule.pattern);
  const isWild = /[*?[]/.test(pattern);
  const crossesSlash = pattern.includes('**');
  const startsWithStars = !rule.anchored && pattern.startsWith('**');
  const endsWithThreeStars = pattern.endsWith('***');
  const inner = pattern.split('/').length - 1;
  const nameOnly = inner === 0 && !rule.anchored && !crossesSlash;

  const matches = (name: string, isFolder: boolean): boolean => {
    if (rule.foldersOnly && !isFolder) return false;
    let text = nameOnly ? baseName(name) : name;
    // A slash before lets `**/` match at the top; one behind lets `/***` match the folder itself.
    if (startsWithStars) text = `/${text}`;
    if (endsWithThreeStars && isFolder) text = `${text}/`;
    if (!rule.anchored && inner > 0 && !crossesSlash) {
      const tail = lastNames(text, inner + 1);
      return tail !== undefined && (isWild ? matchWildcard(pattern, tail) : tail === pattern);
    }
    if (!isWild) return text === pattern;
    const anywhere = crossesSlash && !rule.anchored && !startsWithStars;
    return matchWildcard(pattern, text, anywhere);
  };
  return (name, isFolder) => matches(name, isFolder) !== rule.negated;
}

/** The last `count` names of a path; undefined when it has fewer. */
function lastNames(path: string, count: number): string | undefined {
  const names = path.split('/');
  return names.length < count ? undefined : names.slice(-count).join('/');
}

/** rsync compares bytes: one character a byte of the UTF-8 form. */
function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
