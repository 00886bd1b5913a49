import { compare, explain, type Pep440Version } from '@renovatebot/pep440';

/*
 * Version specifiers, PEP 440 ("Version specifiers"). Parsing and ordering of versions are the library's; the clauses are
 * matched here, because its own matcher leaves out what the bucket needs: `<2.16.0rc2` admits rc1, `==2.15.0` admits a
 * local build 2.15.0+x while `==2.15.0+x` admits no other, and `==2.15.0.*` admits 2.15.
 */

type Operator = '===' | '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>';

interface Clause {
  operator: Operator;
  /** As written, without `.*`. */
  text: string;
  /** Undefined for `===` with something that is no version. */
  version: Pep440Version | undefined;
  /** `==2.15.*` */
  isWildcard: boolean;
}

export interface Specifier {
  readonly clauses: readonly Clause[];
  /** True when a clause names a pre-release (rc, beta, dev …): only then are pre-releases chosen. */
  readonly namesPrerelease: boolean;
}

/** The specifier that admits every final release. */
export const ANY_VERSION: Specifier = { clauses: [], namesPrerelease: false };

/** Why a specifier cannot be read, in words for the user. */
export class MalformedSpecifierError extends Error {
  override readonly name = 'MalformedSpecifierError';
}

const CLAUSE = /^(===|~=|==|!=|<=|>=|<|>)\s*(.*)$/s;

/** @throws MalformedSpecifierError saying which clause is wrong, and how to write it. */
export function parseSpecifier(text: string): Specifier {
  if (text.trim() === '') return ANY_VERSION;
  const clauses = text.split(',').map((clause) => parseClause(clause.trim()));
  const namesPrerelease = clauses.some(
    ({ operator, version }) => operator !== '!=' && version?.is_prerelease === true,
  );
  return { clauses, namesPrerelease };
}

function parseClause(text: string): Clause {
  if (text === '') throw new MalformedSpecifierError('there is a comma with no version beside it');
  const match = CLAUSE.exec(text);
  if (match === null) throw new MalformedSpecifierError(missingOperator(text));
  const operator = match[1] as Operator;
  const rest = (match[2] ?? '').trim();
  if (rest === '')
    throw new MalformedSpecifierError(`"${text}" names no version after ${operator}`);
  if (operator === '===') {
    if (/\s/.test(rest)) throw new MalformedSpecifierError(`"${text}" has a space in its version`);
    return { operator, text: rest, version: explain(rest) ?? undefined, isWildcard: false };
  }
  const isWildcard = rest.endsWith('.*');
  const written = isWildcard ? rest.slice(0, -2) : rest;
  const version = explain(written);
  if (version === null) throw new MalformedSpecifierError(notAVersion(text, operator, rest));
  if (isWildcard) checkWildcard(text, operator, version);
  if (version.local !== null && operator !== '==' && operator !== '!=') {
    throw new MalformedSpecifierError(
      `"${text}": a local version (+${version.local}) can follow only == or !=`,
    );
  }
  if (operator === '~=' && version.release.length < 2) {
    throw new MalformedSpecifierError(
      `"${text}": ~= needs at least two numbers; write ~=${written}.0, or ==${written}.* for all of ${written}`,
    );
  }
  return { operator, text: written, version, isWildcard };
}

function checkWildcard(text: string, operator: Operator, version: Pep440Version): void {
  if (operator !== '==' && operator !== '!=') {
    throw new MalformedSpecifierError(
      `"${text}": .* can follow only == or !=; leave it out after ${operator}`,
    );
  }
  if (version.is_prerelease || version.is_postrelease || version.local !== null) {
    throw new MalformedSpecifierError(
      `"${text}": .* can follow only plain numbers, such as ==2.15.*`,
    );
  }
}

function missingOperator(text: string): string {
  const rest = text.replace(/^[=~!^@\s]+/, '');
  if (explain(rest.replace(/\.\*$/, '')) !== null) {
    return `"${text}" has no operator that PEP 440 knows; write ==${rest} for exactly that version`;
  }
  return `"${text}" is no version specifier; write for example ==2.15.0, ~=2.15.0 or >=2.14,<2.16`;
}

