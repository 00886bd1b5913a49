import { compare, type Pep440Version } from '@renovatebot/pep440';
import type { Specifier } from './specifier.ts';

/* What can be told of a specifier before any version is known: which folders are worth listing. */

/** The one version that the specifier can admit; undefined when it can admit several. */
export function findPinnedVersion(specifier: Specifier): string | undefined {
  return specifier.clauses.find(
    ({ operator, isWildcard }) => operator === '===' || (operator === '==' && !isWildcard),
  )?.text;
}

/** False when no version at or above `boundary` can be admitted. Errs on the side of true. */
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
          ? compare(following(version, version.release), boundary) > 0
          : compare(text, boundary) >= 0;
      case '~=':
        return compare(following(version, version.release.slice(0, -1)), boundary) > 0;
      default:
        return true;
    }
  });
}

/** The first version after all that begin with `prefix`: 2.16.dev0 after 2.15. */
function following(version: Pep440Version, prefix: readonly number[]): string {
  const bumped = prefix.map((number, index) => (index === prefix.length - 1 ? number + 1 : number));
  return `${version.epoch}!${bumped.join('.')}.dev0`;
}
