import { INDEX_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing } from '../../bucket/file.ts';
import type { TfcacheError } from '../../platform/error.ts';
import { findNearestNames, formatShortList } from '../../platform/text/similar-names.ts';
import type { CandidateFailure, Request } from '../request.ts';
import { createNothingMatchedError, describeFolder, suggestRequest } from '../request-error.ts';
import type { PythonRelease } from '../version/requires-python.ts';
import { isPrerelease } from '../version/specifier.ts';
import { findBestTag } from '../version/tags.ts';
import { describeReleases } from '../version/version-folders.ts';
import {
  findAnchorVersion,
  findNearestVersion,
  findNearestVersions,
  sortVersions,
} from '../version/version-order.ts';
import {
  type AvailableWheel,
  type ChosenWheel,
  chooseWheel,
  isYanked,
  type WheelChoice,
  type WheelCriteria,
} from './wheel-choice.ts';
import { RELEASED_TOGETHER } from './wheel-folders.ts';
import { filterWheelsForPython, findNearestPython, listPythonVersions } from './wheel-pythons.ts';
import { describeAssumedRelease, type WheelQuery } from './wheel-query.ts';
import { filterWheelsOfProject, listReleasedWheels, type WheelSurvey } from './wheel-survey.ts';

/** All that is known when no wheel fits. */
export interface MissingWheel {
  request: Request;
  query: WheelQuery;
  criteria: WheelCriteria;
  /** What `Requires-Python` was compared with, if it depends on the patch release. */
  release: PythonRelease | undefined;
  choice: WheelChoice;
  /** One for each mirror that answered. */
  surveys: readonly WheelSurvey[];
  failures: readonly CandidateFailure[];
}

/** The error that says what was asked, where it was looked for, and the nearest things that are there. */
export async function createWheelNotFoundError(missing: MissingWheel): Promise<TfcacheError> {
  const { request, query, surveys, failures } = missing;
  const { project, platform, device } = query.search;
  const { problem, found, hint } = await explain(missing);
  const unasked = failures.map(
    ({ error }) => `${error.where ?? 'a mirror'} could not be asked: ${error.message}`,
  );
  return createNothingMatchedError(request, problem, {
    where: whereLooked(surveys),
    expected: `${project}${request.version} for CPython ${query.python} on ${platform}${device === 'gpu' ? ', device gpu' : ''}`,
    found: [found, ...unasked].join('; '),
    hint,
  });
}

/** Each bucket with its mirrors and the folders that were looked into. */
function whereLooked(surveys: readonly WheelSurvey[]): string {
  const buckets = new Map<string, WheelSurvey[]>();
  for (const survey of surveys) {
    const { bucket } = survey.mirror;
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), survey]);
  }
  const mirrors = [...buckets].map(([bucket, same]) => {
    const listed = same.flatMap((survey) => survey.listed);
    const there = foldersOf(listed, ({ exists }) => exists);
    const absent = foldersOf(listed, ({ exists }) => !exists).filter(
      (name) => !there.includes(name),
    );
    const looked =
      there.length > 0 ? `in ${formatShortList(there, 12)}` : 'no such folder is there';
    const gone = absent.length > 0 ? `; not there: ${formatShortList(absent, 12)}` : '';
    return `${same[0]?.mirror.lister.describeLocation(bucket) ?? ''} (${looked}${gone})`;
  });
  return mirrors.join('; then ');
}

function foldersOf(
  listed: readonly FolderListing[],
  include: (listing: FolderListing) => boolean,
): string[] {
  return [...new Set(listed.filter(include).map(({ folder }) => `${folder}/`))];
}

interface Explanation {
  problem: string;
  found: string;
  hint: string;
}

async function explain(missing: MissingWheel): Promise<Explanation> {
  const { request, query, choice } = missing;
  const { rejected } = choice;
  const root = await rootOfEmptyBucket(missing);
  if (root !== undefined) {
    return {
      problem: 'the mirror has none of the folders where wheels stand.',
      found: `at its root: ${describeFolder(root)}`,
      hint: "Check that the mirror's URL ends at the bucket's root, or name the file: path:FOLDER/FILE.whl",
    };
  }
  if (rejected.yanked.length > 0) return onlyYanked(rejected.yanked, request);
  if (rejected.prerelease.length > 0) return onlyPrereleases(rejected.prerelease, missing);
  if (rejected.otherPython.length > 0) return otherRequirement(rejected.otherPython, missing);
  if (rejected.otherDevice.length > 0) {
    return {
      problem: `${query.search.project} is there for the CPU only.`,
      found: fileNames(rejected.otherDevice),
      hint: 'Leave device=gpu out to take it.',
    };
  }
  const siblings = siblingsOf(missing);
  if (siblings.length > 0) return otherName(siblings, missing);
  if (rejected.otherMachine.length > 0) return otherMachine(rejected.otherMachine, missing);
  if (rejected.otherVersion.length > 0) return otherVersions(missing);
  return unknownProject(missing);
}

