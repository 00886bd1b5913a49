import type { FolderListing } from '../../bucket/file.ts';
import type { TfcacheError } from '../../platform/error.ts';
import { contents, INDEX_BUCKET } from '../bucket.ts';
import { nearest, shortList } from '../nearest.ts';
import type { PlaceFailure, Request } from '../request.ts';
import { nothingMatched } from '../request-error.ts';
import { suggestRequest } from '../suggestion.ts';
import type { PythonRelease } from '../version/requires-python.ts';
import { isPrerelease } from '../version/specifier.ts';
import { bestTag } from '../version/tags.ts';
import { releasesThere } from '../version/version-folders.ts';
import { anchorOf, inOrder, nearestVersion, nearestVersions } from '../version/version-order.ts';
import {
  type ChosenWheel,
  chooseWheel,
  type HeldWheel,
  isYanked,
  type WheelChoice,
  type WheelNeeds,
} from './wheel-choice.ts';
import { RELEASED_TOGETHER } from './wheel-folders.ts';
import { nearestPython, pythonsOf, wheelsFor } from './wheel-pythons.ts';
import { describeAssumption, type WheelWish } from './wheel-search.ts';
import { surveyReleases, type WheelSurvey, wheelsOf } from './wheel-survey.ts';

/** All that is known when no wheel fits. */
export interface MissingWheel {
  request: Request;
  wish: WheelWish;
  needs: WheelNeeds;
  /** What `Requires-Python` was compared with, if it depends on the patch release. */
  release: PythonRelease | undefined;
  choice: WheelChoice;
  /** One for each mirror that answered. */
  surveys: readonly WheelSurvey[];
  failures: readonly PlaceFailure[];
}

/** The error that says what was asked, where it was looked for, and the nearest things that are there. */
export async function wheelNotFound(missing: MissingWheel): Promise<TfcacheError> {
  const { request, wish, surveys, failures } = missing;
  const { project, platform, device } = wish.search;
  const { problem, found, hint } = await explain(missing);
  const unasked = failures.map(
    ({ error }) => `${error.where ?? 'a mirror'} could not be asked: ${error.message}`,
  );
  return nothingMatched(request, problem, {
    where: whereLooked(surveys),
    expected: `${project}${request.version} for CPython ${wish.python} on ${platform}${device === 'gpu' ? ', device gpu' : ''}`,
    found: [found, ...unasked].join('; '),
    hint,
  });
}

/** Each bucket with its mirrors and the folders that were looked into. */
function whereLooked(surveys: readonly WheelSurvey[]): string {
  const buckets = new Map<string, WheelSurvey[]>();
  for (const survey of surveys) {
    const { bucket } = survey.place;
    buckets.set(bucket, [...(buckets.get(bucket) ?? []), survey]);
  }
  const places = [...buckets].map(([bucket, same]) => {
    const listed = same.flatMap((survey) => survey.listed);
    const there = foldersOf(listed, ({ exists }) => exists);
    const absent = foldersOf(listed, ({ exists }) => !exists).filter(
      (name) => !there.includes(name),
    );
    const looked = there.length > 0 ? `in ${shortList(there, 12)}` : 'no such folder is there';
    const gone = absent.length > 0 ? `; not there: ${shortList(absent, 12)}` : '';
    return `${same[0]?.place.listing.where(bucket) ?? ''} (${looked}${gone})`;
  });
  return places.join('; then ');
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
  const { request, wish, choice } = missing;
  const { passedOver } = choice;
  const root = await rootOfEmptyBucket(missing);
  if (root !== undefined) {
    return {
      problem: 'the mirror has none of the folders where wheels stand.',
      found: `at its root: ${contents(root)}`,
      hint: "Check that the mirror's URL ends at the bucket's root, or name the file: path:FOLDER/FILE.whl",
    };
  }
  if (passedOver.yanked.length > 0) return onlyYanked(passedOver.yanked, request);
  if (passedOver.prerelease.length > 0) return onlyPrereleases(passedOver.prerelease, missing);
  if (passedOver.otherPython.length > 0) return otherRequirement(passedOver.otherPython, missing);
  if (passedOver.otherDevice.length > 0) {
    return {
      problem: `${wish.search.project} is there for the CPU only.`,
      found: fileNames(passedOver.otherDevice),
      hint: 'Leave device=gpu out to take it.',
    };
  }
  const siblings = siblingsOf(missing);
  if (siblings.length > 0) return otherName(siblings, missing);
  if (passedOver.otherMachine.length > 0) return otherMachine(passedOver.otherMachine, missing);
  if (passedOver.otherVersion.length > 0) return otherVersions(missing);
  return unknownProject(missing);
}

