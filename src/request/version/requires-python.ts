import { MalformedSpecifierError, matchesSpecifier, parseSpecifier } from './specifier.ts';
import type { PythonVersion } from './tags.ts';

/** The full version of the Python that a wheel is for. */
export interface PythonRelease {
  /** `3.11.7`: three numbers. */
  version: string;
  /** True if only `3.11` is known. It is then read as 3.11.0, like `pip download --python-version 3.11`. */
  isAssumed: boolean;
}

/** Returns the release of a version whose patch number may be unknown. */
export function toPythonRelease({ major, minor, patch }: PythonVersion): PythonRelease {
  return { version: `${major}.${minor}.${patch ?? 0}`, isAssumed: patch === undefined };
}

/** More patch releases than any CPython has. */
const MAX_PATCH_RELEASES = 40;

/**
 * Evaluates `Requires-Python`. Like pip, ignores requirements that are malformed.
 * https://packaging.python.org/specifications/core-metadata/#requires-python
 */
export class RequiresPython {
  /** Remembered, because a project has thousands of wheels with few different requirements. */
  private readonly matchers = new Map<string, (version: string) => boolean>();
  private readonly answers = new Map<string, boolean>();

  /** Returns true if a Python of this full version meets the requirement. Undefined means no requirement. */
  admits(requirement: string | undefined, version: string): boolean {
    if (requirement === undefined) return true;
    const key = `${version} ${requirement}`;
    const answer = this.answers.get(key) ?? this.getMatcher(requirement)(version);
    this.answers.set(key, answer);
    return answer;
  }

  /** Returns true if the answer depends on the patch release: `>=3.11.2` for a Python 3.11. */
  dependsOnPatch(requirement: string | undefined, { major, minor }: PythonVersion): boolean {
    // Only a clause that contains 3.11 distinguishes its patch releases.
    if (!requirement?.includes(`${major}.${minor}`)) return false;
    const first = this.admits(requirement, `${major}.${minor}.0`);
    for (let patch = 1; patch < MAX_PATCH_RELEASES; patch += 1) {
      if (this.admits(requirement, `${major}.${minor}.${patch}`) !== first) return true;
    }
    return false;
  }

  private getMatcher(requirement: string): (version: string) => boolean {
    const known = this.matchers.get(requirement) ?? createMatcher(requirement);
    this.matchers.set(requirement, known);
    return known;
  }
}

function createMatcher(requirement: string): (version: string) => boolean {
  try {
    // Like packaging, ignores empty clauses: `>=3.9,`.
    const clauses = requirement.split(',').filter((clause) => clause.trim() !== '');
    const specifier = parseSpecifier(clauses.join(','));
    return (version) => matchesSpecifier(specifier, version);
  } catch (error) {
    if (error instanceof MalformedSpecifierError) return () => true;
    throw error;
  }
}