/** The root of the first mirror, if no mirror has any folder that was looked for. */
async function rootOfEmptyBucket({ surveys }: MissingWheel): Promise<FolderListing | undefined> {
  const [first] = surveys;
  const isEmpty = surveys.every(
    ({ mirror, listed }) => mirror.bucket !== INDEX_BUCKET && listed.every(({ exists }) => !exists),
  );
  if (first === undefined || !isEmpty) return undefined;
  const { lister, bucket } = first.mirror;
  return (await lister.listFolders(bucket, ['']))[0];
}

function onlyYanked(wheels: readonly AvailableWheel[], request: Request): Explanation {
  const newest = sortVersions(versionsOf(wheels)).at(-1) ?? '';
  return {
    problem: 'only withdrawn (yanked) releases fit.',
    found: fileNames(wheels),
    hint: `To take it all the same, ask for exactly that version: ${suggestRequest(request, { version: `==${newest}` })}`,
  };
}

function onlyPrereleases(
  wheels: readonly AvailableWheel[],
  { request }: MissingWheel,
): Explanation {
  const versions = sortVersions(versionsOf(wheels));
  return {
    problem: 'only pre-releases fit, and the request does not ask for one.',
    found: formatShortList(versions),
    hint: `Ask for it by name, for example ${suggestRequest(request, { version: `==${versions.at(-1) ?? ''}` })}`,
  };
}

async function otherRequirement(
  wheels: readonly AvailableWheel[],
  missing: MissingWheel,
): Promise<Explanation> {
  const { query, release } = missing;
  const [newest] = newestFirst(wheels);
  const assumed = release?.isAssumed === true ? ` (${describeAssumedRelease(query, release)})` : '';
  return {
    problem: `the versions asked for are not made for Python ${release?.version ?? query.python}.`,
    found: `${newest?.name.fileName ?? ''} requires Python ${newest?.file.release?.requiresPython ?? ''}${assumed}`,
    hint: await pythonHint(wheels, missing),
  };
}

/** The best wheels of TensorFlow's other names (`tensorflow-gpu` for `tensorflow`) that would fit in all else. */
function siblingsOf({ query, criteria, surveys }: MissingWheel): ChosenWheel[] {
  const { project } = query.search;
  if (!RELEASED_TOGETHER.includes(project)) return [];
  const wheels = surveys.flatMap((survey) => survey.wheels);
  return RELEASED_TOGETHER.filter((name) => name !== project).flatMap(
    (name) => chooseWheel(filterWheelsOfProject(name, wheels), criteria).chosen ?? [],
  );
}

/** TensorFlow's wheels changed names: `tensorflow-cpu` and `tensorflow-gpu` on Linux from 2.1 to 2.11, and so on. */
function otherName(
  siblings: readonly ChosenWheel[],
  { request, query }: MissingWheel,
): Explanation {
  const name = siblings[0]?.name.project ?? '';
  return {
    problem: `${query.search.project} is not there for this version, python and platform, but under another name it is.`,
    found: fileNames(siblings),
    hint: `Ask for ${suggestRequest(request, { name })}`,
  };
}

async function otherMachine(
  wheels: readonly AvailableWheel[],
  missing: MissingWheel,
): Promise<Explanation> {
  const { query, request } = missing;
  const { platform } = query.search;
  const problem = `the versions asked for are there, but none for CPython ${query.python} on ${platform}.`;
  const pythons = listPythonVersions(wheels, platform);
  if (pythons.length > 0) {
    const near = findNearestPython(query.python, pythons) ?? '';
    const forNear = filterWheelsForPython(near, wheels, platform);
    return {
      problem,
      found: `CPython ${pythons.join(', ')} (such as ${newestFirst(forNear)[0]?.name.fileName ?? ''})`,
      hint: await pythonHint(wheels, missing),
    };
  }
  const version = await nearestThatFits(missing);
  const other =
    version === undefined
      ? 'ask for another version.'
      : `ask for the nearest version that has it: ${suggestRequest(request, { version: `==${version}` })}`;
  return {
    problem,
    found: fileNames(wheels),
    hint: `Say what the wheel is for with ?python=…&platform=…, or ${other}`,
  };
}

