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

/** Returns the error of a request without an archive: what was requested, where it was searched, and the nearest archives. */
export async function createLibtensorflowNotFoundError(
  request: Request,
  target: LibtensorflowTarget,
  specifier: Specifier,
  listed: readonly FolderListing[],
  lister: Lister,
): Promise<Error> {
  const archives = listed.flatMap(parseListedArchives).sort(compareNewestFirst);
  const forTarget = archives.filter((archive) => isArchiveFor(archive, target));
  const matching = archives.filter(({ version }) => matchesSpecifier(specifier, version));
  const searched = listed.map(({ folder, exists }) => `${folder}/${exists ? '' : ' (missing)'}`);
  const details = {
    where: `${lister.describeLocation(MAIN_BUCKET)} (in ${formatShortList(searched, 12)})`,
    expected: `libtensorflow ${target.device}${request.version} for ${target.os} on ${target.arch}`,
  };
  const prereleases = matching.filter((archive) => forTarget.includes(archive));
  if (prereleases[0] !== undefined) {
    return createNothingMatchedError(
      request,
      'only pre-releases match, and the request does not name one.',
      {
        ...details,
        found: formatShortList(sortVersions(prereleases.map(({ version }) => version))),
        hint: `To use the newest one, write ${suggestRequest(request, { version: `==${prereleases[0].version}` })}`,
      },
    );
  }
  if (forTarget.length > 0) {
    const versions = forTarget.map(({ version }) => version);
    const anchor = findAnchorVersion(specifier);
    const nearest = findNearestVersions(anchor, versions);
    const version = `==${findNearestVersion(anchor, versions) ?? ''}`;
    return createNothingMatchedError(
      request,
      `the mirror has other versions of it, but none that matches "${request.version}".`,
      {
        ...details,
        found: `${nearest.join(', ')}${describeReleases(listed, specifier)}`,
        hint: `Request one of these versions, for example ${suggestRequest(request, { version })}`,
      },
    );
  }
  const others = matching.length > 0 ? matching : archives;
  const name = `libtensorflow-${target.device}-${target.os}-${target.arch}`;
  const nearest = findNearestNames(
    name,
    others.map(({ file }) => file.path),
  );
  const [root] = archives.length > 0 ? [] : await lister.listFolders(MAIN_BUCKET, ['']);
  return createNothingMatchedError(
    request,
    `the mirror has no ${name} in the versions that were searched.`,
    {
      ...details,
      found: root === undefined ? nearest.join(', ') : `in the root: ${describeFolder(root)}`,
      hint: 'Change ?os=…&arch=… or the version. For a file in another folder write path:FOLDER/FILE',
    },
  );
}
