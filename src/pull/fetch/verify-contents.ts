import { availableParallelism } from 'node:os';
import type { PackedContent } from '../../cache/cache.ts';
import { describeError, TfcacheError } from '../../platform/error.ts';
import { createHashPool } from '../../platform/hashing/hash-pool.ts';
import type { Store } from '../../store/store.ts';

/** A content that is about to be saved, and a file that has it, for messages. */
export interface NamedContent extends PackedContent {
  path: string;
}

export interface VerifiedContents {
  intact: PackedContent[];
  /** Contents whose bytes in the store are not those of their sha256. */
  corrupt: TfcacheError[];
  /** Contents that could not be read, one sentence each. */
  unreadable: string[];
}

/**
 * Hashes what is about to be saved. An entry of a cache cannot be taken back, and other jobs would have to fetch and refuse
 * it: a disk that changed bytes since the file was verified must not reach them. Reads every byte once, in several threads.
 */
export async function verifyContents(
  contents: readonly NamedContent[],
  store: Store,
): Promise<VerifiedContents> {
  const verified: VerifiedContents = { intact: [], corrupt: [], unreadable: [] };
  if (contents.length === 0) return verified;
  const hashPool = createHashPool({ maxThreads: Math.min(4, availableParallelism()) });
  try {
    await Promise.all(contents.map(verify));
  } finally {
    await hashPool.close();
  }
  return verified;

  async function verify({ sha256, size, path }: NamedContent): Promise<void> {
    const object = store.objectPath(sha256, size);
    if (object === undefined) {
      verified.unreadable.push(`${path} is no longer in the store as it was verified`);
      return;
    }
    try {
      const digest = await hashPool.digest(object);
      if (digest.sha256 === sha256 && digest.size === size) verified.intact.push({ sha256, size });
      else verified.corrupt.push(createCorruptError(path, object, sha256, digest.sha256));
    } catch (error) {
      verified.unreadable.push(`${path} could not be read: ${describeError(error)}`);
    }
  }
}

function createCorruptError(
  path: string,
  object: string,
  expected: string,
  found: string,
): TfcacheError {
  return new TfcacheError(
    'checksum-mismatch',
    `${path} is not saved to the cache: its bytes in the store have changed.`,
    {
      where: object,
      expected: `sha256 ${expected}`,
      found: `sha256 ${found}`,
      hint: 'Run tfcache store verify on this machine, and check its disk. Builds that used the file since should run again.',
    },
  );
}