/** Says which Python to use instead, and which version has wheels for the one asked for. */
async function pythonHint(
  wheels: readonly AvailableWheel[],
  missing: MissingWheel,
): Promise<string> {
  const { request, query } = missing;
  const { python, search } = query;
  const near = findNearestPython(python, listPythonVersions(wheels, search.platform));
  const version = await nearestThatFits(missing);
  const choices: string[] = [];
  if (near !== undefined) {
    choices.push(
      request.qualifiers['python'] === undefined
        ? `use one of these Pythons before this step (actions/setup-python with python-version: '${near}')`
        : `ask for one of these Pythons: ${suggestRequest(request, { qualifiers: { python: near } })}`,
    );
  }
  if (version !== undefined) {
    const suggestion = suggestRequest(request, { version: `==${version}` });
    choices.push(`ask for the nearest version that has CPython ${python}: ${suggestion}`);
  }
  const text = choices.join(', or ');
  if (text === '')
    return 'Say what the wheel is for with ?python=…&platform=…, or ask for another version.';
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** The nearest version of which this machine could use a wheel. */
async function nearestThatFits(missing: MissingWheel): Promise<string | undefined> {
  const { specifier } = missing.query.search;
  return findNearestVersion(
    findAnchorVersion(specifier),
    usableVersions(await allWheels(missing), missing),
  );
}

/** All wheels of the project: those that were listed, and those of TensorFlow's further releases. */
async function allWheels({ query, surveys }: MissingWheel): Promise<AvailableWheel[]> {
  const further = await Promise.all(surveys.map((survey) => listReleasedWheels(survey, query)));
  const wheels = [...surveys.flatMap((survey) => survey.wheels), ...further.flat()];
  return filterWheelsOfProject(query.search.project, wheels);
}

/** Versions of which this machine could use a wheel; pre-releases if the request names one, or there is nothing else. */
function usableVersions(wheels: readonly AvailableWheel[], { criteria }: MissingWheel): string[] {
  const { ranks, device, supportsPython, specifier } = criteria;
  const usable = wheels.filter(
    (wheel) =>
      findBestTag(wheel.name, ranks) !== undefined &&
      !(device === 'gpu' && wheel.device === 'cpu') &&
      supportsPython(wheel) &&
      !isYanked(wheel),
  );
  const versions = sortVersions(versionsOf(usable));
  const releases = versions.filter((version) => !isPrerelease(version));
  return specifier.namesPrerelease || releases.length === 0 ? versions : releases;
}

async function otherVersions(missing: MissingWheel): Promise<Explanation> {
  const { request, query } = missing;
  const { project, specifier, platform } = query.search;
  const wheels = await allWheels(missing);
  const usable = usableVersions(wheels, missing);
  const versions = usable.length > 0 ? usable : sortVersions(versionsOf(wheels));
  const anchor = findAnchorVersion(specifier);
  const near = findNearestVersions(anchor, versions);
  const problem = `${project} is there, but in no version that fits "${request.version}"`;
  const found = `${near.join(', ')}${versions.length > near.length ? ` (of ${versions.length} versions)` : ''}${releasesOf(missing)}`;
  if (usable.length === 0) {
    return {
      problem: `${problem}, and in none for CPython ${query.python} on ${platform}.`,
      found,
      hint: await pythonHint(wheels, missing),
    };
  }
  const version = findNearestVersion(anchor, usable) ?? '';
  return {
    problem: `${problem}.`,
    found,
    hint: `Ask for one of these, for example ${suggestRequest(request, { version: `==${version}` })}`,
  };
}

function unknownProject(missing: MissingWheel): Explanation {
  const { request, query, surveys } = missing;
  const { project } = query.search;
  const there = surveys.flatMap((survey) => survey.wheels);
  const projects = findNearestNames(
    project,
    there.map(({ name }) => name.project),
  );
  const found = [
    ...(projects.length === 0 ? [] : [`wheels of ${projects.join(', ')}`]),
    ...(surveys.some(lacksProject) ? [`no project ${project} in the package index`] : []),
  ];
  const suggestion = suggestRequest(request, { name: projects[0] ?? '' });
  return {
    problem: surveys.every(lacksProject)
      ? `the package index has no project ${project}.`
      : `there is no wheel of ${project}.`,
    found: `${found.join('; ') || 'no wheels at all'}${releasesOf(missing)}`,
    hint:
      projects.length > 0
        ? `Did you mean ${suggestion} ?`
        : surveys.every(lacksProject)
          ? 'Check the spelling, and that the address of the index is the folder in which each project has its page: https://host/simple/'
          : 'Check the mirror, or name the file: path:FOLDER/FILE.whl',
  };
}

function lacksProject({ mirror, listed }: WheelSurvey): boolean {
  return mirror.bucket === INDEX_BUCKET && listed.every(({ exists }) => !exists);
}

function releasesOf({ surveys, query }: MissingWheel): string {
  const listed = surveys.flatMap((survey) => survey.listed);
  return describeReleases(listed, query.search.specifier);
}

function versionsOf(wheels: readonly AvailableWheel[]): string[] {
  return wheels.map(({ name }) => name.version);
}

function newestFirst(wheels: readonly AvailableWheel[]): AvailableWheel[] {
  const order = new Map(sortVersions(versionsOf(wheels)).map((version, index) => [version, index]));
  const position = ({ name }: AvailableWheel): number => order.get(name.version) ?? 0;
  return [...wheels].sort((left, right) => position(right) - position(left));
}

function fileNames(wheels: readonly AvailableWheel[]): string {
  return formatShortList(
    newestFirst(wheels).map(({ name }) => name.fileName),
    6,
  );
}
