import { clean, compare } from '@renovatebot/pep440';
import type { FolderListing } from '../../bucket/file.ts';
import { formatShortList } from '../../platform/text/similar-names.ts';
import type { Lister } from '../request.ts';
import { isAdmittedVersion, matchesSpecifier, type Specifier } from './specifier.ts';
import { canAdmitFrom } from './specifier-reach.ts';

/** The first version whose wheels and C libraries are in `versions/VERSION/`. Earlier ones are in folders by system and device. */
export const FIRST_IN_VERSIONS = '2.16.dev0';

/** The folder that contains one folder per release. */
export const VERSIONS_FOLDER = 'versions';

/**
 * Returns the version of a folder in `versions/`, normalised; undefined if its name is not a version. Release candidates are
 * written `2.16.0-rc1` there, and the folder of 2.21.0 has quotes in its name: `"2.21.0"`.
 */
export function parseFolderVersion(name: string): string | undefined {
  const quoted = /^(["'])(.*)\1$/s.exec(name);
  return clean(quoted?.[2] ?? name) ?? undefined;
}

/** Returns the paths of the folders whose version the specifier admits; pre-releases only if it names one. */
export function filterAdmittedFolders(versions: FolderListing, specifier: Specifier): string[] {
  return filterVersionFolders(versions, (version) => isAdmittedVersion(specifier, version));
}

/** Returns the paths of the folders whose version matches the specifier, pre-releases too. */
export function filterMatchingFolders(versions: FolderListing, specifier: Specifier): string[] {
  return filterVersionFolders(versions, (version) => matchesSpecifier(specifier, version));
}

function filterVersionFolders(
  versions: FolderListing,
  isIncluded: (version: string) => boolean,
): string[] {
  return versions.folders
    .filter((name) => {
      const version = parseFolderVersion(name);
      return version !== undefined && isIncluded(version);
    })
    .map((name) => `${VERSIONS_FOLDER}/${name}`);
}

/** The folders to list. */
export interface VersionFolderQuery {
  bucket: string;
  /** Folders to list. If `versions` is one of them, the folders of releases that `selectReleases` returns are listed too. */
  folders: readonly string[];
  /** Returns the paths of the folders of releases to list. */
  selectReleases(versions: FolderListing): readonly string[];
  /** Folders that were listed already. */
  listed: readonly FolderListing[];
}

/** Lists the folders that were not listed yet: one call for the folders, one for the folders of releases. */
export async function listVersionFolders(
  lister: Lister,
  query: VersionFolderQuery,
): Promise<FolderListing[]> {
  const { bucket, folders, selectReleases, listed } = query;
  const list = async (wanted: readonly string[]): Promise<readonly FolderListing[]> => {
    const unlisted = wanted.filter((folder) => !listed.some((known) => known.folder === folder));
    return unlisted.length === 0 ? [] : lister.listFolders(bucket, unlisted);
  };
  const first = await list(folders);
  const versions = [...listed, ...first].find(({ folder }) => folder === VERSIONS_FOLDER);
  return versions === undefined
    ? [...first]
    : [...first, ...(await list(selectReleases(versions)))];
}

/** Returns `; releases in versions/: 2.18.1, 2.17.0` for a message if the specifier may admit them, else an empty text. */
export function describeReleases(listed: readonly FolderListing[], specifier: Specifier): string {
  const versions = listed.find(({ folder }) => folder === VERSIONS_FOLDER);
  if (versions === undefined || !canAdmitFrom(specifier, FIRST_IN_VERSIONS)) return '';
  const releases = versions.folders
    .map(parseFolderVersion)
    .filter((version) => version !== undefined)
    .sort((left, right) => compare(right, left));
  return releases.length === 0
    ? ''
    : `; releases in ${VERSIONS_FOLDER}/: ${formatShortList(releases)}`;
}
