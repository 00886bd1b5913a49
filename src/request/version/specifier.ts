import { compare, explain, type Pep440Version } from '@renovatebot/pep440';

/*
 * Version specifiers of PEP 440. The library parses and orders versions. The clauses are matched here, because the library's
 * matcher lacks rules that the buckets need: `<2.16.0rc2` admits rc1, `==2.15.0` admits a local build 2.15.0+x, `==2.15.0+x`
 * admits no other version, and `==2.15.0.*` admits 2.15.
 */

type Operator = '===' | '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>';

interface Clause {
  operator: Operator;
  /** As written, without `.*`. */
  text: string;
  /** Undefined for `===` with a text that is not a version. */
  version: Pep440Version | undefined;
  /** `==2.15.*` */
  isWildcard: boolean;
}

export interface Specifier {
  readonly clauses: readonly Clause[];
  /** True if a clause names a pre-release (rc, beta, dev …). Otherwise pre-releases are not chosen. */
  readonly namesPrerelease: boolean;
}

/** Admits every final release. */
export const ANY_VERSION: Specifier = { clauses: [], namesPrerelease: false };

/** Says why a specifier is malformed (`message`) and how to correct it (`hint`), in words for the user. */
export class MalformedSpecifierError extends Error {
  override readonly name = 'MalformedSpecifierError';
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}

const CLAUSE = /^(===|~=|==|!=|<=|>=|<|>)\s*(.*)$/s;

/** Parses a specifier. @throws MalformedSpecifierError for the first malformed clause */
export function parseSpecifier(text: string): Specifier {
  if (text.trim() === '') return ANY_VERSION;
  const clauses = text.split(',').map((clause) => parseClause(clause.trim()));
  const namesPrerelease = clauses.some(
    ({ operator, version }) => operator !== '!=' && version?.is_prerelease === true,
  );
  return { clauses, namesPrerelease };
}

function parseClause(text: string): Clause {
  if (text === '') {
    throw new MalformedSpecifierError(
      'a version is missing before or after a comma',
      'Remove the comma, or write a version there.',
    );
  }
  const match = CLAUSE.exec(text);
  if (match === null) throw createOperatorError(text);
  const operator = match[1] as Operator;
  const written = (match[2] ?? '').trim();
  if (written === '') {
    throw new MalformedSpecifierError(
      `"${text}" has no version after ${operator}`,
      `Write a version, for example ${operator}2.15.0`,
    );
  }
  if (operator === '===') {
    if (/\s/.test(written)) {
      throw new MalformedSpecifierError(
        `"${text}" has a space in its version`,
        'Remove the space, or separate two clauses by a comma.',
      );
    }
    return { operator, text: written, version: explain(written) ?? undefined, isWildcard: false };
  }
  const isWildcard = written.endsWith('.*');
  const plain = isWildcard ? written.slice(0, -2) : written;
  const version = explain(plain);
  if (version === null) throw createVersionError(text, operator, written);
  if (isWildcard) checkWildcard(text, operator, plain, version);
  if (version.local !== null && operator !== '==' && operator !== '!=') {
    throw new MalformedSpecifierError(
      `"${text}" has a local version (+${version.local}), which can follow only == or !=`,
      `Remove +${version.local}, or write ==${plain}`,
    );
  }
  if (operator === '~=' && version.release.length < 2) {
    throw new MalformedSpecifierError(
      `"${text}" has one number, and ~= needs at least two`,
      `Write ~=${plain}.0, or ==${plain}.* for all versions of ${plain}`,
    );
  }
  return { operator, text: plain, version, isWildcard };
}

function checkWildcard(
  text: string,
  operator: Operator,
  plain: string,
  version: Pep440Version,
): void {
  if (operator !== '==' && operator !== '!=') {
    throw new MalformedSpecifierError(
      `"${text}" has .*, which can follow only == or !=`,
      `Write ${operator}${plain}`,
    );
  }
  if (version.is_prerelease || version.is_postrelease || version.local !== null) {
    throw new MalformedSpecifierError(
      `"${text}" has .* after other parts than numbers`,
      `Write ${operator}${plain}, or .* after plain numbers, such as ==2.15.*`,
    );
  }
}

function createOperatorError(text: string): MalformedSpecifierError {
  const version = text.replace(/^[=~!^@\s]+/, '');
  if (explain(version.replace(/\.\*$/, '')) !== null) {
    return new MalformedSpecifierError(
      `"${text}" has no operator of PEP 440`,
      `Write ==${version} for exactly that version.`,
    );
  }
  return new MalformedSpecifierError(
    `"${text}" is not a version specifier`,
    'Write for example ==2.15.0, ~=2.15.0 or >=2.14,<2.16',
  );
}

