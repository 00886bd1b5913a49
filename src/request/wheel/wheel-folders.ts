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

/** The parts of a request that determine which folders are searched. */
export interface WheelSearch {
  /** As PEP 503 normalises it. */
  project: string;
  specifier: Specifier;
  family: PlatformFamily;
  platform: string;
  device: WheelDevice;
}

/** The folders of wheels before 2.16. */
const DEVICE_FOLDERS: Readonly<
  Record<PlatformFamily, Readonly<Record<WheelDevice, readonly string[]>>>
> = {
  linux: { cpu: ['linux/cpu'], gpu: ['linux/gpu'] },
  // Versions 0.5 to 0.9 are in mac/ itself, and are for the CPU.
  mac: { cpu: ['mac/cpu', 'mac'], gpu: ['mac/gpu'] },
  windows: { cpu: ['windows/cpu'], gpu: ['windows/gpu'] },
};

/** Projects that are released with TensorFlow's version number, so that `versions/VERSION/` contains their wheels. */
export const RELEASED_TOGETHER: readonly string[] = [
  'tensorflow',
  'tensorflow-cpu',
  'tensorflow-gpu',
];

/** Returns the device of the wheels in a folder; undefined if the name of the project determines the device. */
export function parseFolderDevice(folder: string): WheelDevice | undefined {
  for (const devices of Object.values(DEVICE_FOLDERS)) {
    if (devices.gpu.includes(folder)) return 'gpu';
    if (devices.cpu.includes(folder)) return 'cpu';
  }
  return undefined;
}

/**
 * Lists the folders that the bucket's layout uses for such wheels. For a range of versions, the device folders are listed with
 * `versions/` in one call, because a mirror may have newer wheels there.
 */
export function listDocumentedWheelFolders(
  lister: Lister,
  bucket: string,
  search: WheelSearch,
): Promise<FolderListing[]> {
  const { project, specifier } = search;
  const inVersions =
    RELEASED_TOGETHER.includes(project) && canAdmitFrom(specifier, FIRST_IN_VERSIONS);
  const isPinned = findPinnedVersion(specifier) !== undefined;
  return listVersionFolders(lister, {
    bucket,
    folders: [
      ...(inVersions && isPinned ? [] : listDeviceFolders(search)),
      ...(inVersions ? [VERSIONS_FOLDER] : []),
    ],
    selectReleases: (versions) => filterAdmittedFolders(versions, specifier),
    listed: [],
  });
}

/** Lists all other folders that may have such wheels, for mirrors with another layout and for the error. */
export function listOtherWheelFolders(
  lister: Lister,
  bucket: string,
  search: WheelSearch,
  listed: readonly FolderListing[],
): Promise<FolderListing[]> {
  const { cpu, gpu } = DEVICE_FOLDERS[search.family];
  return listVersionFolders(lister, {
    bucket,
    folders: [...cpu, ...gpu, ...listBoardFolders(search), VERSIONS_FOLDER],
    selectReleases: (versions) =>
      RELEASED_TOGETHER.includes(search.project)
        ? filterMatchingFolders(versions, search.specifier)
        : versions.folders.map((name) => `${VERSIONS_FOLDER}/${name}`),
    listed,
  });
}

function listDeviceFolders({ project, family, device, ...search }: WheelSearch): string[] {
  const folders = DEVICE_FOLDERS[family];
  const boards = listBoardFolders(search);
  if (device === 'gpu' || project === 'tensorflow-gpu') return [...folders.gpu];
  if (project === 'tensorflow-cpu') return [...folders.cpu, ...boards];
  // Plain `tensorflow` from 2.12 to 2.15 is only in linux/gpu.
  return [...folders.cpu, ...folders.gpu, ...boards];
}

function listBoardFolders({ platform }: Pick<WheelSearch, 'platform'>): string[] {
  return /^linux_armv[67]l$/.test(platform) ? ['raspberrypi'] : [];
}
