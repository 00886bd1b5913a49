import { clean, compare } from '@renovatebot/pep440';
import type { FolderListing } from '../../bucket/file.ts';
import { formatShortList } from '../../platform/text/similar-names.ts';
import type { Lister } from '../request.ts';
import { isAdmittedVersion, matchesSpecifier, type Specifier } from './specifier.ts';
import { canAdmitFrom } from './specifier-reach.ts';

/** Since this version wheels and C libraries stand in `versions/VERSION/`; before it by system and device. */
export const FIRST_IN_VERSIONS = '2.16.dev0';

/** The folder that holds one folder a release. */
export const VERSIONS_FOLDER = 'versions';

/**
 * The version that a folder in `versions/` holds, normalised. Release candidates are spelled `2.16.0-rc1` there, and
 * 2.21.0 stands in a folder whose name has literal quotes: `"2.21.0"`. Undefined for a name that is no version.
 */
export function parseFolderVersion(name: string): string | undefined {
  const quoted = /^(["'])(.*)\1$/s.exec(name);
  return clean(quoted?.[2] ?? name) ?? undefined;
}

/** Paths of the folders whose version the specifier admits; release candidates only when it asks for them. */
export function filterAdmittedFolders(versions: FolderListing, specifier: Specifier): string[] {
  return versionFolders(versions, (version) => isAdmittedVersion(specifier, version));
}

/** Paths of the folders whose version fits the specifier, release candidates too. */
export function filterMatchingFolders(versions: FolderListing, specifier: Specifier): string[] {
  return versionFolders(versions, (version) => matchesSpecifier(specifier, version));
}

function versionFolders(versions: FolderListing, fits: (version: string) => boolean): string[] {
  return versions.folders
    .filter((name) => {
      const version = parseFolderVersion(name);
      return version !== undefined && fits(version);
    })
    .map((name) => `${VERSIONS_FOLDER}/${name}`);
}

/** Where to look, on top of what is listed already. */
export interface VersionFolderQuery {
  bucket: string;
  /** Folders to list; `versions` among them to look into the folders of releases. */
  folders: readonly string[];
  /** Which of the folders of releases to look into, as paths. */
  selectReleases(versions: FolderListing): readonly string[];
  listed: readonly FolderListing[];
}

/** Lists what is not listed yet: one call for the folders, one for the folders of releases. */
export async function listVersionFolders(
  lister: Lister,
  query: VersionFolderQuery,
): Promise<FolderListing[]> {
  const { bucket, folders, selectReleases, listed } = query;
  const list = async (wanted: readonly string[]): Promise<readonly FolderListing[]> => {
    const fresh = wanted.filter((folder) => !listed.some((known) => known.folder === folder));
    return fresh.length === 0 ? [] : lister.listFolders(bucket, fresh);
  };
  const first = await list(folders);
  const versions = [...listed, ...first].find(({ folder }) => folder === VERSIONS_FOLDER);
  return versions === undefined
    ? [...first]
    : [...first, ...(await list(selectReleases(versions)))];
}

/** `; releases in versions/: 2.18.1, 2.17.0` for a message, when the request could have been served from there. */
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
