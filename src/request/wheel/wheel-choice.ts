import { compare } from '@renovatebot/pep440';
import { baseName } from '../../bucket/bucket-path.ts';
import type { FolderListing, ListedFile } from '../../bucket/file.ts';
import { isPrerelease, matchesSpecifier, type Specifier } from '../version/specifier.ts';
import { findPinnedVersion } from '../version/specifier-reach.ts';
import { findBestTag, type TagRanks } from '../version/tags.ts';
import { parseFolderDevice, type WheelDevice } from './wheel-folders.ts';
import { compareBuild, parseWheelName, type WheelName } from './wheel-name.ts';

/** A wheel that a mirror holds. */
export interface AvailableWheel {
  name: WheelName;
  file: ListedFile;
  /** The device its folder is for; undefined where the project's name says it. */
  device: WheelDevice | undefined;
  /** Position of the mirror that holds it, in order of preference. */
  mirrorIndex: number;
}

export interface ChosenWheel extends AvailableWheel {
  /** The best of its tags on the machine asked for. */
  tag: { rank: number; python: string; platform: string };
}

/** What a wheel must be to be chosen. */
export interface WheelCriteria {
  specifier: Specifier;
  ranks: TagRanks;
  device: WheelDevice;
  /** Whether its `Requires-Python` admits the Python asked for. */
  supportsPython: (wheel: AvailableWheel) => boolean;
}

/** Why the wheels of a project were not chosen: each is in the first list that it belongs to. */
export interface RejectedWheels {
  otherVersion: AvailableWheel[];
  otherMachine: AvailableWheel[];
  otherDevice: AvailableWheel[];
  /** `Requires-Python` excludes the Python asked for. */
  otherPython: AvailableWheel[];
  prerelease: AvailableWheel[];
  yanked: AvailableWheel[];
}

export interface WheelChoice {
  chosen: ChosenWheel | undefined;
  rejected: RejectedWheels;
}

/** Every wheel in the folders, of whatever project. */
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
 * Chooses the wheel that pip would install: the highest version, then the best tag, then the highest build; equal ones
 * by the order of their mirrors.
 *
 * - Between wheels of one mirror and version for the CPU and for the GPU the device decides first. `gpu` never takes what
 *   is in a folder for the CPU; `cpu` takes what is in a folder for the GPU if the mirror has no other (plain `tensorflow`
 *   from 2.12 to 2.15).
 * - Pre-releases are chosen if the specifier names one, and for a request without a specifier if nothing else fits. For
 *   ranges, pip does the latter only since 26.
 * - Yanked releases are chosen only if the specifier pins a version and nothing else fits (PEP 592). As in pip, that is
 *   decided after pre-releases are.
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
  const fitting: ChosenWheel[] = [];
  for (const wheel of wheels) {
    const tag = findBestTag(wheel.name, ranks);
    if (!matchesSpecifier(specifier, wheel.name.version)) rejected.otherVersion.push(wheel);
    else if (tag === undefined) rejected.otherMachine.push(wheel);
    else if (device === 'gpu' && wheel.device === 'cpu') rejected.otherDevice.push(wheel);
    else if (!supportsPython(wheel)) rejected.otherPython.push(wheel);
    else fitting.push({ ...wheel, tag });
  }
  const released = withoutPrereleases(fitting, specifier, rejected);
  const candidates = withoutYanked(released, specifier, rejected);
  const best = nearestDevice(candidates, device).sort(preference)[0];
  return { chosen: best, rejected: rejected };
}

function withoutPrereleases(
  fitting: readonly ChosenWheel[],
  specifier: Specifier,
  rejected: RejectedWheels,
): readonly ChosenWheel[] {
  if (specifier.namesPrerelease) return fitting;
  const finals = fitting.filter(({ name }) => !isPrerelease(name.version));
  if (finals.length === 0 && specifier.clauses.length === 0) return fitting;
  rejected.prerelease = fitting.filter(({ name }) => isPrerelease(name.version));
  return finals;
}

function withoutYanked(
  released: readonly ChosenWheel[],
  specifier: Specifier,
  rejected: RejectedWheels,
): readonly ChosenWheel[] {
  const current = released.filter((wheel) => !isYanked(wheel));
  if (current.length === 0 && findPinnedVersion(specifier) !== undefined) return released;
  rejected.yanked = released.filter(isYanked);
  return current;
}

/** True if the project withdrew the release (PEP 592). */
export function isYanked({ file }: AvailableWheel): boolean {
  return file.release?.yanked === true;
}

/** Of one mirror's wheels of a version only those nearest to the device asked for. */
function nearestDevice(candidates: readonly ChosenWheel[], device: WheelDevice): ChosenWheel[] {
  const nearest = new Map<string, number>();
  const key = ({ name, mirrorIndex }: ChosenWheel): string => `${mirrorIndex} ${name.version}`;
  for (const wheel of candidates) {
    const known = nearest.get(key(wheel)) ?? Number.POSITIVE_INFINITY;
    nearest.set(key(wheel), Math.min(known, distance(wheel.device, device)));
  }
  return candidates.filter((wheel) => distance(wheel.device, device) === nearest.get(key(wheel)));
}

function distance(found: WheelDevice | undefined, wanted: WheelDevice): number {
  if (found === wanted) return 0;
  return found === undefined ? 1 : 2;
}

/** Negative when the left wheel is the better one. */
function preference(left: ChosenWheel, right: ChosenWheel): number {
  return (
    compare(right.name.version, left.name.version) ||
    left.tag.rank - right.tag.rank ||
    compareBuild(right.name.build, left.name.build) ||
    left.mirrorIndex - right.mirrorIndex ||
    (left.file.path < right.file.path ? -1 : 1)
  );
}
