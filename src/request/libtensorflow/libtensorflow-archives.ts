import { clean, compare } from '@renovatebot/pep440';
import { baseName } from '../../bucket/bucket-path.ts';
import { MAIN_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing, ListedFile } from '../../bucket/file.ts';
import type { Lister } from '../request.ts';
import { isAdmittedVersion, type Specifier } from '../version/specifier.ts';
import { canAdmitFrom, findPinnedVersion } from '../version/specifier-reach.ts';
import {
  FIRST_IN_VERSIONS,
  filterAdmittedFolders,
  filterMatchingFolders,
  listVersionFolders,
  parseFolderVersion,
  VERSIONS_FOLDER,
} from '../version/version-folders.ts';

/** The machine that a C library is built for. */
export interface LibtensorflowTarget {
  device: string;
  os: string;
  arch: string;
}

/** An archive that a mirror holds. */
export interface LibtensorflowArchive extends LibtensorflowTarget {
  /** PEP 440, normalised, because file and folder names spell release candidates in three ways. */
  version: string;
  file: ListedFile;
}

const ARCHIVE =
  /^libtensorflow-(cpu|gpu)-([a-z]+)-(x86_64|arm64|aarch64)(?:-(.+))?\.(?:tar\.gz|zip)$/;

/** Returns the archives in a folder. Since 2.16.1 the version is in the name of the folder, not of the file. */
export function parseListedArchives({ folder, files }: FolderListing): LibtensorflowArchive[] {
  return files.flatMap((file) => {
    const match = ARCHIVE.exec(baseName(file.path));
    if (match === null) return [];
    const [, device = '', os = '', arch = '', written] = match;
    const version = written === undefined ? parseFolderVersion(baseName(folder)) : clean(written);
    if (version === undefined || version === null) return [];
    return [{ device, os, arch: arch === 'aarch64' ? 'arm64' : arch, version, file }];
  });
}

const OLD_FOLDER = 'libtensorflow';

/** Lists the folders that the bucket's layout uses for these versions: `libtensorflow/` up to 2.15, then `versions/X/`. */
export function listDocumentedArchiveFolders(
  lister: Lister,
  specifier: Specifier,
): Promise<FolderListing[]> {
  const inVersions = canAdmitFrom(specifier, FIRST_IN_VERSIONS);
  const isPinned = findPinnedVersion(specifier) !== undefined;
  return listVersionFolders(lister, {
    bucket: MAIN_BUCKET,
    folders: [
      ...(inVersions && isPinned ? [] : [OLD_FOLDER]),
      ...(inVersions ? [VERSIONS_FOLDER] : []),
    ],
    selectReleases: (versions) => filterAdmittedFolders(versions, specifier),
    listed: [],
  });
}

/** Lists the other folders, for mirrors with another layout and for the error. */
export function listOtherArchiveFolders(
  lister: Lister,
  specifier: Specifier,
  listed: readonly FolderListing[],
): Promise<FolderListing[]> {
  return listVersionFolders(lister, {
    bucket: MAIN_BUCKET,
    folders: [OLD_FOLDER, VERSIONS_FOLDER],
    selectReleases: (versions) => filterMatchingFolders(versions, specifier),
    listed,
  });
}

/** Returns the newest archive for the target that the specifier admits. */
export function findNewestArchive(
  folders: readonly FolderListing[],
  wanted: LibtensorflowTarget,
  specifier: Specifier,
): LibtensorflowArchive | undefined {
  const archives = folders
    .flatMap(parseListedArchives)
    .filter((archive) => isArchiveFor(archive, wanted));
  return archives
    .filter(({ version }) => isAdmittedVersion(specifier, version))
    .sort(compareNewestFirst)[0];
}

export function isArchiveFor(archive: LibtensorflowArchive, wanted: LibtensorflowTarget): boolean {
  return (
    archive.device === wanted.device && archive.os === wanted.os && archive.arch === wanted.arch
  );
}

export function compareNewestFirst(
  left: LibtensorflowArchive,
  right: LibtensorflowArchive,
): number {
  return compare(right.version, left.version) || (left.file.path < right.file.path ? -1 : 1);
}
