import type { FolderListing } from '../../bucket/file.ts';
import { contents, MAIN_BUCKET } from '../bucket.ts';
import { nearest, shortList } from '../nearest.ts';
import type { Listing, Request } from '../request.ts';
import { nothingMatched } from '../request-error.ts';
import { suggestRequest } from '../suggestion.ts';
import { contains, type Specifier } from '../version/specifier.ts';
import { releasesThere } from '../version/version-folders.ts';
import { anchorOf, inOrder, nearestVersion, nearestVersions } from '../version/version-order.ts';
import { archives, isFor, newestFirst, type Target } from './libtensorflow-archives.ts';

/** The error that says what was asked, where it was looked for, and the nearest archives that are there. */
export async function libtensorflowNotFound(
  request: Request,
  wanted: Target,
  specifier: Specifier,
  listed: readonly FolderListing[],
  listing: Listing,
): Promise<Error> {
  const there = listed.flatMap(archives);
  const sameTarget = there.filter((archive) => isFor(archive, wanted)).sort(newestFirst);
  const sameVersion = there.filter(({ version }) => contains(specifier, version));
  const looked = listed.map(({ folder, exists }) => `${folder}/${exists ? '' : ' (not there)'}`);
  const place = {
    where: `${listing.where(MAIN_BUCKET)} (in ${shortList(looked, 12)})`,
    expected: `libtensorflow ${wanted.device}${request.version} for ${wanted.os} on ${wanted.arch}`,
  };
  const prereleases = sameTarget.filter(({ version }) => contains(specifier, version));
  if (prereleases[0] !== undefined) {
    return nothingMatched(request, 'only pre-releases fit, and the request does not ask for one.', {
      ...place,
      found: shortList(inOrder(prereleases.map(({ version }) => version))),
      hint: `Ask for it by name, for example ${suggestRequest(request, { version: `==${prereleases[0].version}` })}`,
    });
  }
  if (sameTarget.length > 0) {
    const versions = sameTarget.map(({ version }) => version);
    const anchor = anchorOf(specifier);
    const near = nearestVersions(anchor, versions);
    const version = `==${nearestVersion(anchor, versions) ?? ''}`;
    return nothingMatched(
      request,
      `it is there, but in no version that fits "${request.version}".`,
      {
        ...place,
        found: `${near.join(', ')}${releasesThere(listed, specifier)}`,
        hint: `Ask for one of these, for example ${suggestRequest(request, { version })}`,
      },
    );
  }
  const others = sameVersion.length > 0 ? sameVersion : there;
  const name = `libtensorflow-${wanted.device}-${wanted.os}-${wanted.arch}`;
  const near = nearest(
    name,
    others.sort(newestFirst).map(({ file }) => file.path),
  );
  const root = there.length > 0 ? undefined : (await listing.folders(MAIN_BUCKET, ['']))[0];
  return nothingMatched(request, `there is no ${name} in any version that was looked at.`, {
    ...place,
    found: root === undefined ? near.join(', ') : `at the mirror's root: ${contents(root)}`,
    hint: 'Say another ?os=…&arch=… or version; for a file that stands elsewhere write path:FOLDER/FILE',
  });
}