function notAVersion(text: string, operator: Operator, rest: string): string {
  if (/^[=<>~!]/.test(rest)) return `"${text}" has more than one operator`;
  const [first, second] = rest.split(/\s+/);
  if (first !== undefined && second !== undefined && explain(first) !== null) {
    return `"${text}" has two parts with nothing between them; separate them by a comma: ${operator}${first},${second}`;
  }
  return `"${text}": "${rest}" is no version (PEP 440); versions look like 2.15.0, 2.16.0rc1 or 2.15.0.post1`;
}

/**
 * True when the specifier admits the version, leaving aside whether it is a pre-release.
 * @param version a valid PEP 440 version
 */
export function matchesSpecifier(specifier: Specifier, version: string): boolean {
  const candidate = explain(version);
  return (
    candidate !== null && specifier.clauses.every((clause) => admits(clause, version, candidate))
  );
}

/** True when the specifier admits the version and, if that is a pre-release, asks for pre-releases. */
export function isAdmittedVersion(specifier: Specifier, version: string): boolean {
  if (!matchesSpecifier(specifier, version)) return false;
  return specifier.namesPrerelease || !isPrerelease(version);
}

export function isPrerelease(version: string): boolean {
  return explain(version)?.is_prerelease === true;
}

function admits(clause: Clause, written: string, candidate: Pep440Version): boolean {
  const { operator, version } = clause;
  if (operator === '===' || version === undefined) {
    return written.toLowerCase() === clause.text.toLowerCase();
  }
  const publicVersion = withoutLocal(written);
  switch (operator) {
    case '==':
      return equals(clause, version, written, candidate);
    case '!=':
      return !equals(clause, version, written, candidate);
    case '<=':
      return compare(publicVersion, clause.text) <= 0;
    case '>=':
      return compare(publicVersion, clause.text) >= 0;
    case '~=':
      return (
        compare(publicVersion, clause.text) >= 0 &&
        startsWith(candidate, version.epoch, version.release.slice(0, -1))
      );
    case '<':
      return compare(written, clause.text) < 0 && !isPrereleaseOf(candidate, version);
    case '>':
      return compare(publicVersion, clause.text) > 0 && !isPostReleaseOf(candidate, version);
  }
}

/** "Exclusive ordered comparison": `<2.16` does not admit 2.16.0rc1, nor `<2.16.post1` 2.16.post1.dev0. */
function isPrereleaseOf(candidate: Pep440Version, version: Pep440Version): boolean {
  if (version.is_prerelease || !candidate.is_prerelease) return false;
  if (!version.is_postrelease) return sameBase(candidate, version);
  return samePrerelease(candidate, version) && String(candidate.post) === String(version.post);
}

/** Likewise `>2.15` does not admit 2.15.0.post1, nor `>2.15rc1` 2.15rc1.post1. */
function isPostReleaseOf(candidate: Pep440Version, version: Pep440Version): boolean {
  if (version.is_postrelease || version.is_devrelease || !candidate.is_postrelease) return false;
  return samePrerelease(candidate, version);
}

function samePrerelease(left: Pep440Version, right: Pep440Version): boolean {
  return sameBase(left, right) && String(left.pre) === String(right.pre);
}

function equals(
  clause: Clause,
  version: Pep440Version,
  written: string,
  candidate: Pep440Version,
): boolean {
  if (clause.isWildcard) return startsWith(candidate, version.epoch, version.release);
  return compare(version.local === null ? withoutLocal(written) : written, clause.text) === 0;
}

function startsWith(candidate: Pep440Version, epoch: number, prefix: readonly number[]): boolean {
  return (
    candidate.epoch === epoch &&
    prefix.every((number, index) => (candidate.release[index] ?? 0) === number)
  );
}

function sameBase(left: Pep440Version, right: Pep440Version): boolean {
  return compare(left.base_version, right.base_version) === 0;
}

function withoutLocal(version: string): string {
  return version.replace(/\+.*$/s, '');
}
