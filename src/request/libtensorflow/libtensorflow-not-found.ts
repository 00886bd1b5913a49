import { MAIN_BUCKET } from '../../bucket/buckets.ts';
import type { FolderListing } from '../../bucket/file.ts';
import { findNearestNames, formatShortList } from '../../platform/text/similar-names.ts';
import type { Lister, Request } from '../request.ts';
import { createNothingMatchedError, describeFolder, suggestRequest } from '../request-error.ts';
import { matchesSpecifier, type Specifier } from '../version/specifier.ts';
import { describeReleases } from '../version/version-folders.ts';
import {
  findAnchorVersion,
  findNearestVersion,
  findNearestVersions,
  sortVersions,
} from '../version/version-order.ts';
import {
  compareNewestFirst,
  isArchiveFor,
  type LibtensorflowTarget,
  parseListedArchives,
} from './libtensorflow-archives.ts';

/** The error that says what was asked, where it was looked for, and the nearest archives that are there. */
export async function createLibtensorflowNotFoundError(
  request: Request,
  wanted: LibtensorflowTarget,
  specifier: Specifier,
  listed: readonly FolderListing[],
  lister: Lister,
): Promise<Error> {
  const there = listed.flatMap(parseListedArchives);
  const sameTarget = there
    .filter((archive) => isArchiveFor(archive, wanted))
    .sort(compareNewestFirst);
  const sameVersion = there.filter(({ version }) => matchesSpecifier(specifier, version));
  const looked = listed.map(({ folder, exists }) => `${folder}/${exists ? '' : ' (not there)'}`);
  const place = {
    where: `${lister.describeLocation(MAIN_BUCKET)} (in ${formatShortList(looked, 12)})`,
    expected: `libtensorflow ${wanted.device}${request.version} for ${wanted.os} on ${wanted.arch}`,
  };
  const prereleases = sameTarget.filter(({ version }) => matchesSpecifier(specifier, version));
  if (prereleases[0] !== undefined) {
    return createNothingMatchedError(
      request,
      'only pre-releases fit, and the request does not ask for one.',
      {
        ...place,
        found: formatShortList(sortVersions(prereleases.map(({ version }) => version))),
        hint: `Ask for it by name, for example ${suggestRequest(request, { version: `==${prereleases[0].version}` })}`,
      },
    );
  }
  if (sameTarget.length > 0) {
    const versions = sameTarget.map(({ version }) => version);
    const anchor = findAnchorVersion(specifier);
    const near = findNearestVersions(anchor, versions);
    const version = `==${findNearestVersion(anchor, versions) ?? ''}`;
    return createNothingMatchedError(
      request,
      `it is there, but in no version that fits "${request.version}".`,
      {
        ...place,
        found: `${near.join(', ')}${describeReleases(listed, specifier)}`,
        hint: `Ask for one of these, for example ${suggestRequest(request, { version })}`,
      },
    );
  }
  const others = sameVersion.length > 0 ? sameVersion : there;
  const name = `libtensorflow-${wanted.device}-${wanted.os}-${wanted.arch}`;
  const near = findNearestNames(
    name,
    others.sort(compareNewestFirst).map(({ file }) => file.path),
  );
  const root = there.length > 0 ? undefined : (await lister.listFolders(MAIN_BUCKET, ['']))[0];
  return createNothingMatchedError(
    request,
    `there is no ${name} in any version that was looked at.`,
    {
      ...place,
      found: root === undefined ? near.join(', ') : `at the mirror's root: ${describeFolder(root)}`,
      hint: 'Say another ?os=…&arch=… or version; for a file that stands elsewhere write path:FOLDER/FILE',
    },
  );
}
