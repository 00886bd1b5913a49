import type { CandidateFailure, Request } from '../request.ts';
import { suggestRequest } from '../request-error.ts';
import type { PythonRelease } from '../version/requires-python.ts';
import { isPrerelease } from '../version/specifier.ts';
import { findBestTag } from '../version/tags.ts';
import { findAnchorVersion, findNearestVersion, sortVersions } from '../version/version-order.ts';
import {
  type AvailableWheel,
  type ChosenWheel,
  chooseWheel,
  isYanked,
  type WheelChoice,
  type WheelCriteria,
} from './wheel-choice.ts';
import { RELEASED_TOGETHER } from './wheel-folders.ts';
import { findNearestPython, listPythonVersions } from './wheel-pythons.ts';
import type { WheelQuery } from './wheel-query.ts';
import { filterWheelsOfProject, listReleasedWheels, type WheelSurvey } from './wheel-survey.ts';

/* What a user can request instead of a wheel that no mirror has. */

/** All that is known if no wheel matches. */
export interface MissingWheel {
  request: Request;
  query: WheelQuery;
  criteria: WheelCriteria;
  /** The version that `Requires-Python` was compared with, if it depends on the patch release. */
  release: PythonRelease | undefined;
  choice: WheelChoice;
  /** One for each mirror that answered. */
  surveys: readonly WheelSurvey[];
  failures: readonly CandidateFailure[];
}

/**
 * Returns the best wheels of TensorFlow's other project names that match in everything else. TensorFlow's wheels changed
 * names: on Linux they are `tensorflow-cpu` and `tensorflow-gpu` from 2.1 to 2.11, and so on.
 */
export function findWheelsOfOtherNames({
  query,
  criteria,
  surveys,
}: MissingWheel): readonly ChosenWheel[] {
  const { project } = query.search;
  if (!RELEASED_TOGETHER.includes(project)) return [];
  const wheels = surveys.flatMap((survey) => survey.wheels);
  return RELEASED_TOGETHER.filter((name) => name !== project).flatMap(
    (name) => chooseWheel(filterWheelsOfProject(name, wheels), criteria).chosen ?? [],
  );
}

/** Lists all wheels of the project: those that were listed, and those of TensorFlow's other releases. */
export async function listAllWheels({ query, surveys }: MissingWheel): Promise<AvailableWheel[]> {
  const others = await Promise.all(surveys.map((survey) => listReleasedWheels(survey, query)));
  const wheels = [...surveys.flatMap((survey) => survey.wheels), ...others.flat()];
  return filterWheelsOfProject(query.search.project, wheels);
}

/**
 * Returns the versions of the wheels that the machine can install, the oldest first. Pre-releases are among them only if the
 * request names one, or if there is nothing else.
 */
export function listUsableVersions(
  wheels: readonly AvailableWheel[],
  { criteria }: MissingWheel,
): string[] {
  const { ranks, device, supportsPython, specifier } = criteria;
  const usable = wheels.filter(
    (wheel) =>
      findBestTag(wheel.name, ranks) !== undefined &&
      !(device === 'gpu' && wheel.device === 'cpu') &&
      supportsPython(wheel) &&
      !isYanked(wheel),
  );
  const versions = sortVersions(usable.map(({ name }) => name.version));
  const releases = versions.filter((version) => !isPrerelease(version));
  return specifier.namesPrerelease || releases.length === 0 ? versions : releases;
}

/** Returns the version nearest to the requested one that the machine can install. */
export async function findNearestUsableVersion(missing: MissingWheel): Promise<string | undefined> {
  return findNearestVersion(
    findAnchorVersion(missing.query.search.specifier),
    listUsableVersions(await listAllWheels(missing), missing),
  );
}

/** Returns a hint that says which Python to use instead, and which version has a wheel for the requested Python. */
export async function suggestPythonOrVersion(
  wheels: readonly AvailableWheel[],
  missing: MissingWheel,
): Promise<string> {
  const { request, query } = missing;
  const { python, search } = query;
  const nearestPython = findNearestPython(python, listPythonVersions(wheels, search.platform));
  const version = await findNearestUsableVersion(missing);
  const choices: string[] = [];
  if (nearestPython !== undefined) {
    choices.push(
      request.qualifiers['python'] === undefined
        ? `Use another Python: set python-version: '${nearestPython}' of actions/setup-python before this step.`
        : `For another Python, write ${suggestRequest(request, { qualifiers: { python: nearestPython } })}`,
    );
  }
  if (version !== undefined) {
    const suggestion = suggestRequest(request, { version: `==${version}` });
    choices.push(`For CPython ${python}, write ${suggestion}`);
  }
  if (choices.length > 0) return choices.join('\n');
  return 'Request another version, or a wheel for another machine with ?python=…&platform=…';
}
