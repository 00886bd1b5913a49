import { type ExpectedDigest, findSha256, type WantedFile } from '../../bucket/file.ts';
import { FileMap } from '../../bucket/file-map.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { Artifact } from '../../request/request.ts';

/** Each file once. Two digests of the same algorithm that differ can both not be right: an error before anything moves. */
export function mergeFiles(artifacts: readonly Artifact[]): WantedFile[] {
  const files = new FileMap<WantedFile>();
  for (const artifact of artifacts) for (const file of artifact.files) addFile(files, file);
  return [...files.values()];
}

function addFile(files: FileMap<WantedFile>, file: WantedFile): void {
  const known = files.get(file);
  if (known === undefined) {
    files.set(file, file);
    return;
  }
  const [first, second] = [findSha256(known.digests), findSha256(file.digests)];
  if (first !== undefined && second !== undefined && first.value !== second.value) {
    throw new TfcacheError('integrity', `Two artifacts disagree about ${file.path}.`, {
      expected: `sha256 ${first.value} (${first.source})`,
      found: `sha256 ${second.value} (${second.source})`,
      hint: 'Remove both entries from the lock file and lock them anew.',
    });
  }
  if (isLocked(known) && isLocked(file) && known.size !== file.size) {
    throw new TfcacheError('integrity', `Two entries of the lock disagree about ${file.path}.`, {
      expected: `${known.size} bytes`,
      found: `${file.size} bytes, with the same sha256`,
      hint: 'One of them was edited: restore the lock file from your version control, or remove both entries and lock them anew.',
    });
  }
  // Size and time as the lock has them, before what a mirror lists now.
  const decided = isLocked(file) && !isLocked(known) ? file : known;
  files.set(file, { ...decided, digests: mergeDigests(known.digests, file.digests) });
}

function isLocked({ digests }: WantedFile): boolean {
  return digests.some(({ source }) => source === 'lock');
}

function mergeDigests(
  some: readonly ExpectedDigest[],
  more: readonly ExpectedDigest[],
): ExpectedDigest[] {
  return [
    ...some,
    ...more.filter(
      (digest) =>
        !some.some((known) => known.algorithm === digest.algorithm && known.value === digest.value),
    ),
  ];
}
