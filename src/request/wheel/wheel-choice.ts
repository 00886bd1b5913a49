import { compare } from '@renovatebot/pep440';
import { baseName } from '../../bucket/bucket-path.ts';
import type { FolderListing, ListedFile } from '../../bucket/file.ts';
import { contains, isPrerelease, type Specifier } from '../version/specifier.ts';
import { pinnedVersion } from '../version/specifier-reach.ts';
import { bestTag, type TagRanks } from '../version/tags.ts';
import { type Device, folderDevice } from './wheel-folders.ts';
import { compareBuild, parseWheelName, type WheelName } from './wheel-name.ts';

/** A wheel that a mirror holds. */
export interface HeldWheel {
  name: WheelName;
  file: ListedFile;
  /** The device its folder is for; undefined where the project's name says it. */
  device: Device | undefined;
  /** Position of the mirror that holds it, in order of preference. */
  place: number;
}

export interface ChosenWheel extends HeldWheel {
  /** The best of its tags on the machine asked for. */
  tag: { rank: number; python: string; platform: string };
}

/** What a wheel must be to be chosen. */
export interface WheelNeeds {
  specifier: Specifier;
  ranks: TagRanks;
  device: Device;
  /** Whether its `Requires-Python` admits the Python asked for. */
  supports: (wheel: HeldWheel) => boolean;
}

/** Why the wheels of a project were not chosen: each is in the first list that it belongs to. */
export interface PassedOver {
  otherVersion: HeldWheel[];
  otherMachine: HeldWheel[];
  otherDevice: HeldWheel[];
  /** `Requires-Python` excludes the Python asked for. */
  otherPython: HeldWheel[];
  prerelease: HeldWheel[];
  yanked: HeldWheel[];
}

export interface WheelChoice {
  chosen: ChosenWheel | undefined;
  passedOver: PassedOver;
}

/** Every wheel in the folders, of whatever project. */
export function heldWheels(folders: readonly FolderListing[], place = 0): HeldWheel[] {
  return folders.flatMap(({ folder, files }) =>
    files.flatMap((file) => {
      const name = parseWheelName(baseName(file.path));
      return name === undefined ? [] : [{ name, file, device: folderDevice(folder), place }];
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
export function chooseWheel(wheels: readonly HeldWheel[], needs: WheelNeeds): WheelChoice {
  const passedOver: PassedOver = {
    otherVersion: [],
    otherMachine: [],
    otherDevice: [],
    otherPython: [],
    prerelease: [],
    yanked: [],
  };
  const { specifier, ranks, device, supports } = needs;
  const fitting: ChosenWheel[] = [];
  for (const wheel of wheels) {
    const tag = bestTag(wheel.name, ranks);
    if (!contains(specifier, wheel.name.version)) passedOver.otherVersion.push(wheel);
    else if (tag === undefined) passedOver.otherMachine.push(wheel);
    else if (device === 'gpu' && wheel.device === 'cpu') passedOver.otherDevice.push(wheel);
    else if (!supports(wheel)) passedOver.otherPython.push(wheel);
    else fitting.push({ ...wheel, tag });
  }
  const released = withoutPrereleases(fitting, specifier, passedOver);
  const candidates = withoutYanked(released, specifier, passedOver);
  const best = nearestDevice(candidates, device).sort(preference)[0];
  return { chosen: best, passedOver };
}

function withoutPrereleases(
  fitting: readonly ChosenWheel[],
  specifier: Specifier,
  passedOver: PassedOver,
): readonly ChosenWheel[] {
  if (specifier.namesPrerelease) return fitting;
  const finals = fitting.filter(({ name }) => !isPrerelease(name.version));
  if (finals.length === 0 && specifier.clauses.length === 0) return fitting;
  passedOver.prerelease = fitting.filter(({ name }) => isPrerelease(name.version));
  return finals;
}

function withoutYanked(
  released: readonly ChosenWheel[],
  specifier: Specifier,
  passedOver: PassedOver,
): readonly ChosenWheel[] {
  const current = released.filter((wheel) => !isYanked(wheel));
  if (current.length === 0 && pinnedVersion(specifier) !== undefined) return released;
  passedOver.yanked = released.filter(isYanked);
  return current;
}

/** True if the project withdrew the release (PEP 592). */
export function isYanked({ file }: HeldWheel): boolean {
  return file.release?.yanked === true;
}

/** Of one mirror's wheels of a version only those nearest to the device asked for. */
function nearestDevice(candidates: readonly ChosenWheel[], device: Device): ChosenWheel[] {
  const nearest = new Map<string, number>();
  const key = ({ name, place }: ChosenWheel): string => `${place} ${name.version}`;
  for (const wheel of candidates) {
    const known = nearest.get(key(wheel)) ?? Number.POSITIVE_INFINITY;
    nearest.set(key(wheel), Math.min(known, distance(wheel.device, device)));
  }
  return candidates.filter((wheel) => distance(wheel.device, device) === nearest.get(key(wheel)));
}

function distance(found: Device | undefined, wanted: Device): number {
  if (found === wanted) return 0;
  return found === undefined ? 1 : 2;
}

/** Negative when the left wheel is the better one. */
function preference(left: ChosenWheel, right: ChosenWheel): number {
  return (
    compare(right.name.version, left.name.version) ||
    left.tag.rank - right.tag.rank ||
    compareBuild(right.name.build, left.name.build) ||
    left.place - right.place ||
    (left.file.path < right.file.path ? -1 : 1)
  );
}
