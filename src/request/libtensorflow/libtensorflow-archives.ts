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

/** What a C library is built for. */
export interface LibtensorflowTarget {
  device: string;
  os: string;
  arch: string;
}

/** An archive that a mirror holds. */
export interface LibtensorflowArchive extends LibtensorflowTarget {
  /** PEP 440, normalised: file and folder names spell release candidates in three ways. */
  version: string;
  file: ListedFile;
}

const ARCHIVE =
  /^libtensorflow-(cpu|gpu)-([a-z]+)-(x86_64|arm64|aarch64)(?:-(.+))?\.(?:tar\.gz|zip)$/;

/** Archives in a folder; from 2.16.1 on the file's name has no version, and the folder's name says it. */
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

/** Lists where the bucket's layout puts such versions: `libtensorflow/` up to 2.15, `versions/X/` since. */
export function listDocumentedArchiveFolders(
  lister: Lister,
  specifier: Specifier,
): Promise<FolderListing[]> {
  const inVersions = canAdmitFrom(specifier, FIRST_IN_VERSIONS);
  const pinned = findPinnedVersion(specifier) !== undefined;
  return listVersionFolders(lister, {
    bucket: MAIN_BUCKET,
    folders: [
      ...(inVersions && pinned ? [] : [OLD_FOLDER]),
      ...(inVersions ? [VERSIONS_FOLDER] : []),
    ],
    selectReleases: (versions) => filterAdmittedFolders(versions, specifier),
    listed: [],
  });
}

/** Lists the other place too: for a mirror that keeps archives elsewhere, and for the message. */
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

/** The newest archive for the target whose version the specifier admits. */
export function findNewestArchive(
  folders: readonly FolderListing[],
  wanted: LibtensorflowTarget,
  specifier: Specifier,
): LibtensorflowArchive | undefined {
  const fitting = folders
    .flatMap(parseListedArchives)
    .filter((archive) => isArchiveFor(archive, wanted));
  return fitting
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
