import type { FolderListing } from '../../bucket/file.ts';
import { TfcacheError } from '../../platform/error.ts';
import { INDEX_BUCKET } from '../bucket.ts';
import type { SearchPlace } from '../request.ts';
import { ANY_VERSION, isPrerelease } from '../version/specifier.ts';
import { admittedFolders, listPlaces, VERSIONS_FOLDER } from '../version/version-folders.ts';
import { chooseWheel, type HeldWheel, heldWheels } from './wheel-choice.ts';
import { documentedFolders, otherFolders, RELEASED_TOGETHER } from './wheel-folders.ts';
import type { WheelWish } from './wheel-search.ts';

/** What one mirror holds that may fit. */
export interface WheelSurvey {
  place: SearchPlace;
  /** Every folder that was looked into. */
  listed: readonly FolderListing[];
  /** The wheels in these folders, of whatever project. */
  wheels: readonly HeldWheel[];
}

/**
 * Lists what a mirror holds that may fit: of a package index the project's page; of a bucket the folders where its layout
 * puts such wheels, and every other folder if there is no release in them.
 *
 * @param position of the place, in order of preference
 * @throws TfcacheError if the mirror cannot be asked
 */
export async function surveyWheels(
  place: SearchPlace,
  position: number,
  wish: WheelWish,
): Promise<WheelSurvey> {
  const listed = await listFolders(place, wish);
  return { place, listed, wheels: heldWheels(listed, position) };
}

async function listFolders(
  { bucket, listing }: SearchPlace,
  { search, ranks }: WheelWish,
): Promise<readonly FolderListing[]> {
  const { project, specifier, device } = search;
  if (bucket === INDEX_BUCKET) return listing.folders(bucket, [project]);
  const documented = await documentedFolders(listing, bucket, search);
  const { chosen } = chooseWheel(wheelsOf(project, heldWheels(documented)), {
    specifier,
    ranks,
    device,
    supports: () => true,
  });
  const isRelease = chosen !== undefined && !isPrerelease(chosen.name.version);
  if (isRelease || (chosen !== undefined && specifier.namesPrerelease)) return documented;
  return [...documented, ...(await otherFolders(listing, bucket, search, documented))];
}

/**
 * Lists the wheels of TensorFlow's further releases in a bucket, for a suggestion.
 *
 * @returns none if the mirror cannot be asked: what the user is told does not depend on it
 */
export async function surveyReleases(
  { place, listed }: WheelSurvey,
  { search }: WheelWish,
): Promise<HeldWheel[]> {
  const { bucket, listing } = place;
  if (bucket === INDEX_BUCKET || !RELEASED_TOGETHER.includes(search.project)) return [];
  try {
    return heldWheels(
      await listPlaces(listing, {
        bucket,
        folders: [VERSIONS_FOLDER],
        inside: (versions) => admittedFolders(versions, ANY_VERSION),
        listed,
      }),
    );
  } catch (error) {
    if (error instanceof TfcacheError) return [];
    throw error;
  }
}

/** Those of one project. */
export function wheelsOf(project: string, wheels: readonly HeldWheel[]): HeldWheel[] {
  return wheels.filter(({ name }) => name.project === project);
}