function createVersionError(
  text: string,
  operator: Operator,
  written: string,
): MalformedSpecifierError {
  if (/^[=<>~!]/.test(written)) {
    return new MalformedSpecifierError(
      `"${text}" has more than one operator`,
      'Write one of the operators ==, !=, ~=, <, <=, > and >=',
    );
  }
  const [first, second] = written.split(/\s+/);
  if (first !== undefined && second !== undefined && explain(first) !== null) {
    return new MalformedSpecifierError(
      `"${text}" has two parts without a comma between them`,
      `Write ${operator}${first},${second}`,
    );
  }
  return new MalformedSpecifierError(
    `"${written}" is not a version of PEP 440`,
    'Write a version such as 2.15.0, 2.16.0rc1 or 2.15.0.post1',
  );
}

/**
 * Returns true if the specifier admits the version. Pre-releases are treated like other versions.
 *
 * @param version a valid version of PEP 440
 */
export function matchesSpecifier(specifier: Specifier, version: string): boolean {
  const candidate = explain(version);
  return (
    candidate !== null &&
    specifier.clauses.every((clause) => isAdmittedBy(clause, version, candidate))
  );
}

/** Returns true if the specifier admits the version and, if the version is a pre-release, names a pre-release. */
export function isAdmittedVersion(specifier: Specifier, version: string): boolean {
  if (!matchesSpecifier(specifier, version)) return false;
  return specifier.namesPrerelease || !isPrerelease(version);
}

export function isPrerelease(version: string): boolean {
  return explain(version)?.is_prerelease === true;
}

function isAdmittedBy(clause: Clause, written: string, candidate: Pep440Version): boolean {
  const { operator, version } = clause;
  if (operator === '===' || version === undefined) {
    return written.toLowerCase() === clause.text.toLowerCase();
  }
  const publicVersion = removeLocalVersion(written);
  switch (operator) {
    case '==':
      return isEqualVersion(clause, version, written, candidate);
    case '!=':
      return !isEqualVersion(clause, version, written, candidate);
    case '<=':
      return compare(publicVersion, clause.text) <= 0;
    case '>=':
      return compare(publicVersion, clause.text) >= 0;
    case '~=':
      return (
        compare(publicVersion, clause.text) >= 0 &&
        hasPrefix(candidate, version.epoch, version.release.slice(0, -1))
      );
    case '<':
      return compare(written, clause.text) < 0 && !isPrereleaseOf(candidate, version);
    case '>':
      return compare(publicVersion, clause.text) > 0 && !isPostReleaseOf(candidate, version);
  }
}

/** PEP 440, "Exclusive ordered comparison": `<2.16` excludes 2.16.0rc1, and `<2.16.post1` excludes 2.16.post1.dev0. */
function isPrereleaseOf(candidate: Pep440Version, version: Pep440Version): boolean {
  if (version.is_prerelease || !candidate.is_prerelease) return false;
  if (!version.is_postrelease) return hasSameBase(candidate, version);
  return hasSamePrerelease(candidate, version) && String(candidate.post) === String(version.post);
}

/** PEP 440: `>2.15` excludes 2.15.0.post1, and `>2.15rc1` excludes 2.15rc1.post1. */
function isPostReleaseOf(candidate: Pep440Version, version: Pep440Version): boolean {
  if (version.is_postrelease || version.is_devrelease || !candidate.is_postrelease) return false;
  return hasSamePrerelease(candidate, version);
}

function hasSamePrerelease(left: Pep440Version, right: Pep440Version): boolean {
  return hasSameBase(left, right) && String(left.pre) === String(right.pre);
}

function isEqualVersion(
  clause: Clause,
  version: Pep440Version,
  written: string,
  candidate: Pep440Version,
): boolean {
  if (clause.isWildcard) return hasPrefix(candidate, version.epoch, version.release);
  return compare(version.local === null ? removeLocalVersion(written) : written, clause.text) === 0;
}

function hasPrefix(candidate: Pep440Version, epoch: number, prefix: readonly number[]): boolean {
  return (
    candidate.epoch === epoch &&
    prefix.every((number, index) => (candidate.release[index] ?? 0) === number)
  );
}

function hasSameBase(left: Pep440Version, right: Pep440Version): boolean {
  return compare(left.base_version, right.base_version) === 0;
}

function removeLocalVersion(version: string): string {
  return version.replace(/\+.*$/s, '');
}
