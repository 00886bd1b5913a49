import { join, posix } from 'node:path';
import type { Mirror } from '../../mirror/mirror.ts';
import { listNames } from '../../platform/files/list-names.ts';
import { createFileFollower, type FollowHandle } from '../../platform/hashing/follower.ts';
import type { FileDigest } from '../../platform/hashing/hash-pool.ts';
import type { PlannedFile } from '../plan/plan.ts';
import { listNeededAlgorithms } from './verify.ts';

/** Below this a file is hashed within some milliseconds once it is there. */
const MIN_FOLLOWED_BYTES = 16 * 1024 * 1024;

const SCAN_INTERVAL_MS = 20;

/** Large files of one transfer, hashed while they are being written. */
export interface TransferHasher {
  /** The digest of a file that has just been completed; undefined when it was not followed to its end. */
  takeDigest(planned: PlannedFile): Promise<FileDigest | undefined>;
  close(): Promise<void>;
}

/**
 * Looks into the folders of large files for what the transport writes there. Without it the last file of a transfer would be
 * hashed when everything else is done.
 */
export function hashDuringTransfer(
  files: readonly PlannedFile[],
  staging: string,
  mirror: Mirror,
): TransferHasher {
  const large = new Map(
    files.filter(({ file }) => file.size >= MIN_FOLLOWED_BYTES).map((one) => [one.file.path, one]),
  );
  if (mirror.destinationOfTemporaryFile === undefined || large.size === 0) {
    return { takeDigest: () => Promise.resolve(undefined), close: () => Promise.resolve() };
  }
  const follower = createFileFollower();
  const followed = new Map<string, { draft: string; file: FollowHandle }>();

  function scanFolders(): void {
    for (const folder of new Set([...large.keys()].map((path) => posix.dirname(path)))) {
      for (const name of listNames(join(staging, folder))) {
        const becomes = mirror.destinationOfTemporaryFile?.(name);
        if (becomes === undefined) continue;
        const path = folder === '.' ? becomes : `${folder}/${becomes}`;
        const planned = large.get(path);
        // A second try writes a second draft: the newest one counts.
        if (planned === undefined || followed.get(path)?.draft === name) continue;
        const file = follower.follow(
          join(staging, folder, name),
          listNeededAlgorithms(planned.file.digests),
        );
        followed.set(path, { draft: name, file });
      }
    }
  }

  const timer = setInterval(scanFolders, SCAN_INTERVAL_MS);
  timer.unref();
  return {
    async takeDigest({ file }) {
      large.delete(file.path);
      return followed.get(file.path)?.file.finish(join(staging, file.path));
    },
    close() {
      clearInterval(timer);
      return follower.close();
    },
  };
}
