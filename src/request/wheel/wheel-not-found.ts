import { INDEX_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing } from '../../bucket/file.ts';
import type { TfcacheError } from '../../platform/error.ts';
import {
  findNearestNames,
  formatShortList,
  suggestName,
} from '../../platform/text/similar-names.ts';
import { createNothingMatchedError, describeFolder, suggestRequest } from '../request-error.ts';
import { describeReleases } from '../version/version-folders.ts';
import {
  findAnchorVersion,
  findNearestVersion,
  findNearestVersions,
  sortVersions,
} from '../version/version-order.ts';
import {
  findNearestUsableVersion,
  findWheelsOfOtherNames,
  listAllWheels,
  listUsableVersions,
  type MissingWheel,
  suggestPythonOrVersion,
} from './wheel-alternatives.ts';
import type { AvailableWheel, ChosenWheel } from './wheel-choice.ts';
import { filterWheelsForPython, findNearestPython, listPythonVersions } from './wheel-pythons.ts';
import { describeAssumedRelease } from './wheel-query.ts';
import type { WheelSurvey } from './wheel-survey.ts';

/** Returns the error of a request without a wheel: what was requested, where it was searched, and the nearest wheels. */
export async function createWheelNotFoundError(missing: MissingWheel): Promise<TfcacheError> {
  const { request, query, surveys, failures } = missing;
  const { project, platform, device } = query.search;
  const { problem, found, hint } = await explain(missing);
  const unsearched = failures.map(
    ({ error }) => `${error.where ?? 'a mirror'} could not be searched: ${error.message}`,
  );
  return createNothingMatchedError(request, problem, {
    where: describeSearch(surveys),
    expected: `${project}${request.version} for CPython ${query.python} on ${platform}${device === 'gpu' ? ', device gpu' : ''}`,
    found: [found, ...unsearched].join('; '),
    hint,
  });
}

/** Returns the mirrors of each bucket, and the folders that were searched. */
function describeSearch(surveys: readonly WheelSurvey[]): string {
  const buckets = new Map<string, WheelSurvey[]>();
  for (const survey of surveys) {
    const { bucket } = survey.mirror;
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), survey]);
  }
  const places = [...buckets].map(([bucket, same]) => {
    const listed = same.flatMap((survey) => survey.listed);
    const existing = listFolderNames(listed.filter(({ exists }) => exists));
    const missing = listFolderNames(listed.filter(({ exists }) => !exists)).filter(
      (name) => !existing.includes(name),
    );
    const details = [
      ...(existing.length > 0 ? [`in ${formatShortList(existing, 12)}`] : []),
      ...(missing.length > 0 ? [`missing: ${formatShortList(missing, 12)}`] : []),
    ];
    return `${same[0]?.mirror.lister.describeLocation(bucket) ?? ''} (${details.join('; ')})`;
  });
  return places.join('; then ');
}

function listFolderNames(listed: readonly FolderListing[]): string[] {
  return [...new Set(listed.map(({ folder }) => `${folder}/`))];
}

interface Explanation {
  problem: string;
  found: string;
  hint: string;
}

/** Explains the first reason that applies, from the one that is the easiest to resolve. */
async function explain(missing: MissingWheel): Promise<Explanation> {
  const { rejected } = missing.choice;
  const root = await listRootOfForeignBucket(missing);
  if (root !== undefined) {
    return {
      problem: 'the mirror has none of the folders that contain wheels.',
      found: `in the root: ${describeFolder(root)}`,
      hint: 'Check that the URL of the mirror ends at the root of the bucket. For a file in another folder write path:FOLDER/FILE.whl',
    };
  }
  if (rejected.yanked.length > 0) return explainYanked(rejected.yanked, missing);
  if (rejected.prerelease.length > 0) return explainPrereleases(rejected.prerelease, missing);
  if (rejected.otherPython.length > 0) return explainRequiresPython(rejected.otherPython, missing);
  if (rejected.otherDevice.length > 0) {
    return {
      problem: `${missing.query.search.project} is available for the CPU only.`,
      found: formatFileNames(rejected.otherDevice),
      hint: 'Remove device=gpu to use it.',
    };
  }
  const renamed = findWheelsOfOtherNames(missing);
  if (renamed.length > 0) return explainOtherName(renamed, missing);
  if (rejected.otherMachine.length > 0) return explainOtherMachine(rejected.otherMachine, missing);
  if (rejected.otherVersion.length > 0) return explainOtherVersion(missing);
  return explainUnknownProject(missing);
}

