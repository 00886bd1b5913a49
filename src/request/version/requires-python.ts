import { MalformedSpecifierError, matchesSpecifier, parseSpecifier } from './specifier.ts';
import type { PythonVersion } from './tags.ts';

/** The full version of the Python that a wheel is for. */
export interface PythonRelease {
  /** `3.11.7`: three numbers. */
  version: string;
  /** True if only `3.11` is known: then it stands for 3.11.0, as in `pip download --python-version 3.11`. */
  isAssumed: boolean;
}

/** Returns the release that a version stands for. */
export function toPythonRelease({ major, minor, patch }: PythonVersion): PythonRelease {
  return { version: `${major}.${minor}.${patch ?? 0}`, isAssumed: patch === undefined };
}

/** No CPython has had as many patch releases. */
const PATCH_RELEASES = 40;

/**
 * Reads `Requires-Python`. What cannot be read restricts nothing, as with pip.
 * https://packaging.python.org/specifications/core-metadata/#requires-python
 */
export class RequiresPython {
  /** A project has thousands of wheels with a handful of requirements. */
  private readonly matchers = new Map<string, (version: string) => boolean>();
  private readonly answers = new Map<string, boolean>();

  /** True if a Python of this full version may install what has this requirement; undefined stands for none. */
  admits(requirement: string | undefined, version: string): boolean {
    if (requirement === undefined) return true;
    const key = `${version} ${requirement}`;
    const answer = this.answers.get(key) ?? this.matcher(requirement)(version);
    this.answers.set(key, answer);
    return answer;
  }

  /** True if the patch release decides: `>=3.11.2` for a Python 3.11. */
  dependsOnPatch(requirement: string | undefined, { major, minor }: PythonVersion): boolean {
    // Only a clause that names 3.11 tells its patch releases apart.
    if (!requirement?.includes(`${major}.${minor}`)) return false;
    const first = this.admits(requirement, `${major}.${minor}.0`);
    for (let patch = 1; patch < PATCH_RELEASES; patch += 1) {
      if (this.admits(requirement, `${major}.${minor}.${patch}`) !== first) return true;
    }
    return false;
  }

  private matcher(requirement: string): (version: string) => boolean {
    const known = this.matchers.get(requirement) ?? matcherOf(requirement);
    this.matchers.set(requirement, known);
    return known;
  }
}

function matcherOf(requirement: string): (version: string) => boolean {
  try {
    // Empty clauses are dropped, as packaging does: `>=3.9,`.
    const clauses = requirement.split(',').filter((clause) => clause.trim() !== '');
    const specifier = parseSpecifier(clauses.join(','));
    return (version) => matchesSpecifier(specifier, version);
  } catch (error) {
    if (error instanceof MalformedSpecifierError) return () => true;
    throw error;
  }
}
