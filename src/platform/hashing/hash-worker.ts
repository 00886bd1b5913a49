import { parentPort } from 'node:worker_threads';
import { getErrorMessage } from '../error.ts';
import { errorCode } from '../files/file-error.ts';
import { FollowedFile } from './follow-file.ts';
import { HASH_BUFFER_BYTES, hashFileSync } from './hash-file.ts';
import type { FollowMessage, FollowResult, HashJob, HashResult } from './hash-message.ts';

// This thread only hashes, so it may block on reads.
const buffer = new Uint8Array(HASH_BUFFER_BYTES);
const followed = new Map<number, FollowedFile>();

parentPort?.on('message', (message: HashJob | FollowMessage) => {
  const result = 'batch' in message ? hashAll(message) : follow(message);
  if (result !== undefined) parentPort?.postMessage(result);
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

/** Ignores errors: the file is hashed from the beginning later, which reports them. */
function follow(message: FollowMessage): FollowResult | undefined {
  if ('temporaryFile' in message) {
    const begun = attempt(() => new FollowedFile(message.temporaryFile, message.algorithms));
    if (begun !== undefined) followed.set(message.follow, begun);
    return undefined;
  }
  const file = followed.get(message.follow);
  followed.delete(message.follow);
  return { follow: message.follow, digest: attempt(() => file?.finish(message.file)) };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (errorCode(error) !== undefined) return undefined;
    throw error;
  }
}
