import { INDEX_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing } from '../../bucket/file.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { CandidateMirror } from '../request.ts';
import { ANY_VERSION, isPrerelease } from '../version/specifier.ts';
import {
  filterAdmittedFolders,
  listVersionFolders,
  VERSIONS_FOLDER,
} from '../version/version-folders.ts';
import { type AvailableWheel, chooseWheel, parseListedWheels } from './wheel-choice.ts';
import {
  listDocumentedWheelFolders,
  listOtherWheelFolders,
  RELEASED_TOGETHER,
} from './wheel-folders.ts';
import type { WheelQuery } from './wheel-query.ts';

/** The wheels of one mirror that may match. */
export interface WheelSurvey {
  mirror: CandidateMirror;
  /** Every folder that was listed. */
  listed: readonly FolderListing[];
  /** The wheels in these folders, of any project. */
  wheels: readonly AvailableWheel[];
}

/**
 * Lists the wheels of a mirror that may match. Of a package index, lists the page of the project. Of a bucket, lists the folders
 * that its layout uses for such wheels, and all other folders if they contain no release.
 *
 * @param mirrorIndex index of the mirror, in order of preference
 * @throws TfcacheError if the mirror cannot be listed
 */
export async function surveyWheels(
  mirror: CandidateMirror,
  mirrorIndex: number,
  query: WheelQuery,
): Promise<WheelSurvey> {
  const listed = await listFolders(mirror, query);
  return { mirror, listed, wheels: parseListedWheels(listed, mirrorIndex) };
}

async function listFolders(
  { bucket, lister }: CandidateMirror,
  { search, ranks }: WheelQuery,
): Promise<readonly FolderListing[]> {
  const { project, specifier, device } = search;
  if (bucket === INDEX_BUCKET) return lister.listFolders(bucket, [project]);
  const documented = await listDocumentedWheelFolders(lister, bucket, search);
  const { chosen } = chooseWheel(filterWheelsOfProject(project, parseListedWheels(documented)), {
    specifier,
    ranks,
    device,
    supportsPython: () => true,
  });
  const isRelease = chosen !== undefined && !isPrerelease(chosen.name.version);
  if (isRelease || (chosen !== undefined && specifier.namesPrerelease)) return documented;
  return [...documented, ...(await listOtherWheelFolders(lister, bucket, search, documented))];
}

/**
 * Lists the wheels of TensorFlow's other releases in a bucket, for a suggestion.
 *
 * @returns an empty list if the mirror cannot be listed, because a suggestion is optional
 */
export async function listReleasedWheels(
  { mirror, listed }: WheelSurvey,
  { search }: WheelQuery,
): Promise<AvailableWheel[]> {
  const { bucket, lister } = mirror;
  if (bucket === INDEX_BUCKET || !RELEASED_TOGETHER.includes(search.project)) return [];
  try {
    return parseListedWheels(
      await listVersionFolders(lister, {
        bucket,
        folders: [VERSIONS_FOLDER],
        selectReleases: (versions) => filterAdmittedFolders(versions, ANY_VERSION),
        listed,
      }),
    );
  } catch (error) {
    if (error instanceof TfcacheError) return [];
    throw error;
  }
}

/** Returns the wheels of one project. */
export function filterWheelsOfProject(
  project: string,
  wheels: readonly AvailableWheel[],
): AvailableWheel[] {
  return wheels.filter(({ name }) => name.project === project);
}