/** Returns the root of the first mirror if none of the searched folders exists on a mirror. */
async function listRootOfForeignBucket({
  surveys,
}: MissingWheel): Promise<FolderListing | undefined> {
  const [first] = surveys;
  const isForeign = surveys.every(
    ({ mirror, listed }) => mirror.bucket !== INDEX_BUCKET && listed.every(({ exists }) => !exists),
  );
  if (first === undefined || !isForeign) return undefined;
  const { lister, bucket } = first.mirror;
  return (await lister.listFolders(bucket, ['']))[0];
}

function explainYanked(wheels: readonly AvailableWheel[], { request }: MissingWheel): Explanation {
  const newest = sortVersions(listVersions(wheels)).at(-1) ?? '';
  return {
    problem: 'only yanked (withdrawn) releases match.',
    found: formatFileNames(wheels),
    hint: `To use one anyway, write its version: ${suggestRequest(request, { version: `==${newest}` })}`,
  };
}

function explainPrereleases(
  wheels: readonly AvailableWheel[],
  { request }: MissingWheel,
): Explanation {
  const versions = sortVersions(listVersions(wheels));
  return {
    problem: 'only pre-releases match, and the request does not name one.',
    found: formatShortList(versions),
    hint: `To use the newest one, write ${suggestRequest(request, { version: `==${versions.at(-1) ?? ''}` })}`,
  };
}

async function explainRequiresPython(
  wheels: readonly AvailableWheel[],
  missing: MissingWheel,
): Promise<Explanation> {
  const { query, release } = missing;
  const [newest] = sortNewestFirst(wheels);
  const note = release?.isAssumed === true ? ` (${describeAssumedRelease(query, release)})` : '';
  return {
    problem: `the matching versions do not support Python ${release?.version ?? query.python}.`,
    found: `${newest?.name.fileName ?? ''} requires Python ${newest?.file.release?.requiresPython ?? ''}${note}`,
    hint: await suggestPythonOrVersion(wheels, missing),
  };
}

function explainOtherName(
  wheels: readonly ChosenWheel[],
  { request, query }: MissingWheel,
): Explanation {
  const { project, platform } = query.search;
  const name = wheels[0]?.name.project ?? '';
  return {
    problem: `${project} has no matching wheel for CPython ${query.python} on ${platform}, but ${name} has one.`,
    found: formatFileNames(wheels),
    hint: `Write ${suggestRequest(request, { name })}`,
  };
}

async function explainOtherMachine(
  wheels: readonly AvailableWheel[],
  missing: MissingWheel,
): Promise<Explanation> {
  const { query, request } = missing;
  const { platform } = query.search;
  const problem = `the matching versions have no wheel for CPython ${query.python} on ${platform}.`;
  const pythons = listPythonVersions(wheels, platform);
  if (pythons.length > 0) {
    const nearest = findNearestPython(query.python, pythons) ?? '';
    const [example] = sortNewestFirst(filterWheelsForPython(nearest, wheels, platform));
    return {
      problem,
      found: `wheels for CPython ${pythons.join(', ')} (such as ${example?.name.fileName ?? ''})`,
      hint: await suggestPythonOrVersion(wheels, missing),
    };
  }
  const version = await findNearestUsableVersion(missing);
  const [example] = sortNewestFirst(wheels);
  const platforms = [...new Set(wheels.flatMap(({ name }) => name.platforms))].sort();
  return {
    problem,
    found: `wheels for ${formatShortList(platforms)} (such as ${example?.name.fileName ?? ''})`,
    hint:
      version === undefined
        ? 'Request another version, or a wheel for another machine with ?python=…&platform=…'
        : `For this machine, write ${suggestRequest(request, { version: `==${version}` })}\nFor another machine, add ?python=…&platform=…`,
  };
}