/** The root of the first mirror, if no mirror has any folder that was looked for. */
async function rootOfEmptyBucket({ surveys }: MissingWheel): Promise<FolderListing | undefined> {
  const [first] = surveys;
  const isEmpty = surveys.every(
    ({ place, listed }) => place.bucket !== INDEX_BUCKET && listed.every(({ exists }) => !exists),
  );
  if (first === undefined || !isEmpty) return undefined;
  const { listing, bucket } = first.place;
  return (await listing.folders(bucket, ['']))[0];
}

function onlyYanked(wheels: readonly HeldWheel[], request: Request): Explanation {
  const newest = inOrder(versionsOf(wheels)).at(-1) ?? '';
  return {
    problem: 'only withdrawn (yanked) releases fit.',
    found: fileNames(wheels),
    hint: `To take it all the same, ask for exactly that version: ${suggestRequest(request, { version: `==${newest}` })}`,
  };
}

function onlyPrereleases(wheels: readonly HeldWheel[], { request }: MissingWheel): Explanation {
  const versions = inOrder(versionsOf(wheels));
  return {
    problem: 'only pre-releases fit, and the request does not ask for one.',
    found: shortList(versions),
    hint: `Ask for it by name, for example ${suggestRequest(request, { version: `==${versions.at(-1) ?? ''}` })}`,
  };
}

async function otherRequirement(
  wheels: readonly HeldWheel[],
  missing: MissingWheel,
): Promise<Explanation> {
  const { wish, release } = missing;
  const [newest] = newestFirst(wheels);
  const assumed = release?.isAssumed === true ? ` (${describeAssumption(wish, release)})` : '';
  return {
    problem: `the versions asked for are not made for Python ${release?.version ?? wish.python}.`,
    found: `${newest?.name.fileName ?? ''} requires Python ${newest?.file.release?.requiresPython ?? ''}${assumed}`,
    hint: await pythonHint(wheels, missing),
  };
}

/** The best wheels of TensorFlow's other names (`tensorflow-gpu` for `tensorflow`) that would fit in all else. */
function siblingsOf({ wish, needs, surveys }: MissingWheel): ChosenWheel[] {
  const { project } = wish.search;
  if (!RELEASED_TOGETHER.includes(project)) return [];
  const wheels = surveys.flatMap((survey) => survey.wheels);
  return RELEASED_TOGETHER.filter((name) => name !== project).flatMap(
    (name) => chooseWheel(wheelsOf(name, wheels), needs).chosen ?? [],
  );
}

/** TensorFlow's wheels changed names: `tensorflow-cpu` and `tensorflow-gpu` on Linux from 2.1 to 2.11, and so on. */
function otherName(siblings: readonly ChosenWheel[], { request, wish }: MissingWheel): Explanation {
  const name = siblings[0]?.name.project ?? '';
  return {
    problem: `${wish.search.project} is not there for this version, python and platform, but under another name it is.`,
    found: fileNames(siblings),
    hint: `Ask for ${suggestRequest(request, { name })}`,
  };
}

