import { matchWildcard } from '../../mirror/filter/wildmatch.ts';
import { findClosingBracket, type Glob, hasGlobCharacter, unescapeGlob } from './glob.ts';

/*
 * Names are matched by the matcher of the filter rules. Its time grows with the length of the pattern times the length of the
 * name, also for many stars. A regular expression takes minutes for `*-*-*-*.whl` and a name of 250 dashes.
 */

/** Returns a function that checks whether one name matches. */
export function createNameMatcher(name: string): (candidate: string) => boolean {
  if (!hasGlobCharacter(name)) {
    const wanted = unescapeGlob(name);
    return (candidate) => candidate === wanted;
  }
  const pattern = toFilterPattern(name);
  return (candidate) => matchWildcard(pattern, candidate);
}

/** Returns a function that checks whether a whole path matches. */
export function createPathMatcher({ names }: Glob): (path: string) => boolean {
  const matchers = names.map((name) => (name === '**' ? undefined : createNameMatcher(name)));
  // A glob that ends in `**` matches what is below a folder, not the folder itself.
  const complete = matchers.at(-1) === undefined ? [...matchers, () => true] : matchers;
  return (path) => matchNames(complete, path.split('/'));
}

/**
 * Matches the names of a path. `undefined` among the matchers stands for any number of names. Only the last of these is
 * retried with more names: the ones before it took the fewest names possible, and more would not help.
 */
function matchNames(
  matchers: readonly (((name: string) => boolean) | undefined)[],
  names: readonly string[],
): boolean {
  let matcher = 0;
  let name = 0;
  /** Where to continue after a mismatch: after the last `**`, which then takes one more name. */
  let retry: { matcher: number; name: number } | undefined;
  while (name < names.length) {
    if (matcher < matchers.length) {
      const matches = matchers[matcher];
      if (matches === undefined) {
        matcher += 1;
        retry = { matcher, name };
        continue;
      }
      if (matches(names[name] ?? '')) {
        matcher += 1;
        name += 1;
        continue;
      }
    }
    if (retry === undefined) return false;
    retry.name += 1;
    ({ matcher, name } = retry);
  }
  while (matcher < matchers.length && matchers[matcher] === undefined) matcher += 1;
  return matcher === matchers.length;
}

/**
 * Returns a name of a glob as a pattern of the filter rules, in which `**` crosses slashes and an unclosed bracket matches
 * nothing.
 */
function toFilterPattern(name: string): string {
  let result = '';
  let afterStar = false;
  for (let index = 0; index < name.length; index += 1) {
    const character = name.charAt(index);
    const isRepeatedStar = character === '*' && afterStar;
    afterStar = character === '*';
    if (isRepeatedStar) continue;
    const end = character === '[' ? findClosingBracket(name, index) : undefined;
    if (character === '\\') {
      result += name.slice(index, index + 2);
      index += 1;
    } else if (end !== undefined) {
      result += name.slice(index, end + 1);
      index = end;
    } else {
      result += character === '[' ? '\\[' : character;
    }
  }
  return result;
}
