import { compare } from '@renovatebot/pep440';
import { baseName } from '../../bucket/bucket-path.ts';
import type { FolderListing, ListedFile } from '../../bucket/file.ts';
import { isPrerelease, matchesSpecifier, type Specifier } from '../version/specifier.ts';
import { findPinnedVersion } from '../version/specifier-reach.ts';
import { findBestTag, type TagRanks } from '../version/tags.ts';
import { parseFolderDevice, type WheelDevice } from './wheel-folders.ts';
import { compareBuild, parseWheelName, type WheelName } from './wheel-name.ts';

/** A wheel that a mirror has. */
export interface AvailableWheel {
  name: WheelName;
  file: ListedFile;
  /** The device of its folder; undefined if the name of the project determines the device. */
  device: WheelDevice | undefined;
  /** Index of its mirror, in order of preference. */
  mirrorIndex: number;
}

export interface ChosenWheel extends AvailableWheel {
  /** The best of its tags for the machine. */
  tag: { rank: number; python: string; platform: string };
}

/** The conditions that a wheel must meet. */
export interface WheelCriteria {
  specifier: Specifier;
  ranks: TagRanks;
  device: WheelDevice;
  /** Returns true if its `Requires-Python` admits the requested Python. */
  supportsPython: (wheel: AvailableWheel) => boolean;
}

/** Wheels of a project that do not meet the criteria, each in the first list that applies. */
export interface RejectedWheels {
  otherVersion: AvailableWheel[];
  otherMachine: AvailableWheel[];
  otherDevice: AvailableWheel[];
  /** `Requires-Python` excludes the requested Python. */
  otherPython: AvailableWheel[];
  prerelease: AvailableWheel[];
  yanked: AvailableWheel[];
}

export interface WheelChoice {
  chosen: ChosenWheel | undefined;
  rejected: RejectedWheels;
}

/** Returns all wheels in the folders, of any project. */
export function parseListedWheels(
  folders: readonly FolderListing[],
  mirrorIndex = 0,
): AvailableWheel[] {
  return folders.flatMap(({ folder, files }) =>
    files.flatMap((file) => {
      const name = parseWheelName(baseName(file.path));
      return name === undefined
        ? []
        : [{ name, file, device: parseFolderDevice(folder), mirrorIndex }];
    }),
  );
}

/**
 * Chooses the wheel that pip would install: the highest version, then the best tag, then the highest build, then the first
 * mirror.
 *
 * - If one mirror has wheels of a version for CPU and GPU, the device decides first. `gpu` never takes a wheel from a CPU
 *   folder. `cpu` takes one from a GPU folder if the mirror has no other (plain `tensorflow` from 2.12 to 2.15).
 * - Pre-releases are chosen if the specifier names one, or if there is no specifier and nothing else matches. For ranges, pip
 *   does the latter only since version 26.
 * - Yanked releases are chosen only if the specifier pins a version and nothing else matches (PEP 592). As in pip, that is
 *   decided after pre-releases.
 */
export function chooseWheel(
  wheels: readonly AvailableWheel[],
  criteria: WheelCriteria,
): WheelChoice {
  const rejected: RejectedWheels = {
    otherVersion: [],
    otherMachine: [],
    otherDevice: [],
    otherPython: [],
    prerelease: [],
    yanked: [],
  };
  const { specifier, ranks, device, supportsPython } = criteria;
  const matching: ChosenWheel[] = [];
  for (const wheel of wheels) {
    const tag = findBestTag(wheel.name, ranks);
    if (!matchesSpecifier(specifier, wheel.name.version)) rejected.otherVersion.push(wheel);
    else if (tag === undefined) rejected.otherMachine.push(wheel);
    else if (device === 'gpu' && wheel.device === 'cpu') rejected.otherDevice.push(wheel);
    else if (!supportsPython(wheel)) rejected.otherPython.push(wheel);
    else matching.push({ ...wheel, tag });
  }
  const released = rejectPrereleases(matching, specifier, rejected);
  const candidates = rejectYanked(released, specifier, rejected);
  const [chosen] = filterByDevice(candidates, device).sort(compareWheels);
  return { chosen, rejected };
}

function rejectPrereleases(
  matching: readonly ChosenWheel[],
  specifier: Specifier,
  rejected: RejectedWheels,
): readonly ChosenWheel[] {
  if (specifier.namesPrerelease) return matching;
  const finals = matching.filter(({ name }) => !isPrerelease(name.version));
  if (finals.length === 0 && specifier.clauses.length === 0) return matching;
  rejected.prerelease = matching.filter(({ name }) => isPrerelease(name.version));
  return finals;
}

function rejectYanked(
  released: readonly ChosenWheel[],
  specifier: Specifier,
  rejected: RejectedWheels,
): readonly ChosenWheel[] {
  const current = released.filter((wheel) => !isYanked(wheel));
  if (current.length === 0 && findPinnedVersion(specifier) !== undefined) return released;
  rejected.yanked = released.filter(isYanked);
  return current;
}

/** Returns true if the project withdrew the release (PEP 592). */
export function isYanked({ file }: AvailableWheel): boolean {
  return file.release?.yanked === true;
}

/** Keeps, of the wheels of each mirror and version, those whose device is nearest to the requested one. */
function filterByDevice(candidates: readonly ChosenWheel[], device: WheelDevice): ChosenWheel[] {
  const nearest = new Map<string, number>();
  const keyOf = ({ name, mirrorIndex }: ChosenWheel): string => `${mirrorIndex} ${name.version}`;
  for (const wheel of candidates) {
    const known = nearest.get(keyOf(wheel)) ?? Number.POSITIVE_INFINITY;
    nearest.set(keyOf(wheel), Math.min(known, deviceDistance(wheel.device, device)));
  }
  return candidates.filter(
    (wheel) => deviceDistance(wheel.device, device) === nearest.get(keyOf(wheel)),
  );
}

function deviceDistance(found: WheelDevice | undefined, wanted: WheelDevice): number {
  if (found === wanted) return 0;
  return found === undefined ? 1 : 2;
}

/** Returns a negative number if the left wheel is better. */
function compareWheels(left: ChosenWheel, right: ChosenWheel): number {
  return (
    compare(right.name.version, left.name.version) ||
    left.tag.rank - right.tag.rank ||
    compareBuild(right.name.build, left.name.build) ||
    left.mirrorIndex - right.mirrorIndex ||
    (left.file.path < right.file.path ? -1 : 1)
  );
}