async function otherMachine(
  wheels: readonly HeldWheel[],
  missing: MissingWheel,
): Promise<Explanation> {
  const { wish, request } = missing;
  const { platform } = wish.search;
  const problem = `the versions asked for are there, but none for CPython ${wish.python} on ${platform}.`;
  const pythons = pythonsOf(wheels, platform);
  if (pythons.length > 0) {
    const near = nearestPython(wish.python, pythons) ?? '';
    const forNear = wheelsFor(near, wheels, platform);
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
async function pythonHint(wheels: readonly HeldWheel[], missing: MissingWheel): Promise<string> {
  const { request, wish } = missing;
  const { python, search } = wish;
  const near = nearestPython(python, pythonsOf(wheels, search.platform));
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
  const { specifier } = missing.wish.search;
  return nearestVersion(anchorOf(specifier), usableVersions(await allWheels(missing), missing));
}

/** All wheels of the project: those that were listed, and those of TensorFlow's further releases. */
async function allWheels({ wish, surveys }: MissingWheel): Promise<HeldWheel[]> {
  const further = await Promise.all(surveys.map((survey) => surveyReleases(survey, wish)));
  const wheels = [...surveys.flatMap((survey) => survey.wheels), ...further.flat()];
  return wheelsOf(wish.search.project, wheels);
}

/** Versions of which this machine could use a wheel; pre-releases if the request names one, or there is nothing else. */
function usableVersions(wheels: readonly HeldWheel[], { needs }: MissingWheel): string[] {
  const { ranks, device, supports, specifier } = needs;
  const usable = wheels.filter(
    (wheel) =>
      bestTag(wheel.name, ranks) !== undefined &&
      !(device === 'gpu' && wheel.device === 'cpu') &&
      supports(wheel) &&
      !isYanked(wheel),
  );
  const versions = inOrder(versionsOf(usable));
  const releases = versions.filter((version) => !isPrerelease(version));
  return specifier.namesPrerelease || releases.length === 0 ? versions : releases;
}

async function otherVersions(missing: MissingWheel): Promise<Explanation> {
  const { request, wish } = missing;
  const { project, specifier, platform } = wish.search;
  const wheels = await allWheels(missing);
  const usable = usableVersions(wheels, missing);
  const versions = usable.length > 0 ? usable : inOrder(versionsOf(wheels));
  const anchor = anchorOf(specifier);
  const near = nearestVersions(anchor, versions);
  const problem = `${project} is there, but in no version that fits "${request.version}"`;
  const found = `${near.join(', ')}${versions.length > near.length ? ` (of ${versions.length} versions)` : ''}${releasesOf(missing)}`;
  if (usable.length === 0) {
    return {
      problem: `${problem}, and in none for CPython ${wish.python} on ${platform}.`,
      found,
      hint: await pythonHint(wheels, missing),
    };
  }
  const version = nearestVersion(anchor, usable) ?? '';
  return {
    problem: `${problem}.`,
    found,
    hint: `Ask for one of these, for example ${suggestRequest(request, { version: `==${version}` })}`,
  };
}

function unknownProject(missing: MissingWheel): Explanation {
  const { request, wish, surveys } = missing;
  const { project } = wish.search;
  const there = surveys.flatMap((survey) => survey.wheels);
  const projects = nearest(
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

function lacksProject({ place, listed }: WheelSurvey): boolean {
  return place.bucket === INDEX_BUCKET && listed.every(({ exists }) => !exists);
}

function releasesOf({ surveys, wish }: MissingWheel): string {
  const listed = surveys.flatMap((survey) => survey.listed);
  return releasesThere(listed, wish.search.specifier);
}

function versionsOf(wheels: readonly HeldWheel[]): string[] {
  return wheels.map(({ name }) => name.version);
}

function newestFirst(wheels: readonly HeldWheel[]): HeldWheel[] {
  const order = new Map(inOrder(versionsOf(wheels)).map((version, index) => [version, index]));
  const position = ({ name }: HeldWheel): number => order.get(name.version) ?? 0;
  return [...wheels].sort((left, right) => position(right) - position(left));
}

function fileNames(wheels: readonly HeldWheel[]): string {
  return shortList(
    newestFirst(wheels).map(({ name }) => name.fileName),
    6,
  );
}
