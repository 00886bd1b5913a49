import { compare } from '@renovatebot/pep440';
import { baseName } from '../bucket-path.ts';
import type { FolderListing, ListedFile } from '../file.ts';
import { contains, isPrerelease, type Specifier } from './specifier.ts';
import { bestTag, type TagRanks } from './tags.ts';
import { type Device, folderDevice } from './wheel-folders.ts';
import { compareBuild, parseWheelName, type WheelName } from './wheel-name.ts';

/** A wheel that a mirror holds. */
export interface HeldWheel {
  name: WheelName;
  file: ListedFile;
  /** The device its folder is for; undefined where the project's name says it. */
  device: Device | undefined;
}

export interface ChosenWheel extends HeldWheel {
  /** The best of its tags on the machine asked for. */
  tag: { rank: number; python: string; platform: string };
}

/** Why the wheels of a project were passed over: each wheel stands in the first list that it belongs to. */
export interface PassedOver {
  otherVersion: HeldWheel[];
  prerelease: HeldWheel[];
  otherMachine: HeldWheel[];
  otherDevice: HeldWheel[];
}

/** Every wheel in the folders, of whatever project. */
export function heldWheels(folders: readonly FolderListing[]): HeldWheel[] {
  return folders.flatMap(({ folder, files }) =>
    files.flatMap((file) => {
      const name = parseWheelName(baseName(file.path));
      return name === undefined ? [] : [{ name, file, device: folderDevice(folder) }];
    }),
  );
}

/**
 * The wheel that pip would install: the highest version, then the best tag, then the highest build. Pre-releases are
 * chosen only when the specifier names one. Between a wheel for the CPU and one for the GPU of the same version the
 * device decides before the tag; `gpu` never takes what stands in a folder for the CPU, while `cpu` takes what stands
 * in a folder for the GPU when that is the only one (plain `tensorflow` from 2.12 to 2.15).
 */
export function chooseWheel(
  wheels: readonly HeldWheel[],
  specifier: Specifier,
  ranks: TagRanks,
  device: Device,
): { chosen: ChosenWheel | undefined; passedOver: PassedOver } {
  const passedOver: PassedOver = {
    otherVersion: [],
    prerelease: [],
    otherMachine: [],
    otherDevice: [],
  };
  const candidates: ChosenWheel[] = [];
  for (const wheel of wheels) {
    const { version } = wheel.name;
    const tag = bestTag(wheel.name, ranks);
    if (!contains(specifier, version)) passedOver.otherVersion.push(wheel);
    else if (tag === undefined) passedOver.otherMachine.push(wheel);
    else if (device === 'gpu' && wheel.device === 'cpu') passedOver.otherDevice.push(wheel);
    else if (isPrerelease(version) && !specifier.namesPrerelease) passedOver.prerelease.push(wheel);
    else candidates.push({ ...wheel, tag });
  }
  candidates.sort((left, right) => preference(left, right, device));
  return { chosen: candidates[0], passedOver };
}

/** Negative when the left wheel is the better one. */
function preference(left: ChosenWheel, right: ChosenWheel, device: Device): number {
  return (
    compare(right.name.version, left.name.version) ||
    distance(left.device, device) - distance(right.device, device) ||
    left.tag.rank - right.tag.rank ||
    compareBuild(right.name.build, left.name.build) ||
    (left.file.path < right.file.path ? -1 : 1)
  );
}

function distance(found: Device | undefined, wanted: Device): number {
  if (found === wanted) return 0;
  return found === undefined ? 1 : 2;
}
