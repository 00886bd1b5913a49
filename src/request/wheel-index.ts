import type { FolderListing, ListedFile } from '../file.ts';
import { INDEX_BUCKET, wantedFile } from './bucket.ts';
import { shortList } from './nearest.ts';
import type { Artifact, Listing, Machine, Request, ResolveContext } from './request.ts';
import { nothingMatched } from './request-error.ts';
import { contains, MalformedSpecifier, parseSpecifier } from './specifier.ts';
import { pinnedVersion } from './specifier-reach.ts';
import { type ChosenWheel, chooseWheel, type HeldWheel, heldWheels } from './wheel-choice.ts';
import { wheelNotFound } from './wheel-not-found.ts';
import { readWish, type WheelWish } from './wheel-search.ts';

/**
 * The wheel that pip would install from a package index: as from the bucket, and besides what the index says of each file
 * is honoured, the Pythons it is for and whether it was withdrawn.
 */
export async function resolveFromIndex(
  request: Request,
  id: string,
  { listing }: ResolveContext,
  machine: Machine,
): Promise<Artifact> {
  const wish = await readWish(request, machine);
  const { project } = wish.search;
  const [folder] = await listing.folders(INDEX_BUCKET, [project]);
  if (folder === undefined || !folder.exists) throw unknownProject(request, project, listing);
  const chosen = choose(request, wish, folder, listing);
  const file = await completed(chosen, listing);
  if (file === undefined) throw withdrawnMeanwhile(request, chosen, listing);
  const { name, tag } = chosen;
  return {
    request,
    id,
    title: `${name.distribution} ${name.version} (${tag.python}, ${tag.platform})`,
    version: name.version,
    files: [wantedFile(INDEX_BUCKET, file)],
  };
}

/** @throws TfcacheError `nothing-matched` */
function choose(
  request: Request,
  { search, python, ranks }: WheelWish,
  folder: FolderListing,
  listing: Listing,
): ChosenWheel {
  const { specifier, device } = search;
  const mine = heldWheels([folder]).filter(({ name }) => name.project === search.project);
  const supported = mine.filter((wheel) => supports(wheel, python));
  const standing = supported.filter(({ file }) => file.release?.yanked !== true);
  const { chosen, passedOver } = chooseWheel(standing, specifier, ranks, device);
  if (chosen !== undefined) return chosen;
  // PEP 592, as pip has it: what was withdrawn is taken only by those who ask for that very version and could get no other.
  const withdrawn = chooseWheel(supported, specifier, ranks, device).chosen;
  if (withdrawn !== undefined && pinnedVersion(specifier) !== undefined) return withdrawn;
  const where = listing.where(INDEX_BUCKET);
  if (withdrawn !== undefined) {
    throw nothingMatched(request, 'only withdrawn (yanked) releases fit.', {
      where,
      found: withdrawn.name.fileName,
      hint: `Ask for exactly that version to take it all the same: wheel:${request.name}==${withdrawn.name.version}`,
    });
  }
  const unsupported = chooseWheel(mine, specifier, ranks, device).chosen;
  if (unsupported !== undefined) {
    throw nothingMatched(request, `the versions asked for are not made for Python ${python}.`, {
      where,
      found: `${unsupported.name.fileName} requires Python ${unsupported.file.release?.requiresPython ?? ''}`,
      hint: 'Ask for another version, or say which Python it is for with ?python=…',
    });
  }
  throw wheelNotFound({
    request,
    search,
    python,
    listed: [folder],
    passedOver,
    siblings: [],
    where,
    root: undefined,
  });
}

/** What cannot be read restricts nothing, as with pip. https://packaging.python.org/specifications/core-metadata/#requires-python */
function supports({ file }: HeldWheel, python: string): boolean {
  const written = file.release?.requiresPython;
  if (written === undefined) return true;
  try {
    return contains(parseSpecifier(written), python);
  } catch (error) {
    if (error instanceof MalformedSpecifier) return true;
    throw error;
  }
}

/** Size and time are asked for only of the one that was chosen. */
async function completed({ file }: ChosenWheel, listing: Listing): Promise<ListedFile | undefined> {
  if (file.release?.complete !== false) return file;
  const [alone] = await listing.folders(INDEX_BUCKET, [file.path]);
  return alone?.files[0];
}

function unknownProject(request: Request, project: string, listing: Listing): Error {
  return nothingMatched(request, `the package index has no project ${project}.`, {
    where: listing.where(INDEX_BUCKET),
    found: `no project ${project}`,
    hint: 'Check the spelling, and that the address of the index is the folder in which each project has its page: https://host/simple/',
  });
}

function withdrawnMeanwhile(request: Request, { name }: ChosenWheel, listing: Listing): Error {
  return nothingMatched(request, 'the package index names a file that it does not have.', {
    where: listing.where(INDEX_BUCKET),
    found: shortList([name.fileName]),
    hint: 'It was removed a moment ago, or the index is a broken copy: run again, or name another index.',
  });
}
