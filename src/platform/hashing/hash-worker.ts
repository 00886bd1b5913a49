import { parentPort } from 'node:worker_threads';
import { getErrorMessage } from '../error.ts';
import { errorCode } from '../files/file-error.ts';
import { FollowedFile } from './follow-file.ts';
import { HASH_BUFFER_BYTES, hashFileSync } from './hash-file.ts';
import type { FollowMessage, FollowResult, HashJob, HashResult } from './hash-message.ts';

// A thread that hashes: blocking reads are right here, since hashing is all it does.
const buffer = new Uint8Array(HASH_BUFFER_BYTES);
const followed = new Map<number, FollowedFile>();

parentPort?.on('message', (order: HashJob | FollowMessage) => {
  const answer = 'batch' in order ? hashAll(order) : follow(order);
  if (answer !== undefined) parentPort?.postMessage(answer);
});

function hashAll({ batch, files }: HashJob): HashResult {
  const results = files.map(({ file, algorithms }) => {
    try {
      return hashFileSync(file, buffer, algorithms);
    } catch (error) {
      return {
        message: getErrorMessage(error),
        code: errorCode(error),
      };
    }
  });
  return { batch, results };
}

/** A file that cannot be followed is hashed from its beginning later: its error shows then. */
function follow(order: FollowMessage): FollowResult | undefined {
  if ('draft' in order) {
    const begun = attempt(() => new FollowedFile(order.draft, order.algorithms));
    if (begun !== undefined) followed.set(order.follow, begun);
    return undefined;
  }
  const file = followed.get(order.follow);
  followed.delete(order.follow);
  return { follow: order.follow, digest: attempt(() => file?.finish(order.file)) };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (errorCode(error) !== undefined) return undefined;
    throw error;
  }
}
