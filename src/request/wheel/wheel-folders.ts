import type { FolderListing } from '../../bucket/file.ts';
import type { Lister } from '../request.ts';
import type { PlatformFamily } from '../version/platform-tags.ts';
import type { Specifier } from '../version/specifier.ts';
import { canAdmitFrom, findPinnedVersion } from '../version/specifier-reach.ts';
import {
  FIRST_IN_VERSIONS,
  filterAdmittedFolders,
  filterMatchingFolders,
  listVersionFolders,
  VERSIONS_FOLDER,
} from '../version/version-folders.ts';

export type WheelDevice = 'cpu' | 'gpu';

/** What is looked for, as far as it decides where to look. */
export interface WheelSearch {
  /** Normalised. */
  project: string;
  specifier: Specifier;
  family: PlatformFamily;
  platform: string;
  device: WheelDevice;
}

/** Where wheels of a family stand by device; below 2.16 all of them do. */
const DEVICE_FOLDERS: Readonly<
  Record<PlatformFamily, Readonly<Record<WheelDevice, readonly string[]>>>
> = {
  linux: { cpu: ['linux/cpu'], gpu: ['linux/gpu'] },
  // 0.5 to 0.9 stand in mac/ itself, and are for the CPU.
  mac: { cpu: ['mac/cpu', 'mac'], gpu: ['mac/gpu'] },
  windows: { cpu: ['windows/cpu'], gpu: ['windows/gpu'] },
};

/** Projects whose wheels carry TensorFlow's own version, so that a folder named for a version is theirs. */
export const RELEASED_TOGETHER: readonly string[] = [
  'tensorflow',
  'tensorflow-cpu',
  'tensorflow-gpu',
];

/** The device that a folder's wheels are for; undefined where the project's name says it. */
export function parseFolderDevice(folder: string): WheelDevice | undefined {
  for (const devices of Object.values(DEVICE_FOLDERS)) {
    if (devices.gpu.includes(folder)) return 'gpu';
    if (devices.cpu.includes(folder)) return 'cpu';
  }
  return undefined;
}

/**
 * Lists where the bucket's layout puts such wheels. A range that reaches into `versions/` lists the device folders too,
 * in the same call: a mirror of one's own may hold a newer wheel there.
 */
export function listDocumentedWheelFolders(
  lister: Lister,
  bucket: string,
  search: WheelSearch,
): Promise<FolderListing[]> {
  const { project, specifier } = search;
  const inVersions =
    RELEASED_TOGETHER.includes(project) && canAdmitFrom(specifier, FIRST_IN_VERSIONS);
  const pinned = findPinnedVersion(specifier) !== undefined;
  return listVersionFolders(lister, {
    bucket,
    folders: [
      ...(inVersions && pinned ? [] : deviceFolders(search)),
      ...(inVersions ? [VERSIONS_FOLDER] : []),
    ],
    selectReleases: (versions) => filterAdmittedFolders(versions, specifier),
    listed: [],
  });
}

/** Lists every other place where such wheels can stand: for a mirror that keeps them elsewhere, and for the message. */
export function listOtherWheelFolders(
  lister: Lister,
  bucket: string,
  search: WheelSearch,
  listed: readonly FolderListing[],
): Promise<FolderListing[]> {
  const { cpu, gpu } = DEVICE_FOLDERS[search.family];
  return listVersionFolders(lister, {
    bucket,
    folders: [...cpu, ...gpu, ...boardFolders(search), VERSIONS_FOLDER],
    selectReleases: (versions) =>
      RELEASED_TOGETHER.includes(search.project)
        ? filterMatchingFolders(versions, search.specifier)
        : versions.folders.map((name) => `${VERSIONS_FOLDER}/${name}`),
    listed,
  });
}

function deviceFolders({ project, family, device, ...search }: WheelSearch): string[] {
  const folders = DEVICE_FOLDERS[family];
  const boards = boardFolders(search);
  if (device === 'gpu' || project === 'tensorflow-gpu') return [...folders.gpu];
  if (project === 'tensorflow-cpu') return [...folders.cpu, ...boards];
  // Plain `tensorflow` from 2.12 to 2.15 stands in linux/gpu alone.
  return [...folders.cpu, ...folders.gpu, ...boards];
}

function boardFolders({ platform }: Pick<WheelSearch, 'platform'>): string[] {
  return /^linux_armv[67]l$/.test(platform) ? ['raspberrypi'] : [];
}
