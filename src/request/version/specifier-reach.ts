import { compare, type Pep440Version } from '@renovatebot/pep440';
import type { Specifier } from './specifier.ts';

/* What a specifier says before any version is known: which folders need listing. */

/** Returns the only version that the specifier can admit; undefined if it can admit several. */
export function findPinnedVersion(specifier: Specifier): string | undefined {
  return specifier.clauses.find(
    ({ operator, isWildcard }) => operator === '===' || (operator === '==' && !isWildcard),
  )?.text;
}

/** Returns false if the specifier admits no version at or above `boundary`. May return true although it admits none. */
export function canAdmitFrom(specifier: Specifier, boundary: string): boolean {
  return specifier.clauses.every(({ operator, version, text, isWildcard }) => {
    if (version === undefined) return true;
    switch (operator) {
      case '<':
        return compare(version.is_prerelease ? text : `${version.base_version}.dev0`, boundary) > 0;
      case '<=':
      case '===':
        return compare(text, boundary) >= 0;
      case '==':
        return isWildcard
          ? compare(nextAfterPrefix(version, version.release), boundary) > 0
          : compare(text, boundary) >= 0;
      case '~=':
        return compare(nextAfterPrefix(version, version.release.slice(0, -1)), boundary) > 0;
      default:
        return true;
    }
  });
}

/** Returns the first version after all versions that begin with `prefix`: 2.16.dev0 after 2.15. */
function nextAfterPrefix(version: Pep440Version, prefix: readonly number[]): string {
  const bumped = prefix.map((number, index) => (index === prefix.length - 1 ? number + 1 : number));
  return `${version.epoch}!${bumped.join('.')}.dev0`;
}
