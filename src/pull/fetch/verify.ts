import type { DigestAlgorithm, ExpectedDigest, WantedFile } from '../../bucket/file.ts';
import { TfcacheError } from '../../platform/error.ts';
import type { FileDigest } from '../../platform/hashing/hash-pool.ts';

/** What a mirror lists counts only where neither lock nor catalogue decide: mirrors may disagree. */
function selectDeciding(digests: readonly ExpectedDigest[]): readonly ExpectedDigest[] {
  const decided = digests.some(({ source }) => source === 'lock' || source === 'catalogue');
  return decided ? digests.filter(({ source }) => source !== 'listing') : digests;
}

/** Which digests must be computed to hold a file to everything that is known of it. sha256 always is. */
export function listNeededAlgorithms(digests: readonly ExpectedDigest[]): DigestAlgorithm[] {
  return [...new Set(selectDeciding(digests).map((digest) => digest.algorithm))].filter(
    (algorithm) => algorithm !== 'sha256',
  );
}

/**
 * Holds what was read to every digest known beforehand.
 *
 * @param origin where the bytes came from, for the message: a mirror's URL, a cache's name.
 * @returns undefined when all fit, else the error (`integrity`) that names both digests and the source.
 */
export function findMismatch(
  file: WantedFile,
  found: FileDigest,
  origin: string,
): TfcacheError | undefined {
  for (const digest of selectDeciding(file.digests)) {
    const actual = found[digest.algorithm];
    if (actual === digest.value) continue;
    return new TfcacheError(
      'checksum-mismatch',
      digest.from === undefined || digest.from === origin
        ? `Wrong bytes: ${file.path} does not have the digest it must have.`
        : `Wrong bytes: ${origin} and ${digest.from} disagree about ${file.path}.`,
      {
        where: origin,
        expected: `${digest.algorithm} ${digest.value} (${describeSource(digest)}, ${file.size} bytes)`,
        found: `${digest.algorithm} ${actual ?? 'not computed'} (${found.size} bytes)`,
        hint: describeRemedy(digest, origin),
      },
    );
  }
  return findWrongSize(file, found, origin);
}

/**
 * A lock that has the right digest with a wrong size was edited: what is kept by size (the store, a cache) would be missed
 * for ever, and the reader misled. Sizes of other sources are not held against them: a listing may be older than the file.
 *
 * @param found a content that has the locked digest.
 * @param origin as of {@link findMismatch}.
 */
export function findWrongSize(
  file: WantedFile,
  found: { sha256: string; size: number },
  origin: string,
): TfcacheError | undefined {
  const locked = file.digests.some(
    ({ source, algorithm, value }) =>
      source === 'lock' && algorithm === 'sha256' && value === found.sha256,
  );
  if (!locked || found.size === file.size) return undefined;
  return new TfcacheError(
    'checksum-mismatch',
    `The lock has a wrong size for ${file.path}: the content with its sha256 has another.`,
    {
      where: origin,
      expected: `${file.size} bytes (from the lock)`,
      found: `${found.size} bytes, sha256 ${found.sha256}`,
      hint: 'The lock file was edited: restore it from your version control, or remove the entry and lock it anew.',
    },
  );
}

function describeSource(digest: ExpectedDigest): string {
  if (digest.from !== undefined) return `from the listing of ${digest.from}`;
  return {
    lock: 'from the lock',
    catalogue: 'the digest in the catalogue of Keras files',
    listing: 'from the listing',
    cache: 'recorded when it was saved to the cache',
  }[digest.source];
}

function describeRemedy(digest: ExpectedDigest, origin: string): string {
  if (digest.source === 'lock') {
    return 'If the file was replaced on purpose, remove its entry from the lock file and commit the new one; if not, ask who runs the source.';
  }
  return digest.from !== undefined && digest.from !== origin
    ? 'Find out which of the two is right. Name only that one in mirrors, and lock the request (lock-file): from then on the lock decides.'
    : 'The source serves other bytes than it should: ask who runs it, or name another mirror first.';
}

/** Returns the most trusted source of a digest; `unverified` if no digest is known. */
export function findStrongestSource(digests: readonly ExpectedDigest[]): string {
  const order = ['lock', 'catalogue', 'listing', 'cache'] as const;
  return order.find((source) => digests.some((digest) => digest.source === source)) ?? 'unverified';
}
