import { compare } from '@renovatebot/pep440';
import type { FolderListing } from '../file.ts';
import { contents } from './bucket.ts';
import { nearest, shortList } from './nearest.ts';
import type { Request } from './request.ts';
import { nothingMatched } from './request-error.ts';
import { pinnedVersion } from './specifier-reach.ts';
import { releasesThere } from './version-folders.ts';
import { type ChosenWheel, type HeldWheel, heldWheels, type PassedOver } from './wheel-choice.ts';
import { RELEASED_TOGETHER, type WheelSearch } from './wheel-folders.ts';

/** All that is known when no wheel fits. */
export interface MissingWheel {
  request: Request;
  search: WheelSearch;
  python: string;
  /** Every folder that was looked into. */
  listed: readonly FolderListing[];
  /** The project's wheels, by the reason each was passed over. */
  passedOver: PassedOver;
  /** The best wheels of TensorFlow's other names (`tensorflow-gpu` for `tensorflow`) that would fit in all else. */
  siblings: readonly ChosenWheel[];
  /** The mirror, for the message. */
  where: string;
  /** The bucket's root, when none of the folders is there. */
  root: FolderListing | undefined;
}

/** The error that says what was asked, where it was looked for, and the nearest things that are there. */
export function wheelNotFound(missing: MissingWheel): Error {
  const { problem, found, hint } = explain(missing);
  const folders = missing.listed.filter(({ exists }) => exists).map(({ folder }) => `${folder}/`);
  const absent = missing.listed.filter(({ exists }) => !exists).map(({ folder }) => `${folder}/`);
  const looked = folders.length > 0 ? `in ${shortList(folders, 12)}` : 'no such folder is there';
  const gone = absent.length > 0 ? `; not there: ${shortList(absent, 12)}` : '';
  return nothingMatched(missing.request, problem, {
    where: `${missing.where} (${looked}${gone})`,
    expected: `${missing.search.project}${missing.request.version} for CPython ${missing.python} on ${missing.search.platform}${missing.search.device === 'gpu' ? ', device gpu' : ''}`,
    found,
    hint,
  });
}

interface Explanation {
  problem: string;
  found: string;
  hint: string;
}

function explain(missing: MissingWheel): Explanation {
  const { passedOver, search, root } = missing;
  if (root !== undefined) {
    return {
      problem: 'the mirror has none of the folders where wheels stand.',
      found: `at its root: ${contents(root)}`,
      hint: "Check that the mirror's URL ends at the bucket's root, or name the file: path:FOLDER/FILE.whl",
    };
  }
  if (passedOver.prerelease.length > 0) return onlyPrereleases(passedOver.prerelease, missing);
  if (passedOver.otherDevice.length > 0) {
    return {
      problem: `${search.project} is there for the CPU only.`,
      found: fileNames(passedOver.otherDevice),
      hint: 'Leave device=gpu out to take it.',
    };
  }
  const [sibling] = RELEASED_TOGETHER.includes(search.project) ? missing.siblings : [];
  if (sibling !== undefined) return otherName(sibling, missing);
  if (passedOver.otherMachine.length > 0) {
    return {
      problem: `the versions asked for are there, but none for CPython ${missing.python} on ${search.platform}.`,
      found: fileNames(passedOver.otherMachine),
      hint: 'Say what the wheel is for with ?python=…&platform=…, or ask for another version.',
    };
  }
  if (passedOver.otherVersion.length > 0) return otherVersions(passedOver.otherVersion, missing);
  return unknownProject(missing);
}

function onlyPrereleases(wheels: readonly HeldWheel[], { request }: MissingWheel): Explanation {
  const versions = versionsOf(wheels);
  return {
    problem: 'only pre-releases fit, and the request does not ask for one.',
    found: shortList(versions),
    hint: `Ask for it by name, for example ${request.kind}:${request.name}==${versions[0] ?? ''}`,
  };
}

/** TensorFlow's wheels changed names: `tensorflow-cpu` and `tensorflow-gpu` on Linux from 2.1 to 2.11, and so on. */
function otherName(sibling: ChosenWheel, { request, search, siblings }: MissingWheel): Explanation {
  return {
    problem: `${search.project} is not there for this version, python and platform, but under another name it is.`,
    found: fileNames(siblings),
    hint: `Ask for wheel:${sibling.name.project}${request.version}`,
  };
}

function otherVersions(wheels: readonly HeldWheel[], missing: MissingWheel): Explanation {
  const versions = versionsOf(wheels);
  const pinned = pinnedVersion(missing.search.specifier);
  const near = pinned === undefined ? versions.slice(0, 5) : nearest(pinned, versions);
  const folders = releasesThere(missing.listed, missing.search.specifier);
  return {
    problem: `${missing.search.project} is there, but in no version that fits "${missing.request.version}".`,
    found: `${shortList(near)}${versions.length > near.length ? ` (of ${versions.length} versions)` : ''}${folders}`,
    hint: `Ask for one of these, for example ${missing.request.kind}:${missing.request.name}==${near[0] ?? ''}`,
  };
}

function unknownProject(missing: MissingWheel): Explanation {
  const { search, listed } = missing;
  const there = heldWheels(listed);
  const projects = nearest(
    search.project,
    there.map(({ name }) => name.project),
  );
  return {
    problem: `there is no wheel of ${search.project}.`,
    found: `${projects.length === 0 ? 'no wheels at all' : `wheels of ${projects.join(', ')}`}${releasesThere(missing.listed, missing.search.specifier)}`,
    hint:
      projects.length === 0
        ? 'Check the mirror, or name the file: path:FOLDER/FILE.whl'
        : `Did you mean wheel:${projects[0] ?? ''} ?`,
  };
}

function versionsOf(wheels: readonly HeldWheel[]): string[] {
  const versions = [...new Set(wheels.map(({ name }) => name.version))];
  return versions.sort((left, right) => compare(right, left));
}

function fileNames(wheels: readonly HeldWheel[]): string {
  const newestFirst = [...wheels].sort((left, right) =>
    compare(right.name.version, left.name.version),
  );
  return shortList(
    newestFirst.map(({ name }) => name.fileName),
    6,
  );
}