async function explainOtherVersion(missing: MissingWheel): Promise<Explanation> {
  const { request, query } = missing;
  const { project, specifier, platform } = query.search;
  const wheels = await listAllWheels(missing);
  const usable = listUsableVersions(wheels, missing);
  const versions = usable.length > 0 ? usable : sortVersions(listVersions(wheels));
  const anchor = findAnchorVersion(specifier);
  const nearest = findNearestVersions(anchor, versions);
  const count = versions.length > nearest.length ? ` (nearest of ${versions.length} versions)` : '';
  const problem = `${project} has no version that matches "${request.version}"`;
  const found = `${nearest.join(', ')}${count}${describeOtherReleases(missing)}`;
  if (usable.length === 0) {
    return {
      problem: `${problem}, and no version for CPython ${query.python} on ${platform}.`,
      found,
      hint: await suggestPythonOrVersion(wheels, missing),
    };
  }
  const version = findNearestVersion(anchor, usable) ?? '';
  return {
    problem: `${problem}.`,
    found,
    hint: `Request one of these versions, for example ${suggestRequest(request, { version: `==${version}` })}`,
  };
}

function explainUnknownProject(missing: MissingWheel): Explanation {
  const { request, query, surveys } = missing;
  const { project } = query.search;
  const wheels = surveys.flatMap((survey) => survey.wheels);
  const projects = wheels.map(({ name }) => name.project);
  const nearest = findNearestNames(project, projects);
  const similar = suggestName(project, projects);
  const isInNoIndex = surveys.every(isProjectMissing);
  const found = [
    ...(nearest.length === 0 ? [] : [`wheels of ${nearest.join(', ')}`]),
    ...(surveys.some(isProjectMissing) ? [`no project ${project} in the package index`] : []),
  ];
  return {
    problem: isInNoIndex
      ? `the package index has no project ${project}.`
      : `no mirror has a wheel of ${project}.`,
    found: `${found.join('; ') || 'no wheels'}${describeOtherReleases(missing)}`,
    hint:
      similar === undefined
        ? suggestSource(surveys)
        : `Did you mean ${similar}? Write ${suggestRequest(request, { name: similar })}`,
  };
}

/** Returns a hint where a project without similar names may be found. */
function suggestSource(surveys: readonly WheelSurvey[]): string {
  if (surveys.every(({ mirror }) => mirror.bucket !== INDEX_BUCKET)) {
    return 'Check the spelling. Projects other than TensorFlow need a package index: add pypi=https://host/simple/ to mirrors.';
  }
  if (surveys.every(isProjectMissing)) {
    return 'Check the spelling. Check that the URL of the index is the folder that contains one page per project: https://host/simple/';
  }
  return 'Check the spelling, and the URLs in mirrors. For a file in another folder write path:FOLDER/FILE.whl';
}

/** Returns true if a mirror is a package index without the project. */
function isProjectMissing({ mirror, listed }: WheelSurvey): boolean {
  return mirror.bucket === INDEX_BUCKET && listed.every(({ exists }) => !exists);
}

function describeOtherReleases({ surveys, query }: MissingWheel): string {
  const listed = surveys.flatMap((survey) => survey.listed);
  return describeReleases(listed, query.search.specifier);
}

function listVersions(wheels: readonly AvailableWheel[]): string[] {
  return wheels.map(({ name }) => name.version);
}

function sortNewestFirst(wheels: readonly AvailableWheel[]): AvailableWheel[] {
  const order = new Map(
    sortVersions(listVersions(wheels)).map((version, index) => [version, index]),
  );
  const positionOf = ({ name }: AvailableWheel): number => order.get(name.version) ?? 0;
  return [...wheels].sort((left, right) => positionOf(right) - positionOf(left));
}

function formatFileNames(wheels: readonly AvailableWheel[]): string {
  return formatShortList(
    sortNewestFirst(wheels).map(({ name }) => name.fileName),
    6,
  );
}
