import { RequiresPython } from '../version/requires-python.ts';
import {
  findBestTag,
  type PythonVersion,
  parsePythonVersion,
  rankTags,
  toMinorVersion,
} from '../version/tags.ts';
import type { AvailableWheel } from './wheel-choice.ts';

/** The newest CPython that is suggested for wheels that several versions can install. */
const NEWEST_MINOR = 15;
/** The oldest CPython that is suggested. */
const OLDEST_MINOR = 5;

/** Returns the Pythons that can install one of these wheels on a platform, the oldest first: `3.9`, `3.10`, `3.14t`. */
export function listPythonVersions(wheels: readonly AvailableWheel[], platform: string): string[] {
  return listCandidates(wheels).filter(
    (python) => filterWheelsForPython(python, wheels, platform).length > 0,
  );
}

/** Returns the wheels that a Python can install on a platform. */
export function filterWheelsForPython(
  python: string,
  wheels: readonly AvailableWheel[],
  platform: string,
): AvailableWheel[] {
  const version = parsePythonVersion(python);
  if (version === undefined) return [];
  const requirements = new RequiresPython();
  const ranks = rankTags(version, platform);
  return wheels.filter(
    ({ name, file }) =>
      findBestTag(name, ranks) !== undefined &&
      admitsSome(requirements, file.release?.requiresPython, version),
  );
}

/** Returns the Python of a list that is nearest to another one. */
export function findNearestPython(python: string, pythons: readonly string[]): string | undefined {
  const wanted = toOrdinal(toMinorVersion(python));
  const byDistance = pythons
    .map((text) => ({ text, distance: Math.abs(toOrdinal(text) - wanted) }))
    .sort((left, right) => left.distance - right.distance);
  return byDistance[0]?.text;
}

/** Lists the Pythons that the tags name, and all that a wheel for any Python 2 or 3 may support. */
function listCandidates(wheels: readonly AvailableWheel[]): string[] {
  const pythons = new Set(['2.7']);
  for (let minor = OLDEST_MINOR; minor <= NEWEST_MINOR; minor += 1) pythons.add(`3.${minor}`);
  for (const { name } of wheels) {
    for (const tag of [...name.pythons, ...name.abis]) {
      const match = /^(?:cp|py)([23])(\d{1,3})(t?)/.exec(tag);
      if (match !== null) pythons.add(`${match[1]}.${match[2]}${match[3]}`);
    }
  }
  return [...pythons].sort((left, right) => toOrdinal(left) - toOrdinal(right));
}

function toOrdinal(python: string): number {
  const { major, minor, isFreeThreaded } = parsePythonVersion(python) ?? { major: 0, minor: 0 };
  return major * 1000 + minor + (isFreeThreaded === true ? 0.5 : 0);
}

/** Checks two patch releases, because the requirement may exclude some of them. */
function admitsSome(
  requirements: RequiresPython,
  requirement: string | undefined,
  { major, minor }: PythonVersion,
): boolean {
  return ['0', '39'].some((patch) =>
    requirements.admits(requirement, `${major}.${minor}.${patch}`),
  );
}
