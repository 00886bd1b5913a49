import { clean, compare } from '@renovatebot/pep440';
import { baseName } from '../../bucket/bucket-path.ts';
import type { FolderListing, ListedFile } from '../../bucket/file.ts';
import { MAIN_BUCKET } from '../bucket.ts';
import type { Listing } from '../request.ts';
import { admitsVersion, type Specifier } from '../version/specifier.ts';
import { mayAdmitFrom, pinnedVersion } from '../version/specifier-reach.ts';
import {
  admittedFolders,
  FIRST_IN_VERSIONS,
  fittingFolders,
  folderVersion,
  listPlaces,
  VERSIONS_FOLDER,
} from '../version/version-folders.ts';

/** What a C library is built for. */
export interface Target {
  device: string;
  os: string;
  arch: string;
}

/** An archive that a mirror holds. */
export interface Archive extends Target {
  /** PEP 440, normalised: file and folder names spell release candidates in three ways. */
  version: string;
  file: ListedFile;
}

const ARCHIVE =
  /^libtensorflow-(cpu|gpu)-([a-z]+)-(x86_64|arm64|aarch64)(?:-(.+))?\.(?:tar\.gz|zip)$/;

/** Archives in a folder; from 2.16.1 on the file's name has no version, and the folder's name says it. */
export function archives({ folder, files }: FolderListing): Archive[] {
  return files.flatMap((file) => {
    const match = ARCHIVE.exec(baseName(file.path));
    if (match === null) return [];
    const [, device = '', os = '', arch = '', written] = match;
    const version = written === undefined ? folderVersion(baseName(folder)) : clean(written);
    if (version === undefined || version === null) return [];
    return [{ device, os, arch: arch === 'aarch64' ? 'arm64' : arch, version, file }];
  });
}

const OLD_FOLDER = 'libtensorflow';

/** Lists where the bucket's layout puts such versions: `libtensorflow/` up to 2.15, `versions/X/` since. */
export function documentedFolders(
  listing: Listing,
  specifier: Specifier,
): Promise<FolderListing[]> {
  const inVersions = mayAdmitFrom(specifier, FIRST_IN_VERSIONS);
  const pinned = pinnedVersion(specifier) !== undefined;
  return listPlaces(listing, {
    bucket: MAIN_BUCKET,
    folders: [
      ...(inVersions && pinned ? [] : [OLD_FOLDER]),
      ...(inVersions ? [VERSIONS_FOLDER] : []),
    ],
    inside: (versions) => admittedFolders(versions, specifier),
    listed: [],
  });
}

/** Lists the other place too: for a mirror that keeps archives elsewhere, and for the message. */
export function otherFolders(
  listing: Listing,
  specifier: Specifier,
  listed: readonly FolderListing[],
): Promise<FolderListing[]> {
  return listPlaces(listing, {
    bucket: MAIN_BUCKET,
    folders: [OLD_FOLDER, VERSIONS_FOLDER],
    inside: (versions) => fittingFolders(versions, specifier),
    listed,
  });
}

/** The newest archive for the target whose version the specifier admits. */
export function newest(
  folders: readonly FolderListing[],
  wanted: Target,
  specifier: Specifier,
): Archive | undefined {
  const fitting = folders.flatMap(archives).filter((archive) => isFor(archive, wanted));
  return fitting.filter(({ version }) => admitsVersion(specifier, version)).sort(newestFirst)[0];
}

export function isFor(archive: Archive, wanted: Target): boolean {
  return (
    archive.device === wanted.device && archive.os === wanted.os && archive.arch === wanted.arch
  );
}

export function newestFirst(left: Archive, right: Archive): number {
  return compare(right.version, left.version) || (left.file.path < right.file.path ? -1 : 1);
}
